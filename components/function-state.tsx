import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { LoaderCircle, TriangleAlert } from 'lucide-react';
import { isInTransition } from './api/get-function.ts';
import { Badge } from './ui/badge.tsx';

/** What is unusual about a function's state; nothing for one that is active. */
export function FunctionState({ configuration }: { configuration: FunctionConfiguration }) {
  const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason } = configuration;
  if (State === 'Failed' || LastUpdateStatus === 'Failed') {
    return (
      <Badge tone="danger" title={State === 'Failed' ? StateReason : LastUpdateStatusReason}>
        <TriangleAlert aria-hidden />
        {State === 'Failed' ? 'Failed' : 'Update failed'}
      </Badge>
    );
  }
  if (isInTransition(configuration)) {
    return (
      <Badge>
        <LoaderCircle className="animate-spin" aria-hidden />
        {State === 'Pending' ? 'Pending' : 'Updating'}
      </Badge>
    );
  }
  return null;
}

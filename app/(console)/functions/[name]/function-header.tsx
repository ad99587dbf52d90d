'use client';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { ChevronRight, Ellipsis, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { DeleteFunctionsDialog } from '../../../../components/delete-functions-dialog.tsx';
import { runtimes } from '../../../../components/field-rules.ts';
import { FunctionState } from '../../../../components/function-state.tsx';
import { Badge } from '../../../../components/ui/badge.tsx';
import { Button } from '../../../../components/ui/button.tsx';
import { CopyButton } from '../../../../components/ui/copy-button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../../components/ui/menu.tsx';

/** What a function is, and what can be done with it as a whole. */
export function FunctionHeader({ configuration }: { configuration: FunctionConfiguration }) {
  const { FunctionName: name = '', FunctionArn: arn = '', Runtime, Description } = configuration;
  const router = useRouter();
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <header className="flex items-start gap-3">
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <nav aria-label="Breadcrumb" className="flex items-center gap-1.5 text-ink-3 text-lg">
            <Link href="/functions" className="rounded-sm hover:text-ink">
              Functions
            </Link>
            <ChevronRight className="size-4" aria-hidden />
          </nav>
          <h1 className="min-w-0 font-semibold text-lg tracking-tight [overflow-wrap:anywhere]">{name}</h1>
          <Badge>{runtimes.find(({ value }) => value === Runtime)?.label ?? Runtime}</Badge>
          <FunctionState configuration={configuration} />
        </div>
        <div className="mt-0.5 flex min-w-0 items-center gap-1 text-ink-3">
          <span className="truncate font-mono text-xs" title={arn}>
            {arn}
          </span>
          <CopyButton text={arn} label="Copy ARN" />
          {Description && (
            <p
              className="hidden min-w-0 flex-1 truncate border-l pl-3 text-ink-2 text-sm lg:block"
              title={Description}
            >
              {Description}
            </p>
          )}
        </div>
      </div>
      <Menu>
        <MenuTrigger asChild>
          <Button size="icon" aria-label="Actions">
            <Ellipsis aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          <MenuItem danger onSelect={() => setIsDeleting(true)}>
            <Trash2 aria-hidden />
            Delete function
          </MenuItem>
        </MenuContent>
      </Menu>
      {isDeleting && (
        <DeleteFunctionsDialog
          names={[name]}
          onClose={() => setIsDeleting(false)}
          onDeleted={() => router.push('/functions')}
        />
      )}
    </header>
  );
}

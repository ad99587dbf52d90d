import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { invokeFunction } from '../../../../../components/api/invoke-function.ts';
import { loadTestEvent, saveTestEvent } from '../../../../../components/test-event.ts';

/** Why a text cannot be sent as an event; undefined when it can. */
export function eventProblem(event: string): string | undefined {
  try {
    JSON.parse(event);
    return undefined;
  } catch (error) {
    return `The event is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`;
  }
}

/** The test event of a function, and the invocation that it was last used for. */
export function useTestRun(name: string, functionArn: string) {
  const [event, setEvent] = useState(() => loadTestEvent(functionArn));
  const [template, setTemplate] = useState(0);
  const keep = (text: string) => {
    setEvent(text);
    saveTestEvent(functionArn, text);
  };
  const mutation = useMutation({
    mutationFn: () => {
      const problem = eventProblem(event);
      if (problem) throw new Error(problem);
      return invokeFunction(name, event);
    },
  });
  return {
    event,
    setEvent: keep,
    /** Puts another event in place of what was typed. */
    startFrom: (text: string) => {
      keep(text);
      setTemplate(template + 1);
    },
    /** Another number means that the event was replaced. */
    template,
    run: mutation.mutate,
    result: mutation.data,
    error: mutation.error,
    isRunning: mutation.isPending,
    startedAt: mutation.submittedAt,
  };
}

export type TestRun = ReturnType<typeof useTestRun>;

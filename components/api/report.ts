/** What a REPORT line says. Durations in milliseconds, memory in MB. */
export interface Report {
  duration: number;
  billedDuration: number;
  memorySize: number;
  maxMemoryUsed: number;
  /** Present for the first invocation of an execution environment: a cold start. */
  initDuration: number | undefined;
  /** `timeout` or `error` when the environment did not survive. */
  status: string | undefined;
}

/** Reads the last REPORT line of a log; undefined when it has none. */
export function parseReport(log: string): Report | undefined {
  const line = log.split('\n').findLast((candidate) => candidate.startsWith('REPORT RequestId: '));
  if (!line) return undefined;
  const values = new Map(
    line.split('\t').map((part) => {
      const [name = '', value = ''] = part.split(': ');
      return [name, value] as const;
    }),
  );
  const number = (name: string) => Number.parseFloat(values.get(name) ?? '');
  const report = {
    duration: number('Duration'),
    billedDuration: number('Billed Duration'),
    memorySize: number('Memory Size'),
    maxMemoryUsed: number('Max Memory Used'),
  };
  if (Object.values(report).some(Number.isNaN)) return undefined;
  const initDuration = number('Init Duration');
  return {
    ...report,
    initDuration: Number.isNaN(initDuration) ? undefined : initDuration,
    status: values.get('Status'),
  };
}

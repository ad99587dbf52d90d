import { type AnsiRun, parseAnsi } from '../../../../../components/ansi.ts';
import { cn } from '../../../../../components/ui/class-names.ts';

const colours = [
  'text-ink-3',
  'text-danger',
  'text-success',
  'text-warning',
  'text-info',
  'text-accent-text',
  'text-info',
  'text-ink',
];

/** Log lines as they were written; the platform's own stand back. */
export function LogLines({ log }: { log: string }) {
  const lines = log
    .replace(/\n$/, '')
    .split('\n')
    .map((text, index) => ({ number: index + 1, text, runs: numbered(parseAnsi(text)) }));
  return (
    <div role="log" aria-label="Log" className="rounded bg-inset py-2 font-mono text-xs leading-5">
      {lines.map(({ number, text, runs }) => (
        <div
          key={number}
          className={cn(
            'min-h-5 whitespace-pre-wrap px-3 [overflow-wrap:anywhere]',
            /^(START|END|REPORT|INIT_START|INIT_REPORT|XRAY) /.test(text) && 'text-ink-3',
          )}
        >
          {runs.map(({ number: at, run }) => (
            <span key={at} className={styleOf(run)}>
              {run.text}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

function numbered(runs: readonly AnsiRun[]) {
  return runs.map((run, number) => ({ number, run }));
}

function styleOf({ colour, bold, dim }: AnsiRun): string {
  return cn(colour !== undefined && colours[colour], bold && 'font-bold', dim && 'text-ink-3');
}

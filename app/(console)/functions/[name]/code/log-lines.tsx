import { type AnsiRun, parseAnsi } from '../../../../../components/ansi.ts';
import { cn } from '../../../../../components/ui/class-names.ts';

const colours = ['text-ink-3', 'text-danger', 'text-success', 'text-warning', 'text-info', 'text-accent-text', 'text-info', 'text-ink'];

/** Log lines as they were written; the platform's own stand back. */
export function LogLines({ log }: { log: string }) {
  const lines = log.replace(/\n$/, '').split('\n');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <div role="log" aria-label="Log" tabIndex={0} className="overflow-x-auto rounded bg-inset py-2 font-mono text-xs leading-5">
      {lines.map((line, index) => {
        const isPlatform = /^(START|END|REPORT|INIT_START|INIT_REPORT|XRAY) /.test(line);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity and never move
          <div key={index} className={cn('whitespace-pre-wrap px-3 [overflow-wrap:anywhere]', isPlatform && 'text-ink-3')}>
            {parseAnsi(line).map((run, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same
              <span key={at} className={styleOf(run)}>
                {run.text}
              </span>
            ))}
            {line === '' && ' '}
          </div>
        );
      })}
    </div>
  );
}

function styleOf({ colour, bold, dim }: AnsiRun): string {
  return cn(colour !== undefined && colours[colour], bold && 'font-bold', dim && 'text-ink-3');
}

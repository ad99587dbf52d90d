import type { TelemetryService } from '../telemetry/telemetry.ts';
import type { Route } from './route.ts';

interface Metric {
  name: string;
  type: 'counter' | 'gauge';
  help: string;
  value: number;
}

/**
 * `GET /metrics` for Prometheus: how the server itself does. It names no function and no account, so that a scraper
 * needs no key.
 */
export function metricsRoute(telemetry: TelemetryService, accountId: string, region: string): Route {
  return {
    method: 'GET',
    path: '/metrics',
    async handle() {
      // Where telemetry stands still, that is the news.
      const storage = await telemetry
        .call('DescribeStorage', { accountId, region }, {})
        .catch(() => undefined);
      const bytes = (storage as { bytes: number } | undefined)?.bytes;
      const text = format([
        gauge(
          'hearth_telemetry_up',
          'Whether logs, records and metrics are being stored.',
          bytes === undefined ? 0 : 1,
        ),
        gauge(
          'hearth_telemetry_disk_bytes',
          'What logs, records and metrics take on disk.',
          bytes ?? Number.NaN,
        ),
        counter(
          'hearth_telemetry_shed_lines_total',
          'Log lines not kept because they came too fast.',
          telemetry.shed.lines,
        ),
        counter(
          'hearth_telemetry_shed_invocations_total',
          'Records of invocations not kept.',
          telemetry.shed.invocations,
        ),
        gauge('process_resident_memory_bytes', 'Resident memory of the worker.', process.memoryUsage.rss()),
        counter('process_cpu_seconds_total', 'CPU time of the worker.', cpuSeconds()),
        gauge('process_uptime_seconds', 'Since the worker was started.', process.uptime()),
      ]);
      return {
        status: 200,
        headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
        body: text,
      };
    },
  };
}

function format(metrics: readonly Metric[]): string {
  return metrics
    .map(
      ({ name, type, help, value }) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`,
    )
    .join('');
}

function gauge(name: string, help: string, value: number): Metric {
  return { name, type: 'gauge', help, value };
}

function counter(name: string, help: string, value: number): Metric {
  return { name, type: 'counter', help, value };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

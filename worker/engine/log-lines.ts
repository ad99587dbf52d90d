import type { AvailableRuntime } from './runtimes.ts';

/** The platform's lines in a function's log, in Lambda's text format. */

export function initStartLine(runtime: AvailableRuntime, region: string): string {
  const arn = `arn:aws:lambda:${region}::runtime:${runtime.versionId}`;
  return `INIT_START Runtime Version: ${runtime.version}\tRuntime Version ARN: ${arn}\n`;
}

/** Written for an initialization that failed. `phase` is `invoke` when it was repeated within the invocation. */
export function initReportLine(report: {
  milliseconds: number;
  phase: 'init' | 'invoke';
  status: string | undefined;
}): string {
  return `INIT_REPORT Init Duration: ${report.milliseconds.toFixed(2)} ms\tPhase: ${report.phase}\t${report.status ?? ''}\n`;
}

export function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}\n`;
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}\n`;
}

export function reportLine(report: {
  requestId: string;
  durationMilliseconds: number;
  billedMilliseconds: number;
  memoryMegabytes: number;
  maxMemoryMegabytes: number;
  initMilliseconds: number | undefined;
  /** `Status: …`, for what the platform found wrong. */
  status: string | undefined;
}): string {
  const fields = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMilliseconds.toFixed(2)} ms`,
    `Billed Duration: ${report.billedMilliseconds} ms`,
    `Memory Size: ${report.memoryMegabytes} MB`,
    `Max Memory Used: ${report.maxMemoryMegabytes} MB`,
  ];
  if (report.initMilliseconds !== undefined) {
    fields.push(`Init Duration: ${report.initMilliseconds.toFixed(2)} ms`);
  }
  fields.push(report.status ?? '');
  return `${fields.join('\t')}\n`;
}

const rootPattern = /(?:^|;) *Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/i;
const parentPattern = /(?:^|;) *Parent=([0-9a-f]{16})(?:;|$)/i;
const sampledPattern = /(?:^|;) *Sampled=([01])(?:;|$)/i;

/**
 * The trace that an invocation belongs to: what the client's `X-Amzn-Trace-Id` says, as far as it is well-formed,
 * and otherwise a new one that is not sampled.
 * Source: AWS X-Ray Developer Guide, "Tracing header".
 * @param now milliseconds since the epoch
 * @param uuid makes random UUIDs
 * @returns `Root=1-…;Parent=…;Sampled=0|1`
 */
export function traceHeader(header: string | undefined, now: number, uuid: () => string): string {
  const root = header && rootPattern.exec(header)?.[1];
  if (!root) {
    const seconds = Math.floor(now / 1000)
      .toString(16)
      .padStart(8, '0');
    return `Root=1-${seconds}-${hex(uuid).slice(0, 24)};Parent=${hex(uuid).slice(-16)};Sampled=0`;
  }
  const parent = parentPattern.exec(header)?.[1] ?? hex(uuid).slice(-16);
  return `Root=${root};Parent=${parent};Sampled=${sampledPattern.exec(header)?.[1] ?? '0'}`;
}

function hex(uuid: () => string): string {
  return uuid().replaceAll('-', '');
}

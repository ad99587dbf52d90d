import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** What one run of wrk saw. */
export interface Load {
  requestsPerSecond: number;
  /** Median latency. */
  p50Milliseconds: number;
  /** Answers that were not 2xx, and socket errors. */
  failures: number;
}

/** POSTs the same request over and over with one wrk thread. */
export async function load(
  url: string,
  request: { headers: Record<string, string>; body: string },
  options: { connections: number; seconds: number },
): Promise<Load> {
  const script = path.join(mkdtempSync(path.join(os.tmpdir(), 'hearth-wrk-')), 'request.lua');
  const quote = (text: string) => `[==[${text}]==]`;
  writeFileSync(
    script,
    [
      'wrk.method = "POST"',
      `wrk.body = ${quote(request.body)}`,
      ...Object.entries(request.headers).map(([name, value]) => `wrk.headers["${name}"] = ${quote(value)}`),
      'done = function(summary, latency)',
      '  local e = summary.errors',
      '  io.write(string.format("RESULT %f %f %d\\n", summary.requests / (summary.duration / 1e6),',
      '    latency:percentile(50) / 1000, e.connect + e.read + e.write + e.status + e.timeout))',
      'end',
    ].join('\n'),
  );
  const { stdout } = await promisify(execFile)('wrk', [
    '-t1',
    `-c${options.connections}`,
    `-d${options.seconds}s`,
    '--timeout=10s',
    '-s',
    script,
    url,
  ]);
  const [, requests, p50, failures] = /RESULT (\S+) (\S+) (\d+)/.exec(stdout) ?? [];
  if (!requests || !p50) throw new Error(`wrk printed no result:\n${stdout}`);
  return { requestsPerSecond: Number(requests), p50Milliseconds: Number(p50), failures: Number(failures) };
}

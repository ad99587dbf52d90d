import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { descendantsOf, type Hearth, startHearth } from '../e2e/harness/hearth.ts';
import { createFunction, event, sdk, signedInvoke, timed, updateCode } from './client.ts';
import { startFunctionsFramework, startNodeHttp, startServerlessOffline, startWorkerd } from './peers.ts';
import { median, medianOf, milliseconds, perSecond, type Row } from './row.ts';
import { load } from './wrk.ts';

const runs = 3;
const seconds = 5;

/** A server with one function that has been invoked. */
async function withWarmFunction<T>(work: (hearth: Hearth) => Promise<T>): Promise<T> {
  const hearth = await startHearth();
  try {
    await createFunction(sdk(hearth), 'warm');
    await timed(signedInvoke(hearth, 'warm'));
    return await work(hearth);
  } finally {
    await hearth.stop();
  }
}

function throughput(hearth: Hearth, connections: number) {
  const request = signedInvoke(hearth, 'warm');
  return load(request.url, request, { connections, seconds });
}

/** Rows 1 and 2: warm synchronous invocations beside every peer. */
export async function warmInvocations(): Promise<{ rows: Row[]; peers: string[][] }> {
  const request = { headers: { 'content-type': 'application/json' }, body: event };
  const peers: string[][] = [];
  const figures: Record<string, { p50: number; perSecond: number }> = {};
  const measure = async (name: string, run: (connections: number) => ReturnType<typeof load>) => {
    const one: number[] = [];
    const sixteen: number[] = [];
    for (let i = 0; i < runs; i += 1) {
      const [alone, together] = [await run(1), await run(16)];
      if (alone.failures + together.failures > 0) throw new Error(`${name} failed requests under load`);
      one.push(alone.p50Milliseconds);
      sixteen.push(together.requestsPerSecond);
    }
    figures[name] = { p50: median(one), perSecond: median(sixteen) };
    peers.push([name, milliseconds(median(one)), perSecond(median(sixteen))]);
  };
  for (const start of [startNodeHttp, startWorkerd, startFunctionsFramework, startServerlessOffline]) {
    const peer = await start();
    await measure(peer.name, (connections) => load(peer.url, request, { connections, seconds }));
    peer.stop();
  }
  await withWarmFunction((hearth) => measure('Hearth', (connections) => throughput(hearth, connections)));
  const of = (name: string) => figures[name] ?? { p50: Number.NaN, perSecond: Number.NaN };
  return {
    peers,
    rows: [
      {
        number: 1,
        what: 'Warm Invoke, 16 connections ÷ functions-framework',
        hearth: perSecond(of('Hearth').perSecond),
        beside: perSecond(of('functions-framework').perSecond),
        ratio: of('Hearth').perSecond / of('functions-framework').perSecond,
        bar: '≥ 2.0',
        stretch: `≥ ${(of('workerd').perSecond / of('functions-framework').perSecond).toFixed(2)} (workerd)`,
      },
      {
        number: 2,
        what: 'Warm Invoke, 1 connection, p50 ÷ bare node:http',
        hearth: milliseconds(of('Hearth').p50),
        beside: milliseconds(of('node:http').p50),
        ratio: of('Hearth').p50 / of('node:http').p50,
        bar: '≤ 5',
        stretch: '≤ 3',
      },
    ],
  };
}

/** Wall time of `node -e 0`, in milliseconds. */
function bareNode(): Promise<number> {
  return medianOf(15, async () => {
    const started = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    return performance.now() - started;
  });
}

/** Cold starts of one server: the first invocation of a function whose code was never run. */
async function coldStart(settings: Record<string, string>, pauseMilliseconds: number): Promise<number> {
  const hearth = await startHearth({ settings });
  try {
    const client = sdk(hearth);
    await createFunction(client, 'cold');
    await timed(signedInvoke(hearth, 'cold'));
    return await medianOf(15, async () => {
      await updateCode(
        client,
        'cold',
        `export const handler = async (event) => event; // ${randomBytes(8).toString('hex')}`,
      );
      // The pool refills in the background; a cold start is measured with a full one.
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
      return timed(signedInvoke(hearth, 'cold'));
    });
  } finally {
    await hearth.stop();
  }
}

/** Rows 3 and 4: cold starts from the prewarmed pool and without one. */
export async function coldStarts(): Promise<Row[]> {
  const node = await bareNode();
  const pooled = await coldStart({}, 300);
  const unpooled = await coldStart({ HEARTH_PREWARMED_ENVIRONMENTS: '0' }, 0);
  return [
    {
      number: 3,
      what: 'Cold start from the prewarmed pool ÷ `node -e 0`',
      hearth: milliseconds(pooled),
      beside: milliseconds(node),
      ratio: pooled / node,
      bar: '≤ 0.35',
      stretch: '≤ 0.15',
    },
    {
      number: 4,
      what: 'Cold start with an empty pool ÷ `node -e 0`',
      hearth: milliseconds(unpooled),
      beside: milliseconds(node),
      ratio: unpooled / node,
      bar: '≤ 2.0',
      stretch: '≤ 1.4',
    },
  ];
}

/** Row 5: 200 first invocations of one function at once, none of which ends before all have begun. */
export async function burst(): Promise<Row> {
  const count = 200;
  const node = await bareNode();
  const all = await medianOf(runs, async () => {
    const hearth = await startHearth();
    try {
      await createFunction(sdk(hearth), 'burst', {
        'index.mjs': 'export const handler = (event) => new Promise((r) => setTimeout(r, event.ms, event));',
      });
      const request = signedInvoke(hearth, 'burst', '{"ms":1}');
      const started = performance.now();
      await Promise.all(Array.from({ length: count }, () => timed(request)));
      return performance.now() - started;
    } finally {
      await hearth.stop();
    }
  });
  const limit = (count * node) / os.availableParallelism();
  return {
    number: 5,
    what: `${count} first invocations at once ÷ (${count} × \`node -e 0\` ÷ cores)`,
    hearth: milliseconds(all),
    beside: milliseconds(limit),
    ratio: all / limit,
    bar: '≤ 2.0',
    stretch: '≤ 1.2',
  };
}

/** Row 6: proportional memory of many live environments. */
export async function memory(): Promise<Row> {
  const count = 1000;
  const hearth = await startHearth();
  try {
    await createFunction(sdk(hearth), 'live', {
      'index.mjs': 'export const handler = (event) => new Promise((r) => setTimeout(r, event.ms, event));',
    });
    const held = Array.from({ length: count }, () => timed(signedInvoke(hearth, 'live', '{"ms":25000}')));
    await Promise.all(held);
    const worker = new Set(
      descendantsOf(hearth.pid).filter((pid) => commandLine(pid).includes('worker/main.ts')),
    );
    const environments = descendantsOf(hearth.pid).filter((pid) => !worker.has(pid));
    const megabytes = environments.reduce((sum, pid) => sum + pssMegabytes(pid), 0) / count;
    return {
      number: 6,
      what: `${count} live environments: PSS of each`,
      hearth: `${megabytes.toFixed(1)} MB`,
      beside: '–',
      ratio: megabytes,
      bar: '≤ 20',
      stretch: '≤ 12',
    };
  } finally {
    await hearth.stop();
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function pssMegabytes(pid: number): number {
  try {
    return Number(/^Pss: +(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Row 7: throughput with many functions registered ÷ the same with few. */
export async function manyFunctions(): Promise<Row> {
  const few = await withWarmFunction(async (hearth) => (await throughput(hearth, 16)).requestsPerSecond);
  const many = await withWarmFunction(async (hearth) => {
    const client = sdk(hearth);
    for (let first = 0; first < 10_000; first += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, i) => createFunction(client, `other-${first + i}`)));
    }
    return (await throughput(hearth, 16)).requestsPerSecond;
  });
  return {
    number: 7,
    what: 'Warm Invoke with 10,000 functions registered ÷ with 1',
    hearth: perSecond(many),
    beside: perSecond(few),
    ratio: many / few,
    bar: '≥ 0.95',
    stretch: '≥ 1.0',
  };
}

/** Row 10: cold start of a 50 MB package of 5,000 files ÷ cold start of hello world. */
export async function largePackage(): Promise<Row> {
  const hearth = await startHearth();
  try {
    const client = sdk(hearth);
    const files: Record<string, Uint8Array | string> = {};
    for (let i = 0; i < 5000; i += 1) files[`data/${i % 50}/${i}.bin`] = randomBytes(9_900);
    const measure = (name: string, contents: (run: number) => Record<string, Uint8Array | string>) => {
      let run = 0;
      return medianOf(5, async () => {
        run += 1;
        await createFunction(client, `${name}-${run}`, contents(run));
        await new Promise((resolve) => setTimeout(resolve, 300));
        return timed(signedInvoke(hearth, `${name}-${run}`));
      });
    };
    const source = (run: number) => `export const handler = async (event) => event; // ${run}`;
    const small = await measure('small', (run) => ({ 'index.mjs': source(run) }));
    const large = await measure('large', (run) => ({ ...files, 'index.mjs': source(run) }));
    return {
      number: 10,
      what: 'Cold start of a 50 MB package with 5,000 files ÷ hello world',
      hearth: milliseconds(large),
      beside: milliseconds(small),
      ratio: large / small,
      bar: '≤ 3',
      stretch: '≤ 1.5',
    };
  } finally {
    await hearth.stop();
  }
}

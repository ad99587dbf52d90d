// node bench/fuzz.ts [requests] [seed]: random requests, signed and not, against a whole server. Fails when one is
// answered by a 500 or not at all, when the server ends, or when its memory grows with the number of requests.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { Sha256 } from '../e2e/api/signed-request.ts';
import { descendantsOf, type Hearth, startHearth } from '../e2e/harness/hearth.ts';
import { createFunction, sdk } from './client.ts';

const [requests = 100_000, seed = Date.now() & 0x7fffffff] = process.argv.slice(2).map(Number);
const connections = 16;
/** The longest that any answer may take; no request of these runs a function for long. */
const patienceMilliseconds = 30_000;
/** Memory may settle; it may not grow with every request. */
const growthAllowed = 1.5;

interface Shape {
  method: string;
  path: string;
}

/** Every request that docs/api.md lists. */
const shapes: Shape[] = readFileSync(path.join(import.meta.dirname, '../docs/api.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, method, route] = /`(GET|POST|PUT|DELETE) (\/\S+)`/.exec(line) ?? [];
    return method && route ? [{ method, path: route }] : [];
  });

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('fuzzed', '__proto__', '$LATEST', '..', '', 'fuzzed:1', 'a'.repeat(300)),
  fc.constant('arn:aws:lambda:us-east-1:000000000000:function:fuzzed'),
);
const printable = fc.stringMatching(/^[!-~]{0,60}$/);
const arbitraryRequest = fc.record({
  shape: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...shapes) },
    {
      weight: 1,
      arbitrary: fc.record({
        method: fc.constantFrom('GET', 'PATCH', 'OPTIONS', 'HEAD'),
        path: fc.constant('/{a}/{b}'),
      }),
    },
  ),
  parameters: fc.array(oddText, { minLength: 3, maxLength: 3 }),
  query: fc.dictionary(
    fc.constantFrom('Qualifier', 'Marker', 'MaxItems', 'List', 'find', 'Arn', 'tagKeys'),
    oddText,
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  ),
  headers: fc.dictionary(
    fc.constantFrom(
      'x-amz-log-type',
      'x-amz-client-context',
      'x-amzn-trace-id',
      'content-type',
      'content-encoding',
      'cookie',
      'origin',
      'x-forwarded-host',
    ),
    printable,
    { maxKeys: 3, noNullPrototype: true },
  ),
  body: fc.oneof(
    fc.json(),
    fc.constant(''),
    fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
    fc
      .dictionary(
        fc.constantFrom(
          'FunctionName',
          'Role',
          'Code',
          'Runtime',
          'AuthType',
          'Cors',
          'Tags',
          'Layers',
          'Timeout',
        ),
        fc.jsonValue(),
      )
      .map((value) => JSON.stringify(value)),
  ),
  isSigned: fc.boolean(),
});
type Fuzzed = typeof arbitraryRequest extends fc.Arbitrary<infer T> ? T : never;

const hearth = await startHearth();
let failure: string | undefined;
try {
  await createFunction(sdk(hearth), 'fuzzed');
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const began = performance.now();
  let settledMegabytes = 0;
  const batch = 1000;
  for (let done = 0; done < requests && failure === undefined; done += batch) {
    const sample = fc.sample(arbitraryRequest, {
      numRuns: Math.min(batch, requests - done),
      seed: seed + done,
    });
    const queue = sample.values();
    await Promise.all(Array.from({ length: connections }, () => drain(queue, agent)));
    if (settledMegabytes === 0 && done + batch >= requests / 4) settledMegabytes = residentMegabytes();
  }
  const grown = residentMegabytes() / settledMegabytes;
  if (grown > growthAllowed) failure ??= `memory grew to ${grown.toFixed(2)} times what it was`;
  const seconds = (performance.now() - began) / 1000;
  console.log(`${requests} requests, seed ${seed}, ${seconds.toFixed(0)} s, memory ×${grown.toFixed(2)}`);
  agent.destroy();
} finally {
  await hearth.stop();
}
if (failure !== undefined) {
  console.error(`FAILED: ${failure}\n${hearth.output().slice(-4000)}`);
  process.exitCode = 1;
}

async function drain(queue: Iterator<Fuzzed>, agent: http.Agent): Promise<void> {
  for (let next = queue.next(); !next.done && failure === undefined; next = queue.next()) {
    try {
      const { status, requestId } = await send(next.value, agent);
      if (status === 500 || (status !== 404 && requestId === undefined)) {
        failure ??= `status ${status}, request id ${requestId}: ${JSON.stringify(next.value)}`;
      }
    } catch (error) {
      failure ??= `${error}: ${JSON.stringify(next.value)}`;
    }
  }
}

async function send(fuzzed: Fuzzed, agent: http.Agent): Promise<{ status: number; requestId: unknown }> {
  const { shape, parameters, query, isSigned } = fuzzed;
  let index = 0;
  const encoded = () => encodeURIComponent((parameters[index++ % parameters.length] ?? '').toWellFormed());
  const route = (shape.path.split('?')[0] ?? '').replace(/\{\w+\}/g, encoded);
  const search = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`,
  );
  const body = ['GET', 'HEAD', 'OPTIONS'].includes(shape.method) ? '' : fuzzed.body;
  const { host, port } = new URL(hearth.apiOrigin);
  const plain = { ...fuzzed.headers, host, 'content-length': String(Buffer.byteLength(body)) };
  const headers = isSigned ? await sign(hearth, shape.method, route, query, plain, body) : plain;
  const url = search.length > 0 ? `${route}?${search.join('&')}` : route;
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; requestId: unknown }>();
  http
    .request({
      host: '127.0.0.1',
      port,
      path: url,
      method: shape.method,
      headers,
      agent,
      timeout: patienceMilliseconds,
    })
    .on('timeout', () => reject(new Error('no answer')))
    .on('error', reject)
    .on('response', (answer) => {
      answer
        .resume()
        .on('end', () =>
          resolve({ status: answer.statusCode ?? 0, requestId: answer.headers['x-amzn-requestid'] }),
        );
    })
    .end(body);
  return promise;
}

async function sign(
  { region, accessKeyId, secretAccessKey }: Hearth,
  method: string,
  route: string,
  query: Record<string, string>,
  headers: Record<string, string>,
  body: string | Buffer,
): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    service: 'lambda',
    region,
    credentials: { accessKeyId, secretAccessKey },
    sha256: Sha256,
  });
  const wellFormed = Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, value.toWellFormed()]),
  );
  const signed = await signer.sign({
    method,
    protocol: 'http:',
    hostname: '127.0.0.1',
    path: route,
    query: wellFormed,
    headers,
    body,
  });
  return signed.headers;
}

/** Of the server and everything below it. */
function residentMegabytes(): number {
  return [hearth.pid, ...descendantsOf(hearth.pid)].reduce((sum, pid) => {
    try {
      return (
        sum + Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
      );
    } catch {
      // It ended while we looked.
      return sum;
    }
  }, 0);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';

/** A server to measure beside Hearth: where its echo answers a POST of the event. */
export interface Peer {
  name: string;
  url: string;
  stop(): void;
}

const modules = path.join(import.meta.dirname, 'node_modules');
const peersDirectory = path.join(import.meta.dirname, 'peers');

/** Bare node:http, the physical limit of one JavaScript thread. */
export function startNodeHttp(): Promise<Peer> {
  return startPeer('node:http', (port) => [
    process.execPath,
    [path.join(peersDirectory, 'node-http.mjs')],
    { PORT: `${port}` },
  ]);
}

export function startFunctionsFramework(): Promise<Peer> {
  return startPeer('functions-framework', (port) => [
    process.execPath,
    [
      path.join(modules, '@google-cloud/functions-framework/build/src/main.js'),
      '--target=http',
      `--source=${path.join(peersDirectory, 'handler.cjs')}`,
      `--port=${port}`,
    ],
    { NODE_ENV: 'production' },
  ]);
}

export function startWorkerd(): Promise<Peer> {
  return startPeer('workerd', (port) => [
    path.join(modules, '.bin/workerd'),
    ['serve', path.join(peersDirectory, 'workerd.capnp'), `--socket-addr=http=127.0.0.1:${port}`],
    {},
  ]);
}

export function startServerlessOffline(): Promise<Peer> {
  return startPeer(
    'serverless-offline',
    (port) => [
      process.execPath,
      [
        path.join(modules, 'serverless/bin/serverless.js'),
        'offline',
        `--lambdaPort=${port}`,
        '--httpPort=0',
        '--noPrependStageInUrl',
      ],
      { SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off', NODE_PATH: modules },
    ],
    '/2015-03-31/functions/echo-dev-echo/invocations',
  );
}

async function startPeer(
  name: string,
  command: (port: number) => [file: string, commandArguments: string[], environment: NodeJS.Dict<string>],
  route = '/',
): Promise<Peer> {
  const port = await freePort();
  const [file, commandArguments, environment] = command(port);
  const child = spawn(file, commandArguments, {
    cwd: peersDirectory,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Some start the real server as a child of theirs: the whole group is ended.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const url = `http://127.0.0.1:${port}${route}`;
  await untilItAnswers(name, url, child, () => output);
  return { name, url, stop: () => process.kill(-(child.pid ?? 0), 'SIGKILL') };
}

async function untilItAnswers(
  name: string,
  url: string,
  child: ChildProcess,
  output: () => string,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"warm":true}',
    }).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${name} did not come up:\n${output()}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

import { spawn, spawnSync } from 'node:child_process';
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import {
  CloudWatchClient,
  GetMetricDataCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  StartLiveTailCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanEnvironment, type Hearth, startHearth } from '../harness/hearth.ts';
import { awsError, createFunction, invoke, lambdaClient } from './client.ts';

const source = `
  export const handler = async (event) => {
    console.log('working on', event.order);
    process.stdout.write(JSON.stringify({ level: 'WARN', order: event.order, total: event.total }) + '\\n');
    if (event.fail) throw new TypeError('asked to fail');
    return { done: event.order };
  };`;
const logGroupName = '/aws/lambda/orders';

/** `aws logs tail` came with version 2 of the CLI; Debian's package is one. */
const aws = ['aws', '/usr/bin/aws'].find((program) =>
  /^aws-cli\/2/.test(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? ''),
);

let hearth: Hearth;
let lambda: LambdaClient;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  hearth = await startHearth();
  lambda = lambdaClient(hearth);
  const { accessKeyId, secretAccessKey } = hearth;
  logs = new CloudWatchLogsClient({
    endpoint: hearth.apiOrigin,
    region: hearth.region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
  await createFunction(lambda, 'orders', source);
});
afterAll(() => hearth?.stop());

/** Asks until the answer is there: telemetry is stored within a second. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await ask().catch((error: Error) => {
      if (error.name !== 'ResourceNotFoundException') throw error;
      return undefined;
    });
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come in 5 seconds.');
}

async function filter(filterPattern: string, wanted = 1) {
  return eventually(async () => {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern }));
    return events.length >= wanted ? events : undefined;
  });
}

class Sha256 {
  #hash: Hash | Hmac;
  readonly #secret: string | ArrayBuffer | ArrayBufferView | undefined;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret;
    this.#hash = this.#begin();
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }

  reset(): void {
    this.#hash = this.#begin();
  }

  #begin(): Hash | Hmac {
    if (this.#secret === undefined) return createHash('sha256');
    const secret = this.#secret;
    return createHmac('sha256', typeof secret === 'string' ? secret : Buffer.from(secret as Uint8Array));
  }
}

/** A signed GET of what is Hearth's own. */
async function get(
  path: string,
  query: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> {
  const { accessKeyId, secretAccessKey, region } = hearth;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region,
    service: 'lambda',
    sha256: Sha256,
  });
  const url = new URL(path, hearth.apiOrigin);
  const { hostname, port } = url;
  const request = {
    method: 'GET',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path,
    query,
    headers: { host: url.host },
  };
  const { headers } = await signer.sign(request);
  url.search = new URLSearchParams(query).toString();
  return fetch(url, { headers, signal });
}

describe('logs of a function', () => {
  test('are found by the AWS SDK: group, stream, lines in order, patterns', async () => {
    const first = await invoke(lambda, 'orders', { order: 17, total: 250 });
    const second = await invoke(lambda, 'orders', { order: 18, total: 3 });
    const reports = await filter('REPORT', 2);
    expect(reports[0]?.message).toContain(`RequestId: ${first.$metadata.requestId}`);
    expect((await filter('{ $.total > 100 && $.level = "WARN" }')).map(({ message }) => message)).toEqual([
      expect.stringContaining('"order":17'),
    ]);
    expect(await filter('"working on 18"')).toHaveLength(1);
    const { logGroups } = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/' }),
    );
    expect(logGroups).toMatchObject([{ logGroupName, logGroupClass: 'STANDARD' }]);
    const { logStreams } = await logs.send(
      new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true }),
    );
    expect(logStreams).toMatchObject([
      { logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/) },
    ]);
    const { events = [] } = await logs.send(
      new GetLogEventsCommand({
        logGroupName,
        logStreamName: logStreams?.[0]?.logStreamName,
        startFromHead: true,
      }),
    );
    const kinds = events.map(
      ({ message = '' }) => /^(INIT_START|START|END|REPORT)/.exec(message)?.[1] ?? 'line',
    );
    const invocation = ['START', 'line', 'line', 'END', 'REPORT'];
    expect(kinds).toEqual(['INIT_START', ...invocation, ...invocation]);
    expect(events[1]?.message).toBe(`START RequestId: ${first.$metadata.requestId} Version: $LATEST\n`);
    expect(events[6]?.message).toBe(`START RequestId: ${second.$metadata.requestId} Version: $LATEST\n`);
  });

  test('what a client puts itself is kept beside them, and errors are those of CloudWatch Logs', async () => {
    const names = { logGroupName: 'mine', logStreamName: 'one' };
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'mine' }));
    await logs.send(new CreateLogStreamCommand(names));
    const logEvents = [{ timestamp: Date.now(), message: 'é "quoted" \u0000 end' }];
    await logs.send(new PutLogEventsCommand({ ...names, logEvents }));
    const { events } = await logs.send(new GetLogEventsCommand(names));
    expect(events).toMatchObject(logEvents);
    const again = logs.send(new CreateLogGroupCommand({ logGroupName: 'mine' }));
    await expect(again).rejects.toEqual(
      awsError('ResourceAlreadyExistsException', 400, 'The specified log group already exists'),
    );
    await logs.send(new DeleteLogGroupCommand({ logGroupName: 'mine' }));
    await expect(logs.send(new GetLogEventsCommand(names))).rejects.toEqual(
      awsError('ResourceNotFoundException', 400, 'The specified log group does not exist.'),
    );
  });

  test('StartLiveTail shows what matches as it comes', async () => {
    const { accessKeyId, secretAccessKey, apiOrigin: endpoint, region } = hearth;
    // The SDK would put `streaming-` before the host name.
    const credentials = { accessKeyId, secretAccessKey };
    const client = new CloudWatchLogsClient({ endpoint, region, credentials, disableHostPrefix: true });
    const { responseStream } = await client.send(
      new StartLiveTailCommand({
        logGroupIdentifiers: [`arn:aws:logs:${region}:000000000000:log-group:${logGroupName}`],
        logEventFilterPattern: '"working on"',
      }),
    );
    const kinds: string[] = [];
    for await (const event of responseStream ?? []) {
      kinds.push(Object.keys(event)[0] ?? '');
      if (event.sessionStart) await invoke(lambda, 'orders', { order: 55 });
      const [result] = event.sessionUpdate?.sessionResults ?? [];
      if (!result) continue;
      expect(result.message).toContain('working on 55');
      expect(result.logGroupIdentifier).toBe(`000000000000:${logGroupName}`);
      break;
    }
    client.destroy();
    expect(kinds[0]).toBe('sessionStart');
  });

  test('Logs Insights counts cold starts as AWS’s own console does', async () => {
    await filter('REPORT');
    const seconds = Math.floor(Date.now() / 1000);
    const { queryId } = await logs.send(
      new StartQueryCommand({
        logGroupNames: [logGroupName],
        startTime: seconds - 600,
        endTime: seconds + 60,
        queryString:
          'filter @type = "REPORT" and ispresent(@initDuration) | stats count(*) as n, avg(@initDuration) by bin(1h)',
      }),
    );
    const answer = await eventually(async () => {
      const got = await logs.send(new GetQueryResultsCommand({ queryId }));
      return got.status === 'Complete' ? got : undefined;
    });
    expect(answer.results?.[0]?.map(({ field }) => field)).toEqual(['bin(1h)', 'n', 'avg(@initDuration)']);
    expect(answer.results?.[0]?.[1]?.value).toBe('1');
    const broken = logs.send(
      new StartQueryCommand({
        logGroupNames: [logGroupName],
        startTime: 0,
        endTime: 1,
        queryString: 'fields |',
      }),
    );
    await expect(broken).rejects.toMatchObject({
      name: 'MalformedQueryException',
      queryCompileError: { location: { startCharOffset: 7, endCharOffset: 8 } },
    });
  });

  test('a wrong secret is refused in the protocol’s own shape', async () => {
    const stranger = new CloudWatchLogsClient({
      endpoint: hearth.apiOrigin,
      region: hearth.region,
      credentials: { accessKeyId: hearth.accessKeyId, secretAccessKey: 'wrong' },
      maxAttempts: 1,
    });
    await expect(stranger.send(new DescribeLogGroupsCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
  });

  test.skipIf(!aws)(
    `aws logs tail --follow prints what comes${aws ? '' : ' (skipped: no AWS CLI of version 2)'}`,
    async () => {
      const tail = spawn(
        aws ?? '',
        [
          '--endpoint-url',
          hearth.apiOrigin,
          'logs',
          'tail',
          logGroupName,
          '--follow',
          '--filter-pattern',
          '"working on 77"',
        ],
        {
          env: {
            ...cleanEnvironment(),
            AWS_DEFAULT_REGION: hearth.region,
            AWS_ACCESS_KEY_ID: hearth.accessKeyId,
            AWS_SECRET_ACCESS_KEY: hearth.secretAccessKey,
            AWS_CONFIG_FILE: '/dev/null',
            AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
            PYTHONUNBUFFERED: '1',
          },
        },
      );
      let output = '';
      const printed = new Promise<void>((resolve, reject) => {
        tail.stdout.on('data', (chunk: Buffer) => {
          output += chunk;
          if (output.includes('working on 77')) resolve();
        });
        tail.on('close', () => reject(new Error(`aws ended: ${output}`)));
        tail.stderr.on('data', (chunk: Buffer) => {
          output += chunk;
        });
      });
      await invoke(lambda, 'orders', { order: 77, total: 1 });
      await printed.finally(() => tail.kill());
      expect(output).toMatch(/\[\$LATEST\][0-9a-f]{32} .*working on 77/);
    },
  );
});

describe('metrics', () => {
  test.each([
    ['JSON', undefined],
    ['CBOR', new SmithyRpcV2CborProtocol({ defaultNamespace: 'com.amazonaws.cloudwatch' })],
  ])('of a function and of others are read by the AWS SDK, over %s', async (name, protocol) => {
    const { accessKeyId, secretAccessKey, apiOrigin: endpoint, region } = hearth;
    const credentials = { accessKeyId, secretAccessKey };
    const cloudwatch = new CloudWatchClient({
      endpoint,
      region,
      credentials,
      maxAttempts: 1,
      ...(protocol && { protocol }),
    });
    await invoke(lambda, 'orders', { order: 1 });
    const MetricData = [
      { MetricName: `sold over ${name}`, Value: 3.5, Unit: 'Count' as const, Timestamp: new Date() },
    ];
    await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'shop', MetricData }));
    const query = (Id: string, Namespace: string, MetricName: string, Stat: string) => ({
      Id,
      MetricStat: { Metric: { Namespace, MetricName }, Period: 60, Stat },
    });
    const MetricDataQueries = [
      query('a', 'AWS/Lambda', 'Duration', 'p99'),
      query('b', 'shop', `sold over ${name}`, 'Sum'),
    ];
    const results = await eventually(async () => {
      const StartTime = new Date(Date.now() - 600_000);
      const command = new GetMetricDataCommand({ StartTime, EndTime: new Date(), MetricDataQueries });
      const { MetricDataResults = [] } = await cloudwatch.send(command);
      return MetricDataResults.every(({ Values = [] }) => Values.length > 0) ? MetricDataResults : undefined;
    });
    expect(results[0]?.Timestamps?.[0]).toBeInstanceOf(Date);
    expect(results[1]?.Values).toEqual([3.5]);
    const list = new ListMetricsCommand({ Namespace: 'shop', MetricName: `sold over ${name}` });
    expect((await cloudwatch.send(list)).Metrics).toMatchObject([{ Namespace: 'shop', Dimensions: [] }]);
    const wrong = new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData });
    await expect(cloudwatch.send(wrong)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  });
});

test('GET /metrics tells Prometheus how the server does, without a key', async () => {
  const response = await fetch(new URL('/metrics', hearth.apiOrigin));
  expect(response.headers.get('content-type')).toContain('version=0.0.4');
  const text = await response.text();
  expect(text).toMatch(/^hearth_telemetry_up 1$/m);
  expect(text).toMatch(/^hearth_telemetry_shed_lines_total 0$/m);
  expect(Number(/^hearth_telemetry_disk_bytes (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
});

describe('the record of invocations', () => {
  test('lists them with filters, and shows one with its log, event and error', async () => {
    const failed = await invoke(lambda, 'orders', { order: 5, fail: true });
    expect(failed.FunctionError).toBe('Unhandled');
    const requestId = failed.$metadata.requestId ?? '';
    const listed = await eventually(async () => {
      const response = await get('/hearth/invocations', { status: 'error', functionName: 'orders' });
      const { invocations } = (await response.json()) as { invocations: { requestId: string }[] };
      return invocations.find((invocation) => invocation.requestId === requestId);
    });
    expect(listed).toMatchObject({ errorType: 'TypeError', errorMessage: 'asked to fail', status: 'error' });
    const found = (await (await get(`/hearth/invocations/${requestId}`)).json()) as {
      logLines: { message: string }[];
      phases: { handler: number };
    };
    expect(found).toMatchObject({
      event: JSON.stringify({ order: 5, fail: true }),
      response: expect.stringContaining('asked to fail'),
      callerArn: 'arn:aws:iam::000000000000:root',
    });
    expect(found.phases.handler).toBeGreaterThan(0);
    expect(found.logLines[0]?.message).toContain(`START RequestId: ${requestId}`);
    expect(found.logLines.at(-1)?.message).toContain(`REPORT RequestId: ${requestId}`);
  });

  test('says what it does not know', async () => {
    expect((await get('/hearth/invocations/none')).status).toBe(404);
    expect((await get('/hearth/invocations', { colour: 'red' })).status).toBe(400);
    expect((await get('/hearth/invocations', { status: 'odd' })).status).toBe(400);
    expect((await fetch(new URL('/hearth/invocations', hearth.apiOrigin))).status).toBe(403);
  });

  test('tells of new ones as they end', async () => {
    const stop = new AbortController();
    const response = await get('/hearth/invocations/live', {}, stop.signal);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const { $metadata } = await invoke(lambda, 'orders', { order: 6 });
    let received = '';
    for await (const chunk of response.body ?? []) {
      received += Buffer.from(chunk).toString();
      if (received.includes($metadata.requestId ?? '?')) break;
    }
    stop.abort();
    const data = /^data: (.*)$/m.exec(received)?.[1] ?? '[]';
    expect(JSON.parse(data)).toMatchObject([{ functionName: 'orders', status: 'success' }]);
  });
});

test('logs and records are there after a power cut, up to the last second', async () => {
  const before = await invoke(lambda, 'orders', { order: 99, total: 1 });
  await filter('"working on 99"');
  await hearth.kill();
  const again = await startHearth({ dataDirectory: hearth.dataDirectory });
  hearth = again;
  logs = new CloudWatchLogsClient({
    endpoint: again.apiOrigin,
    region: again.region,
    credentials: { accessKeyId: again.accessKeyId, secretAccessKey: again.secretAccessKey },
    maxAttempts: 1,
  });
  expect(await filter('"working on 99"')).toHaveLength(1);
  expect((await get(`/hearth/invocations/${before.$metadata.requestId}`)).status).toBe(200);
});

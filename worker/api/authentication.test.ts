import { describe, expect, test } from 'vitest';
import { signHeaders, startTestApi, type TestApi, type TestRequest } from './test-api.ts';

const path = '/2016-08-19/account-settings';
const unsupported = '/2015-03-31/event-source-mappings';
const minute = 60_000;
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** Signs a request, changes its headers, and sends it. */
async function sendChanged(
  server: TestApi,
  change: (headers: Record<string, string>) => void,
  request: TestRequest = {},
) {
  const headers = await signHeaders(server.port, unsupported, request);
  change(headers);
  return server.send(unsupported, { ...request, headers });
}

function authorization(change: (text: string) => string) {
  return (headers: Record<string, string>) => {
    headers.authorization = change(headers.authorization ?? '');
  };
}

/** A signed request gets as far as the refusal of an operation that is not there yet. */
const reached = [501, 'NotImplementedException'];

const headerCases: [
  what: string,
  change: (headers: Record<string, string>) => void,
  string,
  string | RegExp,
][] = [
  [
    'without a signature',
    (headers) => delete headers.authorization,
    'MissingAuthenticationTokenException',
    'Missing Authentication Token',
  ],
  [
    'of another scheme',
    authorization(() => 'Bearer abc'),
    'IncompleteSignatureException',
    "Unsupported AWS 'algorithm': 'Bearer'.",
  ],
  [
    'signed by SigV4a',
    authorization((text) => text.replace('HMAC-SHA256', 'ECDSA-P256-SHA256')),
    'IncompleteSignatureException',
    "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
  ],
  [
    'with nothing but the algorithm',
    authorization(() => 'AWS4-HMAC-SHA256'),
    'IncompleteSignatureException',
    "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
  ],
  [
    'without a date',
    (headers) => delete headers['x-amz-date'],
    'IncompleteSignatureException',
    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  ],
  [
    'with a date in another format',
    (headers) => {
      headers['x-amz-date'] = '2026-01-31';
    },
    'IncompleteSignatureException',
    "Date must be in ISO-8601 'basic format'. Got '2026-01-31'. See http://en.wikipedia.org/wiki/ISO_8601",
  ],
  [
    'with a field that has no value',
    authorization(() => 'AWS4-HMAC-SHA256 Credential'),
    'IncompleteSignatureException',
    "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential'.",
  ],
  [
    'with a credential of too few parts',
    authorization((text) => text.replace('/aws4_request', '')),
    'IncompleteSignatureException',
    /^Credential must have exactly 5 slash-delimited elements, e\.g\. keyid\/date\/region\/service\/term, got 'AKIA/,
  ],
  [
    'with another terminator',
    authorization((text) => text.replace('aws4_request', 'aws5_request')),
    'InvalidSignatureException',
    "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.",
  ],
  [
    'for another day than it is dated',
    authorization((text) => text.replace(/\/\d{8}\//, '/20200101/')),
    'InvalidSignatureException',
    /^Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20200101' != '\d{8}', from '\d{8}T\d{6}Z'\.$/,
  ],
  [
    'by an unknown key',
    authorization((text) => text.replace('AKIAROOT', 'AKIANONE')),
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  ],
  [
    'without its host signed',
    authorization((text) => text.replace(';host;', ';')),
    'InvalidSignatureException',
    "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
  ],
  [
    'with an x-amz-* header that is not signed',
    (headers) => {
      headers['x-amz-log-type'] = 'Tail';
    },
    'InvalidSignatureException',
    "'x-amz-log-type' must be a 'SignedHeader' in the AWS Authorization.",
  ],
  [
    'with a header changed on the way',
    (headers) => {
      headers['content-type'] = 'application/x-amz-json-1.1';
    },
    'InvalidSignatureException',
    mismatch,
  ],
  [
    'with another signature',
    authorization((text) => text.replace(/.$/, (c) => (c === '0' ? '1' : '0'))),
    'InvalidSignatureException',
    mismatch,
  ],
  [
    'with a signature cut short',
    authorization((text) => text.slice(0, -2)),
    'InvalidSignatureException',
    mismatch,
  ],
  [
    'with a signature that is no hexadecimal',
    authorization((text) => text.replace(/=[^=]+$/, '=é')),
    'InvalidSignatureException',
    mismatch,
  ],
];

test.each(headerCases)('a request %s is refused', async (_what, change, code, message) => {
  const server = await startTestApi();
  const request = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
  expect((await server.sendSigned(unsupported, request)).status).toBe(501);
  const answer = await sendChanged(server, change, request);
  expect(answer).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': code } });
  expect(JSON.parse(answer.body)).toEqual({
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
});

test.each([
  ['the wrong secret', { secretAccessKey: 'guess' }, 'InvalidSignatureException', mismatch],
  [
    'a session token that nobody issued',
    { sessionToken: 'token' },
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  ],
  [
    'another region',
    { region: 'eu-west-9' },
    'InvalidSignatureException',
    'Credential should be scoped to a valid region. ',
  ],
  [
    'another service',
    { service: 's3' },
    'InvalidSignatureException',
    "Credential should be scoped to correct service: 'lambda'. ",
  ],
])('a request signed with %s is refused', async (_what, signing, code, message) => {
  const server = await startTestApi();
  const answer = await server.sendSigned(unsupported, {}, signing);
  expect(answer).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': code } });
  expect(JSON.parse(answer.body)).toEqual({ message });
});

describe('time', () => {
  test('a request may be replayed for five minutes, and no longer', async () => {
    const server = await startTestApi();
    const date = new Date(Math.floor(server.core.clock.now() / 1000) * 1000);
    const headers = await signHeaders(server.port, unsupported, {}, { date });
    expect((await server.send(unsupported, { headers })).status).toBe(501);
    server.turnClock(4.9 * minute);
    expect((await server.send(unsupported, { headers })).status).toBe(501);
    server.turnClock(0.2 * minute);
    const late = await server.send(unsupported, { headers });
    expect([late.status, late.headers['x-amzn-errortype']]).toEqual([403, 'InvalidSignatureException']);
    expect(JSON.parse(late.body).message).toMatch(
      new RegExp(
        `^Signature expired: ${headers['x-amz-date']} is now earlier than \\d{8}T\\d{6}Z \\(\\d{8}T\\d{6}Z - 5 min\\.\\)$`,
      ),
    );
  });

  test('a request of the future is refused, unless by less than five minutes', async () => {
    const server = await startTestApi();
    const soon = new Date(server.core.clock.now() + 4.9 * minute);
    expect((await server.sendSigned(unsupported, {}, { date: soon })).status).toBe(501);
    const later = new Date(server.core.clock.now() + 5.1 * minute);
    const answer = await server.sendSigned(unsupported, {}, { date: later });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body).message).toMatch(
      /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/,
    );
  });

  test('every answer has a date, for clients whose clock is wrong', async () => {
    const server = await startTestApi();
    for (const answer of [await server.send(path), await server.sendSigned(unsupported)]) {
      expect(Date.parse(answer.headers.date ?? '')).toBeGreaterThan(0);
    }
  });
});

test('a body changed on the way is refused', async () => {
  const server = await startTestApi();
  const headers = await signHeaders(server.port, unsupported, { method: 'POST', body: '{"a":1}' });
  const answer = await server.send(unsupported, { method: 'POST', headers, body: '{"a":2}' });
  expect(answer.status).toBe(403);
  expect(JSON.parse(answer.body)).toEqual({ message: mismatch });
});

test('an unsigned request is refused before its body is there', async () => {
  const server = await startTestApi();
  const answer = await server.sendRaw(
    `POST /2015-03-31/functions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 70000000\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
});

test('a signature in both the header and the query string is refused', async () => {
  const server = await startTestApi();
  const answer = await server.sendSigned(`${unsupported}?X-Amz-Signature=abc`);
  expect(answer).toMatchObject({
    status: 403,
    headers: { 'x-amzn-errortype': 'IncompleteSignatureException' },
  });
});

describe('a presigned URL', () => {
  const complete = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIAROOTROOTROOTROOT/20260131/us-east-1/lambda/aws4_request',
    'X-Amz-Date': '20260131T102030Z',
    'X-Amz-Expires': '300',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '0'.repeat(64),
  };
  const refused = async (parameters: Record<string, string>) => {
    const server = await startTestApi();
    const answer = await server.send(`${unsupported}?${new URLSearchParams(parameters)}`);
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([
      403,
      'IncompleteSignatureException',
    ]);
    return JSON.parse(answer.body).message;
  };

  test.each(Object.keys(complete).filter((name) => name !== 'X-Amz-Signature'))(
    'without %s is refused',
    async (name) => {
      const { [name as keyof typeof complete]: _left, ...rest } = complete;
      expect(await refused(rest)).toBe(
        `AWS query-string parameters must include '${name}'. Re-examine the query-string parameters.`,
      );
    },
  );

  test.each(['0', '604801', '-1', '1.5', 'x'])('that lives for %s seconds is refused', async (expires) => {
    expect(await refused({ ...complete, 'X-Amz-Expires': expires })).toBe(
      "'X-Amz-Expires' must be a number of seconds from 1 to 604800.",
    );
  });
});

test('the refusals above are of the signature: well signed, the request arrives', async () => {
  const server = await startTestApi();
  const answer = await server.sendSigned(unsupported);
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual(reached);
  expect(JSON.parse(answer.body)).toEqual({
    Type: 'Service',
    Message:
      'Hearth does not support ListEventSourceMappings yet. docs/api.md lists the operations that it supports.',
  });
});

import { createHash } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../../core/errors.ts';
import { Sha256 } from '../test-api.ts';
import { canonicalHeaderValues, canonicalRequest } from './canonical-request.ts';
import { readSignature, type SignedMessage } from './request-signature.ts';
import { SigningKeys } from './signing-key.ts';
import { checkScope, checkSignature, checkTime } from './verify.ts';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const noBody = Buffer.alloc(0);
const emptyHash = createHash('sha256').update('').digest('hex');
const signedAt = Date.UTC(2026, 0, 31, 10, 20, 30);

describe('the published vectors', () => {
  test('GET / of the test service', () => {
    const message = incoming('GET', '/', { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' });
    expect(hashOfCanonical(message, 'host;x-amz-date', emptyHash)).toBe(
      'bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63',
    );
    const signature = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';
    authorize(message, '20150830/us-east-1/service/aws4_request', 'host;x-amz-date', signature);
    expect(() => verify(message, noBody)).not.toThrow();
  });

  test('POST to Lambda with a percent-encoded ARN in the path', () => {
    const url =
      '/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A111122223333%3Afunction%3Af/invocations?Qualifier=%24LATEST';
    const message = incoming('POST', url, {
      host: 'lambda.us-east-1.amazonaws.com',
      'x-amz-date': '20260131T102030Z',
    });
    const payloadHash = createHash('sha256').update('{}').digest('hex');
    expect(hashOfCanonical(message, 'host;x-amz-date', payloadHash)).toBe(
      '6ab5014b906ad03ab3e18df21728750e20f19e628a48471e8151e13c88149367',
    );
    const signature = '834c71c7891ffff56876e7895a583a8a06053cb90f6a432e6032f2a4d330184a';
    authorize(message, '20260131/us-east-1/lambda/aws4_request', 'host;x-amz-date', signature);
    expect(() => verify(message, Buffer.from('{}'))).not.toThrow();
    expect(() => verify(message, Buffer.from('{ }'))).toThrow(/does not match the signature you provided/);
  });
});

const pathSegment = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map(awsEncode);
const oddPathSegment = fc.constantFrom(
  '',
  '.',
  '..',
  'a b'.replace(' ', '%20'),
  'arn:aws:lambda',
  "it's(*)!",
);
const path = fc
  .array(fc.oneof({ weight: 4, arbitrary: pathSegment }, oddPathSegment), { maxLength: 5 })
  .map((segments) => `/${segments.join('/')}`);
const query = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.array(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 3 }),
  ),
  { maxKeys: 4, noNullPrototype: true },
);
const headerValue = fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e\t]{0,20}[\x21-\x7e])?$/);
const headers = fc.dictionary(fc.stringMatching(/^x-(amz|other)-[a-z]{1,8}$/), headerValue, {
  maxKeys: 4,
  noNullPrototype: true,
});
const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path,
  query,
  headers,
  body: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
});

describe('what the AWS SDK signs', () => {
  test('is accepted in the Authorization header, and refused with any other body or path', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async ({ body, ...request }) => {
        const signed = await signer().sign(
          { ...request, protocol: 'http:', hostname: 'localhost', headers: withHost(request.headers), body },
          { signingDate: new Date(signedAt) },
        );
        const message = incoming(request.method, wireUrl(request.path, request.query), signed.headers);
        expect(() => verify(message, body)).not.toThrow();
        expect(() => verify(message, Buffer.concat([body, Buffer.from('x')]))).toThrow(ServiceError);
        expect(() => verify({ ...message, url: `${message.url}x` }, body)).toThrow(ServiceError);
        expect(() => verify({ ...message, method: 'PATCH' }, body)).toThrow(ServiceError);
      }),
      { numRuns: 300 },
    );
  });

  test('is accepted presigned, for as long as it says', async () => {
    const seconds = fc.integer({ min: 1, max: 604_800 });
    await fc.assert(
      fc.asyncProperty(requests, seconds, async ({ body, ...request }, expiresIn) => {
        const signed = await signer().presign(
          { ...request, protocol: 'http:', hostname: 'localhost', headers: withHost(request.headers), body },
          { signingDate: new Date(signedAt), expiresIn },
        );
        const message = incoming(request.method, wireUrl(signed.path, signed.query ?? {}), signed.headers);
        expect(() => verify(message, body, signedAt + expiresIn * 1000)).not.toThrow();
        expect(() => verify(message, body, signedAt + expiresIn * 1000 + 1)).toThrow(/^Signature expired: /);
        expect(() => verify({ ...message, url: `${message.url}&more=1` }, body)).toThrow(ServiceError);
      }),
      { numRuns: 300 },
    );
  });

  test('is accepted when a header is repeated, joined by a comma', async () => {
    const signed = await signer().sign(
      {
        method: 'GET',
        path: '/',
        protocol: 'http:',
        hostname: 'localhost',
        headers: withHost({ 'x-amz-meta': 'a,b  c' }),
      },
      { signingDate: new Date(signedAt) },
    );
    const message = incoming('GET', '/', signed.headers);
    const rawHeaders = message.rawHeaders.filter((text) => text !== 'x-amz-meta' && text !== 'a,b  c');
    expect(() =>
      verify({ ...message, rawHeaders: [...rawHeaders, 'X-Amz-Meta', 'a', 'x-amz-meta', ' b   c '] }, noBody),
    ).not.toThrow();
  });

  test('of a wire that leaves characters unencoded, or encodes needless ones, is the same', () => {
    const values = canonicalHeaderValues([]);
    const canonical = (url: string) => canonicalRequest(incoming('GET', url, {}), values, 'host', emptyHash);
    expect(canonical('/a?q=a:b&p=%7e')).toBe(canonical('/a?p=~&q=a%3Ab'));
    expect(canonical('/a?a-b=1&a=2')).toContain('\na=2&a-b=1\n');
    expect(canonical('/a?bad=%zz')).toContain('bad=%25zz');
  });

  test('with UNSIGNED-PAYLOAD is refused, because Lambda hashes what it gets', async () => {
    const signed = await signer().sign(
      {
        method: 'POST',
        path: '/',
        protocol: 'http:',
        hostname: 'localhost',
        headers: withHost({ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }),
        body: '{}',
      },
      { signingDate: new Date(signedAt) },
    );
    expect(() => verify(incoming('POST', '/', signed.headers), Buffer.from('{}'))).toThrow(/does not match/);
  });
});

test('a derived key is remembered, and never mistaken for another', () => {
  const keys = new SigningKeys();
  const key = keys.derive('secret', '20260131', 'us-east-1', 'lambda');
  expect(keys.derive('secret', '20260131', 'us-east-1', 'lambda')).toBe(key);
  expect(keys.derive('secret2', '20260131', 'us-east-1', 'lambda').equals(key)).toBe(false);
  expect(keys.derive('secret', '20260201', 'us-east-1', 'lambda').equals(key)).toBe(false);
});

function verify(message: SignedMessage, body: Buffer, now?: number): void {
  const signature = readSignature(message);
  if (!signature) throw new Error('The request is not signed.');
  checkScope(signature, 'us-east-1', signature.service);
  checkTime(signature, now ?? signature.signedAt);
  checkSignature(message, body, signature, secretAccessKey, new SigningKeys());
}

function incoming(method: string, url: string, headers: Record<string, string>): SignedMessage {
  return { method, url, headers: { ...headers }, rawHeaders: Object.entries(headers).flat() };
}

function authorize(message: SignedMessage, scope: string, signedHeaders: string, signature: string): void {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope},SignedHeaders=${signedHeaders}, Signature=${signature}`;
  Object.assign(message.headers, { authorization });
}

function hashOfCanonical(message: SignedMessage, signedHeaders: string, payloadHash: string): string {
  const values = canonicalHeaderValues(message.rawHeaders);
  const text = canonicalRequest(message, values, signedHeaders, payloadHash);
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

function withHost(headers: Record<string, string>) {
  return { ...headers, host: 'localhost:4566' };
}

function wireUrl(urlPath: string, parameters: Record<string, string | string[] | null>): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    [value ?? []].flat().map((single) => `${awsEncode(name)}=${awsEncode(single)}`),
  );
  return pairs.length > 0 ? `${urlPath}?${pairs.join('&')}` : urlPath;
}

function awsEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function signer(): SignatureV4 {
  return new SignatureV4({
    service: 'lambda',
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey },
    sha256: Sha256,
  });
}

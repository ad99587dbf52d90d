import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { ServiceError } from '../../../core/errors.ts';
import { canonicalHeaderValues, canonicalRequest } from './canonical-request.ts';
import { formatTimestamp, type RequestSignature, type SignedMessage } from './request-signature.ts';
import type { SigningKeys } from './signing-key.ts';

/**
 * Refuses a signature that is meant for another region, service or day.
 * @throws ServiceError InvalidSignatureException, with AWS's texts.
 */
export function checkScope(signature: RequestSignature, region: string, service: string): void {
  const { scopeDate, terminator, timestamp } = signature;
  if (terminator !== 'aws4_request') {
    throw invalid(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`,
    );
  }
  if (signature.service !== service) {
    throw invalid(`Credential should be scoped to correct service: '${service}'. `);
  }
  if (signature.region !== region) throw invalid('Credential should be scoped to a valid region. ');
  const date = timestamp.slice(0, 8);
  if (scopeDate !== date) {
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scopeDate}' != '${date}', from '${timestamp}'.`,
    );
  }
}

/**
 * Refuses a signature that is too old, or of the future. A presigned URL lives as long as
 * it says.
 * @param now milliseconds since the epoch
 * @param skewMinutes how much either way is accepted: 5 by most services, 15 by STS
 * @throws ServiceError InvalidSignatureException, with AWS's texts.
 */
export function checkTime(signature: RequestSignature, now: number, skewMinutes = 5): void {
  const { timestamp, signedAt, expiresSeconds } = signature;
  const lifeSeconds = expiresSeconds ?? skewMinutes * 60;
  if (signedAt < now - lifeSeconds * 1000) {
    const life = lifeSeconds % 60 === 0 ? `${lifeSeconds / 60} min.` : `${lifeSeconds} sec.`;
    const earliest = formatTimestamp(now - lifeSeconds * 1000);
    throw invalid(
      `Signature expired: ${timestamp} is now earlier than ${earliest} (${formatTimestamp(now)} - ${life})`,
    );
  }
  if (signedAt > now + skewMinutes * 60_000) {
    const latest = formatTimestamp(now + skewMinutes * 60_000);
    throw invalid(
      `Signature not yet current: ${timestamp} is still later than ${latest} (${formatTimestamp(now)} + ${skewMinutes} min.)`,
    );
  }
}

/**
 * Compares a signature with the one that the secret makes of the request and its body. The body is always hashed
 * here: `UNSIGNED-PAYLOAD` is for S3 only and does not match.
 * @throws ServiceError InvalidSignatureException when it differs, or leaves out `host` or an `x-amz-*` header.
 */
export function checkSignature(
  message: SignedMessage,
  body: Buffer,
  signature: RequestSignature,
  secretAccessKey: string,
  keys: SigningKeys,
): void {
  const headerValues = canonicalHeaderValues(message.rawHeaders);
  checkSignedHeaders(headerValues, signature.signedHeaders);
  const { scopeDate, region, service } = signature;
  const canonical = canonicalRequest(message, headerValues, signature.signedHeaders, hash('sha256', body));
  // Header values are Latin-1 text for Node.js; as Latin-1 they are the bytes of the wire again.
  const canonicalHash = hash('sha256', Buffer.from(canonical, 'latin1'));
  const expected = createHmac('sha256', keys.derive(secretAccessKey, scopeDate, region, service))
    .update(
      `AWS4-HMAC-SHA256\n${signature.timestamp}\n${scopeDate}/${region}/${service}/aws4_request\n${canonicalHash}`,
    )
    .digest('hex');
  const given = Buffer.from(signature.signature);
  const wanted = Buffer.from(expected);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw invalid(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
}

function checkSignedHeaders(headerValues: ReadonlyMap<string, string>, signedHeaders: string): void {
  const signed = `;${signedHeaders};`;
  if (!signed.includes(';host;')) {
    throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  for (const name of headerValues.keys()) {
    if (name.startsWith('x-amz-') && !signed.includes(`;${name};`)) {
      throw invalid(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidSignatureException', message);
}

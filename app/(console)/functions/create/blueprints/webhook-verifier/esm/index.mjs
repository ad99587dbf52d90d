import { createHmac, timingSafeEqual } from 'node:crypto';

// Set WEBHOOK_SECRET under Configuration. Until then this is the secret that the sample event is signed with.
const secret = process.env.WEBHOOK_SECRET ?? 'change-me';

/** @type {import('aws-lambda').Handler<import('aws-lambda').APIGatewayProxyEventV2>} */
export const handler = async (event) => {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

  if (!isAuthentic(body, event.headers['x-signature-256'] ?? '')) {
    console.warn('Refused a webhook with a wrong signature');
    return { statusCode: 401, body: 'Wrong signature' };
  }

  const delivery = JSON.parse(body.toString());
  console.log('Accepted', delivery.action);
  return { statusCode: 204 };
};

/** The signature is over the bytes that arrived, so it is checked before they are parsed. */
function isAuthentic(body, signature) {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

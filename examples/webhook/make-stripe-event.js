// Prints a test event as Stripe would send it now: its signature is good for five minutes.
const { createHmac } = require('node:crypto');

const { WEBHOOK_SECRET } = require('./function.json').Environment.Variables;
const seconds = Math.floor(Date.now() / 1000);
const body = JSON.stringify({ id: 'evt_1Hearth', type: 'checkout.session.completed', created: seconds });
const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${seconds}.${body}`).digest('hex');

console.log(
  JSON.stringify({
    version: '2.0',
    rawPath: '/webhook',
    headers: { 'content-type': 'application/json', 'stripe-signature': `t=${seconds},v1=${signature}` },
    requestContext: { http: { method: 'POST', path: '/webhook', sourceIp: '203.0.113.7' } },
    body,
    isBase64Encoded: false,
  }),
);

const { createHmac, timingSafeEqual } = require('node:crypto');

/** How old a Stripe timestamp may be. Older ones are taken for replays. */
const toleranceSeconds = 300;

/** GitHub: `X-Hub-Signature-256: sha256=<hex>` over the raw body. */
function verifyGitHub(body, header, secret) {
  const signature = /^sha256=([0-9a-f]{64})$/.exec(header)?.[1];
  return signature !== undefined && matches(signature, secret, body);
}

/** Stripe: `Stripe-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>]` over `<t>.<raw body>`. */
function verifyStripe(body, header, secret, nowSeconds) {
  const parts = header.split(',').map((part) => part.trim().split('='));
  const timestamp = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowSeconds - Number(timestamp)) > toleranceSeconds)
    return false;
  const signed = Buffer.concat([Buffer.from(`${timestamp}.`), body]);
  return parts.some(([name, value]) => name === 'v1' && matches(value ?? '', secret, signed));
}

/** Takes the same time wherever the two differ, so that a signature cannot be guessed byte by byte. */
function matches(hex, secret, signed) {
  const expected = createHmac('sha256', secret).update(signed).digest();
  const given = Buffer.from(hex, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

module.exports = { toleranceSeconds, verifyGitHub, verifyStripe };

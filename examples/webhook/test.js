const assert = require('node:assert/strict');
const { createHmac } = require('node:crypto');
const { test } = require('node:test');
const { toleranceSeconds, verifyGitHub, verifyStripe } = require('./signatures.js');

const secret = 'correct horse battery staple';
const body = Buffer.from('{"zen":"Anything added dilutes everything else."}');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest('hex');

test('a GitHub signature made with the secret is right', () => {
  assert.equal(verifyGitHub(body, `sha256=${hmac(secret, body)}`, secret), true);
});

test('a GitHub signature made with another secret, over another body or cut short is wrong', () => {
  assert.equal(verifyGitHub(body, `sha256=${hmac('guess', body)}`, secret), false);
  assert.equal(verifyGitHub(Buffer.from('{}'), `sha256=${hmac(secret, body)}`, secret), false);
  assert.equal(verifyGitHub(body, `sha256=${hmac(secret, body).slice(0, 62)}`, secret), false);
  assert.equal(verifyGitHub(body, hmac(secret, body), secret), false);
  assert.equal(verifyGitHub(body, '', secret), false);
});

test('a fresh Stripe signature is right, with an older key beside it too', () => {
  const signature = hmac(secret, `1769854830.${body}`);
  assert.equal(verifyStripe(body, `t=1769854830,v1=${signature}`, secret, 1769854831), true);
  assert.equal(
    verifyStripe(body, `t=1769854830,v1=${hmac('old', 'x')},v1=${signature}`, secret, 1769854831),
    true,
  );
});

test('a replayed or re-dated Stripe signature is wrong', () => {
  const header = `t=1769854830,v1=${hmac(secret, `1769854830.${body}`)}`;
  assert.equal(verifyStripe(body, header, secret, 1769854830 + toleranceSeconds), true);
  assert.equal(verifyStripe(body, header, secret, 1769854830 + toleranceSeconds + 1), false);
  assert.equal(verifyStripe(body, header.replace('t=1769854830', 't=1769859999'), secret, 1769859999), false);
  assert.equal(verifyStripe(body, header.replace('v1=', 'v0='), secret, 1769854830), false);
});

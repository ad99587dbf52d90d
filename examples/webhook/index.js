const { verifyGitHub, verifyStripe } = require('./signatures.js');

const secret = process.env.WEBHOOK_SECRET;
if (!secret) throw new Error('WEBHOOK_SECRET is not set.');

/** Accepts signed webhooks of GitHub and Stripe as events of payload format 2.0, and refuses all others. */
exports.handler = async (event) => {
  // The signature is over the bytes that were sent: verify them before parsing them.
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const github = event.headers['x-hub-signature-256'];
  const stripe = event.headers['stripe-signature'];

  if (github && verifyGitHub(body, github, secret)) {
    const { repository, sender } = JSON.parse(body);
    return accept({
      source: 'github',
      event: event.headers['x-github-event'],
      repository: repository?.full_name,
      sender: sender?.login,
    });
  }
  if (stripe && verifyStripe(body, stripe, secret, Date.now() / 1000)) {
    const { id, type } = JSON.parse(body);
    return accept({ source: 'stripe', event: type, id });
  }
  console.warn('Refused a webhook', { from: event.requestContext?.http?.sourceIp });
  return answer(401, { error: 'The signature is missing or wrong.' });
};

function accept(webhook) {
  console.log('Accepted a webhook', webhook);
  return answer(202, { accepted: webhook });
}

function answer(statusCode, body) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

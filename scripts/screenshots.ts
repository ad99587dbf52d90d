// npm run screenshots: draws the screens of a real server, for docs/screenshots.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { type Hearth, startHearth } from '../e2e/harness/hearth.ts';
import { findProgram } from './set-up/packages.ts';
import { root } from './set-up/steps.ts';

const directory = path.join(root, 'docs/screenshots');
const source = `import { createHmac } from 'node:crypto';

/** @type {import('aws-lambda').Handler<{ name?: string }>} */
export const handler = async (event, context) => {
  console.log('Received', event);
  const token = createHmac('sha256', context.awsRequestId).update(event.name ?? '').digest('hex');

  return {
    greeting: \`Hello, \${event.name ?? 'world'}!\`,
    token: token.slice(0, 16),
    timeLeft: \`\${context.getRemainingTimeInMillis()} ms\`,
  };
};
`;

mkdirSync(directory, { recursive: true });
const hearth = await startHearth({ console: true });
const browser = await chromium.launch({
  executablePath: findProgram('chromium'),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
try {
  for (const colorScheme of ['dark', 'light'] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await signIn(page, hearth);
    if (colorScheme === 'dark') {
      for (const name of ['greeter', 'order-totals', 'thumbnails', 'webhook'])
        await create(page, hearth, name);
    }
    await page.goto(`${hearth.consoleOrigin}/functions`);
    await page.getByRole('link', { name: 'greeter' }).waitFor();
    await page.screenshot({ path: path.join(directory, `functions-${colorScheme}.png`) });
    await page.getByRole('link', { name: 'greeter' }).click();
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByRole('log').getByText('REPORT').first().waitFor();
    await page.screenshot({ path: path.join(directory, `code-${colorScheme}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  await hearth.stop();
}

async function signIn(page: Page, { consoleOrigin, setupLink }: Hearth): Promise<void> {
  const headers = { origin: consoleOrigin };
  const [name, password] = ['ada', 'correct horse battery'];
  const token = new URL(setupLink ?? '').searchParams.get('token');
  const made = await page.request.post(`${consoleOrigin}/auth/setup`, {
    headers,
    data: { token, name, password },
  });
  if (made.ok()) return;
  await page.request.post(`${consoleOrigin}/auth/sign-in/username`, {
    headers,
    data: { username: name, password },
  });
}

async function create(page: Page, { consoleOrigin }: Hearth, name: string): Promise<void> {
  await page.request.post(`${consoleOrigin}/api/2015-03-31/functions`, {
    headers: { origin: consoleOrigin },
    data: {
      FunctionName: name,
      Description: name === 'greeter' ? 'Greets whoever the event names.' : '',
      Role: 'arn:aws:iam::000000000000:role/example',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: Buffer.from(zipSync({ 'index.mjs': strToU8(source) })).toString('base64') },
    },
  });
}

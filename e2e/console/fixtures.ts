import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { type Hearth, startHearth } from '../harness/hearth.ts';

export const administrator = { name: 'ada', password: 'correct horse battery' };

interface SharedServer {
  hearth: Hearth;
  /** Of the administrator's session, kept because sign-in is rate-limited. */
  cookies: { name: string; value: string; url: string }[];
}

/** A signed-in administrator's page on a server that the tests of a file share. */
export const test = base.extend<{ hearth: Hearth; signedIn: Page }, { server: SharedServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that one needs from the pattern.
    async ({}, use) => {
      const hearth = await startHearth({ console: true });
      const response = await fetch(`${hearth.consoleOrigin}/auth/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: hearth.consoleOrigin },
        body: JSON.stringify({ ...administrator, token: setupToken(hearth) }),
      });
      if (!response.ok) throw new Error(`The first administrator was refused: ${await response.text()}`);
      const cookies = response.headers.getSetCookie().map((cookie) => {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        return { name, value, url: hearth.consoleOrigin };
      });
      await use({ hearth, cookies });
      await hearth.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  hearth: async ({ server }, use) => use(server.hearth),
  signedIn: async ({ page, server }, use) => {
    await page.context().addCookies(server.cookies);
    await use(page);
  },
});

function setupToken(hearth: Hearth): string {
  return new URL(hearth.setupLink ?? '').searchParams.get('token') ?? '';
}

/** Creates a function of one file with the page's session and opens it. */
export async function createFunction(
  page: Page,
  hearth: Hearth,
  name: string,
  source: string,
): Promise<void> {
  const zip = zipSync({ 'index.mjs': strToU8(source) });
  const response = await page.request.post(`${hearth.consoleOrigin}/api/2015-03-31/functions`, {
    headers: { origin: hearth.consoleOrigin },
    data: {
      FunctionName: name,
      Role: 'arn:aws:iam::000000000000:role/test',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: Buffer.from(zip).toString('base64') },
    },
  });
  expect(response.status(), await response.text()).toBe(201);
  await page.goto(`${hearth.consoleOrigin}/functions/${name}`);
}

/** Replaces what is in the open file, as somebody who pastes. */
export async function writeCode(page: Page, source: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: /^Code of/ });
  await expect(editor).toBeAttached({ timeout: 20_000 });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(source);
}

export async function deploy(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+S');
  await expect(page.getByText('All changes deployed')).toBeVisible();
}

/** Fails on every finding of axe that is serious or worse, naming rule and element. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
  expect(serious).toEqual([]);
}

export { expect };

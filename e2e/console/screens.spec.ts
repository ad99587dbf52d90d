import { createFunction, expect, expectAccessible, test, writeCode } from './fixtures.ts';

const screens = {
  functions: '/functions',
  create: '/functions/create',
  code: '/functions/screen-test',
  configuration: '/functions/screen-test?tab=configuration',
  settings: '/settings',
  'not found': '/functions/never-made',
};

for (const colorScheme of ['dark', 'light'] as const) {
  for (const width of [390, 1440]) {
    test.describe(`${colorScheme}, ${width} px wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test('every screen is accessible and fits its width', async ({ signedIn: page, hearth }) => {
        test.slow();
        const answer = await page.request.get(
          `${hearth.consoleOrigin}/api/2015-03-31/functions/screen-test/configuration`,
        );
        if (!answer.ok()) {
          await createFunction(page, hearth, 'screen-test', 'export const handler = async (event) => event;');
        }
        for (const [name, path] of Object.entries(screens)) {
          await test.step(name, async () => {
            await page.goto(hearth.consoleOrigin + path);
            await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
            await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
            await expectAccessible(page);
            const overflow = await page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
          });
        }
      });
    });
  }
}

test('the sign-in screen is accessible and says when name or password are wrong', async ({
  page,
  hearth,
}) => {
  await page.goto(`${hearth.consoleOrigin}/functions`);
  await expect(page).toHaveURL(/\/sign-in/);
  await expectAccessible(page);
  await page.getByLabel('Name').fill('ada');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'do not belong together' })).toBeVisible();
});

test('configuration is saved and seen by the function', async ({ signedIn: page, hearth }) => {
  await createFunction(
    page,
    hearth,
    'configured',
    'export const handler = async (_, context) => ({ memory: context.memoryLimitInMB, mood: process.env.MOOD });',
  );
  await page.getByRole('tab', { name: 'Configuration' }).click();
  await page.getByLabel('Memory (MB)').fill('256');
  await page.getByRole('button', { name: /^Save/ }).first().click();
  await expect(page.getByText(/saved/i).first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Memory (MB)')).toHaveValue('256');
  await page.getByLabel('Memory (MB)').fill('12');
  await expect(page.getByText(/at least 128|128 to|between 128/i).first()).toBeVisible();
});

test('a function is deleted only after its name was typed', async ({ signedIn: page, hearth }) => {
  await createFunction(page, hearth, 'doomed', 'export const handler = async () => 1;');
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: /Delete/ }).click();
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  const confirm = dialog.getByRole('button', { name: /Delete/ });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('textbox').fill('doomed');
  await confirm.click();
  await expect(page).toHaveURL(/\/functions(\?|$)/);
  await expect(page.getByRole('link', { name: 'doomed' })).toHaveCount(0);
});

test('what a function says is shown as text, whatever it says', async ({ signedIn: page, hearth }) => {
  const hostile = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;
  await createFunction(
    page,
    hearth,
    'hostile',
    `export const handler = async () => { console.log(${JSON.stringify(hostile)}, '\\u001b[31mred\\u001b[0m'); return ${JSON.stringify({ hostile })}; };`,
  );
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByRole('log')).toContainText('<img src=x');
  await expect(page.getByRole('log')).toContainText('red');
  await expect(page.getByRole('log')).not.toContainText('[31m');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('a session that ends in the middle of an edit loses nothing', async ({
  signedIn: page,
  hearth,
  context,
}) => {
  await createFunction(page, hearth, 'draft', 'export const handler = async () => "before";');
  await writeCode(page, 'export const handler = async () => "kept through the night";');
  await context.clearCookies();
  await page.keyboard.press('ControlOrMeta+S');
  await page.getByLabel('Name').fill('ada');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('kept through the night')).toBeVisible();
});

test('pages carry a strict content security policy', async ({ signedIn: page, hearth }) => {
  const response = await page.goto(`${hearth.consoleOrigin}/functions`);
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src [^;]*'nonce-/);
  expect(policy).not.toMatch(/script-src [^;]*'unsafe-inline'/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('http');
});

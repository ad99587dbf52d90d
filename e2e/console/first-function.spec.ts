import { startHearth } from '../harness/hearth.ts';
import { administrator, deploy, expect, expectAccessible, test, writeCode } from './fixtures.ts';

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`a newcomer with a ${colorScheme} system`, () => {
    test.use({ colorScheme });

    test('gets from the one-time link to a deployed edit whose new output is seen', async ({ page }) => {
      const hearth = await startHearth({ console: true });
      try {
        await page.goto(hearth.setupLink ?? '');
        await expectAccessible(page);
        await page.getByLabel('Name').fill(administrator.name);
        await page.getByLabel('Password').fill(administrator.password);
        await page.getByRole('button', { name: 'Create administrator' }).click();

        await page.getByRole('link', { name: /^Hello world/ }).click();
        await page.getByLabel('Function name').fill('greeter');
        await expectAccessible(page);
        await page.getByRole('button', { name: 'Create function' }).click();

        await page.getByRole('button', { name: 'Test', exact: true }).click();
        const result = page.getByRole('tabpanel', { name: 'Result' });
        await expect(result.getByText('The function succeeded.')).toBeAttached();
        await expect(result).toContainText('Cold start');
        await expect(result).toContainText('Hello, Ada!');

        await writeCode(page, 'export const handler = async () => ({ now: "it says something else" });');
        await expect(page.getByText(/undeployed|not deployed|unsaved/i).first()).toBeVisible();
        await deploy(page);
        await page.getByRole('button', { name: 'Test', exact: true }).click();
        await expect(result).toContainText('it says something else');
        await expect(result.getByRole('log')).toContainText('REPORT RequestId');
        await expectAccessible(page);
      } finally {
        await hearth.stop();
      }
    });
  });
}

test('the one-time link works once', async ({ page, hearth }) => {
  await page.goto(hearth.setupLink ?? '');
  await expect(page.getByLabel('Password')).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText(/already|used|sign in/i);
});

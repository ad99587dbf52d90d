import { administrator, expect, test } from './fixtures.ts';

test('somebody without a mouse signs in, creates a function, runs it, edits it and runs it again', async ({
  page,
  hearth,
}) => {
  await page.goto(`${hearth.consoleOrigin}/functions`);
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.keyboard.type(administrator.name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(administrator.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Functions', level: 1 })).toBeVisible();

  // A page answers keys once it is hydrated, which nothing on it shows.
  await expect(async () => {
    await page.keyboard.press('ControlOrMeta+K');
    await expect(page.getByRole('combobox', { name: 'Search and commands' })).toBeFocused({ timeout: 1000 });
  }).toPass();
  await page.keyboard.type('create function');
  await page.keyboard.press('Enter');
  const name = page.getByLabel('Function name');
  await expect(name).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('by-keyboard');
  await page.keyboard.press('Enter');

  const editor = page.getByRole('textbox', { name: /^Code of/ });
  await expect(editor).toBeAttached({ timeout: 20_000 });
  await page.keyboard.press('ControlOrMeta+Enter');
  const result = page.getByRole('tabpanel', { name: 'Result' });
  await expect(result.getByText('The function succeeded.')).toBeAttached();

  for (
    let i = 0;
    i < 60 && !(await editor.evaluate((element) => element === document.activeElement));
    i += 1
  ) {
    await page.keyboard.press('Shift+Tab');
  }
  await expect(editor).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('export const handler = async () => "typed by hand";');
  await page.keyboard.press('ControlOrMeta+S');
  await expect(page.getByText('All changes deployed')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(result).toContainText('typed by hand');
});

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { apiDocsFile, renderApiDocs } from './api-docs.ts';

test('docs/api.md is what the table of operations says; `npm run docs:api` writes it anew', async () => {
  expect(await readFile(apiDocsFile, 'utf8')).toBe(renderApiDocs());
});

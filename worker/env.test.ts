import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ConfigurationError, readConfig, settings } from './env.ts';

/** The rows of the table in docs/configuration.md: variable, default, meaning. */
function documentedSettings() {
  const text = readFileSync(path.join(import.meta.dirname, '../docs/configuration.md'), 'utf8');
  return [...text.matchAll(/^\| `(HEARTH_\w+)` \| (?:`(.*)`|none) \| (.*) \|$/gm)].map(
    ([, name, defaultValue, meaning]) => ({ name, defaultValue, meaning }),
  );
}

function problemsOf(environment: NodeJS.Dict<string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message.split('\n');
  }
}

test('docs/configuration.md lists every setting with its default and meaning, and no other', () => {
  const actual = Object.entries(settings).map(([name, schema]) => ({
    name,
    defaultValue: schema.parse(undefined)?.toString(),
    meaning: schema.description,
  }));
  const documented = documentedSettings().map((setting) => ({
    ...setting,
    // The one default that is relative to where Hearth is started.
    ...(setting.name === 'HEARTH_DATA_DIR' && { defaultValue: path.resolve(setting.defaultValue ?? '') }),
  }));
  expect(documented).toEqual(actual);
});

test('without any variable the configuration is the documented defaults', () => {
  expect(readConfig({ PATH: '/bin' })).toMatchObject({
    host: '127.0.0.1',
    consolePort: 3000,
    apiPort: 4566,
    region: 'us-east-1',
    accountId: '000000000000',
    rootAccessKey: undefined,
  });
});

test('given variables are taken over, and empty ones count as unset', () => {
  expect(
    readConfig({
      HEARTH_API_PORT: '0',
      HEARTH_DATA_DIR: '/srv/hearth',
      HEARTH_REGION: '',
      HEARTH_ROOT_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      HEARTH_ROOT_SECRET_ACCESS_KEY: 'open sesame',
    }),
  ).toMatchObject({
    apiPort: 0,
    dataDirectory: '/srv/hearth',
    region: 'us-east-1',
    rootAccessKey: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'open sesame' },
  });
});

test('all problems are reported at once, each naming its variable', () => {
  expect(
    problemsOf({
      HEARTH_API_PORT: '70000',
      HEARTH_REGION: 'Frankfurt',
      HEARTH_ACCOUNT_ID: '42',
      HEARTH_ROOT_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      HEARTH_PORT: '80',
    }),
  ).toEqual([
    'HEARTH_API_PORT: must be a whole number from 0 to 65535.',
    'HEARTH_REGION: must look like us-east-1.',
    'HEARTH_ACCOUNT_ID: must be 12 digits.',
    'HEARTH_PORT is not a setting of Hearth. docs/configuration.md lists them.',
    'HEARTH_ROOT_ACCESS_KEY_ID is set without its counterpart: set both or neither.',
  ]);
});

test.each(['HEARTH_ROOT_ACCESS_KEY_ID', 'HEARTH_ROOT_SECRET_ACCESS_KEY'])('%s alone is refused', (name) => {
  expect(problemsOf({ [name]: 'AKIAEXAMPLE' })).toEqual([
    `${name} is set without its counterpart: set both or neither.`,
  ]);
});

test.each([
  ['HEARTH_CONSOLE_PORT', 'http'],
  ['HEARTH_CONSOLE_PORT', '-1'],
  ['HEARTH_CONSOLE_PORT', '80.5'],
  ['HEARTH_PREWARMED_ENVIRONMENTS', '1001'],
  ['HEARTH_IDLE_SECONDS', '0'],
  ['HEARTH_LOG_LEVEL', 'loud'],
  ['HEARTH_REGION', 'us-east'],
])('%s=%s is refused', (name, value) => {
  expect(problemsOf({ [name]: value })).toEqual([expect.stringContaining(`${name}: `)]);
});

test('several unknown settings are each named', () => {
  expect(problemsOf({ HEARTH_A: '1', HEARTH_B: '1' })).toEqual([
    expect.stringContaining('HEARTH_A is not'),
    expect.stringContaining('HEARTH_B is not'),
  ]);
});

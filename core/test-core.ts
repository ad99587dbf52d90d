import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { onTestFinished } from 'vitest';
import type { Caller } from './caller.ts';
import { type Core, type CoreOptions, closeCore, openCore } from './core.ts';
import { migrate } from './migrations.ts';

/** The owner of everything in the tests. */
export const caller: Caller = {
  accountId: '111122223333',
  region: 'us-east-1',
  arn: 'arn:aws:iam::111122223333:user/ann',
  endpoint: 'http://localhost:4566',
  apiOrigin: 'http://localhost:4566',
};

/** A directory that is removed after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'hearth-core-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A clock that stands still until it is turned. */
export class TestClock {
  milliseconds = Date.parse('2026-01-31T10:20:30.123Z');
  now(): number {
    return this.milliseconds;
  }
}

let migrated: Promise<Buffer> | undefined;

/** A registry that is migrated but empty, made once, because that takes longer than most tests. */
async function emptyRegistry(): Promise<Buffer> {
  const file = path.join(temporaryDirectory(), 'registry.db');
  await migrate(file);
  return readFileSync(file);
}

/** A control plane in a directory of its own, closed after the test; background errors fail the test. */
export async function openTestCore(options: Partial<CoreOptions> = {}): Promise<Core> {
  const errors: unknown[] = [];
  const { dataDirectory = temporaryDirectory() } = options;
  if (!existsSync(path.join(dataDirectory, 'registry.db'))) {
    migrated ??= emptyRegistry();
    writeFileSync(path.join(dataDirectory, 'registry.db'), await migrated, { mode: 0o600 });
    writeFileSync(path.join(dataDirectory, 'master.key'), randomBytes(32), { mode: 0o600 });
  }
  const core = await openCore({
    dataDirectory,
    accountId: caller.accountId,
    region: caller.region,
    rootAccessKey: undefined,
    clock: new TestClock(),
    uuid: () => randomUUID(),
    random: () => 0.5,
    reportError: (error) => errors.push(error),
    ...options,
  });
  onTestFinished(async () => {
    await closeCore(core);
    if (errors.length > 0) throw new AggregateError(errors, 'Background work failed.');
  });
  return core;
}

/** A zip of files given by name; a text, or fflate's own form with attributes. */
export function zipOf(files: Record<string, string | Zippable[string]>): Buffer<ArrayBuffer> {
  const entries = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === 'string' ? strToU8(content) : content,
  ]);
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}

/** The least that CreateFunction takes. */
export function createRequest(functionName: string, code = 'export const handler = () => 1;') {
  return {
    FunctionName: functionName,
    Role: `arn:aws:iam::${caller.accountId}:role/any`,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { ZipFile: zipOf({ 'index.mjs': code }).toString('base64') },
  };
}

import { expect, test } from 'vitest';
import type { PackageFile } from '../../../../../components/package/package-file.ts';
import { changedPaths, changeWorkspace, openWorkspace, type WorkspaceAction } from './workspace.ts';

const file = (text: string) => ({ mode: 0o100644, text });
const deployed = new Map<string, PackageFile>([
  ['README.md', file('# Hi')],
  ['lib/a.mjs', file('a')],
  ['lib/b.mjs', file('b')],
  ['src/index.mjs', file('handler')],
  ['tool', { mode: 0o100755, bytes: new Uint8Array([0, 1]) }],
]);
const start = openWorkspace(deployed, 'sha', 'src/index.handler');
const after = (...actions: WorkspaceAction[]) => actions.reduce(changeWorkspace, start);

test('the file with the handler is opened', () => {
  expect(start.active).toBe('src/index.mjs');
  expect(openWorkspace(deployed, 'sha', 'gone.handler').active).toBe('README.md');
});

test('edits, additions and deletions are changes, and undoing an edit is none', () => {
  const changed = after(
    { type: 'edit', path: 'src/index.mjs', text: 'edited' },
    { type: 'put', files: new Map([['new.mjs', file('')]]) },
    { type: 'delete', paths: ['lib/a.mjs'] },
  );
  expect(changedPaths(changed)).toEqual(['lib/a.mjs', 'new.mjs', 'src/index.mjs']);
  expect(
    changedPaths(changeWorkspace(changed, { type: 'edit', path: 'src/index.mjs', text: 'handler' })),
  ).not.toContain('src/index.mjs');
  expect(changedPaths(changeWorkspace(changed, { type: 'revert' }))).toEqual([]);
});

test('renaming a folder takes its files and their tabs along', () => {
  const moved = after({ type: 'open', path: 'lib/a.mjs' }, { type: 'rename', from: 'lib', to: 'code' });
  expect(moved.active).toBe('code/a.mjs');
  expect([...moved.files.keys()]).toContain('code/b.mjs');
  expect([...moved.files.keys()]).not.toContain('lib/b.mjs');
});

test('closing the active tab shows its neighbour, and the last one nothing', () => {
  const three = after(
    { type: 'open', path: 'lib/a.mjs' },
    { type: 'open', path: 'lib/b.mjs' },
    { type: 'open', path: 'lib/a.mjs' },
  );
  const two = changeWorkspace(three, { type: 'close', path: 'lib/a.mjs' });
  expect(two.active).toBe('lib/b.mjs');
  expect(after({ type: 'close', path: 'src/index.mjs' }).active).toBeUndefined();
});

test('what was typed while deploying stays a change', () => {
  const sent = after({ type: 'edit', path: 'src/index.mjs', text: 'sent' });
  const typed = changeWorkspace(sent, { type: 'edit', path: 'src/index.mjs', text: 'sent and more' });
  const done = changeWorkspace(typed, { type: 'deployed', files: sent.files, sha256: 'new' });
  expect(changedPaths(done)).toEqual(['src/index.mjs']);
  expect(done.baseSha256).toBe('new');
});

test('a binary file with the same bytes is no change', () => {
  expect(
    changedPaths(
      after({ type: 'put', files: new Map([['tool', { mode: 0o100755, bytes: new Uint8Array([0, 1]) }]]) }),
    ),
  ).toEqual([]);
});

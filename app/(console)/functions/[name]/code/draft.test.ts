import { expect, test } from 'vitest';
import { loadDraft, saveDraft } from './draft.ts';
import { changeWorkspace, openWorkspace } from './workspace.ts';

function memoryStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    getItem: (name) => kept.get(name) ?? null,
    key: (index) => [...kept.keys()][index] ?? null,
    removeItem: (name) => void kept.delete(name),
    setItem: (name, value) => void kept.set(name, value),
  };
}

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const deployed = new Map([
  ['index.mjs', { mode: 0o100644, text: 'one' }],
  ['old.mjs', { mode: 0o100644, text: 'old' }],
]);
const start = openWorkspace(deployed, 'sha', 'index.handler');

test('edits, deletions and binary files come back on top of what is deployed', () => {
  const storage = memoryStorage();
  const edited = [
    { type: 'edit', path: 'index.mjs', text: 'two' } as const,
    { type: 'delete', paths: ['old.mjs'] } as const,
    {
      type: 'put',
      files: new Map([['dot.png', { mode: 0o100755, bytes: new Uint8Array([0, 255]) }]]),
    } as const,
  ].reduce(changeWorkspace, start);
  saveDraft(storage, arn, edited);
  expect(loadDraft(storage, arn, deployed)).toEqual({ baseSha256: 'sha', files: edited.files });
});

test('without changes there is no draft', () => {
  const storage = memoryStorage();
  saveDraft(storage, arn, changeWorkspace(start, { type: 'edit', path: 'index.mjs', text: 'two' }));
  saveDraft(storage, arn, start);
  expect(storage.length).toBe(0);
  expect(loadDraft(storage, arn, deployed)).toBeUndefined();
});

test('a draft that cannot be read is none', () => {
  const storage = memoryStorage();
  storage.setItem(`hearth.draft:${arn}`, '{"files":');
  expect(loadDraft(storage, arn, deployed)).toBeUndefined();
});

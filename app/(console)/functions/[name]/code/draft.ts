import { fromBase64, toBase64 } from '../../../../../components/api/base64.ts';
import type { PackageFile, PackageFiles } from '../../../../../components/package/package-file.ts';
import { changedPaths, type Workspace } from './workspace.ts';

/** Changes that are not deployed, as a browser tab keeps them. */
interface Draft {
  baseSha256: string;
  /** Null for a deleted file. */
  files: Record<string, { mode: number; text?: string; base64?: string } | null>;
}

const key = (functionArn: string) => `hearth.draft:${functionArn}`;

/** Keeps what is not deployed, so that it outlives a reload, a sign-in and a closed page of this tab. */
export function saveDraft(storage: Storage, functionArn: string, workspace: Workspace): void {
  const paths = changedPaths(workspace);
  try {
    if (paths.length === 0) {
      storage.removeItem(key(functionArn));
      return;
    }
    const files = paths.map((path) => [path, pack(workspace.files.get(path))]);
    const draft: Draft = { baseSha256: workspace.baseSha256, files: Object.fromEntries(files) };
    storage.setItem(key(functionArn), JSON.stringify(draft));
  } catch {
    // Storage is full or switched off. Leaving still warns.
  }
}

/** The kept changes on top of what is deployed; undefined when there are none. */
export function loadDraft(
  storage: Storage,
  functionArn: string,
  deployed: PackageFiles,
): { baseSha256: string; files: PackageFiles } | undefined {
  try {
    const text = storage.getItem(key(functionArn));
    if (!text) return undefined;
    const draft: Draft = JSON.parse(text);
    const files = new Map(deployed);
    for (const [path, file] of Object.entries(draft.files)) {
      if (file) files.set(path, unpack(file));
      else files.delete(path);
    }
    return { baseSha256: draft.baseSha256, files };
  } catch {
    return undefined;
  }
}

function pack(file: PackageFile | undefined): Draft['files'][string] {
  if (!file) return null;
  return file.text === undefined
    ? { mode: file.mode, base64: toBase64(file.bytes) }
    : { mode: file.mode, text: file.text };
}

function unpack({ mode, text, base64 }: NonNullable<Draft['files'][string]>): PackageFile {
  return text === undefined ? { mode, bytes: fromBase64(base64 ?? '') } : { mode, text };
}

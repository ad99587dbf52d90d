import type { PackageFile, PackageFiles } from '../../../../../components/package/package-file.ts';

/** What the editor holds: the deployed files, the files as edited, and which of them are open. */
export interface Workspace {
  /** Hash of the package that the edits began from. */
  baseSha256: string;
  deployed: PackageFiles;
  files: PackageFiles;
  /** Counts the changes that did not come from typing: the editor takes these over, and only these. */
  generation: number;
  /** Paths of the open tabs, in order. */
  open: readonly string[];
  active: string | undefined;
}

export type WorkspaceAction =
  | { type: 'open'; path: string }
  | { type: 'close'; path: string }
  | { type: 'edit'; path: string; text: string }
  | { type: 'put'; files: PackageFiles }
  | { type: 'replace-all'; files: PackageFiles }
  | { type: 'rename'; from: string; to: string }
  | { type: 'delete'; paths: readonly string[] }
  | { type: 'revert' }
  | { type: 'deployed'; files: PackageFiles; sha256: string };

/** The workspace of a package as deployed, with edits from an earlier time on top. */
export function openWorkspace(
  deployed: PackageFiles,
  baseSha256: string,
  handler: string,
  files = deployed,
): Workspace {
  const first = entryFile(files, handler);
  return { baseSha256, deployed, files, generation: 0, open: first ? [first] : [], active: first };
}

/** Carries out one action. Files that did not change stay the same objects. */
export function changeWorkspace(state: Workspace, action: WorkspaceAction): Workspace {
  switch (action.type) {
    case 'open':
      return {
        ...state,
        active: action.path,
        open: state.open.includes(action.path) ? state.open : [...state.open, action.path],
      };
    case 'close':
      return withoutTabs(state, (path) => path === action.path);
    case 'edit': {
      const file = state.files.get(action.path);
      if (file?.text === undefined || file.text === action.text) return state;
      return {
        ...state,
        files: new Map(state.files).set(action.path, { mode: file.mode, text: action.text }),
      };
    }
    case 'put': {
      const files = new Map([...state.files, ...action.files]);
      const [path] = action.files.keys();
      return path === undefined
        ? state
        : changeWorkspace({ ...state, files, generation: state.generation + 1 }, { type: 'open', path });
    }
    case 'replace-all':
      return withoutTabs(
        { ...state, files: action.files, generation: state.generation + 1 },
        (path) => !action.files.has(path),
      );
    case 'rename':
      return renamed(state, action.from, action.to);
    case 'delete': {
      const files = new Map([...state.files].filter(([path]) => !action.paths.includes(path)));
      return withoutTabs({ ...state, files, generation: state.generation + 1 }, (path) => !files.has(path));
    }
    case 'revert':
      return withoutTabs(
        { ...state, files: state.deployed, generation: state.generation + 1 },
        (path) => !state.deployed.has(path),
      );
    case 'deployed':
      return { ...state, deployed: action.files, baseSha256: action.sha256 };
  }
}

/** Paths whose file is not what is deployed: edited, added or deleted. */
export function changedPaths({ deployed, files }: Pick<Workspace, 'deployed' | 'files'>): string[] {
  const paths = new Set([...deployed.keys(), ...files.keys()]);
  return [...paths].filter((path) => !isSame(deployed.get(path), files.get(path))).sort();
}

function isSame(one: PackageFile | undefined, other: PackageFile | undefined): boolean {
  if (one === other) return true;
  if (!one || !other || one.mode !== other.mode) return false;
  if (one.text !== undefined || other.text !== undefined) return one.text === other.text;
  return (
    one.bytes.length === other.bytes.length && one.bytes.every((byte, index) => byte === other.bytes[index])
  );
}

/** The file that the handler is in, else the first one that can be read. */
function entryFile(files: PackageFiles, handler: string): string | undefined {
  const base = handler.replace(/\.[^./]+$/, '');
  const texts = [...files].filter(([, file]) => file.text !== undefined).map(([path]) => path);
  return ['.mjs', '.js', '.cjs'].map((end) => base + end).find((path) => texts.includes(path)) ?? texts[0];
}

function withoutTabs(state: Workspace, isClosed: (path: string) => boolean): Workspace {
  const open = state.open.filter((path) => !isClosed(path));
  if (state.active !== undefined && open.includes(state.active)) return { ...state, open };
  // The neighbour that took the closed tab's place.
  const at = state.active === undefined ? 0 : state.open.indexOf(state.active);
  return { ...state, open, active: open[Math.min(at, open.length - 1)] };
}

/** Renames a file, or all below a folder. */
function renamed(state: Workspace, from: string, to: string): Workspace {
  const rename = (path: string) =>
    path === from ? to : path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
  return {
    ...state,
    files: new Map([...state.files].map(([path, file]) => [rename(path), file])),
    generation: state.generation + 1,
    open: state.open.map(rename),
    active: state.active === undefined ? undefined : rename(state.active),
  };
}

/** One visible line of the file tree. */
export interface TreeRow {
  path: string;
  name: string;
  /** 1 for the top level. */
  level: number;
  isFolder: boolean;
  isOpen: boolean;
}

interface Folder {
  folders: Map<string, Folder>;
  files: string[];
}

/** The lines that a tree of these paths shows: folders before files, closed folders without their contents. */
export function treeRows(paths: Iterable<string>, isOpen: (folder: string) => boolean): TreeRow[] {
  const root: Folder = { folders: new Map(), files: [] };
  for (const path of paths) {
    const names = path.split('/');
    let folder = root;
    for (const name of names.slice(0, -1)) {
      const next = folder.folders.get(name) ?? { folders: new Map(), files: [] };
      folder.folders.set(name, next);
      folder = next;
    }
    folder.files.push(names.at(-1) ?? path);
  }
  const rows: TreeRow[] = [];
  const add = (folder: Folder, prefix: string, level: number) => {
    for (const [name, inner] of [...folder.folders].sort(([one], [other]) => one.localeCompare(other))) {
      const path = prefix + name;
      const open = isOpen(path);
      rows.push({ path, name, level, isFolder: true, isOpen: open });
      if (open) add(inner, `${path}/`, level + 1);
    }
    for (const name of [...folder.files].sort((one, other) => one.localeCompare(other))) {
      rows.push({ path: prefix + name, name, level, isFolder: false, isOpen: false });
    }
  };
  add(root, '', 1);
  return rows;
}

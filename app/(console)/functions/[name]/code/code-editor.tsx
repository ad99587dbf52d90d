'use client';
import { useTheme } from 'next-themes';
import { useEffect, useRef } from 'react';
import type { PackageFiles } from '../../../../../components/package/package-file.ts';
import { editorOptions } from './editor-options.ts';
import { applyTheme, monaco } from './monaco.ts';

interface CodeEditorProps {
  files: PackageFiles;
  /** Another number means that texts were changed from outside. */
  generation: number;
  /** Path of the file to show; it must be a text file. */
  active: string;
  onEdit: (path: string, text: string) => void;
}

const uriOf = (path: string) => monaco.Uri.from({ scheme: 'file', path: `/var/task/${path}` });

/** The code editor. Every text file has a model, so that completion sees all of the package. */
export function CodeEditor({ files, generation, active, onEdit }: CodeEditorProps) {
  const container = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(undefined);
  const viewStates = useRef(new Map<string, monaco.editor.ICodeEditorViewState | null>());
  const taken = useRef(generation);
  const edit = useRef(onEdit);
  edit.current = onEdit;
  const { resolvedTheme } = useTheme();

  useEffect(() => applyTheme(resolvedTheme === 'dark'), [resolvedTheme]);

  useEffect(() => {
    if (!container.current) return;
    const created = monaco.editor.create(container.current, { ...editorOptions(), model: null });
    editor.current = created;
    // Widths measured before the font is here would put the cursor beside its letter.
    void document.fonts.ready.then(() => monaco.editor.remeasureFonts());
    return () => {
      created.dispose();
      for (const model of monaco.editor.getModels()) {
        if (model.uri.path.startsWith('/var/task/')) model.dispose();
      }
    };
  }, []);

  useEffect(() => {
    // While somebody types, React is always a little behind the editor: its texts must not be put back.
    const isFromOutside = taken.current !== generation;
    taken.current = generation;
    for (const model of monaco.editor.getModels()) {
      const path = model.uri.path.slice('/var/task/'.length);
      if (model.uri.path.startsWith('/var/task/') && files.get(path)?.text === undefined) model.dispose();
    }
    for (const [path, file] of files) {
      if (file.text === undefined) continue;
      const known = monaco.editor.getModel(uriOf(path));
      if (!known) {
        const model = monaco.editor.createModel(file.text, undefined, uriOf(path));
        model.onDidChangeContent(() => edit.current(path, model.getValue()));
      } else if (isFromOutside && known.getValue() !== file.text) {
        known.setValue(file.text);
      }
    }
  }, [files, generation]);

  useEffect(() => {
    const { current } = editor;
    if (!current) return;
    current.setModel(monaco.editor.getModel(uriOf(active)));
    current.updateOptions({ ariaLabel: `Code of ${active}. Control M lets the Tab key leave the editor.` });
    const kept = viewStates.current.get(active);
    if (kept) current.restoreViewState(kept);
    return () => void viewStates.current.set(active, current.saveViewState());
  }, [active]);

  return <div ref={container} className="absolute inset-0" />;
}

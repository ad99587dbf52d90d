'use client';
import { useTheme } from 'next-themes';
import { useEffect, useRef } from 'react';
import { editorOptions } from './editor-options.ts';
import { applyTheme, monaco } from './monaco.ts';

interface JsonEditorProps {
  /** Accessible name. */
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** An editor of one JSON text. */
export function JsonEditor({ label, value, onChange }: JsonEditorProps) {
  const container = useRef<HTMLDivElement>(null);
  const model = useRef<monaco.editor.ITextModel>(undefined);
  const first = useRef({ label, value });
  const change = useRef(onChange);
  change.current = onChange;
  const { resolvedTheme } = useTheme();

  useEffect(() => applyTheme(resolvedTheme === 'dark'), [resolvedTheme]);

  useEffect(() => {
    if (!container.current) return;
    const created = monaco.editor.createModel(first.current.value, 'json');
    model.current = created;
    created.onDidChangeContent(() => change.current(created.getValue()));
    const editor = monaco.editor.create(container.current, {
      ...editorOptions(),
      model: created,
      lineNumbers: 'off',
      folding: true,
      lineDecorationsWidth: 8,
      wordWrap: 'on',
      ariaLabel: `${first.current.label}. Control M lets the Tab key leave the editor.`,
    });
    return () => {
      editor.dispose();
      created.dispose();
    };
  }, []);

  useEffect(() => {
    if (model.current && model.current.getValue() !== value) model.current.setValue(value);
  }, [value]);

  return <div ref={container} className="absolute inset-0" />;
}

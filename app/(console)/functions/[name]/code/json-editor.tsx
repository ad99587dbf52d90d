'use client';
import { useTheme } from 'next-themes';
import { useEffect, useRef } from 'react';
import { editorOptions } from './editor-options.ts';
import { applyTheme, monaco } from './monaco.ts';

interface JsonEditorProps {
  /** Accessible name. */
  label: string;
  /** What it begins with; a change of it later has no effect. */
  initialValue: string;
  onChange: (value: string) => void;
}

/** An editor of one JSON text. */
export function JsonEditor({ label, initialValue, onChange }: JsonEditorProps) {
  const container = useRef<HTMLDivElement>(null);
  const first = useRef({ label, initialValue });
  const change = useRef(onChange);
  change.current = onChange;
  const { resolvedTheme } = useTheme();

  useEffect(() => applyTheme(resolvedTheme === 'dark'), [resolvedTheme]);

  useEffect(() => {
    if (!container.current) return;
    const created = monaco.editor.createModel(first.current.initialValue, 'json');
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

  return <div ref={container} className="absolute inset-0" />;
}

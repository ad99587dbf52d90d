import type { monaco } from './monaco.ts';

/** How every editor of the console looks and behaves. */
export function editorOptions(): monaco.editor.IStandaloneEditorConstructionOptions {
  return {
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono'),
    fontSize: 13,
    lineHeight: 20,
    fontLigatures: false,
    tabSize: 2,
    automaticLayout: true,
    // Completions may stand over the panes beside.
    fixedOverflowWidgets: true,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    overviewRulerLanes: 0,
    hideCursorInOverviewRuler: true,
    padding: { top: 12, bottom: 12 },
    lineNumbersMinChars: 4,
    renderLineHighlight: 'line',
    renderLineHighlightOnlyWhenFocus: true,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
    stickyScroll: { enabled: false },
    contextmenu: true,
  };
}

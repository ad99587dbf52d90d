/*
 * Monaco, cut to what Hearth's functions are written in. This module is loaded only where code is edited; its
 * workers are built with the console and come from its own origin.
 */
import 'monaco-editor/features/register.all.js';
import 'monaco-editor/languages/definitions/css/register.js';
import 'monaco-editor/languages/definitions/dockerfile/register.js';
import 'monaco-editor/languages/definitions/html/register.js';
import 'monaco-editor/languages/definitions/ini/register.js';
import 'monaco-editor/languages/definitions/javascript/register.js';
import 'monaco-editor/languages/definitions/markdown/register.js';
import 'monaco-editor/languages/definitions/python/register.js';
import 'monaco-editor/languages/definitions/shell/register.js';
import 'monaco-editor/languages/definitions/sql/register.js';
import 'monaco-editor/languages/definitions/typescript/register.js';
import 'monaco-editor/languages/definitions/xml/register.js';
import 'monaco-editor/languages/definitions/yaml/register.js';
import * as monaco from 'monaco-editor/editor/editor.api.js';
import * as json from 'monaco-editor/languages/features/json/register.js';
import * as typescript from 'monaco-editor/languages/features/typescript/register.js';
import { lambdaTypes } from './lambda-types.ts';

self.MonacoEnvironment = {
  getWorker(_, label) {
    switch (label) {
      case 'typescript':
      case 'javascript':
        return new Worker(
          new URL('monaco-editor/languages/features/typescript/ts.worker.js', import.meta.url),
          { type: 'module' },
        );
      case 'json':
        return new Worker(new URL('monaco-editor/languages/features/json/json.worker.js', import.meta.url), {
          type: 'module',
        });
      default:
        return new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url), {
          type: 'module',
        });
    }
  },
};

for (const defaults of [typescript.javascriptDefaults, typescript.typescriptDefaults]) {
  defaults.setCompilerOptions({
    allowJs: true,
    allowNonTsExtensions: true,
    target: typescript.ScriptTarget.ESNext,
    module: typescript.ModuleKind.ESNext,
    moduleResolution: typescript.ModuleResolutionKind.NodeJs,
    // Node.js has the globals of the web, but no page.
    lib: ['esnext', 'webworker'],
  });
  // Unused parameters and modules without types are no mistakes of a small function.
  defaults.setDiagnosticsOptions({ diagnosticCodesToIgnore: [7016, 7044, 6133, 2307, 80001] });
  defaults.setEagerModelSync(true);
  defaults.addExtraLib(lambdaTypes, 'file:///node_modules/@types/hearth/index.d.ts');
}
json.jsonDefaults.setDiagnosticsOptions({ validate: true, allowComments: false, schemaValidation: 'ignore' });

monaco.editor.addKeybindingRules([
  // Deploy and Test are the page's.
  { keybinding: monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, command: null },
  { keybinding: monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, command: null },
  { keybinding: monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.Enter, command: null },
]);

/** Draws the editor in the console's own colours, whichever theme is on. */
export function applyTheme(isDark: boolean): void {
  const tokens = getComputedStyle(document.documentElement);
  // The build shortens #ffffff to #fff, which Monaco does not read.
  const colour = (name: string) =>
    tokens
      .getPropertyValue(`--${name}`)
      .trim()
      .replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
  const rule = (token: string, name: string, fontStyle?: string) => ({
    token,
    foreground: colour(name).slice(1),
    fontStyle,
  });
  monaco.editor.defineTheme('hearth', {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('', 'ink'),
      rule('comment', 'ink-3', 'italic'),
      rule('keyword', 'accent-text'),
      rule('string', 'success'),
      rule('string.key.json', 'ink'),
      rule('string.value.json', 'success'),
      rule('number', 'info'),
      rule('regexp', 'warning'),
      rule('type', 'info'),
      rule('delimiter', 'ink-2'),
    ],
    colors: {
      'editor.background': colour('surface'),
      'editor.foreground': colour('ink'),
      'editorGutter.background': colour('surface'),
      'editorLineNumber.foreground': colour('ink-3'),
      'editorLineNumber.activeForeground': colour('ink'),
      'editor.lineHighlightBackground': colour('inset'),
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': colour('accent-line'),
      'editor.inactiveSelectionBackground': colour('line'),
      'editorCursor.foreground': colour('accent'),
      'editorIndentGuide.background1': colour('line'),
      'editorIndentGuide.activeBackground1': colour('line-strong'),
      'editorWidget.background': colour('raised'),
      'editorWidget.border': colour('line-strong'),
      'editorSuggestWidget.background': colour('raised'),
      'editorSuggestWidget.selectedBackground': colour('hover'),
      'editorSuggestWidget.selectedForeground': colour('ink'),
      'editorHoverWidget.background': colour('raised'),
      focusBorder: colour('accent'),
      'scrollbarSlider.background': `${colour('line-strong')}99`,
      'scrollbarSlider.hoverBackground': `${colour('control')}99`,
      'input.background': colour('surface'),
      'input.border': colour('control'),
    },
  });
  monaco.editor.setTheme('hearth');
}

export { monaco };

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import type { Problem } from '../engine/protocol.ts';
import { create, markCode } from './dom.ts';

const look: Extension = [
  lineNumbers(),
  syntaxHighlighting(classHighlighter),
  javascript({ jsx: true, typescript: true }),
];

/** Tab moves on to the next control, as everywhere on the page. */
const editing: Extension = [
  look,
  history(),
  drawSelection(),
  bracketMatching(),
  indentOnInput(),
  highlightActiveLine(),
  lintGutter(),
  keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
];

export function createState(text: string, label: string, onChange: (text: string) => void): EditorState {
  return EditorState.create({
    doc: text,
    extensions: [
      editing,
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) onChange(state.doc.toString());
      }),
    ],
  });
}

export function createEditor(state: EditorState): EditorView {
  return new EditorView({ state });
}

/** The new text, with what it had before. */
export function createDiff(before: string, after: string, label: string): EditorView {
  return new EditorView({
    doc: after,
    extensions: [
      look,
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ 'aria-label': label }),
      unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3, minSize: 6 } }),
    ],
  });
}

/** Puts squiggles under the places of problems. */
export function showProblems(editor: EditorView, problems: readonly Problem[], apply: Apply): void {
  const end = editor.state.doc.length;
  const diagnostics = problems.map((problem): Diagnostic => {
    const from = Math.min(problem.from, end);
    return {
      from,
      to: Math.max(from, Math.min(problem.to, end)),
      severity: problem.isError ? 'error' : 'warning',
      message: problem.text,
      renderMessage: () => renderProblem(problem),
      actions: problem.fixes.map((fix) => ({
        name: fix.title ?? 'Fix',
        apply: () => {
          apply(problem, fix);
        },
      })),
    };
  });
  editor.dispatch(setDiagnostics(editor.state, diagnostics));
}

type Apply = (problem: Problem, fix: Problem['fixes'][number]) => void;

/** The text of a problem and a link to the page of its rule. */
export function renderProblem({ rule, text, url }: Problem): HTMLElement {
  const link = url === null ? null : create('a', { href: url, target: '_blank', rel: 'noopener' }, rule ?? '');
  return create('span', { class: 'problem-text' }, ...markCode(text), ' ', link);
}

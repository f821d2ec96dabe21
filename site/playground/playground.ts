import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { type Change, type Configuration, type Files, PRESETS, type Problem } from '../engine/protocol.ts';
import { Client, type Problems } from './client.ts';
import { showDiff } from './diff.ts';
import { create, createButton } from './dom.ts';
import { createEditor, createState, showProblems } from './editor.ts';
import { firstExample, readExample } from './examples.ts';
import { createList } from './list.ts';
import { createParts } from './parts.ts';
import { isPath, readFragment, type State, writeFragment } from './state.ts';

/** Longer than the plugin takes the other files to be unchanged. */
const PAUSE = 280;
/** In characters: above, the page lints when it is asked to. */
const MAX_UNASKED = 200_000;

export async function mount(root: HTMLElement): Promise<void> {
  const shared = location.hash.slice(1);
  const state = shared === '' ? null : await readFragment(shared);
  const playground = new Playground(root, state ?? firstExample);
  if (shared !== '' && !state) playground.notify('The link is incomplete or damaged: this is the default example.');
  addEventListener('hashchange', () => {
    void playground.openFragment(location.hash.slice(1));
  });
}

class Playground {
  readonly #client = new Client();
  readonly #editor: EditorView;
  readonly #configuration: EditorView;
  readonly #parts = createParts();
  readonly #states = new Map<string, EditorState>();
  #files: Files = {};
  #active = '';
  #preset: State['preset'] = 'recommended';
  #configurationText = '';
  /** What was found, and in which files. */
  #found: { readonly problems: Problems; readonly files: Files } = { problems: {}, files: {} };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement, state: State) {
    const { editor, configuration, preset, examples, path } = this.#parts;
    this.#editor = createEditor(createState('', 'Code', () => undefined));
    this.#configuration = createEditor(createState('', 'Rules and settings', () => undefined));
    editor.append(this.#editor.dom);
    configuration.append(this.#configuration.dom);
    preset.addEventListener('change', () => {
      this.#preset = PRESETS.find((name) => name === preset.value) ?? 'recommended';
      this.#schedule();
    });
    examples.addEventListener('change', () => void this.#openExample(examples.value));
    path.addEventListener('change', () => {
      this.#rename(path.value.trim());
    });
    this.#addActions();
    root.replaceChildren(this.#parts.root);
    this.open(state);
    void this.#offerRules();
  }

  /** Shows another set of files. */
  open(state: State): void {
    this.#files = state.files;
    this.#states.clear();
    this.#preset = state.preset;
    this.#parts.preset.value = state.preset;
    this.#setConfiguration(state.configuration);
    this.#show(state.active);
    this.#schedule(0);
  }

  async openFragment(fragment: string): Promise<void> {
    if (fragment === '' || fragment === (await writeFragment(this.#getState()))) return;
    const state = await readFragment(fragment);
    if (state) this.open(state);
    else this.notify('The link is incomplete or damaged: nothing was opened.');
  }

  notify(text: string): void {
    const { notice } = this.#parts;
    notice.hidden = false;
    const close = createButton('Close', () => {
      notice.hidden = true;
    });
    notice.replaceChildren(create('span', {}, text), close);
  }

  #addActions(): void {
    this.#parts.actions.append(
      createButton('Fix all', () => void this.#fixAll()),
      createButton('Copy link', () => void this.#share()),
    );
    this.#parts.fileActions.append(
      createButton('Add a file', () => {
        this.#add();
      }),
      createButton('Remove this file', () => {
        this.#remove();
      }),
    );
    this.#parts.large.append(
      'This is much code: it is linted when you ask for it. ',
      createButton('Lint now', () => void this.#lint()),
    );
  }

  #getState(): State {
    return {
      files: this.#files,
      active: this.#active,
      preset: this.#preset,
      configuration: this.#configurationText,
    };
  }

  async #openExample(name: string): Promise<void> {
    const state = name === '' ? firstExample : await readExample(name);
    if (state) this.open(state);
  }

  async #offerRules(): Promise<void> {
    const { rules } = this.#parts;
    const infos = await this.#client.rules;
    rules.append(...infos.map(({ name, description }) => create('option', { value: name, title: description }, name)));
    rules.addEventListener('change', () => {
      const rule = infos.find(({ name }) => name === rules.value);
      rules.value = '';
      if (rule) this.#addRule(rule.name, rule.defaults);
    });
  }

  #addRule(name: string, defaults: readonly unknown[]): void {
    const configuration = readConfiguration(this.#configurationText, this.#preset);
    if (!configuration) return;
    const { rules, settings } = configuration;
    const next = { rules: { ...rules, [name]: ['error', ...defaults] }, settings };
    this.#setConfiguration(`${JSON.stringify(next, null, 2)}\n`);
    this.#schedule(0);
  }

  #setConfiguration(text: string): void {
    this.#configurationText = text;
    const onChange = (changed: string): void => {
      this.#configurationText = changed;
      this.#schedule();
    };
    this.#configuration.setState(createState(text, 'Rules and settings, as JSON', onChange));
  }

  #show(path: string): void {
    if (this.#active in this.#files) this.#states.set(this.#active, this.#editor.state);
    this.#active = path;
    this.#editor.setState(this.#states.get(path) ?? this.#createState(path));
    this.#parts.path.value = path;
    this.#showTabs();
    this.#showFound();
  }

  #createState(path: string): EditorState {
    return createState(this.#files[path] ?? '', `Code of ${path}`, (text) => {
      this.#files = { ...this.#files, [this.#active]: text };
      this.#schedule();
    });
  }

  #showTabs(): void {
    const names = Object.keys(this.#files);
    const tabs = names.map((name) => this.#createTab(name, names));
    this.#parts.tabs.replaceChildren(...tabs);
  }

  #createTab(name: string, names: readonly string[]): HTMLElement {
    const isActive = name === this.#active;
    const attributes = {
      role: 'tab',
      id: `tab-${name}`,
      'aria-selected': String(isActive),
      'aria-controls': 'playground-editor',
      tabindex: isActive ? '0' : '-1',
    };
    const count = this.#found.problems[name]?.length ?? 0;
    const label = count === 0 ? name : `${name} (${count})`;
    const tab = createButton(
      label,
      () => {
        this.#show(name);
      },
      attributes,
    );
    tab.addEventListener('keydown', ({ key }) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
      const next = step === undefined ? undefined : names.at((names.indexOf(name) + step) % names.length);
      if (next === undefined) return;
      this.#show(next);
      this.#parts.tabs.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
    });
    return tab;
  }

  #add(): void {
    let path = 'src/file.ts';
    for (let count = 2; path in this.#files; count++) path = `src/file-${count}.ts`;
    this.#files = { ...this.#files, [path]: '' };
    this.#show(path);
    this.#parts.path.focus();
    this.#parts.path.select();
  }

  #remove(): void {
    const rest = Object.entries(this.#files).filter(([path]) => path !== this.#active);
    if (rest.length === 0) return;
    this.#files = Object.fromEntries(rest);
    this.#states.delete(this.#active);
    this.#show(rest[0]?.[0] ?? '');
    this.#schedule(0);
  }

  #rename(path: string): void {
    if (path === this.#active) return;
    if (!isPath(path) || path in this.#files) {
      this.notify(`No file can be called \`${path}\` here: the name is taken, or no path below the root.`);
      this.#parts.path.value = this.#active;
      return;
    }
    const renamed = Object.entries(this.#files).map(([name, text]) => [name === this.#active ? path : name, text]);
    this.#files = Object.fromEntries(renamed) as Files;
    this.#states.delete(this.#active);
    this.#show(path);
    this.#schedule(0);
  }

  #schedule(pause = PAUSE): void {
    clearTimeout(this.#timer);
    const isLarge = Object.values(this.#files).join('').length > MAX_UNASKED;
    this.#parts.large.hidden = !isLarge;
    if (isLarge) {
      this.#report('Waiting for "Lint now".');
      return;
    }
    this.#timer = setTimeout(() => void this.#lint(), pause);
  }

  #readConfiguration(): Configuration | null {
    const configuration = readConfiguration(this.#configurationText, this.#preset);
    if (!configuration) this.#refuse('No JSON of the form { "rules": { … }, "settings": { … } }.');
    return configuration;
  }

  #refuse(text: string): void {
    const { error, details } = this.#parts;
    error.textContent = text;
    error.hidden = text === '';
    if (text !== '') details.open = true;
  }

  async #lint(): Promise<void> {
    const configuration = this.#readConfiguration();
    if (!configuration) return;
    const files = this.#files;
    this.#report('Linting …');
    const answer = await this.#client.ask('lint', files, configuration);
    if (!answer) return;
    if ('error' in answer) {
      this.#showError(answer.error);
      return;
    }
    this.#refuse('');
    if (!('problems' in answer)) return;
    this.#found = { problems: answer.problems, files };
    const count = Object.values(answer.problems).flat().length;
    const words = count === 0 ? 'No problems' : count === 1 ? '1 problem' : `${count} problems`;
    this.#report(`${words}, found in ${Math.round(answer.milliseconds)} ms.`);
    this.#showTabs();
    this.#showFound();
  }

  /** What ESLint says of a configuration stands beside it, and what stopped the linter above all. */
  #showError(error: string): void {
    const isConfiguration = /^Key "|^Unexpected key|Could not find/u.test(error);
    if (isConfiguration) this.#refuse(error);
    else this.notify(error);
    this.#report(isConfiguration ? 'ESLint refuses the configuration.' : 'The linter failed.');
  }

  #report(text: string): void {
    this.#parts.status.textContent = text;
  }

  #showFound(): void {
    const { problems, files } = this.#found;
    const isCurrent = files[this.#active] === this.#files[this.#active];
    const own = isCurrent ? (problems[this.#active] ?? []) : [];
    showProblems(this.#editor, own, (_problem, change) => {
      this.#apply(this.#active, change);
    });
    const list = createList(problems, {
      apply: (path, change) => {
        this.#apply(path, change);
      },
      open: (path, problem) => {
        this.#goTo(path, problem);
      },
    });
    this.#parts.problems.replaceChildren(list);
  }

  #goTo(path: string, { from, to }: Problem): void {
    if (path !== this.#active) this.#show(path);
    const end = this.#editor.state.doc.length;
    const selection = { anchor: Math.min(from, end), head: Math.min(to, end) };
    this.#editor.dispatch({ selection, scrollIntoView: true });
    this.#editor.focus();
  }

  #apply(path: string, { range: [from, to], text }: Change): void {
    // The places are those of the text that was linted; what was typed since is linted in a moment.
    if (this.#found.files[path] !== this.#files[path]) return;
    if (path !== this.#active) this.#show(path);
    this.#editor.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from }, scrollIntoView: true });
    this.#editor.focus();
    this.#schedule(0);
  }

  async #fixAll(): Promise<void> {
    const configuration = this.#readConfiguration();
    if (!configuration) return;
    const files = this.#files;
    this.#report('Fixing …');
    const answer = await this.#client.ask('fix', files, configuration);
    if (!answer) return;
    if ('error' in answer) this.#showError(answer.error);
    if (!('files' in answer)) return;
    const changed = Object.entries(answer.files).filter(([path, text]) => files[path] !== text);
    if (changed.length === 0) {
      this.#report('Nothing here is fixed without asking: see the suggestions of each problem.');
      return;
    }
    const isWanted = await showDiff(
      this.#parts.root,
      changed.map(([path, after]) => ({ path, before: files[path] ?? '', after })),
    );
    this.#report(isWanted ? 'Fixed.' : 'Left as it was.');
    if (!isWanted) return;
    for (const [path, text] of changed) this.#replace(path, text);
    this.#schedule(0);
  }

  /** In its own state, where undo finds it. */
  #replace(path: string, text: string): void {
    if (path === this.#active) {
      this.#editor.dispatch({ changes: { from: 0, to: this.#editor.state.doc.length, insert: text } });
      return;
    }
    this.#files = { ...this.#files, [path]: text };
    const state = this.#states.get(path);
    if (state) this.#states.set(path, state.update({ changes: { from: 0, to: state.doc.length, insert: text } }).state);
  }

  async #share(): Promise<void> {
    history.replaceState(history.state, '', `#${await writeFragment(this.#getState())}`);
    try {
      await navigator.clipboard.writeText(location.href);
      this.notify('The link is in the clipboard. It holds the code itself: no server keeps it.');
    } catch {
      this.notify('The link is in the address bar. It holds the code itself: no server keeps it.');
    }
  }
}

function readConfiguration(text: string, preset: State['preset']): Configuration | null {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const { rules = {}, settings = {}, ...others } = value as Partial<Configuration>;
    return Object.keys(others).length === 0 ? { preset, rules, settings } : null;
  } catch {
    return null;
  }
}

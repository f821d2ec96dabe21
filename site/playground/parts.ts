import { PRESETS } from '../engine/protocol.ts';
import { create } from './dom.ts';
import { exampleNames } from './examples.ts';

/** The parts of the page, empty. */
export function createParts() {
  const notice = create('p', { class: 'notice', role: 'status', hidden: true });
  const preset = create('select', {}, ...PRESETS.map((name) => create('option', { value: name }, name)));
  const examples = create(
    'select',
    {},
    create('option', { value: '' }, 'A support desk'),
    ...exampleNames.map((name) => create('option', { value: name }, name)),
  );
  const actions = create('span', { class: 'actions' });
  const status = create('span', { class: 'status', role: 'status' });
  const tabs = create('div', { role: 'tablist', 'aria-label': 'Files' });
  const fileActions = create('span', { class: 'actions' });
  const path = create('input', { type: 'text', spellcheck: 'false', autocomplete: 'off' });
  const large = create('p', { class: 'notice', role: 'status', hidden: true });
  const editor = create('div', { id: 'playground-editor', class: 'editor', role: 'tabpanel' });
  const problems = create('section', { class: 'problems', 'aria-label': 'Problems' });
  const rules = create('select', {}, create('option', { value: '' }, 'choose …'));
  const configuration = create('div', { class: 'editor' });
  const error = create('pre', { class: 'refusal', role: 'alert', hidden: true });
  const details = create(
    'details',
    {},
    create('summary', {}, 'Rules and settings'),
    create('label', {}, 'Add a rule with its options: ', rules),
    configuration,
    error,
  );
  const root = create(
    'div',
    { class: 'playground' },
    notice,
    create(
      'div',
      { class: 'bar' },
      create('label', {}, 'Preset ', preset),
      create('label', {}, 'Example ', examples),
      actions,
      status,
    ),
    create('div', { class: 'bar' }, tabs, fileActions, create('label', {}, 'Path ', path)),
    large,
    create('div', { class: 'panes' }, editor, problems),
    details,
  );
  return {
    root,
    notice,
    preset,
    examples,
    actions,
    status,
    tabs,
    fileActions,
    path,
    large,
    editor,
    problems,
    rules,
    configuration,
    error,
    details,
  };
}

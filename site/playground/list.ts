import type { Change, Problem } from '../engine/protocol.ts';
import type { Problems } from './client.ts';
import { create, createButton } from './dom.ts';
import { renderProblem } from './editor.ts';

interface Actions {
  readonly apply: (path: string, change: Change) => void;
  readonly open: (path: string, problem: Problem) => void;
}

const MAX_SHOWN = 200;

/** The problems of all files, each with a button for what can be done about it. */
export function createList(problems: Problems, actions: Actions): HTMLElement {
  const all = Object.entries(problems).flatMap(([path, own]) => own.map((problem) => [path, problem] as const));
  if (all.length === 0) return create('p', { class: 'no-problems' }, 'No problems found.');
  const items = all.slice(0, MAX_SHOWN).map(([path, problem]) => createItem(path, problem, actions));
  const rest = all.length - items.length;
  return create('ol', {}, ...items, rest > 0 ? create('li', {}, `and ${rest} more`) : null);
}

function createItem(path: string, problem: Problem, { apply, open }: Actions): HTMLElement {
  const place = createButton(
    `${path}:${problem.line}:${problem.column}`,
    () => {
      open(path, problem);
    },
    { class: 'place', title: 'Go to this place' },
  );
  const fixes = problem.fixes.map((change) =>
    createButton(
      change.title ?? 'Fix',
      () => {
        apply(path, change);
      },
      { class: change.title === null ? 'fix' : 'suggestion' },
    ),
  );
  return create('li', {}, place, renderProblem(problem), create('span', { class: 'fixes' }, ...fixes));
}

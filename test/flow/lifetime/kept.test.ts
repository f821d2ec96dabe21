import { describe, expect, it } from 'vitest';
import { getEnclosingFunction } from '../../../src/ast/ancestors.ts';
import type { FunctionNode } from '../../../src/ast/nodes.ts';
import { isKept } from '../../../src/flow/lifetime/kept.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, parseFile } from '../../helpers/file.ts';

/** Whether each `$(…)` is kept beyond a run of the outermost function around it. */
function kept(body: string): boolean[] {
  const file = parseFile(code`
    import { ChatOpenAI } from '@langchain/openai';
    let model, ready, count = 0, isOpen = false;
    const models = new Map(), byName = {}, state = { store: null };
    class Service {
      async run(request) {
        ${body}
      }
    }
  `);
  return findMarked(file).map((node) => {
    let region: FunctionNode | null = getEnclosingFunction(node);
    for (let outer = region; outer; outer = getEnclosingFunction(outer)) region = outer;
    return region !== null && isKept(file, node, region);
  });
}

describe('kept beyond the run', () => {
  it.each([
    [
      'assigned where nothing is there',
      code`
        model ??= $(1);
        model ||= $(2);
        this.model ??= await open($(3));
        byName[request.name] ??= $(4);
        globalThis.model ??= $(5);
      `,
    ],
    [
      'under a check',
      code`
        if (!model) model = $(1);
        if (model === undefined) { const part = $(2); model = await open(part); }
        if (null == model || !ready) { ready = true; }
        if (typeof ready === "undefined") ready = $(3);
      `,
    ],
    [
      'behind a check that leaves',
      code`
        if (model) return model;
        const own = $(1);
        model = own;
        return own;
      `,
    ],
    [
      'in an expression',
      code`
        model = model ?? $(1);
        ready = ready ? ready : $(2);
        ready = ready || $(3);
        !isOpen && (isOpen = $(4));
      `,
    ],
    [
      'by key',
      code`
        if (!models.has(request.name)) models.set(request.name, $(1));
        const found = models.get(request.name);
        if (found) return found;
        const made = $(2);
        models.set(request.name, made);
      `,
    ],
    [
      'by key in a local variable',
      code`
        let found = models.get(request.name);
        if (!found) { found = $(1); models.set(request.name, found); }
      `,
    ],
    [
      'in a field',
      code`
        if (!this.model) { this.model = $(1); }
        if (this.isOpen !== true && !this.store) { this.store = $(2); }
      `,
    ],
    ['in a property of something outside', 'if (!state.store) state.store = $(1);'],
    [
      'in a function called on the spot',
      code`
        ready ??= (async () => { const part = $(1); return open(part); })();
      `,
    ],
  ])('%s', (_name, body) => {
    const answers = kept(body);
    expect(answers).toEqual(answers.map(() => true));
    expect(answers.length).toBeGreaterThan(0);
  });
});

describe('made anew', () => {
  it.each([
    [
      'assigned without a check',
      code`
        model = $(1);
        this.model = $(2);
        models.set(request.name, $(3));
      `,
    ],
    [
      'in a variable of the run',
      code`
        let own;
        own ??= $(1);
        if (!own) own = $(2);
        const map = new Map();
        if (!map.has("a")) map.set("a", $(3));
      `,
    ],
    [
      'under a check of something else',
      code`
        if (!request.name) { model = $(1); }
        if (count > 10) return null;
        count += 1;
        const own = $(2);
        if (!isOpen) { const part = $(3); }
      `,
    ],
    [
      'where it is there already',
      code`
        if (model) model = $(1);
        if (model !== undefined) { model = $(2); }
      `,
    ],
    ['in a property of the request', 'if (!request.model) request.model = $(1);'],
  ])('%s', (_name, body) => {
    const answers = kept(body);
    expect(answers).toEqual(answers.map(() => false));
    expect(answers.length).toBeGreaterThan(0);
  });
});

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { findFirst } from '../ast/first.ts';
import { isRetryLoop } from '../ast/loops.ts';
import { contains, getKeyName, isLoop, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { PerItem } from '../flow/calls/callbacks.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { getPerItems } from '../flow/calls/per-item.ts';
import { getPerItemSize, isShortPerItem } from '../flow/lists/bounds.ts';
import { getListUses } from '../flow/lists/list-uses.ts';
import type { LangChainFile } from '../trace/file.ts';
import { type Start, type StartOptions, Starts } from './starts.ts';
import { isWorker, waitsForItsOwn } from './turns.ts';

export interface CollectOptions extends StartOptions {
  /** How many elements a list may have and count as short. */
  readonly maxLiteral: number;
}

/** A list whose elements start remote calls. */
export interface Elements {
  /** The list; null when it is out of sight. */
  readonly list: TSESTree.Node | null;
  /** `docs.map(callback)` or `Array.from(docs, callback)`, with the callback; null for calls that a loop collects. */
  readonly map: { readonly call: TSESTree.CallExpression; readonly callback: TSESTree.Node } | null;
  /** The element that a loop adds to the list. */
  readonly added: TSESTree.Node | null;
  readonly start: Start;
}

/** Promises that a variable collects: `pending.push(model.invoke(doc))` in a loop. */
export class CollectedPromises {
  readonly #file: LangChainFile;
  readonly #options: CollectOptions;
  /** The first elements of another list of promises that start remote calls without a limit. */
  readonly #collect: (list: TSESTree.Node) => Elements | null;

  constructor(file: LangChainFile, options: CollectOptions, collect: (list: TSESTree.Node) => Elements | null) {
    this.#file = file;
    this.#options = options;
    this.#collect = collect;
  }

  /** The elements that fill a list, in source order. */
  ofVariable(variable: TSESLint.Scope.Variable, declarator: TSESTree.VariableDeclarator): Elements | null {
    return findFirst(getListUses(variable).fillings, (filling) => {
      if (filling.type === 'added') return this.ofAddition(variable, filling.addition.node, filling.addition.added);
      if (declarator.id.type !== AST_NODE_TYPES.Identifier) return null;
      return this.#ofRewrite(variable, filling.value) ?? this.#collect(filling.value);
    });
  }

  /** `pending.push(model.invoke(doc))`, `pending.push(...docs.map(callback))` */
  ofAddition(variable: TSESLint.Scope.Variable, node: TSESTree.Node, added: readonly TSESTree.Node[]): Elements | null {
    const spread = findFirst(added, (argument) =>
      argument.type === AST_NODE_TYPES.SpreadElement ? this.#collect(argument.argument) : null,
    );
    if (spread) return spread;
    const perItem = this.findLongPerItem(variable, node);
    if (!perItem) return null;
    return this.#ofAdded(added, perItem);
  }

  /** `pending = [...pending, model.invoke(doc)]` and `pending = pending.concat(model.invoke(doc))` in a loop. */
  #ofRewrite(variable: TSESLint.Scope.Variable, value: TSESTree.Node): Elements | null {
    const list = unwrap(value);
    const perItem = this.findLongPerItem(variable, list);
    if (!perItem) return null;
    const callee = list.type === AST_NODE_TYPES.CallExpression ? unwrap(list.callee) : null;
    const isConcat = callee?.type === AST_NODE_TYPES.MemberExpression && getKeyName(callee) === 'concat';
    const added =
      list.type === AST_NODE_TYPES.ArrayExpression
        ? list.elements
        : list.type === AST_NODE_TYPES.CallExpression && isConcat
          ? list.arguments
          : [];
    return this.#ofAdded(added, perItem);
  }

  #ofAdded(added: readonly (TSESTree.Node | null)[], perItem: PerItem): Elements | null {
    return findFirst(added, (element) => {
      const start =
        element && element.type !== AST_NODE_TYPES.SpreadElement ? this.#startOfAdded(element, perItem) : null;
      return start && { list: perItem.iterated, map: null, added: element, start };
    });
  }

  #startOfAdded(argument: TSESTree.Node, perItem: PerItem): Start | null {
    const expression = unwrap(argument);
    const worker =
      expression.type === AST_NODE_TYPES.CallExpression ? resolveFunction(this.#file, expression.callee) : null;
    if (worker && isWorker(this.#file, worker) && getPerItemSize(this.#file, perItem) !== null) return null;
    const variable = this.#file.scopes.findVariable(expression);
    const definition = variable?.defs[0];
    const isLocal = definition?.type === 'Variable' && contains(perItem.node, definition.node);
    if (variable && isLocal) {
      // `const answer = model.invoke(doc); …; await answer;` runs one call at a time.
      if (variable.references.some(({ identifier }) => identifier.parent.type === AST_NODE_TYPES.AwaitExpression))
        return null;
      return definition.node.init ? this.#starts().ofExpression(definition.node.init, [perItem.node]) : null;
    }
    return this.#starts().ofExpression(expression, [perItem.node]);
  }

  /**
   * The loop or callback, within the scope of a list if there is one, that runs without a limit and does not await the
   * calls that it starts.
   */
  findLongPerItem(variable: TSESLint.Scope.Variable | null, node: TSESTree.Node): PerItem | null {
    const block = variable?.scope.block;
    const perItems = getPerItems(this.#file, node).filter(
      (perItem) => !block || (contains(block, perItem.node) && perItem.node !== block && perItem.callback !== block),
    );
    if (perItems.some((perItem) => this.#isPaced(perItem))) return null;
    return perItems.find((perItem) => !this.isShort(perItem, node)) ?? null;
  }

  #isPaced({ callback, node }: PerItem): boolean {
    return waitsForItsOwn(this.#file, callback ? callback.body : node, this.#options.limiters);
  }

  isShort(perItem: PerItem, node: TSESTree.Node): boolean {
    if (isLoop(perItem.node) && isRetryLoop(perItem.node, node)) return true;
    return isShortPerItem(this.#file, perItem, this.#options.maxLiteral);
  }

  #starts(): Starts {
    return new Starts(this.#file, this.#options);
  }
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type Call, findParameterIndex, getLastName } from '../../ast/calls.ts';
import { contains, getKeyName, isFunction } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { findMutation } from '../../trace/changes.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { isAnywhere } from '../../trace/nodes.ts';
import { findCalled } from '../calls/call-graph.ts';

/** Functions that wait for a person: their result on one pass may answer the output of the one before. */
const waiting =
  /^(?:ask\w*|getInput|getUserInput|input|interrupt|next\w*|poll\w*|prompts?|question|read(?:Input|Line)?|receive\w*|waitFor\w*)$/iu;

/**
 * Whether a value on one pass of a loop, or in one run of a callback, is known only after the earlier passes: it is
 * made from a variable or field that the passes write to, or from somebody's answer.
 * @param region The loop or the callback.
 * @param path The calls of functions of the file that lead from there to the value, outermost first.
 * @param handedOn The parameter of the callback that holds the result of the earlier runs: the first of `reduce`.
 */
export function isCarried(
  file: LangChainFile,
  value: TSESTree.Node,
  region: TSESTree.Node,
  path: readonly Call[],
  handedOn: TSESTree.Node | null,
): boolean {
  const calls = new Map<TSESTree.Node, Call>();
  for (const call of path) {
    const fn = findCalled(file, call);
    if (fn) calls.set(fn, call);
  }
  return new CarriedSearch(file, region, calls, handedOn).isCarried(value);
}

class CarriedSearch {
  readonly #file: LangChainFile;
  /** The code that runs on each pass. */
  readonly #regions: readonly TSESTree.Node[];
  /** The calls of the functions that lead to the value. */
  readonly #calls: ReadonlyMap<TSESTree.Node, Call>;
  readonly #handedOn: TSESTree.Node | null;
  readonly #visited = new Set<TSESTree.Node | TSESLint.Scope.Variable>();

  constructor(
    file: LangChainFile,
    region: TSESTree.Node,
    calls: ReadonlyMap<TSESTree.Node, Call>,
    handedOn: TSESTree.Node | null,
  ) {
    this.#file = file;
    this.#regions = [region, ...calls.keys()];
    this.#calls = calls;
    this.#handedOn = handedOn;
  }

  isCarried(value: TSESTree.Node): boolean {
    if (this.#visited.has(value)) return false;
    this.#visited.add(value);
    return isAnywhere(this.#file, value, (node) => {
      switch (node.type) {
        case AST_NODE_TYPES.CallExpression:
          return waiting.test(getLastName(node.callee) ?? '');
        case AST_NODE_TYPES.Identifier:
          return this.#isCarriedName(node);
        case AST_NODE_TYPES.MemberExpression:
          return node.object.type === AST_NODE_TYPES.ThisExpression && this.#isWrittenField(node);
        default:
          return false;
      }
    });
  }

  #isCarriedName(identifier: TSESTree.Identifier): boolean {
    const variable =
      this.#file.scopes.findReference(identifier) === null ? null : this.#file.scopes.findVariable(identifier);
    const definition = variable?.defs[0];
    if (!variable || !definition) return false;
    if (!this.#isInside(variable.scope.block))
      return variable.references.some(
        (reference) =>
          this.#isInside(reference.identifier) && (reference.isWrite() || changes(reference.identifier, identifier)),
      );
    if (this.#visited.has(variable)) return false;
    this.#visited.add(variable);
    if (definition.type === 'Parameter') return this.#isCarriedParameter(definition.node, definition.name);
    return (
      definition.type === 'Variable' &&
      [definition.node.init, ...variable.references.map(({ writeExpr }) => writeExpr ?? null)].some(
        (written) => written !== null && this.isCarried(written),
      )
    );
  }

  #isCarriedParameter(fn: TSESTree.Node, name: TSESTree.Node): boolean {
    if (this.#handedOn && contains(this.#handedOn, name)) return true;
    const given = isFunction(fn) ? this.#calls.get(fn)?.arguments[findParameterIndex(fn, name)] : undefined;
    return given !== undefined && this.isCarried(given);
  }

  #isWrittenField(field: TSESTree.MemberExpression): boolean {
    const name = getKeyName(field);
    return this.#regions.some((region) =>
      isAnywhere(this.#file, region, (node) => {
        if (
          node.type !== AST_NODE_TYPES.MemberExpression ||
          node.object.type !== AST_NODE_TYPES.ThisExpression ||
          getKeyName(node) !== name
        )
          return false;
        return (
          (node.parent.type === AST_NODE_TYPES.AssignmentExpression && node.parent.left === node) ||
          changes(node, field)
        );
      }),
    );
  }

  #isInside(node: TSESTree.Node): boolean {
    return this.#regions.some((region) => contains(region, node));
  }
}

/**
 * Whether one use of a value changes what another use reads of it: `docs[i].vector = …` leaves `docs[i].text` as it is.
 */
function changes(use: TSESTree.Node, read: TSESTree.Node): boolean {
  const mutation = findMutation(use);
  if (!mutation) return false;
  const written = mutation.type === AST_NODE_TYPES.MemberExpression ? getKeyName(mutation) : null;
  return written === null || getKeys(read).includes(written);
}

/** `text` of `docs[i].text` */
function getKeys(read: TSESTree.Node): readonly string[] {
  const keys: string[] = [];
  for (
    let inner = read, current = read.parent;
    current?.type === AST_NODE_TYPES.MemberExpression && current.object === inner;
    inner = current, current = current.parent
  ) {
    const key = getKeyName(current);
    if (key !== null) keys.push(key);
  }
  return keys;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getMemberRoot } from '../ast/calls.ts';
import { getKeyName, isFunction, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { isNeverWritten } from '../flow/lifetime/fixed.ts';
import { findGuards, type Guard } from '../flow/lifetime/guards.ts';
import type { LangChainFile } from '../trace/file.ts';
import { getPlainText } from '../trace/nodes.ts';

/** Members of arrays that hardly any other type with a `map` has. */
const arrayMembers = new Set(['flat', 'join', 'length', 'pop', 'push', 'shift', 'slice', 'splice', 'unshift']);

/**
 * Whether the code shows that a list is an array, though no type does: `docs.length`, `docs[0]`, `[...docs]`, an
 * earlier `Array.isArray(docs)`, the default `docs = []`, `@param {string[]} docs`.
 */
export function looksLikeArray(file: LangChainFile, list: TSESTree.Node): boolean {
  const root = getMemberRoot(list);
  const variable = file.scopes.findVariable(root);
  if (!variable || !isNeverWritten(variable)) return false;
  if (root === list && (hasArrayDefault(variable) || isDocumented(file, variable))) return true;
  const text = getPlainText(file, list);
  const guards = findGuards(list, variable.scope.block);
  return variable.references.some(({ identifier }) => {
    const use = findUse(file, identifier, text);
    return use !== null && use !== list && isSign(file, use, guards);
  });
}

/** `request.body.docs` around `request`. */
function findUse(file: LangChainFile, identifier: TSESTree.Node, text: string): TSESTree.Node | null {
  for (let use = identifier; ;) {
    if (getPlainText(file, use) === text) return use;
    const { parent } = wrapped(use);
    if (parent?.type !== AST_NODE_TYPES.MemberExpression || unwrap(parent.object) !== use) return null;
    use = parent;
  }
}

/** Whether only an array is used like this. */
function isSign(file: LangChainFile, use: TSESTree.Node, guards: readonly Guard[]): boolean {
  const { parent } = wrapped(use);
  switch (parent?.type) {
    case AST_NODE_TYPES.MemberExpression: {
      if (unwrap(parent.object) !== use) return false;
      const name = getKeyName(parent);
      return name === null || /^\d+$/u.test(name) || arrayMembers.has(name);
    }
    case AST_NODE_TYPES.SpreadElement:
      return parent.parent.type !== AST_NODE_TYPES.ObjectExpression;
    case AST_NODE_TYPES.CallExpression: {
      const trace = file.trace(parent.callee);
      if (trace.type !== 'global' || trace.name !== 'Array.isArray') return false;
      return guards.some(({ isMissing, test }) => says(test, parent, isMissing));
    }
    default:
      return false;
  }
}

/** Whether a test implies a condition: as a part of `a && b` that is true, or of `a || b` that is false. */
function says(test: TSESTree.Node, condition: TSESTree.Node, isMet: boolean): boolean {
  if (test === condition) return isMet;
  switch (test.type) {
    case AST_NODE_TYPES.UnaryExpression:
      return test.operator === '!' && says(test.argument, condition, !isMet);
    case AST_NODE_TYPES.LogicalExpression:
      return (
        test.operator === (isMet ? '&&' : '||') &&
        (says(test.left, condition, isMet) || says(test.right, condition, isMet))
      );
    default:
      return false;
  }
}

/** `(docs = []) => …`, `const { docs = [] } = request.body` */
function hasArrayDefault({ defs }: TSESLint.Scope.Variable): boolean {
  const parent = defs[0]?.name.parent;
  return (
    parent?.type === AST_NODE_TYPES.AssignmentPattern && unwrap(parent.right).type === AST_NODE_TYPES.ArrayExpression
  );
}

// ── JSDoc ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether a comment declares an array: `@param {string[]} docs`, `@type {Array<Doc>}`. */
function isDocumented(file: LangChainFile, { defs, name }: TSESLint.Scope.Variable): boolean {
  const [definition] = defs;
  if (definition?.type !== 'Parameter' && definition?.type !== 'Variable') return false;
  const isNamed = definition.type === 'Parameter';
  return getCommentLines(file, definition.node).some((line) => {
    const written = (isNamed ? param : type).exec(line);
    return written?.[1] !== undefined && (!isNamed || written[2] === name) && isArrayType(written[1]);
  });
}

const param = /@param\s+\{(.+)\}\s*\[?(?:[\w$]+\.)*([\w$]+)/u;
const type = /@type\s+\{(.+)\}/u;

function isArrayType(written: string): boolean {
  const bare = written.replace(/^[?!]|=$|\|\s*(?:null|undefined)/gu, '').trim();
  return /\[\]$|^(?:Readonly)?Array(?:\.?<.*>)?$/u.test(bare);
}

/** The lines of the comment before a function or a declaration. */
function getCommentLines({ sourceCode }: LangChainFile, node: TSESTree.Node): readonly string[] {
  for (let outer: TSESTree.Node | undefined = node; outer; outer = outer.parent) {
    const comment = sourceCode.getCommentsBefore(outer).at(-1);
    if (comment?.value.startsWith('*') === true) return comment.value.split('\n');
    if (outer !== node && (isFunction(outer) || outer.type === AST_NODE_TYPES.BlockStatement)) return [];
  }
  return [];
}

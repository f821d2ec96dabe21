import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getMethodName } from '../ast/calls.ts';
import { wrapped } from '../ast/nodes.ts';
import { getInnermostScope, isNameKnown } from '../ast/scope-names.ts';
import { isListed } from '../ast/statements.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { Edit } from '../fix/edit.ts';
import { getListType, isPath } from '../fix/list-type.ts';
import { allowAwait } from '../fix/make-async.ts';
import { getIndent } from '../fix/text.ts';
import { isTypeScript } from '../fix/typescript.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { FanOut } from './fan-out.ts';

/**
 * `const replies = await Promise.all(docs.map(ask));` as `const replies = [];` and a loop that pushes the results of
 * `docs.slice(start, start + 5).map(ask)`. It needs no package, and keeps the callback as it is.
 */
export function findChunkRewrite(file: LangChainFile, fanOut: FanOut, limit: number): readonly Edit[] | null {
  const { node } = fanOut;
  const list = readList(file, fanOut);
  const scope = getInnermostScope(file.sourceCode, node);
  const allowed = list && scope && !isNameKnown(scope, 'start') ? allowAwait(file, node) : null;
  if (!list || !scope || !allowed) return null;
  const text = file.getText(list);
  const cut = list.range[1] - node.range[0];
  const all = file.getText(node);
  const loop = `for (let start = 0; start < ${text}.length; start += ${String(limit)})`;
  const chunk = `await ${all.slice(0, cut)}.slice(start, start + ${String(limit)})${all.slice(cut)}`;
  const edits = writeChunks(file, node, { loop, chunk, isNamed: (name) => isNameKnown(scope, name) });
  return edits && [...allowed, ...edits];
}

/** The list of `docs.map(ask)`, which each pass may cut, where `ask` takes nothing but the element. */
function readList(file: LangChainFile, { kind, list, map, node, start }: FanOut): TSESTree.Node | null {
  if (kind !== 'combinator' || !map || !list || node.arguments[0] !== map.call || map.call.arguments.length > 1)
    return null;
  const { callee } = map.call;
  const isCut = callee.type === AST_NODE_TYPES.MemberExpression && callee.object === list && !callee.optional;
  if (!isCut || getMethodName(map.call) !== 'map' || !isPath(list) || getListType(file, list) === 'other') return null;
  const isOrdered = /^all(?:Settled)?$/u.test(getMethodName(node) ?? '');
  const isOpen = start.call.method === 'stream' || start.call.returns === 'asyncIterable';
  const fn = resolveFunction(file, map.callback);
  return isOrdered && !isOpen && fn?.params.length === 1 ? list : null;
}

interface Chunks {
  readonly loop: string;
  readonly chunk: string;
  readonly isNamed: (name: string) => boolean;
}

function writeChunks(
  file: LangChainFile,
  node: TSESTree.Node,
  { chunk, isNamed, loop }: Chunks,
): readonly Edit[] | null {
  const value = findValue(node);
  const statement = value && findStatement(value);
  if (!statement) return null;
  const indent = getIndent(file.sourceCode.lines[statement.loc.start.line - 1]);
  const [start, end] = statement.range;
  if (statement.type === AST_NODE_TYPES.ExpressionStatement && statement.expression === value)
    return [{ range: value.range, text: `${loop} ${chunk}` }];
  const push = (name: string): string => `${loop}\n${indent}  ${name}.push(...(${chunk}));`;
  const name = findDeclared(file, statement, value);
  if (name !== null)
    return [
      { range: value.range, text: '[]' },
      { range: [end, end], text: `\n${indent}${push(name)}` },
    ];
  if (isNamed('results')) return null;
  return [
    { range: [start, start], text: `const results = [];\n${indent}${push('results')}\n${indent}` },
    { range: value.range, text: 'results' },
  ];
}

/** `await Promise.all(…)`, or the call itself where it is returned. */
function findValue(node: TSESTree.Node): TSESTree.Node | null {
  const { parent } = wrapped(node);
  if (parent?.type === AST_NODE_TYPES.AwaitExpression) return parent;
  return parent?.type === AST_NODE_TYPES.ReturnStatement ? node : null;
}

/** The statement in a block that does nothing before it needs the value. */
function findStatement(value: TSESTree.Node): TSESTree.Node | null {
  for (let inner = value, { parent } = value; parent; inner = parent, { parent } = parent) {
    switch (parent.type) {
      case AST_NODE_TYPES.ExpressionStatement:
      case AST_NODE_TYPES.ReturnStatement:
        return isListed(parent) ? parent : null;
      case AST_NODE_TYPES.VariableDeclarator:
        return parent.parent.declarations.length === 1 && isListed(parent.parent) ? parent.parent : null;
      case AST_NODE_TYPES.CallExpression:
      case AST_NODE_TYPES.NewExpression:
        if (parent.callee !== inner && (parent.arguments[0] !== inner || !isPath(parent.callee))) return null;
        break;
      case AST_NODE_TYPES.MemberExpression:
        if (parent.object !== inner) return null;
        break;
      default:
        return null;
    }
  }
  return null;
}

/** `replies` of `const replies = await Promise.all(…);` */
function findDeclared(file: LangChainFile, statement: TSESTree.Node, value: TSESTree.Node): string | null {
  if (statement.type !== AST_NODE_TYPES.VariableDeclaration) return null;
  const [{ id, init }] = statement.declarations;
  if (id.type !== AST_NODE_TYPES.Identifier || id.typeAnnotation || init !== value) return null;
  const variable = file.scopes.findVariable(id);
  // Of an empty list, an inner function cannot tell what the loop puts there.
  const isTold = (reference: TSESLint.Scope.Reference): boolean =>
    reference.from.variableScope === variable?.scope.variableScope;
  return !isTypeScript(file) || variable?.references.every(isTold) === true ? id.name : null;
}

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
 * `docs.slice(start, start + 5).map(ask)`. Needs no package, and keeps the callback unchanged.
 */
export function findChunkRewrite(file: LangChainFile, fanOut: FanOut, limit: number): readonly Edit[] | null {
  const { node } = fanOut;
  const list = readList(file, fanOut);
  const scope = getInnermostScope(file.sourceCode, node);
  const allowed = list && scope && !isNameKnown(scope, 'start') ? allowAwait(file, node) : null;
  if (!list || !scope || !allowed) return null;
  const cut = list.end - node.range[0];
  const all = file.getText(node);
  const loop = writeLoop(list, limit);
  const chunk = `await ${all.slice(0, cut)}.slice(start, start + ${String(limit)})${all.slice(cut)}`;
  const edits = writeChunks(file, findValue(node), {
    alone: `${loop} ${chunk}`,
    write: (name, indent) => `${loop}\n${indent}  ${name}.push(...(${chunk}));`,
    isNamed: (name) => isNameKnown(scope, name),
  });
  return edits && [...allowed, ...edits];
}

function writeLoop({ text }: MappedList, limit: number): string {
  return `for (let start = 0; start < ${text}.length; start += ${String(limit)})`;
}

/**
 * `const kept = docs.filter(isRelevant);` of an async function as `const kept = [];` and a loop that checks a few
 * elements at a time, and pushes those that pass.
 */
export function findFilterRewrite(file: LangChainFile, fanOut: FanOut, limit: number): readonly Edit[] | null {
  const { map, node } = fanOut;
  const list = map ? readMapped(file, fanOut, map) : null;
  const scope = getInnermostScope(file.sourceCode, node);
  const isNamed = (name: string): boolean => scope === null || isNameKnown(scope, name);
  const allowed = list && !['start', 'part', 'verdicts'].some(isNamed) ? allowAwait(file, node) : null;
  if (!allowed || !list || !map) return null;
  const value = node.parent.type === AST_NODE_TYPES.AwaitExpression ? node.parent : node;
  const edits = writeChunks(file, value, {
    alone: null,
    write: (name, indent) =>
      [
        `${writeLoop(list, limit)} {`,
        `  const part = ${list.text}.slice(start, start + ${String(limit)});`,
        `  const verdicts = await Promise.all(part.map(${file.getText(map.callback)}));`,
        `  ${name}.push(...part.filter((_, index) => verdicts[index]));`,
        '}',
      ].join(`\n${indent}`),
    isNamed,
  });
  return edits && [...allowed, ...edits];
}

function readList(file: LangChainFile, fanOut: FanOut): MappedList | null {
  const { kind, map, node } = fanOut;
  if (kind !== 'combinator' || !map || node.arguments[0] !== map.call || getMethodName(map.call) !== 'map') return null;
  return /^all(?:Settled)?$/u.test(getMethodName(node) ?? '') ? readMapped(file, fanOut, map) : null;
}

interface MappedList {
  /** With its parentheses: `(docs as string[])`. */
  readonly text: string;
  /** The offset after it. */
  readonly end: number;
}

/** The list of `docs.map(ask)`, which each pass may slice, where `ask` takes only the element. */
function readMapped(
  file: LangChainFile,
  { list, start }: FanOut,
  { call, callback }: NonNullable<FanOut['map']>,
): MappedList | null {
  const { callee } = call;
  if (!list || call.arguments.length > 1 || callee.type !== AST_NODE_TYPES.MemberExpression) return null;
  const isCut = callee.object === list && !callee.optional && isPath(list) && getListType(file, list) !== 'other';
  const isOpen = start.call.method === 'stream' || start.call.returns === 'asyncIterable';
  const [parameter, ...others] = resolveFunction(file, callback)?.params ?? [];
  const isOfElement = parameter !== undefined && parameter.type !== AST_NODE_TYPES.RestElement && others.length === 0;
  if (!isCut || isOpen || !isOfElement) return null;
  const dot = file.sourceCode.getTokenBefore(callee.property);
  const end = (dot && file.sourceCode.getTokenBefore(dot))?.range[1] ?? list.range[1];
  return { text: file.sourceCode.text.slice(callee.range[0], end), end };
}

interface Chunks {
  /** The replacement where the results are unused; null where none is offered. */
  readonly alone: string | null;
  /** Writes the loop that pushes the results to a list of that name. */
  readonly write: (name: string, indent: string) => string;
  readonly isNamed: (name: string) => boolean;
}

function writeChunks(
  file: LangChainFile,
  value: TSESTree.Node | null,
  { alone, isNamed, write }: Chunks,
): readonly Edit[] | null {
  const statement = value && findStatement(value);
  if (!statement) return null;
  const indent = getIndent(file.sourceCode.lines[statement.loc.start.line - 1]);
  const [start, end] = statement.range;
  if (statement.type === AST_NODE_TYPES.ExpressionStatement && statement.expression === value)
    return alone === null ? null : [{ range: value.range, text: alone }];
  const name = findDeclared(file, statement, value);
  if (name !== null)
    return [
      { range: value.range, text: '[]' },
      { range: [end, end], text: `\n${indent}${write(name, indent)}` },
    ];
  if (isNamed('results')) return null;
  return [
    { range: [start, start], text: `const results = [];\n${indent}${write('results', indent)}\n${indent}` },
    { range: value.range, text: 'results' },
  ];
}

/** `await Promise.all(…)`, or the call itself in a `return`. */
function findValue(node: TSESTree.Node): TSESTree.Node | null {
  const { parent } = wrapped(node);
  if (parent?.type === AST_NODE_TYPES.AwaitExpression) return parent;
  return parent?.type === AST_NODE_TYPES.ReturnStatement ? node : null;
}

/** The statement that contains the value, if it evaluates nothing before the value. */
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
  // In an inner function, TypeScript cannot infer the elements of an empty list from the pushes in the loop.
  const isTold = (reference: TSESLint.Scope.Reference): boolean =>
    reference.from.variableScope === variable?.scope.variableScope;
  return !isTypeScript(file) || variable?.references.every(isTold) === true ? id.name : null;
}

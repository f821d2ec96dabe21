import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { findProperty, type FunctionNode, isFunction, unwrap } from '../ast/nodes.ts';
import { getInnermostScope, isNameKnown } from '../ast/scope-names.ts';
import { isArrowToken } from '../ast/tokens.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { hasDeadline } from '../config/timeouts.ts';
import type { Edit } from '../fix/edit.ts';
import { isSuspended } from '../fix/mapped.ts';
import { addOnlyArgument, addToArgument, appendArgument, setConstructorOption, setProperty } from '../fix/objects.ts';
import { getBodyParentheses, getIndent } from '../fix/text.ts';
import { getCallSites } from '../flow/calls/call-graph.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { findLimiter, findLimiterOfCall, type Limiter, type Mapper } from '../flow/calls/limiters.ts';
import { getPerItems } from '../flow/calls/per-item.ts';
import { getConstruction } from '../langchain/construction.ts';
import { findModel, getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import type { LangChainValue } from '../trace/value.ts';
import { type FanOut, type FanOutOptions, findFanOut } from './fan-out.ts';

/** The limit to write for a value: 1 would make a graph drop work. */
export function getSafeLimit(file: LangChainFile, value: LangChainValue, limit: number): number {
  const parts = getParts(value);
  const mayDrop = parts.some(
    (part) =>
      getTraits(file, part).limitOfOneDropsWork === true || (part.steps ?? []).some((step) => step.is !== 'yes'),
  );
  return mayDrop ? Math.max(2, limit) : limit;
}

// ── p-limit ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The name of a p-limit limiter for the code to use, with the edits that create it if it does not exist. */
interface Limit {
  readonly name: string;
  readonly edits: readonly Edit[];
}

/** `docs.map((doc) => limit(() => model.invoke(doc)))`, where the file imports p-limit or can import it. */
export function findLimiterRewrite(file: LangChainFile, { added, map }: FanOut, limit: number): readonly Edit[] | null {
  const target = added ?? map?.call;
  const limiter = target && findLimit(file, target, limit);
  if (!limiter) return null;
  const edits = added ? wrap(file, added, limiter.name) : map && wrapCallback(file, map.callback, limiter.name);
  return edits && [...limiter.edits, ...edits];
}

function wrap(file: LangChainFile, node: TSESTree.Node, name: string): readonly Edit[] | null {
  const { range } = node;
  if (isSuspended(file, node) || holdsPromises(node)) return null;
  const [open, close] = getBodyParentheses(file, node);
  return [
    { range: [range[0], range[0]], text: `${name}(() => ${open}` },
    { range: [range[1], range[1]], text: `${close})` },
  ];
}

/**
 * `{ name, answer: model.invoke(name) }`: through a limiter, readers of `answer` would read a property of a promise.
 */
function holdsPromises({ type }: TSESTree.Node): boolean {
  return type === AST_NODE_TYPES.ArrayExpression || type === AST_NODE_TYPES.ObjectExpression;
}

function wrapCallback(file: LangChainFile, callback: TSESTree.Node, name: string): readonly Edit[] | null {
  if (callback.type === AST_NODE_TYPES.Identifier) {
    const fn = resolveFunction(file, callback);
    if (!fn || fn.params.length > 1 || callback.name === 'item') return null;
    return [{ range: callback.range, text: `(item) => ${name}(() => ${callback.name}(item))` }];
  }
  if (
    callback.type !== AST_NODE_TYPES.ArrowFunctionExpression ||
    callback.typeParameters ||
    (!callback.async && holdsPromises(callback.body))
  )
    return null;
  const arrow = file.sourceCode.getTokenBefore(callback.body, isArrowToken);
  const [first, second] = file.sourceCode.getFirstTokens(callback, 2);
  if (!arrow || !first || !second) return null;
  return [
    ...(callback.async ? [{ range: [first.range[0], second.range[0]] as const, text: '' }] : []),
    { range: [arrow.range[1], arrow.range[1]], text: ` ${name}(${callback.async ? 'async ' : ''}() =>` },
    { range: [callback.range[1], callback.range[1]], text: ')' },
  ];
}

/** A constant that holds a limiter. */
interface DeclaredLimiter {
  readonly variable: TSESLint.Scope.Variable;
  readonly declarator: TSESTree.VariableDeclarator;
  readonly construction: TSESTree.Node;
}

const limiterSources = new Set(['p-limit']);

/** The constants of a file that hold a p-limit limiter with a limit. */
const getLimiters = perFile((file): readonly DeclaredLimiter[] => {
  const limiters: DeclaredLimiter[] = [];
  if (!file.imports.mayImport(limiterSources)) return limiters;
  for (const { variables } of file.sourceCode.scopeManager?.scopes ?? []) {
    for (const variable of variables) {
      const [definition] = variable.defs;
      if (definition?.type !== 'Variable' || definition.parent.kind !== 'const') continue;
      const trace = file.trace(definition.name);
      if (
        trace.type !== 'instance' ||
        trace.of.source !== 'p-limit' ||
        findLimiter(file, definition.name, [])?.limits !== true
      )
        continue;
      limiters.push({ variable, declarator: definition.node, construction: trace.node });
    }
  }
  return limiters;
});

/** A limiter that is created before a node and is in scope there. */
function findLimit(file: LangChainFile, node: TSESTree.Node, limit: number): Limit | null {
  const scope = getInnermostScope(file.sourceCode, node);
  for (const { construction, declarator, variable } of getLimiters(file)) {
    if (declarator.range[1] > node.range[0] || findInScopes(scope, variable.name) !== variable) continue;
    // A call that holds a slot while it waits for another slot of the same limiter waits forever.
    if (!goesThrough(file, node, construction)) return { name: variable.name, edits: [] };
  }
  const factory = findFactory(file);
  if (!factory) return null;
  // Before the outermost loop, so all passes share it.
  const statement = findStatement(getPerItems(file, node).at(-1)?.node ?? node);
  const around = statement?.parent ? getInnermostScope(file.sourceCode, statement.parent) : null;
  if (!statement || !around || isNameKnown(around, 'limit')) return null;
  const indent = getIndent(file.sourceCode.lines[statement.loc.start.line - 1]);
  return {
    name: 'limit',
    edits: [
      ...factory.edits,
      {
        range: [statement.range[0], statement.range[0]],
        text: `const limit = ${factory.name}(${String(limit)});\n${indent}`,
      },
    ],
  };
}

function findInScopes(scope: TSESLint.Scope.Scope | null, name: string): TSESLint.Scope.Variable | null {
  for (let current = scope; current; current = current.upper) {
    const variable = current.set.get(name);
    if (variable) return variable;
  }
  return null;
}

const getOutside = perFile(() => new WeakMap<TSESTree.Node, Set<FunctionNode>>());

/** Whether code runs inside a call of a limiter. */
function goesThrough(file: LangChainFile, node: TSESTree.Node, limiter: TSESTree.Node): boolean {
  const outsideOf = getOutside(file.of(limiter));
  const outside = outsideOf.get(limiter) ?? new Set();
  const visited = new Set<FunctionNode>();
  const pending = [node];
  for (let from = pending.pop(); from; from = pending.pop()) {
    for (let current: TSESTree.Node | undefined = from; current; current = current.parent) {
      if (
        current.type === AST_NODE_TYPES.CallExpression &&
        findLimiterOfCall(file, current, [])?.construction === limiter
      )
        return true;
      if (!isFunction(current) || visited.has(current) || outside.has(current)) continue;
      visited.add(current);
      for (const { call } of getCallSites(file, current)) pending.push(call);
    }
  }
  // Everything that leads to these functions has been checked.
  for (const fn of visited) outside.add(fn);
  outsideOf.set(limiter, outside);
  return false;
}

/** The file's name for p-limit, with the import where that is missing; null where it cannot be imported. */
const findFactory = perFile((file): Limit | null => {
  const name = findImportedFactory(file);
  return name === null ? importFactory(file) : { name, edits: [] };
});

function findImportedFactory(file: LangChainFile): string | null {
  for (const statement of file.program.body) {
    if (statement.type === AST_NODE_TYPES.ImportDeclaration && statement.source.value === 'p-limit') {
      const specifier = statement.specifiers.find(({ type }) => type === AST_NODE_TYPES.ImportDefaultSpecifier);
      if (specifier) return specifier.local.name;
    }
    if (statement.type !== AST_NODE_TYPES.VariableDeclaration) continue;
    for (const { id, init } of statement.declarations) {
      const trace = id.type === AST_NODE_TYPES.Identifier && init ? file.trace(init) : null;
      if (id.type === AST_NODE_TYPES.Identifier && trace?.type === 'export' && trace.export.source === 'p-limit')
        return id.name;
    }
  }
  return null;
}

/** The import, where the package of the file depends on p-limit. */
function importFactory(file: LangChainFile): Limit | null {
  const { program, sourceCode } = file;
  const last = program.body.findLast((statement) => statement.type === AST_NODE_TYPES.ImportDeclaration);
  const scope = sourceCode.scopeManager?.acquire(program);
  if (!last || !scope || isNameKnown(scope, 'pLimit') || !file.dependsOn('p-limit')) return null;
  const quote = last.source.raw.charAt(0);
  const end = sourceCode.getLastToken(last)?.value === ';' ? ';' : '';
  return {
    name: 'pLimit',
    edits: [{ range: [last.range[1], last.range[1]], text: `\nimport pLimit from ${quote}p-limit${quote}${end}` }],
  };
}

/** The statement of a block that contains a node, in the node's own function. */
function findStatement(node: TSESTree.Node): TSESTree.Statement | null {
  for (let current = node, { parent } = node; parent; current = parent, { parent } = current) {
    if (parent.type === AST_NODE_TYPES.BlockStatement || parent.type === AST_NODE_TYPES.Program)
      return current as TSESTree.Statement;
  }
  return null;
}

// ── the model ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface ModelLimit {
  /** `ChatOpenAI` */
  readonly className: string;
  readonly edits: readonly Edit[];
}

/**
 * `new ChatOpenAI({ …, maxConcurrency: 5 })`, where the class honours it, the callback makes no other call without a
 * limit, and no deadline of a call expires in the queue of the model.
 */
export function findModelLimit(
  file: LangChainFile,
  fanOut: FanOut,
  options: FanOutOptions,
  limit: number,
): ModelLimit | null {
  const { call, limit: effectiveLimit } = fanOut.start;
  const model = effectiveLimit === 'none' ? findModel(file, call.receiver) : null;
  const construction = model && getConstruction(model);
  if (!model || construction?.origin !== 'new' || construction.node.type !== AST_NODE_TYPES.NewExpression) return null;
  if (getTraits(file, model).honoursMaxConcurrency !== true || fanOut.node.type !== AST_NODE_TYPES.CallExpression)
    return null;
  const [fields] = construction.node.arguments;
  // A call leaves the queue when its stream opens.
  if (fields?.type === AST_NODE_TYPES.ObjectExpression && findProperty(fields, 'streaming')) return null;
  if (hasDeadline(file, call)) return null;
  if (findFanOut(file, fanOut.node, { ...options, assumed: construction.node })) return null;
  const edits = setConstructorOption(file, construction, 'maxConcurrency', String(limit));
  return edits && { className: construction.className, edits };
}

// ── limiters and mappers that limit nothing ──────────────────────────────────────────────────────────────────────────

/** `pMap(docs, callback, { concurrency: 5 })`, `mergeMap(callback, 5)` */
export function findMapperLimit(file: LangChainFile, mapper: Mapper, limit: number): readonly Edit[] | null {
  const { call, limitArgument, option } = mapper;
  if (option) return addToArgument(file, call, option.argument, option.name, String(limit));
  if (limitArgument === null) return null;
  const given = call.arguments[limitArgument];
  if (given) return [{ range: given.range, text: String(limit) }];
  return call.arguments.length === limitArgument ? [appendArgument(file, call, String(limit))] : null;
}

/** `pLimit(5)`, `new PQueue({ concurrency: 5 })` */
export function findLimiterLimit(
  file: LangChainFile,
  { construction, option }: Limiter,
  limit: number,
): readonly Edit[] | null {
  if (!construction) return null;
  const [given] = construction.arguments;
  const written = option === null ? String(limit) : `{ ${option}: ${String(limit)} }`;
  if (!given) return addOnlyArgument(file, construction, written);
  const object = unwrap(given);
  if (object.type === AST_NODE_TYPES.ObjectExpression)
    return setProperty(file, object, option ?? 'concurrency', String(limit));
  return option === null ? [{ range: given.range, text: written }] : null;
}

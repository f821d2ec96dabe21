import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, getRoot } from '../ast/calls.ts';
import { getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { ExportRef } from '../facts/export-ref.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { Trace } from '../trace/value.ts';
import { callRows, type Known } from './frameworks.ts';
import type { CallRow, Framework, FrameworkRow } from './frameworks/row.ts';
import { graphql } from './frameworks/servers.ts';
import { type Collector, findOriginExport, imports, isIn } from './handler.ts';

/** A file, alone and as a part of its project. */
interface Sight {
  readonly file: LangChainFile;
  readonly project: LangChainFile;
}

/** A call or construction that registers handlers with a framework. */
export function collectRegistration(sight: Sight, node: Call, collector: Collector, rows: Rows = callRows): void {
  if (!node.arguments.some(mayHoldFunction)) return;
  const row = findRow(sight, node, rows);
  if (row) addArguments(sight.file, node, adapt(sight.file, row.framework), row, collector);
}

/** `ws.onmessage = async (event) => { … }` */
export function collectAssigned(
  sight: Sight,
  { left, right }: TSESTree.AssignmentExpression,
  collector: Collector,
): void {
  const name = left.type === AST_NODE_TYPES.MemberExpression ? getKeyName(left) : null;
  const rows = name === null ? [] : findNamed(callRows, 'assigned', name);
  const row = rows.length > 0 && 'object' in left ? findMethodRow(sight, left.object, rows) : null;
  if (row) collector.add(right, row.framework);
}

function mayHoldFunction({ type }: TSESTree.Node): boolean {
  return type !== AST_NODE_TYPES.Literal && type !== AST_NODE_TYPES.TemplateLiteral;
}

function findRow(sight: Sight, node: Call, rows: Rows): Known<CallRow> | null {
  const callee = unwrap(node.callee);
  const direct = findDirectRow(sight.file.trace(callee), node, rows) ?? findCurriedRow(sight.file, node, rows);
  if (direct || callee.type !== AST_NODE_TYPES.MemberExpression || node.type !== AST_NODE_TYPES.CallExpression)
    return direct;
  const method = getKeyName(callee);
  const candidates = method === null ? [] : findNamed(rows, 'method', method).filter((row) => fits(row, node));
  return candidates.length === 0 ? null : findMethodRow(sight, callee.object, candidates);
}

function findDirectRow(trace: Trace, node: Call, rows: Rows): Known<CallRow> | null {
  if (trace.type === 'global') {
    const name = trace.name.replace(/^globalThis\./u, '');
    return findNamed(rows, 'global', name).find((row) => fits(row, node)) ?? null;
  }
  if (trace.type !== 'export') return null;
  const form = node.type === AST_NODE_TYPES.NewExpression ? 'new' : 'function';
  const { name, source } = trace.export;
  return findNamed(rows, form, name).find((row) => fits(row, node) && row.sources?.test(source) === true) ?? null;
}

/** `createFileRoute('/ask')({ loader })` */
function findCurriedRow(file: LangChainFile, node: Call, rows: Rows): Known<CallRow> | null {
  const inner = unwrap(node.callee);
  if (inner.type !== AST_NODE_TYPES.CallExpression) return null;
  const trace = file.trace(inner.callee);
  if (trace.type !== 'export') return null;
  const { name, source } = trace.export;
  return findNamed(rows, 'curried', name).find((row) => fits(row, node) && row.sources?.test(source) === true) ?? null;
}

function findMethodRow({ file, project }: Sight, receiver: TSESTree.Node, rows: Rows): Known<CallRow> | null {
  const origin = findOriginExport(file, receiver);
  const isOfPackage = (row: CallRow, ref: ExportRef | null): boolean =>
    ref !== null && row.sources?.test(ref.source) === true;
  const mayBeShared = origin !== null && rows.some((row) => row.shared === true && !isOfPackage(row, origin));
  const shared = mayBeShared ? findSharedOrigin(project, receiver) : null;
  return (
    rows.find((row) => isOfPackage(row, origin) || (row.shared === true && isOfPackage(row, shared))) ??
    rows.find((row) => isKnownReceiver(file, receiver, row, origin)) ??
    null
  );
}

/** How many files may pass a receiver on. */
const maxFiles = 4;

/**
 * The package export that a receiver of another file comes from: `bot` of `import { bot } from './bot'` and of `const {
 * bot } = require('./bot')`, `channel` of `await connect()`.
 */
function findSharedOrigin(file: LangChainFile, receiver: TSESTree.Node, depth = maxFiles): ExportRef | null {
  const named = findOriginExport(file.alone, receiver);
  const node = file.findImportedNode(getRoot(receiver)) ?? (named && file.findExportedNode(named));
  const owner = node && file.of(node);
  if (!owner || depth <= 1) return null;
  const fn = resolveFunction(owner, node);
  for (const made of fn ? findReturns(fn, owner.sourceCode.visitorKeys) : [node]) {
    const origin = findSharedOrigin(owner, made, depth - 1) ?? findOriginExport(owner, made);
    if (origin) return origin;
  }
  return null;
}

function isKnownReceiver(
  file: LangChainFile,
  receiver: TSESTree.Node,
  { receivers }: CallRow,
  origin: ExportRef | null,
): boolean {
  if (receivers === undefined) return false;
  if (receivers === 'any') return true;
  if (receivers !== 'unseen') return hasName(receiver, receivers);
  return origin === null ? isParameter(file, receiver) : isOwnModule(origin);
}

type Rows = readonly Known<CallRow>[];

/** The rows of a form that a name belongs to, cached: of the thousands of names in a project, hardly any has one. */
const named = new WeakMap<Rows, Map<string, Rows>>();
/** The maximum size of that cache, in names. */
const maxNames = 10_000;

function findNamed(rows: Rows, form: CallRow['form'], name: string): Rows {
  const known = named.get(rows) ?? new Map<string, Rows>();
  named.set(rows, known);
  const key = `${form} ${name}`;
  let found = known.get(key);
  if (!found) {
    found = rows.filter((row) => row.form === form && row.names.test(name));
    if (known.size >= maxNames) known.clear();
    known.set(key, found);
  }
  return found;
}

function fits({ except, first }: CallRow, node: Call): boolean {
  const [argument] = node.arguments;
  return !isExcepted(except, argument) && (!first || first.test(readText(argument) ?? ''));
}

/** `client.on('ready', …)`, `client.on(Events.ClientReady, …)` */
function isExcepted(except: RegExp | undefined, event: TSESTree.Node | undefined): boolean {
  if (!except || !event) return false;
  if (event.type === AST_NODE_TYPES.Literal) return typeof event.value === 'string' && except.test(event.value);
  return event.type === AST_NODE_TYPES.MemberExpression && except.test(getKeyName(event) ?? '');
}

function readText(node: TSESTree.Node | undefined): string | null {
  if (node?.type === AST_NODE_TYPES.TemplateLiteral) return node.quasis[0]?.value.raw ?? null;
  return node?.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' ? node.value : null;
}

/** The framework as the file shows where it runs. */
function adapt(file: LangChainFile, framework: FrameworkRow): Framework {
  const variant = framework.variants?.find(({ where }) => isIn(file, where));
  return variant ? { ...framework, ...variant.is } : framework;
}

function addArguments(file: LangChainFile, node: Call, framework: Framework, row: CallRow, collector: Collector): void {
  for (const argument of getHolders(node, row)) {
    const expression = unwrap(argument);
    // The return value of a handler is no handler: `app.get('/', async () => ({ answer }))`.
    const isHandler = row.keysOnly !== true && resolveFunction(file, expression) !== null;
    const objects = row.keys && !isHandler ? findObjects(file, expression) : [];
    for (const object of objects) addProperties(file, object, framework, row, collector);
    if (objects.length === 0 && expression.type !== AST_NODE_TYPES.ObjectExpression && row.keysOnly !== true)
      collector.add(expression, framework);
  }
}

/** The literal objects that an expression stands for: itself, a constant, or the elements of an array. */
function findObjects(file: LangChainFile, node: TSESTree.Node): readonly TSESTree.ObjectExpression[] {
  const trace = file.trace(node);
  if (trace.type === 'object') return [trace.node];
  if (trace.type !== 'array') return [];
  return trace.node.elements.flatMap((element) => {
    const each = element && file.trace(element);
    return each?.type === 'object' ? [each.node] : [];
  });
}

/** The result of the function in `({ createHandlers }) => createHandlers({ GET: … })`; none for anything else. */
function findReturnedObjects(file: LangChainFile, node: TSESTree.Node): readonly TSESTree.ObjectExpression[] {
  const trace = file.trace(node);
  if (trace.type !== 'function') return [];
  return findReturns(trace.node, file.sourceCode.visitorKeys)
    .flatMap((returned): readonly TSESTree.Node[] => {
      const value = unwrap(returned);
      return value.type === AST_NODE_TYPES.CallExpression ? value.arguments : [value];
    })
    .filter((value) => value.type === AST_NODE_TYPES.ObjectExpression);
}

function getHolders({ arguments: given }: Call, { argument: index }: CallRow): readonly TSESTree.Node[] {
  if (index === undefined) return given;
  const argument = given.at(index);
  return argument ? [argument] : [];
}

/** Adds the functions in literal properties with these names, or with these dotted names further in. */
export function addProperties(
  file: LangChainFile,
  object: TSESTree.ObjectExpression,
  framework: Framework,
  { depth = 1, keys }: Pick<CallRow, 'depth' | 'keys'>,
  collector: Collector,
  outer = '',
): void {
  for (const property of object.properties) {
    if (!keys || property.type !== AST_NODE_TYPES.Property) continue;
    const name = outer + (getKeyName(property) ?? '');
    const isHandler = keys.test(name);
    const mayHold = depth > 1 && !(isHandler && file.trace(property.value).type === 'function');
    const objects = mayHold ? [...findObjects(file, property.value), ...findReturnedObjects(file, property.value)] : [];
    for (const inner of objects)
      addProperties(file, inner, framework, { keys, depth: depth - 1 }, collector, `${name}.`);
    if (objects.length === 0 && isHandler) collector.add(property.value, framework);
  }
}

function isParameter(file: LangChainFile, receiver: TSESTree.Node): boolean {
  const root = getRoot(receiver);
  return (
    root.type === AST_NODE_TYPES.Identifier &&
    file.trace(root).type === 'unknown' &&
    file.scopes.findVariable(root)?.defs[0]?.type === 'Parameter'
  );
}

/** `./app`, `@/app`, `~/app`, `#app` */
function isOwnModule({ source }: ExportRef): boolean {
  return /^(?:[.#]|[@~]\/)/u.test(source);
}

/** Whether a chain contains one of these names: `adminProcedure` of `adminProcedure.input(schema)`. */
function hasName(receiver: TSESTree.Node, names: RegExp): boolean {
  for (
    let current = unwrap(receiver);
    ;
    current = unwrap(current.type === AST_NODE_TYPES.CallExpression ? current.callee : current.object)
  ) {
    if (current.type === AST_NODE_TYPES.Identifier) return names.test(current.name);
    if (current.type === AST_NODE_TYPES.MemberExpression && names.test(getKeyName(current) ?? '')) return true;
    if (current.type !== AST_NODE_TYPES.MemberExpression && current.type !== AST_NODE_TYPES.CallExpression)
      return false;
  }
}

/**
 * GraphQL: `const resolvers = { Query: { answer: async () => … } }`, and `resolve` functions of schemas built in code.
 */
export function collectResolvers(file: LangChainFile, node: TSESTree.Property, collector: Collector): void {
  const name = getKeyName(node);
  if (name === 'resolve' && isFunction(node.value) && imports(file, /^(?:graphql|@pothos\/core|nexus)$/u))
    collector.add(node.value, graphql);
  if (name === null || !/^(?:Mutation|Query|Subscription)$/u.test(name)) return;
  const fields = file.trace(node.value);
  if (fields.type !== 'object' || !isResolverMap(file, node.parent)) return;
  for (const field of fields.node.properties) {
    if (field.type !== AST_NODE_TYPES.Property) continue;
    const value = unwrap(field.value);
    if (value.type === AST_NODE_TYPES.ObjectExpression)
      addProperties(file, value, graphql, { keys: /^(?:resolve|subscribe)$/u }, collector);
    else collector.add(value, graphql);
  }
}

function isResolverMap(file: LangChainFile, object: TSESTree.Node): boolean {
  let outer = object.parent;
  while (outer?.type === AST_NODE_TYPES.TSAsExpression || outer?.type === AST_NODE_TYPES.TSSatisfiesExpression)
    outer = outer.parent;
  if (
    outer?.type === AST_NODE_TYPES.VariableDeclarator &&
    outer.id.type === AST_NODE_TYPES.Identifier &&
    /resolvers?$/iu.test(outer.id.name)
  )
    return true;
  if (outer?.type === AST_NODE_TYPES.Property && getKeyName(outer) === 'resolvers') return true;
  return imports(
    file,
    /^(?:@apollo\/server|apollo-server(?:-\w+)?|graphql(?:-yoga|-tag)?|@graphql-tools\/schema|mercurius)(?:\/|$)/u,
  );
}

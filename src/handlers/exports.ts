import type { TSESTree } from '@typescript-eslint/utils';
import { isCall } from '../ast/calls.ts';
import { getExportName } from '../ast/exports.ts';
import { type FunctionNode, getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isExport } from '../trace/imports.ts';
import { isAnywhere } from '../trace/nodes.ts';
import { findComponent, isComponentName } from './components.ts';
import { exportRows, type Known } from './frameworks.ts';
import { cloudflare } from './frameworks/functions.ts';
import type { ExportRow, Framework } from './frameworks/row.ts';
import { bun } from './frameworks/servers.ts';
import { next } from './frameworks/sites.ts';
import { type Collector, imports, isIn } from './handler.ts';
import { addProperties } from './registrations.ts';

interface Export {
  /** `default` for the default export and for the whole of `module.exports`. */
  readonly name: string;
  readonly value: TSESTree.Node;
}

/** Handlers that a file exports: under a name of its framework, as a Worker, or as server actions. */
export function collectExports(file: LangChainFile, collector: Collector): void {
  const applicable = exportRows.filter((row) => isIn(file, row) && isUsed(file, row) && !isElse(file, row));
  const areActions = hasDirective(file.program.body, 'use server');
  for (const all of file.program.body)
    if (all.type === AST_NODE_TYPES.ExportAllDeclaration && !all.exported)
      for (const row of applicable) if (row.path) collector.add(all, row.framework, {}, row.names);
  for (const { name, value } of readExports(file)) {
    for (const row of applicable) if (row.names.test(name)) collectExport(file, value, row, collector);
    if (areActions) collector.add(value, next);
    if (name === 'default') collectWorker(file, value, collector);
  }
}

function collectExport(file: LangChainFile, value: TSESTree.Node, row: Known<ExportRow>, collector: Collector): void {
  if (row.perRequest === true && !runsPerRequest(file, value)) return;
  if (row.takes && !takes(file, value, row.takes)) return;
  if (row.perRequest === true) collectRendered(file, value, row.framework, collector);
  const made = row.factories ? findMadeObjects(file, value) : [];
  const object = row.keys ? file.trace(value) : null;
  if (row.keysOnly !== true && made.length === 0) collector.add(value, row.framework);
  for (const each of [...made, ...(object?.type === 'object' ? [object.node] : [])])
    addProperties(file, each, row.framework, row, collector);
}

/** Whether the first parameter of a function has such a name. */
function takes(file: LangChainFile, value: TSESTree.Node, names: RegExp): boolean {
  const [first] = resolveFunction(file, value)?.params ?? [];
  return first?.type === AST_NODE_TYPES.Identifier && names.test(first.name);
}

/** Whether a page, a layout or its metadata is rendered for each request, not when the site is built. */
function runsPerRequest(file: LangChainFile, value: TSESTree.Node): boolean {
  const trace = file.trace(value);
  const fn = trace.type === 'function' ? trace.node : null;
  if (!fn || hasDirective(file.program.body, 'use cache') || isDirected(fn, 'use cache')) return false;
  return isForcedDynamic(file) || mayReadRequest(file, fn, new Set());
}

/** Whether a function reads the request, directly or through functions and components of the file. */
function mayReadRequest(file: LangChainFile, fn: FunctionNode, visited: Set<FunctionNode>): boolean {
  if (visited.has(fn) || isDirected(fn, 'use cache')) return false;
  visited.add(fn);
  return isAnywhere(file, fn, (node) => {
    if (visited.size === 1 ? readsRequest(file, fn, node) : isDynamicCall(file, node)) return true;
    const run = isCall(node) ? resolveFunction(file, node.callee) : findComponent(file, node);
    return run !== null && mayReadRequest(file, run, visited);
  });
}

/** The components of a page run when it does: `<Answer question={q} />`. */
function collectRendered(
  file: LangChainFile,
  value: TSESTree.Node,
  framework: Framework,
  collector: Collector,
  visited = new Set<FunctionNode>(),
): void {
  const fn = resolveFunction(file, value);
  if (!fn || visited.has(fn)) return;
  visited.add(fn);
  isAnywhere(file, fn, (node) => {
    if (node.type !== AST_NODE_TYPES.JSXOpeningElement || !isComponentName(node.name)) return false;
    const component = findComponent(file, node);
    if (component && isDirected(component, 'use cache')) return false;
    collector.add(node.name, framework);
    if (component) collectRendered(file, component, framework, collector, visited);
    return false;
  });
}

/** `export const dynamic = 'force-dynamic'` */
function isForcedDynamic(file: LangChainFile): boolean {
  return readExports(file).some(({ name, value }) => {
    const literal = unwrap(value);
    return name === 'dynamic' && literal.type === AST_NODE_TYPES.Literal && literal.value === 'force-dynamic';
  });
}

/** `await headers()`, `props.searchParams`, `{ searchParams }` */
function readsRequest(file: LangChainFile, fn: FunctionNode, node: TSESTree.Node): boolean {
  switch (node.type) {
    case AST_NODE_TYPES.CallExpression:
      return isDynamicCall(file, node);
    case AST_NODE_TYPES.MemberExpression:
      return getKeyName(node) === 'searchParams' && isProps(file, fn, node.object);
    case AST_NODE_TYPES.Property:
      return getKeyName(node) === 'searchParams' && (node.parent === fn.params[0] || isTakenFromProps(file, fn, node));
    default:
      return false;
  }
}

/** `await headers()` */
function isDynamicCall(file: LangChainFile, node: TSESTree.Node): boolean {
  const ref = node.type === AST_NODE_TYPES.CallExpression ? file.findExport(node.callee) : null;
  return (
    ref !== null &&
    (isExport(ref, 'next/headers', ['cookies', 'headers']) ||
      isExport(ref, 'next/server', 'connection') ||
      isExport(ref, 'next/cache', 'unstable_noStore'))
  );
}

function isTakenFromProps(file: LangChainFile, fn: FunctionNode, { parent }: TSESTree.Property): boolean {
  const declarator = parent.type === AST_NODE_TYPES.ObjectPattern ? parent.parent : null;
  return (
    declarator?.type === AST_NODE_TYPES.VariableDeclarator &&
    declarator.init !== null &&
    isProps(file, fn, declarator.init)
  );
}

function isProps(file: LangChainFile, fn: FunctionNode, node: TSESTree.Node): boolean {
  const name = unwrap(node);
  const definition = name.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(name)?.defs[0] : null;
  return definition?.type === 'Parameter' && definition.node === fn;
}

/** The result of `(db) => ({ async answer() { … } })`. */
function findMadeObjects(file: LangChainFile, value: TSESTree.Node): readonly TSESTree.ObjectExpression[] {
  const trace = file.trace(value);
  if (trace.type !== 'function') return [];
  return findReturns(trace.node, file.sourceCode.visitorKeys)
    .map((returned) => unwrap(returned))
    .filter((returned) => returned.type === AST_NODE_TYPES.ObjectExpression)
    .filter(({ properties }) =>
      properties.some((each) => each.type === AST_NODE_TYPES.Property && isFunction(each.value)),
    );
}

/** `'use server'` in a function: a server action. */
export function isServerAction(fn: FunctionNode): boolean {
  return isDirected(fn, 'use server');
}

function isDirected({ body }: FunctionNode, directive: string): boolean {
  return body.type === AST_NODE_TYPES.BlockStatement && hasDirective(body.body, directive);
}

function hasDirective(body: readonly TSESTree.Node[], directive: string): boolean {
  return body.some(
    (statement) => statement.type === AST_NODE_TYPES.ExpressionStatement && statement.directive === directive,
  );
}

function isUsed(file: LangChainFile, { dependsOn }: ExportRow): boolean {
  return !dependsOn || dependsOn.some((name) => file.dependsOn(name));
}

function isElse(file: LangChainFile, { unless }: ExportRow): boolean {
  return (
    unless !== undefined &&
    (imports(file, unless.imports) || readExports(file).some(({ name }) => unless.exports.test(name)))
  );
}

/** `export default { async fetch(request, env) { … } }`; Bun's takes a `port` beside it. */
function collectWorker(file: LangChainFile, value: TSESTree.Node, collector: Collector): void {
  const call = unwrap(value);
  // `export default withSentry(options, { fetch() { … } })`
  const candidates = call.type === AST_NODE_TYPES.CallExpression ? call.arguments : [value];
  for (const candidate of candidates) {
    const object = file.trace(candidate);
    if (object.type !== 'object') continue;
    const isServer = object.node.properties.some(
      (property) => property.type === AST_NODE_TYPES.Property && getKeyName(property) === 'port',
    );
    const framework = isServer ? bun : cloudflare;
    addProperties(file, object.node, framework, { keys: /^fetch$/u }, collector);
    if (!isServer)
      addProperties(
        file,
        object.node,
        { ...framework, unit: 'event' },
        { keys: /^(?:email|queue|scheduled|tail)$/u },
        collector,
      );
  }
}

// ── what a file exports ─────────────────────────────────────────────────────────────────────────────────────────────

function readExports(file: LangChainFile): readonly Export[] {
  return file.program.body.flatMap((statement): readonly Export[] => {
    switch (statement.type) {
      case AST_NODE_TYPES.ExportDefaultDeclaration:
        return [{ name: 'default', value: statement.declaration }];
      case AST_NODE_TYPES.TSExportAssignment:
        return [{ name: 'default', value: statement.expression }];
      case AST_NODE_TYPES.ExportNamedDeclaration:
        // A specifier of `export { POST } from './chat'` stands for the other file's export.
        if (statement.source)
          return statement.specifiers.map((specifier) => ({
            name: getExportName(specifier.exported),
            value: specifier,
          }));
        return [
          ...readDeclaration(statement.declaration),
          ...statement.specifiers.map(({ exported, local }) => ({ name: getExportName(exported), value: local })),
        ];
      case AST_NODE_TYPES.ExpressionStatement:
        return readAssignment(statement.expression);
      default:
        return [];
    }
  });
}

function readDeclaration(declaration: TSESTree.Node | null): readonly Export[] {
  if (declaration?.type === AST_NODE_TYPES.FunctionDeclaration && declaration.id)
    return [{ name: declaration.id.name, value: declaration }];
  if (declaration?.type !== AST_NODE_TYPES.VariableDeclaration) return [];
  return declaration.declarations.flatMap(({ id, init }): readonly Export[] => {
    if (!init) return [];
    if (id.type === AST_NODE_TYPES.Identifier) return [{ name: id.name, value: init }];
    // `export const { GET, POST } = serve(fn)`
    if (id.type !== AST_NODE_TYPES.ObjectPattern) return [];
    return id.properties.flatMap((property) => {
      const name = property.type === AST_NODE_TYPES.Property ? getKeyName(property) : null;
      return name === null ? [] : [{ name, value: init }];
    });
  });
}

/**
 * `exports.handler = …`, `module.exports.handler = …`, `module.exports = …`, including chains, and the `exports.GET =
 * exports.POST = fn` of compiled code.
 */
function readAssignment(expression: TSESTree.Expression): readonly Export[] {
  if (expression.type !== AST_NODE_TYPES.AssignmentExpression || expression.operator !== '=') return [];
  const value = getAssigned(expression);
  const inner = expression.right.type === AST_NODE_TYPES.AssignmentExpression ? readAssignment(expression.right) : [];
  const name = getExportedName(expression.left);
  if (name === null) return inner;
  if (name !== 'default' || value.type !== AST_NODE_TYPES.ObjectExpression) return [{ name, value }, ...inner];
  const properties = value.properties.flatMap((property): readonly Export[] => {
    const key = property.type === AST_NODE_TYPES.Property ? getKeyName(property) : null;
    return key === null || property.type !== AST_NODE_TYPES.Property ? [] : [{ name: key, value: property.value }];
  });
  return [{ name, value }, ...properties, ...inner];
}

function getAssigned(expression: TSESTree.AssignmentExpression): TSESTree.Expression {
  let value = expression.right;
  while (value.type === AST_NODE_TYPES.AssignmentExpression) value = value.right;
  return value;
}

function getExportedName(target: TSESTree.Node): string | null {
  if (target.type !== AST_NODE_TYPES.MemberExpression) return null;
  if (isModuleExports(target)) return 'default';
  const isExports =
    (target.object.type === AST_NODE_TYPES.Identifier && target.object.name === 'exports') ||
    isModuleExports(target.object);
  return isExports ? getKeyName(target) : null;
}

function isModuleExports(node: TSESTree.Node): boolean {
  return (
    node.type === AST_NODE_TYPES.MemberExpression &&
    node.object.type === AST_NODE_TYPES.Identifier &&
    node.object.name === 'module' &&
    getKeyName(node) === 'exports'
  );
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { findRequired, getLastName, getMemberRoot } from '../ast/calls.ts';
import { type FunctionNode, isClass, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { ExportRef } from '../facts/export-ref.ts';
import { getCallSites } from '../flow/calls/call-graph.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { Framework, Places } from './frameworks/row.ts';

/** A function that runs once per request, event, job, tool call or graph step. */
export interface Handler {
  /** It may be in a different file from its registration. */
  readonly node: FunctionNode;
  /** The expression that names it in its registration; the function itself if its form alone marks it as a handler. */
  readonly reference: TSESTree.Node;
  readonly framework: string;
  readonly unit: Framework['unit'];
  readonly serverless: boolean;
  readonly cloudflare: boolean;
  /**
   * It runs as a step of a chain: a blocking call in it stalls all requests, but a client in it is not built once per
   * request.
   */
  readonly blockingOnly: boolean;
  /** It runs on a timer: a blocking call stalls the rest, and a pool per run leaks; a model per run costs nothing. */
  readonly recurring: boolean;
  /** Whether `this` is created once per request. */
  readonly requestScopedThis: boolean;
}

/** A function of a package whose function arguments are handlers, or a decorator of methods or classes. */
export type ExtraHandler = { readonly decorator: string } | { readonly module: string; readonly name: string };

/** Collects the findings of the detectors. The first one to recognise a function decides. */
export interface Collector {
  /**
   * Adds the functions of the file that an expression names: directly, in an array, or in a wrapper such as
   * `asyncHandler(fn)`.
   */
  add(
    node: TSESTree.Node | null | undefined,
    framework: Framework,
    more?: Partial<Pick<Handler, 'requestScopedThis'>>,
    /** Which exports of another file count, where the node re-exports all of them. */
    exported?: RegExp,
  ): void;
}

/** The path with forward slashes. */
export function getPath(file: LangChainFile): string {
  return file.filename.replaceAll('\\', '/');
}

/** Whether the file imports a package or one of its subpaths. */
export function imports(file: LangChainFile, packages: RegExp): boolean {
  return file.program.body.some((statement) =>
    getImported(statement).some((specifier) => packages.test(file.imports.getSource(specifier))),
  );
}

/** `discord.js` of `import { Client } from 'discord.js'` and of `const { Client } = require('discord.js')`. */
function getImported(statement: TSESTree.ProgramStatement): readonly string[] {
  if (statement.type === AST_NODE_TYPES.ImportDeclaration) return [statement.source.value];
  if (statement.type !== AST_NODE_TYPES.VariableDeclaration) return [];
  return statement.declarations.flatMap(({ init }) => findRequired(init && getMemberRoot(init)) ?? []);
}

/** Whether a file is one of these. */
export function isIn(file: LangChainFile, { imports: packages, path, text }: Places): boolean {
  if (!packages && !path && !text) return true;
  return (
    path?.test(getPath(file)) === true ||
    (packages !== undefined && imports(file, packages)) ||
    text?.test(file.sourceCode.text) === true
  );
}

/** How many classes may extend one another. */
const maxClasses = 8;

/**
 * The export of the package that a receiver comes from: `express` of `express().get`, `Hono` of `new
 * Hono().get(…).post`, `fastify` of a parameter `app: FastifyInstance`. A socket comes from its server:
 * `io.on('connection', (socket) => …)`.
 */
export function findOriginExport(file: LangChainFile, node: TSESTree.Node, classes = maxClasses): ExportRef | null {
  let current: TSESTree.Node | null = unwrap(node);
  // Each step leads to an enclosed or an earlier expression; the bound ends `a = a.b()`.
  for (let step = 0; current !== null && step < 200; step++) {
    const trace = file.trace(current);
    if (trace.type === 'instance') return trace.of;
    if (trace.type === 'export') return trace.export;
    if (trace.type === 'localInstance')
      return trace.classNode.superClass && classes > 0
        ? findOriginExport(file, trace.classNode.superClass, classes - 1)
        : null;
    if (trace.type !== 'unknown') return null;
    current = getOrigin(file, current);
  }
  return null;
}

function getOrigin(file: LangChainFile, node: TSESTree.Node): TSESTree.Node | null {
  switch (node.type) {
    case AST_NODE_TYPES.AwaitExpression:
      return unwrap(node.argument);
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      return unwrap(node.callee);
    case AST_NODE_TYPES.MemberExpression:
      return unwrap(node.object);
    case AST_NODE_TYPES.Identifier: {
      const variable = file.scopes.findVariable(node);
      const definition = variable?.defs[0];
      if (definition?.type === 'Parameter') return getGiver(file, definition);
      if (!variable || definition?.type !== 'Variable') return null;
      return definition.parent.kind === 'const'
        ? definition.node.init && unwrap(definition.node.init)
        : getOnlyValue(variable);
    }
    default:
      return null;
  }
}

/** The single value that a variable ever has: `let channel; … channel = await connection.createChannel();` */
function getOnlyValue({ references }: TSESLint.Scope.Variable): TSESTree.Node | null {
  const values = references.flatMap(({ writeExpr }) => writeExpr ?? []);
  const [value] = values;
  return value && values.length === 1 ? unwrap(value) : null;
}

/**
 * The object that passes a parameter to a callback: `io` of `io.on('connection', (socket) => …)` for `socket`,
 * `createMcpHandler` of `createMcpHandler((server) => …)` for `server`.
 */
function getGiver(file: LangChainFile, { name, node: fn }: TSESLint.Scope.Definition): TSESTree.Node | null {
  if (getEnclosingFunction(name) !== fn || name.type !== AST_NODE_TYPES.Identifier || name.typeAnnotation) return null;
  const [site] = getCallSites(file, fn);
  const call = site?.argument === null ? null : (site?.call ?? null);
  return call && unwrap(call.callee);
}

/** `Controller`, `nest.Controller`, `Controller('chat')`: a decorator's name, with its export if it is imported. */
export function readDecorator(
  file: LangChainFile,
  decorator: TSESTree.Decorator,
): { readonly name: string; readonly export: ExportRef | null; readonly arguments: readonly TSESTree.Node[] } | null {
  const expression = unwrap(decorator.expression);
  const callee = expression.type === AST_NODE_TYPES.CallExpression ? unwrap(expression.callee) : expression;
  const name = getLastName(callee);
  if (name === null) return null;
  const trace = file.trace(callee);
  return {
    name,
    export: trace.type === 'export' ? trace.export : null,
    arguments: expression.type === AST_NODE_TYPES.CallExpression ? expression.arguments : [],
  };
}

/** The export that a class extends, through classes of the file. */
export function findSuperExport(file: LangChainFile, node: TSESTree.Node | null, depth = 8): ExportRef | null {
  if (!isClass(node) || !node.superClass || depth === 0) return null;
  const trace = file.trace(node.superClass);
  if (trace.type === 'export') return trace.export;
  return trace.type === 'class' ? findSuperExport(file, trace.node, depth - 1) : null;
}

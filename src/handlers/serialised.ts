import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName } from '../ast/calls.ts';
import { type FunctionNode, getDecorators, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { isOneOf } from '../facts/export-ref.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isExport } from '../trace/imports.ts';
import { readDecorator } from './handler.ts';
import { getHandlers } from './index.ts';

const verbs = ['All', 'Delete', 'Get', 'Patch', 'Post', 'Put', 'Search'];

/** The calls by which a route is registered. */
const routes: ReadonlyMap<string, RegExp> = new Map([
  ['Elysia', /^(?:all|delete|get|head|options|patch|post|put|route)$/u],
  ['Fastify', /^(?:all|delete|get|head|options|patch|post|put|route)$/u],
  ['Nuxt', /^(?:cachedEventHandler|define(?:Cached)?(?:EventHandler|Handler)|eventHandler)$/u],
]);

/**
 * Whether a framework serialises the return value of a function as JSON directly: it awaits the whole, but no promise
 * inside.
 */
export function isSerialised(file: LangChainFile, fn: FunctionNode): boolean {
  const handler = getHandlers(file).get(fn);
  if (!handler) return false;
  if (handler.framework === 'NestJS') return isNestRoute(file, fn);
  const names = routes.get(handler.framework);
  return names?.test(getRegistration(handler.reference) ?? '') ?? false;
}

function isNestRoute(file: LangChainFile, { parent }: FunctionNode): boolean {
  if (parent.type !== AST_NODE_TYPES.MethodDefinition) return false;
  const decorators = getDecorators(parent).map((decorator) => readDecorator(file, decorator));
  return (
    decorators.some((read) => read?.export && isExport(read.export, '@nestjs/common', verbs)) &&
    !decorators.some((read) => read && isOneOf(read.name, ['Render', 'Sse']))
  );
}

/** The name of the function or method that a handler is passed to, directly or in an object. */
function getRegistration(reference: TSESTree.Node): string | null {
  let expression = wrapped(reference);
  if (expression.parent?.type === AST_NODE_TYPES.Property) expression = expression.parent.parent;
  const call = expression.parent;
  if (call?.type !== AST_NODE_TYPES.CallExpression) return null;
  const callee = unwrap(call.callee);
  if (callee.type === AST_NODE_TYPES.Identifier) return callee.name;
  return getMethodName(call);
}

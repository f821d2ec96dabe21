import type { TSESTree } from '@typescript-eslint/utils';
import { type ClassNode, type FunctionNode, getDecorators, getKeyName, isFunction } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../trace/file.ts';
import { decoratorRows } from './frameworks.ts';
import type { Framework } from './frameworks/row.ts';
import { nest } from './frameworks/servers.ts';
import { type Collector, type ExtraHandler, readDecorator } from './handler.ts';

/** Decorators of classes whose methods run once per request, directly or in the services that controllers call. */
const nestClasses = /^(?:Controller|Injectable|Processor|Resolver|WebSocketGateway)$/u;

/** Methods that run when the application starts or stops. */
const lifecycle =
  /^(?:beforeApplicationShutdown|on(?:ApplicationBootstrap|ApplicationShutdown|Module(?:Destroy|Init)))$/u;

const timers = /^(?:Cron|Interval)$/u;

interface Method {
  readonly name: string | null;
  readonly fn: FunctionNode;
  readonly element: TSESTree.MethodDefinition | TSESTree.PropertyDefinition;
}

/** The methods of a decorated class that are handlers. */
export function collectDecorated(
  file: LangChainFile,
  node: ClassNode,
  extra: readonly ExtraHandler[],
  collector: Collector,
): void {
  const isNest = readNest(file, node);
  const added = extra.flatMap((each) => ('decorator' in each ? [each.decorator] : []));
  const isExtra = getDecorators(node).some((decorator) => isOneOf(file, decorator, added));
  for (const method of getMethods(node)) {
    if (isExtra || getDecorators(method.element).some((decorator) => isOneOf(file, decorator, added)))
      collector.add(method.fn, { name: 'custom', unit: 'request' });
    if (isNest) collectNestMethod(file, method, isNest, collector);
    for (const decorator of getDecorators(method.element)) {
      const read = readDecorator(file, decorator);
      const row =
        read?.export &&
        decoratorRows.find(({ names, sources }) => sources.test(read.export?.source ?? '') && names.test(read.name));
      if (row) collector.add(method.fn, row.framework);
    }
  }
}

function isOneOf(file: LangChainFile, decorator: TSESTree.Decorator, names: readonly string[]): boolean {
  const name = readDecorator(file, decorator)?.name;
  return name !== undefined && names.includes(name);
}

function getMethods(node: ClassNode): readonly Method[] {
  return node.body.body.flatMap((element): readonly Method[] => {
    if (element.type !== AST_NODE_TYPES.MethodDefinition && element.type !== AST_NODE_TYPES.PropertyDefinition)
      return [];
    const isMethod =
      element.type === AST_NODE_TYPES.PropertyDefinition || element.kind === 'constructor' || element.kind === 'method';
    return isMethod && !element.static && isFunction(element.value)
      ? [{ name: getKeyName(element), fn: element.value, element }]
      : [];
  });
}

// ── NestJS ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface NestClass {
  readonly unit: Framework['unit'];
  readonly isRequestScoped: boolean;
}

/** Null for a class that Nest does not run per request. */
function readNest(file: LangChainFile, node: ClassNode): NestClass | null {
  let unit: Framework['unit'] | null = null;
  let isRequestScoped = injectsRequest(file, node);
  for (const decorator of getDecorators(node)) {
    const read = readDecorator(file, decorator);
    if (!read) continue;
    const { name, arguments: given } = read;
    // A nest-commander command runs once, although it is injectable.
    if (name === 'Command' || name === 'SubCommand' || name === 'Console') return null;
    if (!read.export || !read.export.source.startsWith('@nestjs/') || !nestClasses.test(name)) continue;
    unit = name === 'Processor' ? 'job' : (unit ?? 'request');
    isRequestScoped ||= given.some(
      (argument) => argument.type === AST_NODE_TYPES.ObjectExpression && isScopedToRequest(argument),
    );
  }
  return unit && { unit, isRequestScoped };
}

/** `@Injectable({ scope: Scope.REQUEST })` */
function isScopedToRequest(options: TSESTree.ObjectExpression): boolean {
  return options.properties.some(
    (property) =>
      property.type === AST_NODE_TYPES.Property &&
      getKeyName(property) === 'scope' &&
      property.value.type === AST_NODE_TYPES.MemberExpression &&
      getKeyName(property.value) === 'REQUEST',
  );
}

/** `constructor(@Inject(REQUEST) private request: Request)` */
function injectsRequest(file: LangChainFile, node: ClassNode): boolean {
  const constructor = node.body.body.find(
    (element) => element.type === AST_NODE_TYPES.MethodDefinition && element.kind === 'constructor',
  );
  if (constructor?.type !== AST_NODE_TYPES.MethodDefinition) return false;
  return constructor.value.params.some((parameter) =>
    getDecorators(parameter).some((decorator) => {
      const token = readDecorator(file, decorator)?.arguments[0];
      return token?.type === AST_NODE_TYPES.Identifier && (token.name === 'REQUEST' || token.name === 'CONTEXT');
    }),
  );
}

function collectNestMethod(
  file: LangChainFile,
  { element, fn, name }: Method,
  { isRequestScoped, unit }: NestClass,
  collector: Collector,
): void {
  const decorators = getDecorators(element)
    .map((decorator) => readDecorator(file, decorator))
    .filter((decorator) => decorator !== null);
  const framework: Framework = { ...nest, unit: getUnit(decorators.map((decorator) => decorator.name)) ?? unit };
  if (decorators.some((decorator) => timers.test(decorator.name))) {
    collector.add(fn, { ...framework, unit: 'job', recurring: true });
    return;
  }
  const isConstructor = element.type === AST_NODE_TYPES.MethodDefinition && element.kind === 'constructor';
  if (isConstructor ? !isRequestScoped : lifecycle.test(name ?? '')) return;
  if (decorators.some((decorator) => decorator.name === 'Timeout')) return;
  // A private method belongs to its callers.
  const isPrivate = element.accessibility === 'private' || name?.startsWith('#') === true;
  if (isPrivate && decorators.length === 0) return;
  collector.add(fn, framework, { requestScopedThis: isRequestScoped });
}

function getUnit(decorators: readonly string[]): Framework['unit'] | null {
  if (decorators.some((name) => name === 'EventPattern' || name === 'OnEvent' || name === 'SubscribeMessage'))
    return 'event';
  if (decorators.includes('MessagePattern')) return 'message';
  return decorators.includes('Process') ? 'job' : null;
}

import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { ExportRef } from '../facts/export-ref.ts';
import type { LangChainFile } from '../trace/file.ts';
import { type Collector, findOriginExport, type Framework, getPath, imports } from './handler.ts';

/** A call that registers the functions in its arguments as handlers. */
interface Registration {
  readonly framework: Framework;
  /** Packages that the receiver, or the function itself, comes from. */
  readonly sources: RegExp;
  /** `method`: of something that the package made or exports; `function`: an export of it; `new`: a constructor. */
  readonly form: 'function' | 'method' | 'new';
  /** Names of the methods, or of the exports. */
  readonly names: RegExp;
  /** Properties of object arguments that hold handlers, beside functions handed over directly. */
  readonly keys?: RegExp;
  /** First arguments (event names) that say that it runs once per process or connection. */
  readonly except?: RegExp;
}

const routes = /^(?:all|connect|del|delete|get|head|options|patch|post|put|trace|use)$/u;

const rows: readonly Registration[] = [
  // Web servers
  {
    framework: { name: 'Express', unit: 'request' },
    sources: /^(?:express|express-promise-router|polka|restify|router|@tinyhttp\/app|ultimate-express)$/u,
    form: 'method',
    names: /^(?:all|del|delete|get|head|options|opts|param|patch|post|put|use|ws)$/u,
  },
  {
    framework: { name: 'Koa', unit: 'request' },
    sources: /^(?:koa|koa-router|@koa\/router)$/u,
    form: 'method',
    names: routes,
  },
  {
    framework: { name: 'Fastify', unit: 'request' },
    sources: /^fastify$/u,
    form: 'method',
    names: /^(?:addHook|all|delete|get|head|options|patch|post|put|route|setErrorHandler|setNotFoundHandler)$/u,
    keys: /^(?:handler|on(?:Error|Request|Response|Send)|pre(?:Handler|Parsing|Serialization|Validation))$/u,
    except: /^on(?:Close|Listen|Ready|Register|Route)$/u,
  },
  {
    framework: { name: 'Hono', unit: 'request' },
    sources: /^(?:hono|hono\/(?:quick|tiny|factory)|@hono\/zod-openapi)$/u,
    form: 'method',
    names:
      /^(?:all|createHandlers|createMiddleware|delete|get|head|notFound|on|onError|openapi|options|patch|post|put|use)$/u,
  },
  {
    framework: { name: 'Hono', unit: 'request' },
    sources: /^hono\/factory$/u,
    form: 'function',
    names: /^createMiddleware$/u,
  },
  {
    framework: { name: 'Elysia', unit: 'request' },
    sources: /^elysia$/u,
    form: 'method',
    names: /^(?:all|delete|derive|get|guard|head|onBeforeHandle|onRequest|options|patch|post|put|resolve|route|ws)$/u,
    keys: /^(?:after|before)Handle$|^message$/u,
  },
  {
    framework: { name: 'hapi', unit: 'request' },
    sources: /^@hapi\/hapi$/u,
    form: 'method',
    names: /^(?:ext|route)$/u,
    keys: /^handler$/u,
  },
  {
    framework: { name: 'next-connect', unit: 'request', serverless: true },
    sources: /^next-connect$/u,
    form: 'method',
    names: routes,
  },
  {
    framework: { name: 'Node', unit: 'request' },
    sources: /^https?2?$/u,
    form: 'function',
    names: /^create(?:Secure)?Server$/u,
  },
  {
    framework: { name: 'gRPC', unit: 'request' },
    sources: /^(?:@grpc\/grpc-js|grpc)$/u,
    form: 'method',
    names: /^addService$/u,
    keys: /./u,
  },
  {
    framework: { name: 'Nuxt', unit: 'request' },
    sources: /^(?:h3|nitro|nitropack|#imports|#nitro)(?:\/|$)/u,
    form: 'function',
    names:
      /^(?:cachedEventHandler|define(?:Cached)?(?:EventHandler|Handler)|defineRequestMiddleware|defineResponseMiddleware|defineWebSocketHandler|eventHandler)$/u,
    keys: /^(?:handler|message|on[A-Z].*)$/u,
  },
  {
    framework: { name: 'SvelteKit', unit: 'request' },
    sources: /^\$app\/server$/u,
    form: 'function',
    names: /^(?:command|form|prerender|query)$/u,
  },
  {
    framework: { name: 'TanStack Start', unit: 'request' },
    sources: /^@tanstack\/(?:react-|solid-)?start$/u,
    form: 'method',
    names: /^handler$/u,
  },
  {
    framework: { name: 'Astro', unit: 'request' },
    sources: /^astro:(?:actions|middleware)$/u,
    form: 'function',
    names: /^define(?:Action|Middleware)$/u,
    keys: /^handler$/u,
  },

  // Functions as a service
  {
    framework: { name: 'Azure Functions', unit: 'request', serverless: true },
    sources: /^@azure\/functions$/u,
    form: 'method',
    names: /./u,
    keys: /^handler$/u,
  },
  {
    framework: { name: 'Google Cloud Functions', unit: 'request', serverless: true },
    sources: /^@google-cloud\/functions-framework$/u,
    form: 'function',
    names: /^(?:cloudEvent|event|http)$/u,
  },
  {
    framework: { name: 'Firebase', unit: 'request', serverless: true },
    sources: /^firebase-functions(?:\/|$)/u,
    form: 'function',
    names: /(?:^|\.)on[A-Z]\w*$/u,
  },
  {
    framework: { name: 'Firebase', unit: 'event', serverless: true },
    sources: /^firebase-functions(?:\/|$)/u,
    form: 'method',
    names: /^on[A-Z]\w*$/u,
  },
  {
    framework: { name: 'Supabase', unit: 'request', serverless: true },
    sources:
      /^(?:https:\/\/deno\.land\/std(?:@[^/]+)?\/http\/(?:mod|server)\.ts|(?:jsr:)?@std\/http|std\/(?:http\/)?server(?:\.ts)?)/u,
    form: 'function',
    names: /^serve$/u,
  },
  {
    framework: { name: 'Upstash Workflow', unit: 'request', serverless: true },
    sources: /^@upstash\/workflow(?:\/|$)/u,
    form: 'function',
    names: /^serve$/u,
  },

  // Queues and events
  { framework: { name: 'BullMQ', unit: 'job' }, sources: /^bullmq$/u, form: 'new', names: /^Worker$/u },
  { framework: { name: 'Bull', unit: 'job' }, sources: /^(?:bull|bee-queue)$/u, form: 'method', names: /^process$/u },
  {
    framework: { name: 'Agenda', unit: 'job' },
    sources: /^agenda$|^@hokify\/agenda$/u,
    form: 'method',
    names: /^define$/u,
  },
  { framework: { name: 'pg-boss', unit: 'job' }, sources: /^pg-boss$/u, form: 'method', names: /^work$/u },
  {
    framework: { name: 'Inngest', unit: 'event', serverless: true },
    sources: /^inngest$/u,
    form: 'method',
    names: /^createFunction$/u,
  },
  {
    framework: { name: 'Trigger.dev', unit: 'job' },
    sources: /^@trigger\.dev\/sdk(?:\/v\d)?$/u,
    form: 'function',
    names: /^(?:schemaTask|task)$/u,
    keys: /^run$/u,
  },
  {
    framework: { name: 'Kafka', unit: 'message' },
    sources: /^(?:kafkajs|@confluentinc\/kafka-javascript)$/u,
    form: 'method',
    names: /^run$/u,
    keys: /^each(?:Batch|Message)$/u,
  },
  {
    framework: { name: 'SQS', unit: 'message' },
    sources: /^sqs-consumer$/u,
    form: 'method',
    names: /^create$/u,
    keys: /^handleMessage(?:Batch)?$/u,
  },
  { framework: { name: 'Socket.IO', unit: 'event' }, sources: /^socket\.io$/u, form: 'method', names: /^(?:on|use)$/u },
  {
    framework: { name: 'ws', unit: 'message' },
    sources: /^(?:ws|isomorphic-ws)$/u,
    form: 'method',
    names: /^(?:addEventListener|on)$/u,
  },

  // Bots
  {
    framework: { name: 'grammY', unit: 'message' },
    sources: /^(?:grammy|https:\/\/deno\.land\/x\/grammy)/u,
    form: 'method',
    names: /^(?:callbackQuery|chatType|command|filter|gameQuery|hears|inlineQuery|on|reaction|use)$/u,
  },
  {
    framework: { name: 'Telegraf', unit: 'message' },
    sources: /^telegraf$/u,
    form: 'method',
    names: /^(?:action|command|hears|help|inlineQuery|on|settings|start|use)$/u,
  },
  {
    framework: { name: 'Telegram', unit: 'message' },
    sources: /^node-telegram-bot-api$/u,
    form: 'method',
    names: /^on(?:Text)?$/u,
  },
  {
    framework: { name: 'discord.js', unit: 'message' },
    sources: /^(?:discord\.js|eris|oceanic\.js)$/u,
    form: 'method',
    names: /^on$/u,
    except: /^(?:client)?ready$|^error$|^warn$|^debug$/iu,
  },
  {
    framework: { name: 'Slack', unit: 'message' },
    sources: /^@slack\/bolt$/u,
    form: 'method',
    names: /^(?:action|assistant|command|event|message|options|shortcut|use|view)$/u,
  },
  {
    framework: { name: 'WhatsApp', unit: 'message' },
    sources: /^whatsapp-web\.js$/u,
    form: 'method',
    names: /^on$/u,
    except: /^(?:qr|ready|authenticated|auth_failure|disconnected)$/u,
  },
  {
    framework: { name: 'Bot Framework', unit: 'message' },
    sources: /^(?:botbuilder|@microsoft\/teams-ai)$/u,
    form: 'method',
    names: /^(?:activity|message|on[A-Z]\w*)$/u,
  },

  // Tools of other protocols
  {
    framework: { name: 'MCP', unit: 'tool call' },
    sources: /^@modelcontextprotocol\/sdk(?:\/|$)/u,
    form: 'method',
    names: /^(?:prompt|registerPrompt|registerResource|registerTool|resource|setRequestHandler|tool)$/u,
  },
];

/** Registrations through a global: `Deno.serve(fn)`; Nuxt imports its functions by itself. */
const globals: readonly Pick<Registration, 'framework' | 'keys' | 'names'>[] = [
  { framework: { name: 'Deno', unit: 'request' }, names: /^Deno\.serve$/u, keys: /^handler$/u },
  { framework: { name: 'Bun', unit: 'request' }, names: /^Bun\.serve$/u, keys: /^(?:fetch|message)$/u },
  {
    framework: { name: 'Cloudflare Workers', unit: 'request', serverless: true, cloudflare: true },
    names: /^(?:self\.)?addEventListener$/u,
  },
  {
    framework: { name: 'Nuxt', unit: 'request' },
    names: /^(?:cachedEventHandler|define(?:Cached)?EventHandler|defineWebSocketHandler|eventHandler)$/u,
    keys: /^(?:handler|message|on[A-Z].*)$/u,
  },
];

/** A call or construction that registers handlers with a framework. */
export function collectRegistration(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  collector: Collector,
): void {
  if (!node.arguments.some(mayHoldFunction)) return;
  const row = findRow(file, node);
  if (row) addArguments(node, adapt(file, row.framework), row.keys, collector);
  else if (node.type === AST_NODE_TYPES.CallExpression) {
    collectRoute(file, node, collector);
    collectProcedure(file, node, collector);
    collectConsumer(node, collector);
  }
}

function mayHoldFunction({ type }: TSESTree.Node): boolean {
  return type !== AST_NODE_TYPES.Literal && type !== AST_NODE_TYPES.TemplateLiteral;
}

function findRow(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): Pick<Registration, 'framework' | 'keys'> | null {
  const callee = unwrap(node.callee);
  const trace = file.trace(callee);
  if (trace.type === 'global') {
    const row = globals.find(({ names }) => names.test(trace.name.replace(/^globalThis\./u, '')));
    return row && (row.framework.cloudflare !== true || isFetchListener(node)) ? row : null;
  }
  if (trace.type === 'export') {
    const direct = findExportRow(trace.export, node.type === AST_NODE_TYPES.NewExpression ? 'new' : 'function');
    if (direct) return direct;
  }
  if (callee.type !== AST_NODE_TYPES.MemberExpression || node.type !== AST_NODE_TYPES.CallExpression) return null;
  const method = getKeyName(callee);
  if (method === null) return null;
  const candidates = rows.filter(({ form, names }) => form === 'method' && names.test(method));
  if (candidates.length === 0) return null;
  const origin = findOriginExport(file, callee.object);
  const row = origin && candidates.find(({ sources }) => sources.test(origin.source));
  return row && !isExcepted(row, node.arguments[0]) ? row : null;
}

function findExportRow(ref: ExportRef, form: Registration['form']): Registration | null {
  return rows.find((row) => row.form === form && row.sources.test(ref.source) && row.names.test(ref.name)) ?? null;
}

function isFetchListener({ arguments: [event] }: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  return event?.type === AST_NODE_TYPES.Literal && event.value === 'fetch';
}

/** `client.on('ready', …)`, `client.on(Events.ClientReady, …)` */
function isExcepted({ except }: Registration, event: TSESTree.Node | undefined): boolean {
  if (!except || !event) return false;
  if (event.type === AST_NODE_TYPES.Literal) return typeof event.value === 'string' && except.test(event.value);
  return event.type === AST_NODE_TYPES.MemberExpression && except.test(getKeyName(event) ?? '');
}

/** What the file tells of where the framework runs. */
function adapt(file: LangChainFile, framework: Framework): Framework {
  if (framework.name === 'Hono' && isWorker(file)) return { ...framework, serverless: true, cloudflare: true };
  if (framework.name === 'Deno' && /(?:^|\/)supabase\/functions\//u.test(getPath(file)))
    return { ...framework, name: 'Supabase', serverless: true };
  return framework;
}

/** A Hono application with bindings, or with something of Cloudflare's, runs in a Worker. */
function isWorker(file: LangChainFile): boolean {
  return (
    imports(file, /^(?:cloudflare:|@cloudflare\/|hono\/cloudflare-)/u) || /\bBindings\b/u.test(file.sourceCode.text)
  );
}

function addArguments(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  framework: Framework,
  keys: RegExp | undefined,
  collector: Collector,
): void {
  for (const argument of node.arguments) {
    const expression = unwrap(argument);
    if (expression.type === AST_NODE_TYPES.ObjectExpression) addProperties(expression, framework, keys, collector);
    else collector.add(expression, framework);
  }
}

/** Adds the functions that literal properties of these names hold. */
export function addProperties(
  object: TSESTree.ObjectExpression,
  framework: Framework,
  keys: RegExp | undefined,
  collector: Collector,
): void {
  for (const property of object.properties) {
    if (property.type === AST_NODE_TYPES.Property && keys?.test(getKeyName(property) ?? '') === true)
      collector.add(property.value, framework);
  }
}

/** `app.post('/ask', fn)` where the application comes from a parameter or from another module of the application. */
function collectRoute(file: LangChainFile, node: TSESTree.CallExpression, collector: Collector): void {
  const callee = unwrap(node.callee);
  if (
    callee.type !== AST_NODE_TYPES.MemberExpression ||
    !routes.test(getKeyName(callee) ?? '') ||
    !isRoutePath(node.arguments[0])
  )
    return;
  const origin = findOriginExport(file, callee.object);
  const isUnseen = origin === null ? isParameter(file, callee.object) : isOwnModule(origin);
  if (isUnseen) addArguments(node, { name: 'HTTP', unit: 'request' }, /^handler$/u, collector);
}

function isParameter(file: LangChainFile, receiver: TSESTree.Node): boolean {
  let root = unwrap(receiver);
  while (root.type === AST_NODE_TYPES.MemberExpression || root.type === AST_NODE_TYPES.CallExpression) {
    root = unwrap(root.type === AST_NODE_TYPES.MemberExpression ? root.object : root.callee);
  }
  return (
    root.type === AST_NODE_TYPES.Identifier &&
    file.trace(root).type === 'unknown' &&
    file.scopes.findVariable(root)?.defs[0]?.type === 'Parameter'
  );
}

function isRoutePath(path: TSESTree.Node | undefined): boolean {
  if (path?.type === AST_NODE_TYPES.TemplateLiteral) return path.quasis[0]?.value.raw.startsWith('/') === true;
  return path?.type === AST_NODE_TYPES.Literal && typeof path.value === 'string' && path.value.startsWith('/');
}

/** `./app`, `@/app`, `~/app`, `#app` */
function isOwnModule({ source }: ExportRef): boolean {
  return /^(?:[.#]|[@~]\/)/u.test(source);
}

/**
 * tRPC: `publicProcedure.input(schema).mutation(async ({ input }) => …)`; the procedures come from a module of the
 * application.
 */
function collectProcedure(file: LangChainFile, node: TSESTree.CallExpression, collector: Collector): void {
  const callee = unwrap(node.callee);
  if (
    callee.type !== AST_NODE_TYPES.MemberExpression ||
    !/^(?:mutation|query|subscription)$/u.test(getKeyName(callee) ?? '')
  )
    return;
  if (isProcedure(file, callee.object)) collector.add(node.arguments[0], { name: 'tRPC', unit: 'request' });
}

function isProcedure(file: LangChainFile, receiver: TSESTree.Node): boolean {
  for (
    let current = unwrap(receiver);
    ;
    current = unwrap(current.type === AST_NODE_TYPES.CallExpression ? current.callee : current.object)
  ) {
    if (current.type === AST_NODE_TYPES.Identifier)
      return /[pP]rocedure$/u.test(current.name) || findOriginExport(file, current)?.source === '@trpc/server';
    if (current.type === AST_NODE_TYPES.MemberExpression && /[pP]rocedure$/u.test(getKeyName(current) ?? ''))
      return true;
    if (current.type !== AST_NODE_TYPES.MemberExpression && current.type !== AST_NODE_TYPES.CallExpression)
      return false;
  }
}

/** `consumer.run({ eachMessage: async ({ message }) => … })`, wherever the consumer comes from. */
function collectConsumer(node: TSESTree.CallExpression, collector: Collector): void {
  const callee = unwrap(node.callee);
  const options = node.arguments[0] && unwrap(node.arguments[0]);
  if (
    callee.type !== AST_NODE_TYPES.MemberExpression ||
    getKeyName(callee) !== 'run' ||
    options?.type !== AST_NODE_TYPES.ObjectExpression
  )
    return;
  addProperties(options, { name: 'Kafka', unit: 'message' }, /^each(?:Batch|Message)$/u, collector);
}

/**
 * GraphQL: `const resolvers = { Query: { answer: async () => … } }`, and `resolve` functions of schemas built in code.
 */
export function collectResolvers(file: LangChainFile, node: TSESTree.Property, collector: Collector): void {
  const framework: Framework = { name: 'GraphQL', unit: 'request' };
  const name = getKeyName(node);
  if (name === 'resolve' && isFunction(node.value) && imports(file, /^(?:graphql|@pothos\/core|nexus)$/u))
    collector.add(node.value, framework);
  if (name === null || !/^(?:Mutation|Query|Subscription)$/u.test(name)) return;
  const fields = file.trace(node.value);
  if (fields.type !== 'object' || !isResolverMap(file, node.parent)) return;
  for (const field of fields.node.properties) {
    if (field.type !== AST_NODE_TYPES.Property) continue;
    const value = unwrap(field.value);
    if (value.type === AST_NODE_TYPES.ObjectExpression)
      addProperties(value, framework, /^(?:resolve|subscribe)$/u, collector);
    else collector.add(value, framework);
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

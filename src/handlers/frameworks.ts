/**
 * What runs a handler. A framework is one constant with all that is known of it; add one to {@link frameworks} and
 * nothing else.
 */
export interface Framework {
  readonly name: string;
  /** What it runs the handler once per, for messages. */
  readonly unit: 'chain step' | 'event' | 'graph step' | 'job' | 'message' | 'request' | 'tool call';
  /** The process may stop when the handler has returned. */
  readonly serverless?: boolean;
  /** Sockets do not outlive a request. */
  readonly cloudflare?: boolean;
  /**
   * It runs on a timer, or as a step of a chain: a blocking call in it stalls all requests, but a client is not built
   * in it once per request.
   */
  readonly blockingOnly?: boolean;
}

/** What a row may say otherwise than its framework. */
type Differences = Partial<Pick<Framework, 'blockingOnly' | 'serverless' | 'unit'>>;

/** A call that registers the functions in its arguments as handlers: `app.post('/ask', fn)`. */
export interface CallRow extends Differences {
  /**
   * `function`: of an export; `global`: of a global; `method`: of something that a package made or exports; `new`: of a
   * constructor.
   */
  readonly form: 'function' | 'global' | 'method' | 'new';
  /** The export, global or method; members are dotted: `Deno.serve`, `https.onRequest`. */
  readonly names: RegExp;
  /** Packages that the receiver, or the function itself, comes from; absent for a global. */
  readonly sources?: Sources;
  /**
   * Receivers of a method beside those of the packages. `any`; `unseen`: a parameter without a type, or something of
   * another module of the application; a pattern: one of the names in front of the method, as in `adminProcedure.input(…)`.
   */
  readonly receivers?: RegExp | 'any' | 'unseen';
  /** Whether a receiver that another file of the project exports is followed to its package. */
  readonly shared?: boolean;
  /** The first argument, a text or the last name of `Events.Ready`; only a template's text before its first value. */
  readonly first?: RegExp;
  /** First arguments that say that it runs once per process or connection. */
  readonly except?: RegExp;
  /** The only argument that holds handlers, from the end where negative; absent: each may. */
  readonly argument?: number;
  /** Properties of object arguments that hold handlers, beside functions handed over directly. */
  readonly keys?: RegExp;
  /** How deep these stand: with 3, `keys` is asked for `routes./ask.POST` too. */
  readonly depth?: number;
  /** Whether only properties are handlers, never the argument itself. */
  readonly keysOnly?: boolean;
}

/** A handler by the name that a file of this path, or with these imports, exports it by. */
export interface ExportRow extends Differences, Places {
  readonly names: RegExp;
  /** For an exported object: the properties that hold handlers. */
  readonly keys?: RegExp;
  /** It is something else in a file that imports one of these, or exports one of these names. */
  readonly unless?: { readonly imports: RegExp; readonly exports: RegExp };
}

/** A type by which a function is known to be a handler, wherever it is registered. */
export interface TypeRow extends Differences {
  readonly names: RegExp;
  /** Packages that the type must come from; absent for a name that nothing else has. */
  readonly sources?: Sources;
}

/** A decorator of methods. */
interface DecoratorRow extends Differences {
  readonly names: RegExp;
  readonly sources: Sources;
}

interface Sources {
  test(source: string): boolean;
}

/** Any of these; none: everywhere. */
export interface Places {
  /** The file's path, with forward slashes. */
  readonly path?: RegExp;
  /** Packages that the file imports. */
  readonly imports?: RegExp;
  /** What the file's text names. */
  readonly text?: RegExp;
}

export interface FrameworkRow extends Framework {
  readonly calls?: readonly CallRow[];
  readonly exports?: readonly ExportRow[];
  /** Types of parameters. */
  readonly parameters?: readonly TypeRow[];
  /** Types of whole functions. */
  readonly functions?: readonly TypeRow[];
  readonly decorators?: readonly DecoratorRow[];
  /** What it is in files of these places. */
  readonly variants?: readonly { readonly where: Places; readonly is: Partial<Framework> }[];
}

const routes = /^(?:all|connect|del|delete|get|head|options|patch|post|put|trace|use)$/u;
const verbs = /^(?:DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)$/u;

export const express: FrameworkRow = {
  name: 'Express',
  unit: 'request',
  calls: [
    {
      form: 'method',
      sources: /^(?:express|express-promise-router|polka|restify|router|@tinyhttp\/app|ultimate-express)$/u,
      names: /^(?:all|del|delete|get|head|options|opts|param|patch|post|put|use|ws)$/u,
    },
  ],
  parameters: [{ names: /^(?:NextFunction|Request|Response)$/u, sources: /^express(?:-serve-static-core)?$/u }],
  functions: [{ names: /^(?:express\.)?(?:Error)?RequestHandler$/u }, { names: /^Handler$/u, sources: /^express$/u }],
};

export const bun: FrameworkRow = {
  name: 'Bun',
  unit: 'request',
  calls: [{ form: 'global', names: /^Bun\.serve$/u, keys: /^(?:fetch|message)$/u }],
};

/** Its resolvers are known by the objects that they stand in. */
export const graphql: FrameworkRow = { name: 'GraphQL', unit: 'request' };

/** Its classes are read as a whole. */
export const nest: FrameworkRow = { name: 'NestJS', unit: 'request' };

export const next: FrameworkRow = {
  name: 'Next.js',
  unit: 'request',
  serverless: true,
  exports: [
    { names: verbs, path: /(?:^|\/)route\.[cm]?[jt]sx?$/u },
    { names: /^default$/u, path: /(?:^|\/)pages\/api\/.*\.[cm]?[jt]sx?$/u },
    { names: /^getServerSideProps$/u, path: /(?:^|\/)pages\//u },
  ],
  parameters: [{ names: /^Next(?:Api)?(?:Request|Response)$/u }, { names: /^Vercel(?:Request|Response)$/u }],
  functions: [{ names: /^(?:GetServerSideProps|NextApiHandler|NextMiddleware|VercelApiHandler)$/u }],
};

/** `export default { fetch() { … } }` is read beside it: it may stand behind wrappers. */
export const cloudflare: FrameworkRow = {
  name: 'Cloudflare Workers',
  unit: 'request',
  serverless: true,
  cloudflare: true,
  calls: [{ form: 'global', names: /^(?:self\.)?addEventListener$/u, first: /^fetch$/u }],
  exports: [{ names: /^onRequest(?:Delete|Get|Head|Options|Patch|Post|Put)?$/u, path: /(?:^|\/)functions\//u }],
  functions: [{ names: /^(?:ExportedHandlerFetchHandler|PagesFunction)$/u }],
};

/** Its tools and nodes are read by tools.ts. */
export const langchain: FrameworkRow = {
  name: 'LangChain',
  unit: 'tool call',
  parameters: [{ names: /^ToolRuntime$/u }],
};

export const langgraph: FrameworkRow = {
  name: 'LangGraph',
  unit: 'graph step',
  parameters: [{ names: /^LangGraphRunnableConfig$/u }],
  functions: [{ names: /^GraphNode$/u }],
};

/** All frameworks, one row each. The first to name a function decides what runs it. */
const frameworks: readonly FrameworkRow[] = [
  // Web servers
  express,
  {
    name: 'Koa',
    unit: 'request',
    calls: [{ form: 'method', sources: /^(?:koa|koa-router|@koa\/router)$/u, names: routes }],
    parameters: [{ names: /^(?:Context|ParameterizedContext|RouterContext)$/u, sources: /^@?koa(?:[-/]|$)/u }],
    functions: [{ names: /^Middleware$/u, sources: /^@?koa(?:[-/]|$)/u }],
  },
  {
    name: 'Fastify',
    unit: 'request',
    calls: [
      {
        form: 'method',
        sources: /^fastify$/u,
        names: /^(?:addHook|all|delete|get|head|options|patch|post|put|route|setErrorHandler|setNotFoundHandler)$/u,
        keys: /^(?:handler|on(?:Error|Request|Response|Send)|pre(?:Handler|Parsing|Serialization|Validation))$/u,
        except: /^on(?:Close|Listen|Ready|Register|Route)$/u,
      },
    ],
    parameters: [{ names: /^Fastify(?:Reply|Request)$/u }],
    functions: [{ names: /^RouteHandler(?:Method)?$/u }],
  },
  {
    name: 'Hono',
    unit: 'request',
    calls: [
      {
        form: 'method',
        sources: /^(?:hono|hono\/(?:quick|tiny|factory)|@hono\/zod-openapi)$/u,
        names:
          /^(?:all|createHandlers|createMiddleware|delete|get|head|notFound|on|onError|openapi|options|patch|post|put|use)$/u,
      },
      { form: 'function', sources: /^hono\/factory$/u, names: /^createMiddleware$/u },
    ],
    parameters: [{ names: /^Context$/u, sources: /^hono(?:\/|$)/u }],
    functions: [{ names: /^(?:Handler|MiddlewareHandler)$/u, sources: /^hono(?:\/|$)/u }],
    variants: [
      {
        // An application with bindings, or with something of Cloudflare's, runs in a Worker.
        where: { imports: /^(?:cloudflare:|@cloudflare\/|hono\/cloudflare-)/u, text: /\bBindings\b/u },
        is: { serverless: true, cloudflare: true },
      },
    ],
  },
  {
    name: 'Elysia',
    unit: 'request',
    calls: [
      {
        form: 'method',
        sources: /^elysia$/u,
        names:
          /^(?:all|delete|derive|get|guard|head|onBeforeHandle|onRequest|options|patch|post|put|resolve|route|ws)$/u,
        keys: /^(?:after|before)Handle$|^message$/u,
      },
    ],
    parameters: [{ names: /^Context$/u, sources: /^elysia$/u }],
  },
  {
    name: 'hapi',
    unit: 'request',
    calls: [{ form: 'method', sources: /^@hapi\/hapi$/u, names: /^(?:ext|route)$/u, keys: /^handler$/u }],
  },
  {
    name: 'Node',
    unit: 'request',
    calls: [{ form: 'function', sources: /^https?2?$/u, names: /^create(?:Secure)?Server$/u }],
  },
  {
    name: 'Deno',
    unit: 'request',
    calls: [{ form: 'global', names: /^Deno\.serve$/u, keys: /^handler$/u }],
    variants: [{ where: { path: /(?:^|\/)supabase\/functions\//u }, is: { name: 'Supabase', serverless: true } }],
  },
  bun,
  {
    name: 'gRPC',
    unit: 'request',
    calls: [{ form: 'method', sources: /^(?:@grpc\/grpc-js|grpc)$/u, names: /^addService$/u, keys: /./u }],
  },
  {
    name: 'AdonisJS',
    unit: 'request',
    parameters: [{ names: /^HttpContext(?:Contract)?$/u, sources: /^(?:@adonisjs\/core\/|@ioc:Adonis)/u }],
  },
  // `app.post('/ask', fn)` where the application comes from a parameter or from another module of the application.
  {
    name: 'HTTP',
    unit: 'request',
    calls: [{ form: 'method', receivers: 'unseen', names: routes, first: /^\//u, keys: /^handler$/u }],
  },
  graphql,
  // `publicProcedure.input(schema).mutation(async ({ input }) => …)`; procedures often come from another module.
  {
    name: 'tRPC',
    unit: 'request',
    calls: [
      {
        form: 'method',
        sources: /^@trpc\/server$/u,
        receivers: /[pP]rocedure$/u,
        names: /^(?:mutation|query|subscription)$/u,
        argument: 0,
      },
    ],
  },
  // Classes
  nest,
  {
    name: 'routing-controllers',
    unit: 'request',
    decorators: [{ sources: /^routing-controllers$/u, names: /^(?:All|Delete|Get|Head|Method|Patch|Post|Put)$/u }],
  },
  {
    name: 'TypeGraphQL',
    unit: 'request',
    decorators: [{ sources: /^type-graphql$/u, names: /^(?:FieldResolver|Mutation|Query|Subscription)$/u }],
  },
  {
    name: 'Ts.ED',
    unit: 'request',
    decorators: [{ sources: /^@tsed\//u, names: /^(?:All|Delete|Get|Patch|Post|Put)$/u }],
  },
  {
    name: 'tsoa',
    unit: 'request',
    decorators: [{ sources: /^@?tsoa(?:\/|$)/u, names: /^(?:Delete|Get|Patch|Post|Put)$/u }],
  },
  // Sites
  next,
  {
    name: 'next-connect',
    unit: 'request',
    serverless: true,
    calls: [{ form: 'method', sources: /^next-connect$/u, names: routes }],
  },
  // Nuxt imports its functions by itself.
  {
    name: 'Nuxt',
    unit: 'request',
    calls: [
      {
        form: 'function',
        sources: /^(?:h3|nitro|nitropack|#imports|#nitro)(?:\/|$)/u,
        names:
          /^(?:cachedEventHandler|define(?:Cached)?(?:EventHandler|Handler)|defineRequestMiddleware|defineResponseMiddleware|defineWebSocketHandler|eventHandler)$/u,
        keys: /^(?:handler|message|on[A-Z].*)$/u,
      },
      {
        form: 'global',
        names: /^(?:cachedEventHandler|define(?:Cached)?EventHandler|defineWebSocketHandler|eventHandler)$/u,
        keys: /^(?:handler|message|on[A-Z].*)$/u,
      },
    ],
    parameters: [{ names: /^H3Event$/u }],
  },
  {
    name: 'SvelteKit',
    unit: 'request',
    calls: [{ form: 'function', sources: /^\$app\/server$/u, names: /^(?:command|form|prerender|query)$/u }],
    exports: [
      { names: /^(?:DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT|fallback)$/u, path: /(?:^|\/)\+server\.[jt]s$/u },
      { names: /^(?:actions|load)$/u, path: /(?:^|\/)\+(?:layout|page)\.server\.[jt]s$/u, keys: /./u },
      { names: /^handle$/u, path: /(?:^|\/)hooks\.server\.[jt]s$/u },
    ],
    parameters: [{ names: /^(?:RequestEvent|ServerLoadEvent)$/u }],
    functions: [{ names: /^(?:Layout|Page)ServerLoad$/u }],
  },
  {
    name: 'React Router',
    unit: 'request',
    exports: [
      {
        names: /^(?:action|loader)$/u,
        path: /(?:^|\/)(?:routes\/|app\/root\.)/u,
        imports: /^(?:@remix-run\/|@react-router\/|react-router(?:$|\/))/u,
      },
    ],
    parameters: [{ names: /^(?:Route\.)?(?:Action|Loader)(?:Function)?Args$/u }],
    functions: [{ names: /^(?:Action|Loader)Function$/u }],
  },
  {
    name: 'TanStack Start',
    unit: 'request',
    calls: [{ form: 'method', sources: /^@tanstack\/(?:react-|solid-)?start$/u, names: /^handler$/u }],
  },
  {
    name: 'Astro',
    unit: 'request',
    calls: [
      {
        form: 'function',
        sources: /^astro:(?:actions|middleware)$/u,
        names: /^define(?:Action|Middleware)$/u,
        keys: /^handler$/u,
      },
    ],
    functions: [{ names: /^APIRoute$/u }],
  },
  // Functions as a service
  {
    name: 'Netlify',
    unit: 'request',
    serverless: true,
    exports: [{ names: /^default$/u, path: /(?:^|\/)netlify\/(?:edge-)?functions\//u }],
  },
  cloudflare,
  {
    name: 'AWS Lambda',
    unit: 'event',
    serverless: true,
    exports: [
      {
        names: /^(?:handler|lambdaHandler)$/u,
        keys: verbs,
        // A module of yargs exports a `handler` too, beside its `command`.
        unless: {
          imports: /^(?:yargs|@oclif\/core|commander|cac|clipanion)(?:$|\/)/u,
          exports: /^(?:builder|command|describe)$/u,
        },
      },
    ],
    parameters: [
      {
        names:
          /^(?:APIGateway\w*Event(?:V2)?|ALBEvent|DynamoDBStreamEvent|EventBridgeEvent|KinesisStreamEvent|LambdaFunctionURLEvent|S3Event|SNSEvent|SQSEvent)$/u,
      },
      { names: /^(?:Context|Handler\w*Event)$/u, sources: /^(?:aws-lambda|@netlify\/functions)$/u },
    ],
    functions: [
      {
        names:
          /^(?:ALB|APIGateway\w*|DynamoDBStream|EventBridge|KinesisStream|LambdaFunctionURL|S3|SNS|SQS|Scheduled)Handler(?:V2)?$/u,
      },
      { names: /^(?:Handler|StreamifyHandler)$/u, sources: /^(?:aws-lambda|@netlify\/functions)$/u },
    ],
  },
  {
    name: 'Azure Functions',
    unit: 'request',
    serverless: true,
    calls: [{ form: 'method', sources: /^@azure\/functions$/u, names: /./u, keys: /^handler$/u }],
    parameters: [{ names: /^(?:HttpRequest|InvocationContext)$/u, sources: /^@azure\/functions$/u }],
    functions: [{ names: /^(?:AzureFunction|HttpHandler)$/u, sources: /^@azure\/functions$/u }],
  },
  {
    name: 'Google Cloud Functions',
    unit: 'request',
    serverless: true,
    calls: [
      { form: 'function', sources: /^@google-cloud\/functions-framework$/u, names: /^(?:cloudEvent|event|http)$/u },
    ],
  },
  {
    name: 'Firebase',
    unit: 'request',
    serverless: true,
    calls: [
      { form: 'function', sources: /^firebase-functions(?:\/|$)/u, names: /(?:^|\.)on[A-Z]\w*$/u },
      { form: 'method', sources: /^firebase-functions(?:\/|$)/u, names: /^on[A-Z]\w*$/u, unit: 'event' },
    ],
  },
  {
    name: 'Supabase',
    unit: 'request',
    serverless: true,
    calls: [
      {
        form: 'function',
        sources:
          /^(?:https:\/\/deno\.land\/std(?:@[^/]+)?\/http\/(?:mod|server)\.ts|(?:jsr:)?@std\/http|std\/(?:http\/)?server(?:\.ts)?)/u,
        names: /^serve$/u,
      },
    ],
  },
  {
    name: 'Upstash Workflow',
    unit: 'request',
    serverless: true,
    calls: [{ form: 'function', sources: /^@upstash\/workflow(?:\/|$)/u, names: /^serve$/u }],
  },
  // Queues and events
  {
    name: 'BullMQ',
    unit: 'job',
    calls: [{ form: 'new', sources: /^bullmq$/u, names: /^Worker$/u }],
    parameters: [{ names: /^(?:Sandboxed)?Job$/u, sources: /^(?:bullmq|bull)$/u }],
    functions: [{ names: /^Processor$/u, sources: /^bullmq$/u }],
  },
  {
    name: 'Bull',
    unit: 'job',
    calls: [{ form: 'method', sources: /^(?:bull|bee-queue)$/u, names: /^process$/u }],
  },
  {
    name: 'Agenda',
    unit: 'job',
    calls: [{ form: 'method', sources: /^agenda$|^@hokify\/agenda$/u, names: /^define$/u }],
  },
  {
    name: 'pg-boss',
    unit: 'job',
    calls: [{ form: 'method', sources: /^pg-boss$/u, names: /^work$/u }],
  },
  {
    name: 'Inngest',
    unit: 'event',
    serverless: true,
    calls: [{ form: 'method', sources: /^inngest$/u, names: /^createFunction$/u }],
  },
  {
    name: 'Trigger.dev',
    unit: 'job',
    calls: [
      {
        form: 'function',
        sources: /^@trigger\.dev\/sdk(?:\/v\d)?$/u,
        names: /^(?:schemaTask|task)$/u,
        keys: /^run$/u,
      },
    ],
  },
  // A consumer is known by the names of its options, wherever it comes from.
  {
    name: 'Kafka',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:kafkajs|@confluentinc\/kafka-javascript)$/u,
        names: /^run$/u,
        keys: /^each(?:Batch|Message)$/u,
      },
      {
        form: 'method',
        receivers: 'any',
        names: /^run$/u,
        argument: 0,
        keys: /^each(?:Batch|Message)$/u,
        keysOnly: true,
      },
    ],
    parameters: [{ names: /^Each(?:Batch|Message)Payload$/u }],
  },
  {
    name: 'SQS',
    unit: 'message',
    calls: [{ form: 'method', sources: /^sqs-consumer$/u, names: /^create$/u, keys: /^handleMessage(?:Batch)?$/u }],
  },
  {
    name: 'Socket.IO',
    unit: 'event',
    calls: [{ form: 'method', sources: /^socket\.io$/u, names: /^(?:on|use)$/u }],
  },
  {
    name: 'ws',
    unit: 'message',
    calls: [{ form: 'method', sources: /^(?:ws|isomorphic-ws)$/u, names: /^(?:addEventListener|on)$/u }],
  },
  // Bots
  {
    name: 'grammY',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:grammy|https:\/\/deno\.land\/x\/grammy)/u,
        names: /^(?:callbackQuery|chatType|command|filter|gameQuery|hears|inlineQuery|on|reaction|use)$/u,
      },
    ],
  },
  {
    name: 'Telegraf',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^telegraf$/u,
        names: /^(?:action|command|hears|help|inlineQuery|on|settings|start|use)$/u,
      },
    ],
  },
  {
    name: 'Telegram',
    unit: 'message',
    calls: [{ form: 'method', sources: /^node-telegram-bot-api$/u, names: /^on(?:Text)?$/u }],
  },
  {
    name: 'discord.js',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:discord\.js|eris|oceanic\.js)$/u,
        names: /^on$/u,
        except: /^(?:client)?ready$|^error$|^warn$|^debug$/iu,
      },
    ],
  },
  {
    name: 'Slack',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^@slack\/bolt$/u,
        names: /^(?:action|assistant|command|event|message|options|shortcut|use|view)$/u,
      },
    ],
  },
  {
    name: 'WhatsApp',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^whatsapp-web\.js$/u,
        names: /^on$/u,
        except: /^(?:qr|ready|authenticated|auth_failure|disconnected)$/u,
      },
    ],
  },
  {
    name: 'Bot Framework',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:botbuilder|@microsoft\/teams-ai)$/u,
        names: /^(?:activity|message|on[A-Z]\w*)$/u,
      },
    ],
  },
  // Tools and steps
  {
    name: 'MCP',
    unit: 'tool call',
    calls: [
      {
        form: 'method',
        sources: /^@modelcontextprotocol\/sdk(?:\/|$)/u,
        names: /^(?:prompt|registerPrompt|registerResource|registerTool|resource|setRequestHandler|tool)$/u,
      },
    ],
  },
  langchain,
  langgraph,
];

/** A row with what runs the handlers that it finds. */
export type Known<Row> = Row & { readonly framework: FrameworkRow };

function join<Row extends Differences>(
  of: readonly FrameworkRow[],
  getRows: (framework: FrameworkRow) => readonly Row[] | undefined,
): readonly Known<Row>[] {
  return of.flatMap((framework) =>
    (getRows(framework) ?? []).map((row) => ({ ...row, framework: { ...framework, ...getDifferences(row) } })),
  );
}

function getDifferences({ blockingOnly, serverless, unit }: Differences): Differences {
  return {
    ...(blockingOnly !== undefined && { blockingOnly }),
    ...(serverless !== undefined && { serverless }),
    ...(unit !== undefined && { unit }),
  };
}

export function getCallRows(of: readonly FrameworkRow[]): readonly Known<CallRow>[] {
  return join(of, ({ calls }) => calls);
}

export const callRows = getCallRows(frameworks);
export const decoratorRows = join(frameworks, ({ decorators }) => decorators);
export const exportRows = join(frameworks, ({ exports }) => exports);
export const functionRows = join(frameworks, ({ functions }) => functions);
export const parameterRows = join(frameworks, ({ parameters }) => parameters);

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
   * It runs as a step of a chain: a blocking call in it stalls all requests, but a client is not built in it once per
   * request.
   */
  readonly blockingOnly?: boolean;
  /** It runs on a timer: a blocking call stalls the rest, and a pool per run leaks; a model per run costs nothing. */
  readonly recurring?: boolean;
}

/** What a row may say otherwise than its framework. */
type Differences = Partial<Pick<Framework, 'blockingOnly' | 'recurring' | 'serverless' | 'unit'>>;

/** A call that registers the functions in its arguments as handlers: `app.post('/ask', fn)`. */
export interface CallRow extends Differences {
  /**
   * `assigned`: no call, but the method is assigned: `ws.onmessage = fn`; `curried`: of what a call of an export
   * returns, `createFileRoute('/ask')({ … })`; `function`: of an export; `global`: of a global; `method`: of something
   * that a package made or exports; `new`: of a constructor.
   */
  readonly form: 'assigned' | 'curried' | 'function' | 'global' | 'method' | 'new';
  /** The export, global or method; members are dotted: `Deno.serve`, `https.onRequest`. */
  readonly names: RegExp;
  /** Packages that the receiver, or the function itself, comes from; absent for a global. */
  readonly sources?: Sources;
  /**
   * Receivers of a method beside those of the packages. `any`; `unseen`: a parameter without a type, or something of
   * another module of the application; a pattern: one of the names in front of the method, as in
   * `adminProcedure.input(…)`.
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
  /** Whether only these are handlers, never what is exported itself. */
  readonly keysOnly?: boolean;
  /** Whether it may run when the site is built, so that only a function that reads the request counts. */
  readonly perRequest?: boolean;
  /** Whether a function that returns an object of functions only makes the handlers. */
  readonly factories?: boolean;
  /** Packages of which the project has one. */
  readonly dependsOn?: readonly string[];
  /** What its first parameter is called. */
  readonly takes?: RegExp;
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

/** Vercel's stands at the root of the project: `src/api` may hold the clients of another API. */
const apiFolder =
  /\.[cm]?[jt]sx?$(?<=(?:^|(?<!(?:^|\/)(?:app|client|core|lib|pages|server|shared|src|utils))\/)api\/.*)/u;

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
  calls: [
    {
      form: 'global',
      names: /^Bun\.serve$/u,
      keys: /^(?:fetch|(?:websocket\.)?(?:message|open))$|^routes\./u,
      depth: 3,
    },
    {
      form: 'function',
      sources: /^bun$/u,
      names: /^serve$/u,
      keys: /^(?:fetch|websocket\.message)$|^routes\./u,
      depth: 3,
    },
  ],
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
    { names: /^default$/u, path: /\.[cm]?[jt]sx?$(?<=(?:^|\/)pages\/api\/.*)/u },
    { names: /^getServerSideProps$/u, path: /(?:^|\/)pages\//u },
    {
      names: /^(?:default|generateMetadata|generateViewport)$/u,
      path: /\/(?:default|layout|not-found|opengraph-image|page|template|twitter-image)\.[cm]?[jt]sx?$(?<=(?:^|\/)app\/.*)/u,
      perRequest: true,
    },
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
        sources: /^fastify(?:-plugin)?$/u,
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
    name: 'Oak',
    unit: 'request',
    calls: [{ form: 'method', sources: /^@oak\/oak$|^https:\/\/deno\.land\/x\/oak[@/]/u, names: routes }],
  },
  {
    name: 'H3',
    unit: 'request',
    calls: [{ form: 'method', sources: /^h3$/u, names: routes, keys: /^handler$/u }],
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
    calls: [
      { form: 'method', receivers: 'unseen', names: routes, first: /^\//u, keys: /^handler$/u },
      // `fastify.route({ method: 'POST', url: '/ask', handler })`
      { form: 'method', receivers: 'unseen', names: /^route$/u, argument: 0, keys: /^handler$/u, keysOnly: true },
    ],
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
  {
    name: 'oRPC',
    unit: 'request',
    calls: [
      {
        form: 'method',
        sources: /^@orpc\/server(?:\/|$)/u,
        shared: true,
        names: /^(?:func|handler|use)$/u,
        argument: -1,
      },
    ],
  },
  {
    name: 'ts-rest',
    unit: 'request',
    calls: [
      {
        form: 'method',
        sources: /^@ts-rest\/(?:express|fastify|next|serverless)/u,
        names: /^router$/u,
        argument: 1,
        keys: /./u,
      },
    ],
  },
  {
    name: 'Encore',
    unit: 'request',
    calls: [{ form: 'function', sources: /^encore\.dev\/api$/u, names: /^api(?:\.(?:raw|stream\w*))?$/u }],
  },
  {
    name: 'Convex',
    unit: 'request',
    serverless: true,
    calls: [
      {
        form: 'function',
        sources: /(?:^|\/)_generated\/server(?:\.[jt]s)?$|^convex\/server$/u,
        names: /^(?:internal)?(?:action|mutation|query)(?:Generic)?$|^httpAction(?:Generic)?$/iu,
        keys: /^handler$/u,
      },
    ],
  },
  {
    name: 'next-safe-action',
    unit: 'request',
    serverless: true,
    calls: [
      {
        form: 'method',
        sources: /^next-safe-action(?:\/|$)/u,
        receivers: /[aA]ctionClient$/u,
        shared: true,
        names: /^(?:action|stateAction|use)$/u,
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
    name: 'Vercel',
    unit: 'request',
    serverless: true,
    exports: [
      {
        names: verbs,
        path: apiFolder,
      },
      { names: /^default$/u, path: apiFolder, takes: /^_?req(?:uest)?$/u },
    ],
  },
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
    calls: [
      {
        form: 'method',
        sources: /^@tanstack\/(?:react-|solid-)?start(?:\/|$)/u,
        shared: true,
        names: /^(?:handler|server)$/u,
      },
      {
        form: 'method',
        sources: /^@tanstack\/(?:react-|solid-)?start(?:\/|$)/u,
        names: /^methods$/u,
        keys: /^[A-Z]+$/u,
      },
      {
        form: 'curried',
        sources: /^@tanstack\/(?:react-|solid-)?(?:router|start)(?:\/|$)/u,
        names: /^create(?:API)?(?:File|Root)Route(?:WithContext)?$/u,
        keys: /^(?:beforeLoad|loader(?:\.handler)?|[A-Z]+)$|^server\.handlers\.[A-Z]+(?:\.handler)?$/u,
        depth: 4,
        keysOnly: true,
      },
      {
        form: 'function',
        sources: /^@tanstack\/(?:react-|solid-)?router$/u,
        names: /^create(?:Root)?Route$/u,
        keys: /^(?:beforeLoad|loader)$|^server\.handlers\.[A-Z]+(?:\.handler)?$/u,
        depth: 4,
        keysOnly: true,
      },
    ],
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
    exports: [
      { names: /^(?:ALL|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)$/u, path: /\.[jt]s$(?<=(?:^|\/)src\/pages\/.*)/u },
    ],
    functions: [{ names: /^APIRoute$/u }],
  },
  {
    name: 'Qwik',
    unit: 'request',
    calls: [
      {
        form: 'function',
        sources: /^(?:@builder\.io\/qwik-city|@qwik\.dev\/router)$/u,
        names: /^(?:globalAction|routeAction|routeLoader|server)\$$/u,
      },
    ],
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
    calls: [{ form: 'method', sources: /^(?:bull|bee-queue)$/u, shared: true, names: /^process$/u }],
  },
  {
    name: 'Agenda',
    unit: 'job',
    calls: [{ form: 'method', sources: /^agenda$|^@hokify\/agenda$/u, shared: true, names: /^define$/u }],
  },
  {
    name: 'pg-boss',
    unit: 'job',
    calls: [{ form: 'method', sources: /^pg-boss$/u, shared: true, names: /^work$/u }],
  },
  {
    name: 'Inngest',
    unit: 'event',
    serverless: true,
    calls: [{ form: 'method', sources: /^inngest$/u, shared: true, names: /^createFunction$/u }],
  },
  {
    name: 'Trigger.dev',
    unit: 'job',
    calls: [
      {
        form: 'function',
        sources: /^@trigger\.dev\/sdk(?:\/v\d)?$/u,
        names: /^(?:schedules\.task|schemaTask|task)$/u,
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
    name: 'RabbitMQ',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^amqplib(?:\/|$)|^(?:amqp-connection-manager|rabbitmq-client)$/u,
        shared: true,
        names: /^(?:consume|createConsumer)$/u,
        argument: 1,
      },
    ],
  },
  {
    name: 'Pub/Sub',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^@google-cloud\/pubsub$/u,
        shared: true,
        names: /^(?:addListener|on)$/u,
        first: /^message$/u,
        argument: 1,
      },
    ],
  },
  {
    name: 'Service Bus',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^@azure\/(?:event-hubs|service-bus)$/u,
        names: /^subscribe$/u,
        keys: /^process(?:Events|Message)$/u,
        keysOnly: true,
      },
    ],
  },
  {
    name: 'Temporal',
    unit: 'job',
    calls: [
      {
        form: 'function',
        sources: /^@temporalio\/worker$/u,
        names: /^Worker\.create$/u,
        keys: /^activities(?:\.|$)/u,
        depth: 2,
        keysOnly: true,
      },
    ],
    exports: [
      { names: /./u, keys: /./u, factories: true, imports: /^@temporalio\/activity$/u },
      {
        names: /./u,
        keys: /./u,
        factories: true,
        path: /(?:^|[/.-])activities(?:\/[^/]+)?\.[cm]?[jt]s$/u,
        dependsOn: ['@temporalio/worker', '@temporalio/workflow'],
      },
    ],
  },
  {
    name: 'Graphile Worker',
    unit: 'job',
    calls: [
      {
        form: 'function',
        sources: /^graphile-worker$/u,
        names: /^run(?:Once)?$/u,
        keys: /^taskList\./u,
        depth: 2,
        keysOnly: true,
      },
    ],
    functions: [{ names: /^Task$/u, sources: /^graphile-worker$/u }],
  },
  // Recurring jobs
  {
    name: 'cron',
    unit: 'job',
    recurring: true,
    calls: [
      { form: 'function', sources: /^node-cron$/u, names: /^(?:createTask|schedule)$/u },
      { form: 'function', sources: /^node-schedule$/u, names: /^scheduleJob$/u },
      { form: 'new', sources: /^(?:cron|croner)$/u, names: /^(?:default|Cron(?:Job)?)$/u, keys: /^onTick$/u },
      {
        form: 'function',
        sources: /^(?:cron|croner)$/u,
        names: /^(?:default|Cron|CronJob\.from)$/u,
        keys: /^onTick$/u,
      },
      { form: 'new', sources: /^toad-scheduler$/u, names: /^(?:Async)?Task$/u, argument: 1 },
      { form: 'function', sources: /^@elysiajs\/cron$/u, names: /^(?:cron|default)$/u, keys: /^run$/u },
      { form: 'global', names: /^Deno\.cron$/u },
      { form: 'global', names: /^setInterval$/u, argument: 0 },
      { form: 'function', sources: /^timers$/u, names: /^setInterval$/u, argument: 0 },
    ],
  },
  // Sockets
  {
    name: 'Socket.IO',
    unit: 'event',
    calls: [
      { form: 'method', sources: /^socket\.io$/u, shared: true, names: /^(?:on|onAny|use)$/u },
      // `function registerChat(io, socket) { socket.on('ask', …); }` in a file of its own
      {
        form: 'method',
        receivers: /^socket$/u,
        names: /^on$/u,
        except: /^(?:close|connect(?:ion)?|connect_error|disconnect(?:ing)?|end|error|open|ready)$/u,
      },
    ],
  },
  {
    name: 'ws',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:ws|isomorphic-ws)$/u,
        shared: true,
        names: /^(?:addEventListener|on)$/u,
        except: /^(?:close|error|listening|open)$/u,
      },
      {
        form: 'assigned',
        sources: /^(?:ws|isomorphic-ws)$/u,
        receivers: /^(?:ws|\w*[sS]ocket)$/u,
        shared: true,
        names: /^onmessage$/u,
      },
    ],
  },
  // Bots
  {
    name: 'grammY',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:grammy$|https:\/\/deno\.land\/x\/grammy)/u,
        shared: true,
        names: /^(?:callbackQuery|chatType|command|filter|gameQuery|hears|inlineQuery|on|reaction|use)$/u,
      },
      { form: 'function', sources: /^@grammyjs\/conversations$/u, names: /^createConversation$/u },
      { form: 'method', sources: /^@grammyjs\/menu$/u, names: /^(?:interact|text)$/u },
    ],
  },
  {
    name: 'Telegraf',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^telegraf(?:\/|$)/u,
        shared: true,
        names: /^(?:action|command|enter|hears|help|inlineQuery|leave|mention|on|reaction|settings|start|url|use)$/u,
      },
      { form: 'new', sources: /^telegraf(?:\/|$)/u, names: /^(?:Scenes\.)?WizardScene$/u },
    ],
  },
  {
    name: 'Telegram',
    unit: 'message',
    calls: [{ form: 'method', sources: /^node-telegram-bot-api$/u, shared: true, names: /^on(?:Text)?$/u }],
  },
  {
    name: 'discord.js',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:discord\.js|eris|oceanic\.js)$/u,
        shared: true,
        names: /^(?:addListener|on)$/u,
        except: /^(?:client)?ready$|^error$|^warn$|^debug$/iu,
      },
    ],
    // The files of commands and events of its guide.
    exports: [
      { names: /^default$/u, keys: /^(?:autocomplete|execute)$/u, keysOnly: true, imports: /^discord\.js$/u },
      { names: /^(?:autocomplete|execute)$/u, imports: /^discord\.js$/u },
    ],
    parameters: [{ names: /^(?:\w+Interaction|Interaction)$/u, sources: /^discord\.js$/u }],
  },
  {
    name: 'Slack',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^@slack\/bolt$/u,
        shared: true,
        names: /^(?:action|assistant|command|event|function|message|options|shortcut|use|view)$/u,
      },
      {
        form: 'new',
        sources: /^@slack\/bolt$/u,
        names: /^Assistant$/u,
        keys: /^(?:threadContextChanged|threadStarted|userMessage)$/u,
      },
    ],
    parameters: [{ names: /^Slack\w+MiddlewareArgs$/u, sources: /^@slack\/bolt$/u }],
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
        sources: /^@modelcontextprotocol\/(?:sdk|server)(?:\/|$)|^(?:mcp-handler|@vercel\/mcp-adapter)$/u,
        shared: true,
        names: /^(?:prompt|registerPrompt|registerResource|registerTool|resource|setRequestHandler|tool)$/u,
      },
      {
        form: 'method',
        sources: /^(?:fastmcp|@punkpeye\/fastmcp)$/u,
        shared: true,
        names: /^add(?:Prompt|Resource|ResourceTemplate|Tool)$/u,
        keys: /^(?:execute|load)$/u,
        keysOnly: true,
      },
      {
        form: 'method',
        sources: /^(?:fastmcp|@punkpeye\/fastmcp)$/u,
        shared: true,
        names: /^addTools$/u,
        keys: /^execute$/u,
        keysOnly: true,
      },
    ],
  },
  {
    name: 'AI SDK',
    unit: 'tool call',
    calls: [
      { form: 'function', sources: /^ai$/u, names: /^(?:dynamicTool|tool)$/u, keys: /^execute$/u, keysOnly: true },
      {
        form: 'function',
        sources: /^@openai\/agents(?:-core)?$/u,
        names: /^tool$/u,
        keys: /^execute$/u,
        keysOnly: true,
      },
      {
        form: 'function',
        sources: /^@mastra\/core(?:\/|$)/u,
        names: /^create(?:Step|Tool)$/u,
        keys: /^execute$/u,
        keysOnly: true,
      },
    ],
  },
  {
    name: 'CopilotKit',
    unit: 'tool call',
    calls: [
      {
        form: 'new',
        sources: /^@copilotkit\/runtime$/u,
        names: /^CopilotRuntime$/u,
        keys: /^actions\.handler$/u,
        depth: 2,
        keysOnly: true,
      },
    ],
  },
  {
    name: 'Genkit',
    unit: 'request',
    calls: [
      { form: 'method', sources: /^(?:genkit|@genkit-ai\/\w+)$/u, shared: true, names: /^define(?:Flow|Tool)$/u },
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

function getDifferences({ blockingOnly, recurring, serverless, unit }: Differences): Differences {
  return {
    ...(blockingOnly !== undefined && { blockingOnly }),
    ...(recurring !== undefined && { recurring }),
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

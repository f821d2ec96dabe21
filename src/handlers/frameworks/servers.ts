import { type FrameworkRow, routes } from './row.ts';

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

/** Its resolvers are recognised by the objects that contain them. */
export const graphql: FrameworkRow = { name: 'GraphQL', unit: 'request' };

/** Its classes are read as a whole. */
export const nest: FrameworkRow = { name: 'NestJS', unit: 'request' };

/** Frameworks that serve requests over HTTP, by routes or by classes. */
export const serverFrameworks: readonly FrameworkRow[] = [
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
        // An application with bindings, or with imports from Cloudflare, runs in a Worker.
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
  // `app.post('/ask', fn)` where the application is a parameter or comes from another module of the application.
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
];

import { type FrameworkRow, routes, verbs } from './row.ts';

/** Vercel's folder is at the root of the project: `src/api` may hold the clients of another API. */
const apiFolder =
  /\.[cm]?[jt]sx?$(?<=(?:^|(?<!(?:^|\/)(?:app|client|core|lib|pages|server|shared|src|utils))\/)api\/.*)/u;

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

/** Frameworks that render and serve pages. */
export const siteFrameworks: readonly FrameworkRow[] = [
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
  // Nuxt imports its functions automatically.
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
];

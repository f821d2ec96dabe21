/** What runs a handler. A framework is one row with all that is known of it, in the file of its kind alone. */
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
export type Differences = Partial<Pick<Framework, 'blockingOnly' | 'recurring' | 'serverless' | 'unit'>>;

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

/** Methods that register what serves a route. */
export const routes = /^(?:all|connect|del|delete|get|head|options|patch|post|put|trace|use)$/u;

/** The exports that serve a route, by its method. */
export const verbs = /^(?:DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)$/u;

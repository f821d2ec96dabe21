/** A framework that runs handlers. Everything known about it is in one row, in the file of its kind. */
export interface Framework {
  readonly name: string;
  /** The unit that each run of a handler serves, for messages. */
  readonly unit: 'chain step' | 'event' | 'graph step' | 'job' | 'message' | 'request' | 'tool call';
  /** The process may stop once the handler has returned. */
  readonly serverless?: boolean;
  /** Sockets do not outlive a request. */
  readonly cloudflare?: boolean;
  /**
   * It runs as a step of a chain: a blocking call in it stalls all requests, but a client in it is not built once per
   * request.
   */
  readonly blockingOnly?: boolean;
  /** It runs on a timer: a blocking call stalls the rest, and a pool per run leaks; a model per run costs nothing. */
  readonly recurring?: boolean;
}

/** What a row may override in its framework. */
export type Differences = Partial<Pick<Framework, 'blockingOnly' | 'recurring' | 'serverless' | 'unit'>>;

/** A call that registers the functions in its arguments as handlers: `app.post('/ask', fn)`. */
export interface CallRow extends Differences {
  /**
   * `assigned`: the method is assigned rather than called: `ws.onmessage = fn`; `curried`: the result of calling an
   * export is called, `createFileRoute('/ask')({ … })`; `function`: an export; `global`: a global; `method`: a method
   * of an object that a package created or exports; `new`: a constructor.
   */
  readonly form: 'assigned' | 'curried' | 'function' | 'global' | 'method' | 'new';
  /** The export, global or method; members are dotted: `Deno.serve`, `https.onRequest`. */
  readonly names: RegExp;
  /** Packages of the receiver, or of the function itself; absent for a global. */
  readonly sources?: Sources;
  /**
   * Receivers of a method, in addition to those from the packages. `any`; `unseen`: a parameter without a type, or a
   * value from another module of the application; a pattern: one of the names before the method, as in
   * `adminProcedure.input(…)`.
   */
  readonly receivers?: RegExp | 'any' | 'unseen';
  /** Whether a receiver from another file of the project is traced to its package. */
  readonly shared?: boolean;
  /**
   * The first argument: a string, or the last name of `Events.Ready`; for a template, the text before its first value.
   */
  readonly first?: RegExp;
  /** First arguments for callbacks that run once per process or connection. */
  readonly except?: RegExp;
  /** The index of the only argument with handlers, from the end if negative; absent: each argument may have some. */
  readonly argument?: number;
  /** Properties of object arguments that hold handlers, in addition to functions passed directly. */
  readonly keys?: RegExp;
  /** How deep these are nested: with 3, `keys` is matched against `routes./ask.POST` too. */
  readonly depth?: number;
  /** Whether only properties are handlers, never the argument itself. */
  readonly keysOnly?: boolean;
}

/** A handler by the name under which a file with this path, or with these imports, exports it. */
export interface ExportRow extends Differences, Places {
  readonly names: RegExp;
  /** For an exported object: the properties that hold handlers. */
  readonly keys?: RegExp;
  /** Whether only these are handlers, never the export itself. */
  readonly keysOnly?: boolean;
  /** Whether it may also run when the site is built, so that only a function that reads the request counts. */
  readonly perRequest?: boolean;
  /** Whether a function that returns an object of functions only creates the handlers. */
  readonly factories?: boolean;
  /** The project depends on one of these packages. */
  readonly dependsOn?: readonly string[];
  /** The name of its first parameter. */
  readonly takes?: RegExp;
  /** It is no handler in a file that imports one of these, or exports one of these names. */
  readonly unless?: { readonly imports: RegExp; readonly exports: RegExp };
}

/** A type that marks a function as a handler, wherever it is registered. */
export interface TypeRow extends Differences {
  readonly names: RegExp;
  /** Packages of the type; absent for an unambiguous name. */
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

/** Any of these conditions; none: everywhere. */
export interface Places {
  /** The file's path, with forward slashes. */
  readonly path?: RegExp;
  /** Packages that the file imports. */
  readonly imports?: RegExp;
  /** Names in the file's text. */
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
  /** Its differences in files of these places. */
  readonly variants?: readonly { readonly where: Places; readonly is: Partial<Framework> }[];
}

/** Methods that register the handler of a route. */
export const routes = /^(?:all|connect|del|delete|get|head|options|patch|post|put|trace|use)$/u;

/** Exports that serve a route, named after its method. */
export const verbs = /^(?:DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)$/u;

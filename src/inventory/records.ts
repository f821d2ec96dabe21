/** A place in the source. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** How many may be in flight at once. */
export type Count = number | 'unbounded' | 'unknown';

/** The bound of the calls in flight, and their number. */
export interface Bound {
  readonly count: Count;
  /**
   * `one`: one at a time. `list`: as many as the list has elements. `option`: `maxConcurrency` of a call.
   * `constructor`: `maxConcurrency` of the model. `limiter`: p-limit and its like.
   */
  readonly by: 'constructor' | 'limiter' | 'list' | 'none' | 'one' | 'option' | 'unknown';
  /** Where the bound is written. */
  readonly at: Place | null;
  /** Why it is unknown. */
  readonly reason?: string;
}

/** A remote call that an entry point reaches. */
export interface CallRecord {
  /** As the code names it: `model.invoke`. */
  readonly call: string;
  readonly at: Place;
  /** The models that handle it, otherwise the called class: `ChatOpenAI`. */
  readonly classes: readonly string[];
  /** Within one run of the entry point. */
  readonly run: Bound;
  /** Across all runs in a process. */
  readonly process: Bound;
  /** Requests for one call that keeps failing; null when unknown. */
  readonly attempts: number | null;
  /** Milliseconds until one attempt times out; null when unknown. */
  readonly timeout: number | 'endless' | null;
  /** Milliseconds that a call takes at worst, including its attempts and the backoff between them. */
  readonly wait: number | 'endless' | null;
  /** Whether the signal of a request ends it: `none` where it takes none. */
  readonly signal: 'missing' | 'none' | 'passed' | 'unknown';
}

/** A client that an entry point or a module builds. */
export interface ClientRecord {
  /** As the code names it: `ChatOpenAI`, `Pool`. */
  readonly name: string;
  readonly at: Place;
  readonly resource: 'limitedModels' | 'models' | 'pools' | 'stores';
  /** Connections that it may open; null for a client that talks over HTTP. */
  readonly connections: number | 'unknown' | null;
  /** Child processes that it starts: one for each MCP server with a command. */
  readonly processes: number | 'unknown';
}

/** A function of the application that is called from outside, or the top level of a module. */
export interface EntryRecord {
  /** `app.post('/chat')`, `POST`, the name of the function, or that of the file for a script. */
  readonly name: string;
  readonly kind: 'handler' | 'job' | 'script';
  /** Null for a script. */
  readonly framework: string | null;
  /** The unit of one run: `request`, `event`, `job`. */
  readonly unit: string;
  readonly at: Place;
  readonly calls: readonly CallRecord[];
  /** The clients that each run builds. */
  readonly clients: readonly ClientRecord[];
}

/** A call that looks like one of LangChain's but cannot be traced to it. */
export interface UntracedRecord {
  readonly call: string;
  readonly at: Place;
  readonly reason: string;
}

/** The record of one file. */
export interface FileRecord {
  readonly entries: readonly EntryRecord[];
  /** Functions that are entry points by their form: methods of services, nodes of graphs. */
  readonly presumed: readonly EntryRecord[];
  /** The functions that entry points call. */
  readonly called: readonly Place[];
  /** The clients that the module, or a service with a single instance, builds once. */
  readonly clients: readonly ClientRecord[];
  /** The remote calls in the file, whether or not an entry point reaches them. */
  readonly calls: readonly CallRecord[];
  readonly untraced: readonly UntracedRecord[];
}

/** Where something stands. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** How many may be in flight at once. */
export type Count = number | 'unbounded' | 'unknown';

/** What bounds the calls in flight, and how many it lets through. */
export interface Bound {
  readonly count: Count;
  /**
   * `one`: one after the other. `list`: as many as the list has elements. `option`: `maxConcurrency` of a call.
   * `constructor`: `maxConcurrency` of the model. `limiter`: p-limit and its like.
   */
  readonly by: 'constructor' | 'limiter' | 'list' | 'none' | 'one' | 'option' | 'unknown';
  /** Where it is written. */
  readonly at: Place | null;
  /** Why it is unknown. */
  readonly reason?: string;
}

/** A remote call that an entry point reaches. */
export interface CallRecord {
  /** As the code names it: `model.invoke`. */
  readonly call: string;
  readonly at: Place;
  /** The models behind it, else the class that is called: `ChatOpenAI`. */
  readonly classes: readonly string[];
  /** Of one run of the entry point. */
  readonly run: Bound;
  /** Of all runs in a process together. */
  readonly process: Bound;
  /** Requests for one call that keeps failing; null when that is not known. */
  readonly attempts: number | null;
  /** Milliseconds until one attempt is given up; null when that is not known. */
  readonly timeout: number | 'endless' | null;
  /** Milliseconds that a call takes at worst, with its attempts and the pauses between them. */
  readonly wait: number | 'endless' | null;
  /** Whether the signal of a request ends it: `none` where it takes none. */
  readonly signal: 'missing' | 'none' | 'passed' | 'unknown';
}

/** A client that is built here. */
export interface ClientRecord {
  /** As the code names it: `ChatOpenAI`, `Pool`. */
  readonly name: string;
  readonly at: Place;
  readonly resource: 'limitedModels' | 'models' | 'pools' | 'stores';
  /** Connections that it may open; null for a client that talks over HTTP. */
  readonly connections: number | 'unknown' | null;
  /** Child processes that it starts: one for each MCP server that is a command. */
  readonly processes: number | 'unknown';
}

/** A function of the application that is run from outside, or the top of a module. */
export interface EntryRecord {
  /** `app.post('/chat')`, `POST`, the name of the function, or the file's for a script. */
  readonly name: string;
  readonly kind: 'handler' | 'job' | 'script';
  /** Null for a script. */
  readonly framework: string | null;
  /** What it runs once for: `request`, `event`, `job`. */
  readonly unit: string;
  readonly at: Place;
  readonly calls: readonly CallRecord[];
  /** What each run builds. */
  readonly clients: readonly ClientRecord[];
}

/** A call that looks like LangChain's and cannot be traced to it. */
export interface UntracedRecord {
  readonly call: string;
  readonly at: Place;
  readonly reason: string;
}

/** What one file holds. */
export interface FileRecord {
  readonly entries: readonly EntryRecord[];
  /** Functions that their form tells to be entry points: methods of services, nodes of graphs. */
  readonly presumed: readonly EntryRecord[];
  /** The functions that entry points call. */
  readonly called: readonly Place[];
  /** What the module, or a service of which there is one, builds once. */
  readonly clients: readonly ClientRecord[];
  /** The remote calls that stand in the file, whether an entry point reaches them or not. */
  readonly calls: readonly CallRecord[];
  readonly untraced: readonly UntracedRecord[];
}

import engineUrl from '../.vitepress/engine/engine.js?url';
import type { Answer, Configuration, Files, Problem, Request, RuleInfo } from '../engine/protocol.ts';

export type Problems = Readonly<Record<string, readonly Problem[]>>;

interface Task {
  readonly request: Omit<Request, 'id'>;
  readonly resolve: (answer: Answer) => void;
}

/** Longer than that, and it is taken to have no end. */
const PATIENCE = 30_000;

/** The worker that lints. Of several wishes made while it is busy, the last one is granted. */
export class Client {
  readonly rules: Promise<readonly RuleInfo[]>;
  #worker: Worker | null = null;
  #current: Task | null = null;
  #waiting: Task | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #count = 0;
  #isReady: (rules: readonly RuleInfo[]) => void = () => undefined;

  constructor() {
    this.rules = new Promise((resolve) => {
      this.#isReady = resolve;
    });
    this.#start();
  }

  /** Null when another wish came in between. */
  async ask(task: Request['task'], files: Files, configuration: Configuration): Promise<Answer | null> {
    return new Promise((resolve) => {
      this.#waiting?.resolve({ id: 0, isSuperseded: true });
      this.#waiting = { request: { task, files, configuration }, resolve };
      this.#next();
    }).then((answer) => ('isSuperseded' in (answer as Answer) ? null : (answer as Answer)));
  }

  #start(): Worker {
    const worker = new Worker(engineUrl, { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if ('rules' in data) this.#isReady(data.rules);
      else this.#end(data);
    });
    worker.addEventListener('error', ({ message }) => {
      this.#fail(`The linter stopped: ${message || 'it could not be loaded'}.`);
    });
    this.#worker = worker;
    return worker;
  }

  #next(): void {
    if (this.#current || !this.#waiting) return;
    this.#current = this.#waiting;
    this.#waiting = null;
    const worker = this.#worker ?? this.#start();
    this.#timer = setTimeout(() => {
      this.#fail('The linter took longer than 30 seconds and was stopped.');
    }, PATIENCE);
    worker.postMessage({ id: ++this.#count, ...this.#current.request });
  }

  #end(answer: Answer): void {
    clearTimeout(this.#timer);
    this.#current?.resolve(answer);
    this.#current = null;
    this.#next();
  }

  /** The next wish starts another worker. */
  #fail(error: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#end({ id: this.#count, error });
  }
}

import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, findFormat, type Reply } from './formats.ts';

/** How the provider treats one request. Without any of these it answers at once. */
export interface Treatment extends Partial<Answer> {
  /** Milliseconds until the answer begins. */
  readonly delay?: number;
  /** Answers once no request has come for so many milliseconds: then all that will come together are in flight. */
  readonly hold?: number;
  /** Answers when it resolves; closes the socket when it rejects. */
  readonly after?: Promise<void>;
  /** Answers with this error in place of the model. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Accepts the request and never answers. */
  readonly hang?: boolean;
  /** Closes the socket without an answer. */
  readonly close?: boolean;
  /** Sends the first piece of a streamed answer and, as long as the provider runs, no more. */
  readonly stall?: boolean;
}

/** A request as the provider got it. What is in none of the formats gets a 404 and is not counted. */
export interface Received {
  /** From 0, in order of arrival. */
  readonly index: number;
  readonly path: string;
  readonly format: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** What the user said last, or the text to embed. */
  readonly prompt: string;
  readonly isStreamed: boolean;
  /** Requests in flight when it arrived, this one included. */
  readonly inFlight: number;
}

export interface Provider {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly requests: readonly Received[];
  /** The most requests that were in flight at once. */
  readonly peak: number;
  readonly inFlight: number;
  /** TCP connections accepted. */
  readonly connections: number;
  /** TCP connections that are still open. */
  readonly open: number;
  /** Requests whose client went away before the answer was complete. */
  readonly aborted: number;
  /** What happens to the requests from now on. */
  treat(treatment: Treatment | ((request: Received) => Treatment)): void;
  /** Forgets what was recorded. Connections stay as they are. */
  reset(): void;
  close(): Promise<void>;
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

/** What reading from a client that went away fails with, over HTTP/2 and over HTTP/1. */
const GONE: readonly string[] = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'];
const HTTP2_PREFACE = 'PRI';

/** Milliseconds for the ends of stalled streams to arrive. */
const GRACE = 20;

// The clock of the provider is the true one, also while a proof hurries that of the program.
const { setTimeout: startTimer } = globalThis;

/**
 * A model provider on 127.0.0.1 that speaks the formats of `formats.ts` over HTTP/1.1 and HTTP/2 without TLS (as the
 * AWS SDK does by default), on a port of its own.
 */
export async function startProvider(): Promise<Provider> {
  const sockets = new Set<Socket>();
  let requests: Received[] = [];
  let treat: (request: Received) => Treatment = () => ({});
  let inFlight = 0;
  let peak = 0;
  let connections = 0;
  let aborted = 0;
  let held: (() => void)[] = [];
  let quiet: NodeJS.Timeout | undefined;
  let resume = (): void => undefined;
  const resumed = new Promise<void>((resolve) => (resume = resolve));

  const hold = async (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      held.push(resolve);
      clearTimeout(quiet);
      quiet = startTimer(() => {
        const released = held;
        held = [];
        for (const release of released) release();
      }, milliseconds);
    });

  const http1 = createHttpServer({ keepAliveTimeout: 60_000 }, (request, response) => void serve(request, response));
  const http2 = createHttp2Server((request, response) => void serve(request, response));
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      // An HTTP/2 session reads from the handle of a socket, past what was put back: it gets a stream without one.
      if (first.toString('latin1', 0, HTTP2_PREFACE.length) === HTTP2_PREFACE)
        http2.emit('connection', Duplex.from({ readable: socket, writable: socket }));
      else http1.emit('connection', socket);
      socket.resume();
    });
  });

  async function serve(request: Request, response: Response): Promise<void> {
    const path = request.url ?? '/';
    const text = await readBody(request);
    if (text === null) return;
    const body: unknown = text === '' ? {} : parse(text);
    const format = findFormat(path, body);
    if (!format) {
      await send(
        response,
        {
          status: 404,
          type: 'application/json',
          chunks: [JSON.stringify({ error: { message: `No such path: ${path}` } })],
        },
        {},
        resumed,
      );
      return;
    }
    inFlight += 1;
    peak = Math.max(peak, inFlight);
    const gone = new AbortController();
    response.once('close', () => {
      inFlight -= 1;
      if (response.writableFinished) return;
      aborted += 1;
      gone.abort();
    });
    const { name, prompt, isStreamed } = format;
    const received: Received = {
      index: requests.length,
      path,
      format: name,
      headers: request.headers,
      body,
      prompt,
      isStreamed,
      inFlight,
    };
    requests.push(received);
    const treatment = treat(received);
    try {
      if (treatment.delay !== undefined) await sleep(treatment.delay, undefined, { signal: gone.signal });
      if (treatment.hold !== undefined) await hold(treatment.hold);
      if (treatment.hang) return;
      const isDropped = treatment.close ?? (await isRejected(treatment.after));
      if (isDropped) request.socket.destroy();
      else if (treatment.status !== undefined) await send(response, format.fail(treatment.status), treatment, resumed);
      else
        await send(
          response,
          format.answer({ text: treatment.text ?? `echo ${prompt}`, toolCalls: treatment.toolCalls ?? [] }),
          treatment,
          resumed,
        );
    } catch (error) {
      // The client went away; `close` has counted it.
      if (!gone.signal.aborted) throw error;
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    get peak() {
      return peak;
    },
    get inFlight() {
      return inFlight;
    },
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    get aborted() {
      return aborted;
    },
    treat: (treatment) => {
      treat = typeof treatment === 'function' ? treatment : () => treatment;
    },
    reset: () => {
      requests = [];
      peak = inFlight;
      connections = 0;
      aborted = 0;
    },
    close: async () => {
      clearTimeout(quiet);
      resume();
      await sleep(GRACE);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function send(
  response: Response,
  { status, type, chunks, mustEnd = false }: Reply,
  { headers, stall }: Treatment,
  resumed: Promise<void>,
): Promise<void> {
  const target = response as ServerResponse;
  target.writeHead(status, { 'content-type': type, ...headers });
  const [first, ...rest] = chunks;
  if (stall) {
    target.write(first);
    if (!mustEnd) return;
    await resumed;
    for (const chunk of rest) target.write(chunk);
    target.end();
    return;
  }
  for (const chunk of rest.length > 0 ? chunks : []) target.write(chunk);
  await new Promise<void>((resolve) => target.end(rest.length > 0 ? undefined : first, () => resolve()));
}

async function isRejected(promise: Promise<void> | undefined): Promise<boolean> {
  return (await Promise.allSettled([promise])).some(({ status }) => status === 'rejected');
}

/** null: the client went away before it had sent everything. */
async function readBody(request: Request): Promise<string | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch (error) {
    if (GONE.includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Postgres {
  /** What answers: a real server with its version, or the stand-in. */
  readonly name: string;
  /** A door of its own to the database, whose connections are counted. */
  open(): Promise<Door>;
  close(): Promise<void>;
}

export interface Door {
  readonly connectionString: string;
  readonly port: number;
  /** Connections that are open. */
  readonly open: number;
  close(): Promise<void>;
}

const UNPRIVILEGED = 65_534;
const PROTOCOL_3 = 196_608;

/**
 * The folder of `initdb` and `postgres`: on the path, or where Debian keeps them; null where PostgreSQL is not
 * installed.
 */
function findBinaries(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((left, right) => Number(right) - Number(left)) : [];
  const folders = [
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    ...versions.map((version) => path.join(debian, version, 'bin')),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name)))) ?? null;
}

const binaries = findBinaries();

/** What `startPostgres` will start, for the names of tests. */
export const postgresName = binaries === null ? 'a stand-in for PostgreSQL' : readVersion(binaries);

function readVersion(folder: string): string {
  const { stdout } = spawnSync(path.join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
  return `PostgreSQL ${/\d+(?:\.\d+)?/u.exec(stdout)?.[0] ?? ''}`.trim();
}

/**
 * A PostgreSQL of this process's own in a temporary folder, or, where it is not installed, a server that speaks its
 * protocol and holds no data.
 */
export async function startPostgres(): Promise<Postgres> {
  return binaries === null ? startStandIn() : startServer(binaries);
}

async function startServer(folder: string): Promise<Postgres> {
  const home = mkdtempSync(path.join(tmpdir(), 'proof-pg-'));
  // PostgreSQL refuses to run as root.
  const owner = process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
  if (process.getuid?.() === 0) chownSync(home, UNPRIVILEGED, UNPRIVILEGED);
  const data = path.join(home, 'data');
  const made = spawnSync(
    path.join(folder, 'initdb'),
    ['-D', data, '-U', 'proof', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
    { ...owner, cwd: home, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  // It listens on a socket in its own folder only, so that two can run at once.
  const server = spawn(
    path.join(folder, 'postgres'),
    ['-D', data, '-k', home, '-c', 'listen_addresses=', '-c', 'fsync=off'],
    { ...owner, cwd: home, stdio: 'ignore' },
  );
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const socket = path.join(home, '.s.PGSQL.5432');
  await waitUntilReady(socket);
  return {
    name: postgresName,
    open: async () => openDoor((client) => relay(client, connect(socket)), 'postgres://proof@'),
    close: async () => {
      server.kill('SIGINT');
      await exited;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The socket is there before the server takes queries; it answers a start-up message with an error until then. */
async function waitUntilReady(socket: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await takesConnections(socket)) return;
    await sleep(50);
  }
  throw new Error('PostgreSQL did not start.');
}

async function takesConnections(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const client = connect(socket, () => {
      const parameters = Buffer.from('user\0proof\0database\0postgres\0\0');
      const head = Buffer.alloc(8);
      head.writeInt32BE(head.length + parameters.length, 0);
      head.writeInt32BE(PROTOCOL_3, 4);
      client.write(Buffer.concat([head, parameters]));
    });
    client.once('data', (answer: Buffer) => {
      client.destroy();
      resolve(answer.toString('latin1', 0, 1) === 'R');
    });
    client.once('error', () => resolve(false));
    client.once('close', () => resolve(false));
  });
}

function relay(client: Socket, server: Socket): void {
  client.pipe(server).pipe(client);
  for (const [one, other] of [[client, server] as const, [server, client] as const])
    one.on('error', () => other.destroy()).on('close', () => other.destroy());
}

export async function openDoor(accept: (client: Socket) => void, prefix: string): Promise<Door> {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client)).on('error', () => client.destroy());
    accept(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    connectionString: `${prefix}127.0.0.1:${port}/postgres`,
    port,
    get open() {
      return clients.size;
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const client of clients) client.destroy();
      await closed;
    },
  };
}

// ── the stand-in ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Holds no data. */
export function startStandIn(): Postgres {
  return {
    name: postgresName,
    open: async () => openDoor(answer, 'postgres://proof@'),
    close: async () => Promise.resolve(),
  };
}

/** Lets everybody in and answers each query with no rows. */
function answer(client: Socket): void {
  let pending = Buffer.alloc(0);
  let isStarted = false;
  client.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const head = isStarted ? 1 : 0;
      if (pending.length < head + 4) return;
      const length = head + pending.readInt32BE(head);
      if (pending.length < length) return;
      const message = pending.subarray(0, length);
      pending = pending.subarray(length);
      if (isStarted) reply(client, message.toString('latin1', 0, 1));
      else if (message.readInt32BE(4) === PROTOCOL_3) {
        isStarted = true;
        client.write(
          Buffer.concat([
            send('R', int32(0)),
            send('S', text('server_version', '15.0')),
            send('K', int32(1), int32(1)),
            READY,
          ]),
        );
      } else client.write('N');
    }
  });
}

function reply(client: Socket, type: string): void {
  const answers: Readonly<Record<string, Buffer>> = {
    Q: Buffer.concat([send('C', text('SELECT 0')), READY]),
    P: send('1'),
    B: send('2'),
    D: send('n'),
    E: send('C', text('SELECT 0')),
    C: send('3'),
    S: READY,
  };
  if (type === 'X') client.end();
  const bytes = answers[type];
  if (bytes) client.write(bytes);
}

function send(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

const READY = send('Z', Buffer.from('I'));

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function text(...strings: readonly string[]): Buffer {
  return Buffer.from(strings.map((string) => `${string}\0`).join(''));
}

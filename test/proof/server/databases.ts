/**
 * Servers that speak enough of a database's protocol for its driver to connect. They let everybody in, hold no data,
 * and leave a query without an answer.
 */
import type { Socket } from 'node:net';
import { load } from '../packages.ts';
import { type Door, openDoor } from './postgres.ts';

/** A door to a database that counts the queries which have come through it. */
export interface Held extends Door {
  readonly queries: number;
}

async function open(accept: (client: Socket, onQuery: () => void) => void): Promise<Held> {
  let queries = 0;
  const door = await openDoor((client) => accept(client, () => queries++), '');
  return Object.defineProperties(
    { ...door },
    { open: { get: () => door.open }, queries: { get: () => queries } },
  ) as unknown as Held;
}

/** Calls `take` with each message of a stream, as `measure` tells its length from its head; 0: not there yet. */
function readMessages(client: Socket, measure: (bytes: Buffer) => number, take: (message: Buffer) => void): void {
  let pending = Buffer.alloc(0);
  client.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (let length = measure(pending); length > 0 && length <= pending.length; length = measure(pending)) {
      const message = pending.subarray(0, length);
      pending = pending.subarray(length);
      take(message);
    }
  });
}

// ── MongoDB ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Bson {
  readonly serialize: (document: object) => Buffer;
  readonly deserialize: (bytes: Buffer) => Readonly<Record<string, unknown>>;
}

const OP_QUERY = 2004;
const OP_MSG = 2013;

/** Answers what the driver asks to get to know it. */
export async function openMongo(): Promise<Held> {
  const { BSON } = (await load('v1', 'mongodb')) as unknown as { readonly BSON: Bson };
  const hello = BSON.serialize({
    ok: 1,
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    minWireVersion: 0,
    maxWireVersion: 21,
  });
  return open((client, onQuery) => {
    readMessages(
      client,
      (bytes) => (bytes.length < 16 ? 0 : bytes.readInt32LE(0)),
      (message) => {
        const code = message.readInt32LE(12);
        const [command] = code === OP_MSG ? Object.keys(BSON.deserialize(message.subarray(21))) : ['hello'];
        if (command !== 'hello' && command !== 'ismaster') {
          onQuery();
          return;
        }
        const head =
          code === OP_QUERY ? [int32(0), int32(0), int32(0), int32(0), int32(1)] : [int32(0), Buffer.from([0])];
        const body = Buffer.concat([...head, hello]);
        client.write(
          Buffer.concat([
            int32(body.length + 16),
            int32(1),
            message.subarray(4, 8),
            int32(code === OP_QUERY ? 1 : OP_MSG),
            body,
          ]),
        );
      },
    );
  });
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

// ── MySQL and MariaDB ────────────────────────────────────────────────────────────────────────────────────────────────

const MYSQL_OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);

/** Answers each command with OK: the drivers set up a connection by some. */
export async function openMysql(): Promise<Held> {
  let threads = 0;
  return open((client, onQuery) => {
    threads += 1;
    let isStarted = false;
    client.write(
      frame(
        0,
        Buffer.concat([
          Buffer.from([10]),
          Buffer.from('8.0.36\0'),
          int32(threads),
          Buffer.from('abcdefgh\0'),
          // What it can do, its charset and its state.
          Buffer.from([0x08, 0xa2, 45, 2, 0, 0x08, 0, 21]),
          Buffer.alloc(10),
          Buffer.from('ijklmnopqrst\0mysql_native_password\0'),
        ]),
      ),
    );
    readMessages(
      client,
      (bytes) => (bytes.length < 4 ? 0 : bytes.readUIntLE(0, 3) + 4),
      (message) => {
        if (isStarted) onQuery();
        client.write(frame(isStarted ? 1 : (message[3] ?? 0) + 1, MYSQL_OK));
        isStarted = true;
      },
    );
  });
}

function frame(sequence: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([body.length & 0xff, body.length >> 8, 0, sequence]), body]);
}

// ── Neo4j ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const HELLO = 0x01;
const RUN = 0x10;
/** The client's greeting: four bytes, and four versions that it can do. */
const HANDSHAKE = 20;

/** Agrees to Bolt 4.4 and answers HELLO. */
export async function openNeo4j(): Promise<Held> {
  // SUCCESS { server: 'Neo4j/4.4.0', connection_id: 'bolt-1' }
  const success = Buffer.concat([
    Buffer.from([0xb1, 0x70, 0xa2]),
    packText('server'),
    packText('Neo4j/4.4.0'),
    packText('connection_id'),
    packText('bolt-1'),
  ]);
  return open((client, onQuery) => {
    let isStarted = false;
    readMessages(
      client,
      (bytes) => (isStarted ? (bytes.length < 2 ? 0 : bytes.readUInt16BE(0) + 2) : HANDSHAKE),
      (message) => {
        if (!isStarted) {
          isStarted = true;
          client.write(Buffer.from([0, 0, 4, 4]));
          return;
        }
        // The length of the chunk and the number of fields stand before the kind.
        if (message[3] === RUN) onQuery();
        if (message[3] === HELLO)
          client.write(Buffer.concat([Buffer.from([0, success.length]), success, Buffer.from([0, 0])]));
      },
    );
  });
}

function packText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x80 + text.length]), Buffer.from(text)]);
}

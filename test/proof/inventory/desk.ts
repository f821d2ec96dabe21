import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getFolder } from '../packages.ts';
import { type Door, startStandIn } from '../server/postgres.ts';
import { type Provider, startProvider } from '../server/provider.ts';

const root = path.join(import.meta.dirname, '../../..');

/**
 * The demo application as one process, with a provider and a database of its own. It lives on when a call fails that
 * nobody waits for.
 */
export interface Desk {
  readonly provider: Provider;
  readonly door: Door;
  send(method: string, route: string, body: unknown): Promise<number>;
  /** Child processes started by `npx` so far. */
  readonly started: number;
  close(): Promise<void>;
}

/** Retries wait for seconds: a hurried process lets its timers run fifty times as fast. */
const HURRY =
  'data:text/javascript,const start=setTimeout;globalThis.setTimeout=(run,time,...rest)=>start(run,time/50,...rest)';

export async function startDesk({ hurried }: { readonly hurried: boolean }): Promise<Desk> {
  const folder = mkdtempSync(path.join(tmpdir(), 'proof-inventory-'));
  cpSync(path.join(root, 'docs/demo/app'), folder, { recursive: true });
  linkPackages(path.join(folder, 'node_modules'));
  const log = path.join(folder, 'started');
  writeCommand(path.join(folder, 'bin'), log);
  const [provider, door, port] = [await startProvider(), await startStandIn().open(), await findPort()];
  const loaders = ['tsx', ...(hurried ? [HURRY] : [])].flatMap((each) => ['--import', each]);
  const child = spawn(process.execPath, ['--unhandled-rejections=none', ...loaders, 'src/server.ts'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PATH: `${path.join(folder, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
      PORT: port.toString(),
      DATABASE_URL: door.connectionString,
      OPENAI_API_KEY: 'key',
      OPENAI_BASE_URL: `${provider.url}/v1`,
      ANTHROPIC_API_KEY: 'key',
      ANTHROPIC_BASE_URL: provider.url,
    },
  });
  const closed = once(child, 'close');
  await waitUntilReady(child, `http://127.0.0.1:${port}/health`);
  return {
    provider,
    door,
    get started() {
      return existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0;
    },
    send: async (method, route, body) => {
      const response = await fetch(`http://127.0.0.1:${port}${route}`, {
        method,
        headers: { 'content-type': 'application/json', 'x-openai-key': 'key' },
        ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
      });
      await response.arrayBuffer();
      return response.status;
    },
    close: async () => {
      child.kill('SIGKILL');
      await closed;
      await Promise.all([provider.close(), door.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** LangChain and its peers as the proofs have them, and what the demo needs beside them. */
function linkPackages(target: string): void {
  mkdirSync(target);
  const given = path.join(getFolder('v1'), 'node_modules');
  for (const name of readdirSync(given))
    if (!name.startsWith('.')) symlinkSync(path.join(given, name), path.join(target, name));
  for (const name of ['p-limit', 'yocto-queue', 'tsx'])
    if (!existsSync(path.join(target, name)))
      symlinkSync(path.join(root, 'node_modules', name), path.join(target, name));
}

/** In place of npx: notes that it was started, and does not answer. */
function writeCommand(folder: string, log: string): void {
  mkdirSync(folder);
  const file = path.join(folder, 'npx');
  writeFileSync(file, `#!/bin/sh\necho started >> '${log}'\nexec sleep 20\n`);
  chmodSync(file, 0o755);
}

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitUntilReady(child: ChildProcess, url: string): Promise<void> {
  for (let attempt = 0; attempt < 600 && child.exitCode === null; attempt++) {
    if (await isReady(url)) return;
    await sleep(100);
  }
  throw new Error('The demo did not start.');
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

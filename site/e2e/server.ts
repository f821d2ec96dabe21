import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { base } from '../manifest.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

export interface Site {
  /** With a slash at its end. */
  readonly address: string;
  close(): void;
}

/** Serves the built site as a host of static files does: `/guide` is `guide.html`. */
export async function serve(folder: string): Promise<Site> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const wanted = decodeURIComponent(pathname).slice(base.length - 1);
    const name = wanted.endsWith('/') ? `${wanted}index.html` : path.extname(wanted) === '' ? `${wanted}.html` : wanted;
    readFile(path.join(folder, path.normalize(name))).then(
      (content) =>
        response.setHeader('content-type', TYPES[path.extname(name)] ?? 'application/octet-stream').end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${base}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const fileSystems = new Set(['fs', 'fs-extra', 'graceful-fs']);
export const sources = new Set([...fileSystems, 'child_process', 'crypto', 'zlib']);

/** They access one directory entry, which takes microseconds. */
export const quick = new Set(['accessSync', 'existsSync', 'fstatSync', 'lstatSync', 'mkdirSync', 'statSync']);

/** Functions of `fs` whose form in `fs/promises` takes the same arguments and returns the same result. */
const promised = new Set([
  ...[
    'access',
    'appendFile',
    'chmod',
    'chown',
    'copyFile',
    'cp',
    'lchown',
    'link',
    'lstat',
    'lutimes',
    'mkdir',
    'mkdtemp',
    'readFile',
    'readdir',
    'readlink',
  ],
  ...['realpath', 'rename', 'rm', 'rmdir', 'stat', 'statfs', 'symlink', 'truncate', 'unlink', 'utimes', 'writeFile'],
]);

export function getInstead(source: string, name: string): string {
  if (fileSystems.has(source)) {
    const form = name === 'existsSync' ? 'access' : getPromiseForm(name);
    return form === null ? 'the form of `node:fs/promises`' : `\`await fs.promises.${form}(…)\``;
  }
  if (name === 'spawnSync') return '`spawn(…)` and wait for its `close` event';
  return name.endsWith('Sync') ? `\`await promisify(${name.slice(0, -'Sync'.length)})(…)\`` : 'its asynchronous form';
}

/** `readFile` for `readFileSync`; null where `fs/promises` has no function with the same arguments and result. */
export function getPromiseForm(name: string): string | null {
  return getAsynchronous(name, promised);
}

/** Functions whose promisified form takes the same arguments and returns the same result. */
const promisified: ReadonlySet<string> = new Set([
  ...['brotliCompress', 'brotliDecompress', 'deflate', 'deflateRaw', 'gunzip', 'gzip', 'inflate', 'inflateRaw'],
  ...['pbkdf2', 'unzip'],
  // These return the output of the process, as `stdout` of an object.
  ...['exec', 'execFile'],
]);

/** `gunzip` for `gunzipSync`; null where its promise would resolve to something else. */
export function getPromisified(name: string): string | null {
  return getAsynchronous(name, promisified);
}

function getAsynchronous(name: string, forms: ReadonlySet<string>): string | null {
  const form = name.replace(/Sync$/u, '');
  return form !== name && forms.has(form) ? form : null;
}

/** The options of `execSync` and `execFileSync` that `exec` and `execFile` accept too. */
export const processOptions: ReadonlySet<string> = new Set([
  ...['cwd', 'encoding', 'env', 'gid', 'killSignal', 'maxBuffer', 'shell', 'timeout', 'uid', 'windowsHide'],
]);

/** Packages that run a function in another thread or process. */
export const workers = new Set([
  'jest-worker',
  'node-worker-threads-pool',
  'piscina',
  'threads',
  'tinypool',
  'worker_threads',
  'workerpool',
]);

/**
 * Global functions that run a callback after the handler has continued. The callbacks of `setInterval` are jobs
 * instead.
 */
export const timers = new Set(['process.nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout']);

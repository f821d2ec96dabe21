import { arrayMethods } from './array-methods.ts';

export const pureGlobals: ReadonlySet<string> = new Set([
  'Array.from',
  'Array.of',
  'BigInt',
  'Boolean',
  'Bun.env.get',
  'Deno.env.get',
  'JSON.parse',
  'JSON.stringify',
  'Math.ceil',
  'Math.floor',
  'Math.max',
  'Math.min',
  'Math.round',
  'Netlify.env.get',
  'Number',
  'Number.parseFloat',
  'Number.parseInt',
  'Object.assign',
  'Object.entries',
  'Object.freeze',
  'Object.fromEntries',
  'Object.keys',
  'Object.values',
  'String',
  'decodeURIComponent',
  'encodeURIComponent',
  'parseFloat',
  'parseInt',
  'process.cwd',
  'require',
  'structuredClone',
]);

export const pureConstructors: ReadonlySet<string> = new Set([
  'Headers',
  'Map',
  'RegExp',
  'Set',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
]);

/** Packages whose functions give the same for the same arguments. */
export const purePackages: ReadonlySet<string> = new Set([
  '@azure/identity',
  'path',
  'path/posix',
  'url',
  'valibot',
  'zod',
  'zod/v3',
  'zod/v4',
]);

/** Methods of strings, numbers and arrays that take no callback and change nothing. */
export const pureMethods: ReadonlySet<string> = new Set([
  'at',
  'concat',
  'endsWith',
  'includes',
  'indexOf',
  'join',
  'match',
  'padEnd',
  'padStart',
  'repeat',
  'replace',
  'replaceAll',
  'slice',
  'split',
  'startsWith',
  'substring',
  'toFixed',
  'toLowerCase',
  'toString',
  'toUpperCase',
  'trim',
  'trimEnd',
  'trimStart',
]);

/** Methods of lists, maps and the like that change them. */
export const mutatingMethods: ReadonlySet<string> = new Set([
  ...['add', 'append', 'clear', 'delete', 'set'],
  ...[...arrayMethods].flatMap(([name, { mutates }]) => (mutates ? [name] : [])),
]);

export const configPackages = ['@nestjs/config', 'config', 'convict', 'nconf'];
export const configNames =
  /^#?(?:app|env|my|server)?(?:conf|config|configuration|configs|configservice|cfg|env|environment|settings)(?:service)?$/iu;

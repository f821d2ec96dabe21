import { arrayMethods } from './array-methods.ts';

export const pureGlobals: ReadonlySet<string> = new Set([
  ...['BigInt', 'Boolean', 'Number', 'String', 'Symbol.for'],
  ...['Array.from', 'Array.isArray', 'Array.of'],
  ...['Buffer.alloc', 'Buffer.byteLength', 'Buffer.concat', 'Buffer.from', 'Buffer.isBuffer', 'atob', 'btoa'],
  ...['Bun.env.get', 'Deno.env.get', 'Netlify.env.get', 'Deno.env.has', 'process.cwd', 'require'],
  ...['Date.UTC', 'Date.parse'],
  ...['JSON.parse', 'JSON.stringify', 'structuredClone'],
  ...[
    'Math.abs',
    'Math.ceil',
    'Math.floor',
    'Math.max',
    'Math.min',
    'Math.pow',
    'Math.round',
    'Math.sign',
    'Math.trunc',
  ],
  ...['Number.isFinite', 'Number.isInteger', 'Number.isNaN', 'Number.isSafeInteger', 'Number.parseFloat'],
  ...['Number.parseInt', 'isFinite', 'isNaN', 'parseFloat', 'parseInt'],
  ...['Object.assign', 'Object.entries', 'Object.freeze', 'Object.fromEntries', 'Object.groupBy', 'Object.hasOwn'],
  ...['Object.is', 'Object.keys', 'Object.values'],
  ...['String.fromCharCode', 'String.fromCodePoint', 'String.raw', 'URL.canParse'],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent'],
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

/** Packages whose functions return the same result for the same arguments. */
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

/** Methods of strings, numbers and arrays that change nothing except their receiver. */
export const pureMethods: ReadonlySet<string> = new Set([
  ...[
    'at',
    'concat',
    'entries',
    'flat',
    'includes',
    'indexOf',
    'join',
    'keys',
    'lastIndexOf',
    'slice',
    'values',
    'with',
  ],
  ...['pop', 'reverse', 'shift', 'toReversed', 'toSpliced'],
  ...['charAt', 'charCodeAt', 'codePointAt', 'endsWith', 'localeCompare', 'match', 'matchAll', 'normalize'],
  ...['padEnd', 'padStart', 'repeat', 'split', 'startsWith', 'substr', 'substring', 'trim', 'trimEnd', 'trimStart'],
  ...['toFixed', 'toLocaleLowerCase', 'toLocaleUpperCase', 'toLowerCase', 'toPrecision', 'toString', 'toUpperCase'],
]);

/** Methods that are pure if their callback is; many services have a method of the same name that takes no function. */
export const callbackMethods: ReadonlySet<string> = new Set([
  ...[...arrayMethods].flatMap(([name, { callbackRuns }]) => (callbackRuns ? [name] : [])),
]);

/** Methods of strings and arrays that may take a callback. */
export const optionalCallbackMethods: ReadonlySet<string> = new Set(['replace', 'replaceAll', 'sort', 'toSorted']);

/** Methods of regular expressions; on other objects they may have any effect. */
export const patternMethods: ReadonlySet<string> = new Set(['exec', 'test']);

/** Methods of lists, maps and the like that change them. */
export const mutatingMethods: ReadonlySet<string> = new Set([
  ...['add', 'append', 'clear', 'delete', 'set'],
  ...[...arrayMethods].flatMap(([name, { mutates }]) => (mutates ? [name] : [])),
]);

export const configPackages = ['@nestjs/config', 'config', 'convict', 'nconf'];
export const configNames =
  /^#?(?:app|env|my|server)?(?:conf|config|configuration|configs|configservice|cfg|env|environment|settings)(?:service)?$/iu;

import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { contains, getKeyName, isFunction, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../file.ts';
import { mayNameExport } from '../langchain/imports.ts';
import { isCached } from './caches.ts';
import { findOriginExport } from './handlers/handler.ts';
import type { Handler, HandlerSite } from './handlers/index.ts';

/** A call that keeps the event loop busy, or asleep, until it is done. */
export interface BlockingCall {
  /** `readFileSync`, `Atomics.wait`, `deasync`. */
  readonly name: string;
  /** The module, without a `node:` prefix; null for a global. */
  readonly source: string | null;
  /** What to write instead. */
  readonly instead: string;
}

export interface BlockingOptions {
  /** Names that block beside the known ones. */
  readonly methods: readonly string[];
  /** Names that may block. */
  readonly allow: readonly string[];
}

const fileSystems = new Set(['fs', 'fs-extra', 'graceful-fs']);
const sources = new Set([...fileSystems, 'child_process', 'crypto', 'zlib']);

/** They look at one entry of a directory, which takes microseconds. */
const quick = new Set(['accessSync', 'existsSync', 'fstatSync', 'lstatSync', 'mkdirSync', 'statSync']);

/** What of `fs` has a form in `fs/promises` that takes the same arguments and gives the same result. */
const promised = new Set([
  ...['access', 'appendFile', 'chmod', 'chown', 'copyFile', 'cp', 'lchown', 'link', 'lstat', 'lutimes', 'mkdir', 'mkdtemp', 'readFile', 'readdir', 'readlink'],
  ...['realpath', 'rename', 'rm', 'rmdir', 'stat', 'statfs', 'symlink', 'truncate', 'unlink', 'utimes', 'writeFile'],
]);

/** The call as a blocking one; null when it does not block, or what it calls is not known. */
export function findBlockingCall(file: LangChainFile, node: TSESTree.CallExpression, { allow, methods }: BlockingOptions): BlockingCall | null {
  const found = findKnown(file.of(node).here, node);
  if (!found || allow.includes(found.name)) return null;
  const isSlow = found.name.endsWith('Sync') ? !quick.has(found.name) : found.source === null || found.source === 'deasync';
  return isSlow || methods.includes(found.name) ? found : null;
}

function findKnown(file: LangChainFile, node: TSESTree.CallExpression): BlockingCall | null {
  const callee = unwrap(node.callee);
  // What Node offers is named by a member or by an import; nothing else needs a closer look.
  if (callee.type === AST_NODE_TYPES.MemberExpression && !/Sync$|^wait$/u.test(getKeyName(callee) ?? '') && !mayNameExport(file.scopes, callee)) return null;
  const trace = file.trace(callee);
  switch (trace.type) {
    case 'export': {
      const { source } = trace.export;
      const name = trace.export.name.replace(/^default\./u, '');
      if (source === 'deasync') return name === 'default' ? null : { name: `deasync.${name}`, source, instead: '`await` on the promise itself' };
      return sources.has(source) && !name.includes('.') ? { name, source, instead: getInstead(source, name) } : null;
    }
    case 'global':
      return trace.name === 'Atomics.wait' ? { name: trace.name, source: null, instead: '`await Atomics.waitAsync(…).value`' } : null;
    case 'instance':
      // What `deasync(fn)` makes of a function.
      return trace.of.source === 'deasync' ? { name: 'deasync', source: 'deasync', instead: '`await` on the function itself' } : null;
    default:
      return null;
  }
}

function getInstead(source: string, name: string): string {
  if (fileSystems.has(source)) {
    const form = name === 'existsSync' ? 'access' : getPromiseForm(name);
    return form === null ? 'the form of `node:fs/promises`' : `\`await ${form}(…)\` of \`node:fs/promises\``;
  }
  if (name === 'spawnSync') return '`spawn(…)` and wait for its `close` event';
  return name.endsWith('Sync') ? `\`await promisify(${name.slice(0, -'Sync'.length)})(…)\`` : 'its asynchronous form';
}

/** `readFile` for `readFileSync`; null where `fs/promises` has nothing of the same arguments and result. */
export function getPromiseForm(name: string): string | null {
  const form = name.replace(/Sync$/u, '');
  return form !== name && promised.has(form) ? form : null;
}

/** Packages that run the functions they are given in another thread or process. */
const workers = new Set(['jest-worker', 'node-worker-threads-pool', 'piscina', 'threads', 'tinypool', 'worker_threads', 'workerpool']);

/** Global functions that run what they are given after the handler has gone on. */
const timers = new Set(['process.nextTick', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout']);

/** Whether a node runs apart from the handler it stands in: the file is a worker, or it stands in a function that is handed to one or to a timer. */
export function runsElsewhere(file: LangChainFile, node: TSESTree.Node): boolean {
  const { text } = file.sourceCode;
  if (/\b(?:parentPort|workerData)\b/u.test(text) && text.includes('worker_threads')) return true;
  let isInFunction = false;
  for (let inner = node, current = node.parent; current; inner = current, current = current.parent) {
    if (isInFunction && isHandedOver(file, current, inner)) return true;
    isInFunction ||= isFunction(current);
  }
  return false;
}

function isHandedOver(file: LangChainFile, call: TSESTree.Node, inner: TSESTree.Node): boolean {
  if ((call.type !== AST_NODE_TYPES.CallExpression && call.type !== AST_NODE_TYPES.NewExpression) || call.callee === inner) return false;
  const callee = file.trace(call.callee);
  if (callee.type === 'global') return timers.has(callee.name);
  return workers.has(findOriginExport(file, call.callee)?.source ?? '');
}

/** How many variables a value may go through before it is kept. */
const maxSteps = 3;

/** Whether what a call gives, or what is made of it on the way from the handler, is kept beyond the handler and read there next time: `prompt ??= readFileSync(path)`. */
export function isKeptAcrossRuns(file: LangChainFile, node: TSESTree.Node, { handler, path }: HandlerSite): boolean {
  return [node, ...path].some((each) => isKept(file, each, handler, maxSteps));
}

function isKept(file: LangChainFile, node: TSESTree.Node, handler: Handler, steps: number): boolean {
  const value = getWhole(node);
  const { parent } = value;
  switch (parent?.type) {
    case AST_NODE_TYPES.AssignmentExpression:
      return parent.right === value && outlives(file, parent.left, handler) && isCached(file, value);
    case AST_NODE_TYPES.CallExpression: {
      const callee = unwrap(parent.callee);
      return callee.type === AST_NODE_TYPES.MemberExpression && outlives(file, callee.object, handler) && isCached(file, value);
    }
    case AST_NODE_TYPES.VariableDeclarator: {
      const variable = parent.id.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(parent.id) : null;
      if (!variable || steps === 0) return false;
      return variable.references.some((reference) => reference.isRead() && isKept(file, reference.identifier, handler, steps - 1));
    }
    default:
      return false;
  }
}

/** The value that an expression is a part of: `JSON.parse(readFileSync(path, 'utf8')).prompts` */
function getWhole(node: TSESTree.Node): TSESTree.Node {
  let value = wrapped(node);
  for (;;) {
    const { parent } = value;
    switch (parent?.type) {
      case AST_NODE_TYPES.CallExpression: {
        const callee = unwrap(parent.callee);
        // `cache.set(key, value)` keeps it.
        if (callee.type === AST_NODE_TYPES.MemberExpression && getKeyName(callee) === 'set' && parent.callee !== value) return value;
        break;
      }
      case AST_NODE_TYPES.ArrayExpression:
      case AST_NODE_TYPES.AwaitExpression:
      case AST_NODE_TYPES.MemberExpression:
      case AST_NODE_TYPES.NewExpression:
      case AST_NODE_TYPES.ObjectExpression:
      case AST_NODE_TYPES.Property:
      case AST_NODE_TYPES.TemplateLiteral:
        break;
      case AST_NODE_TYPES.LogicalExpression:
        // `cache ?? read()`: isCached reads the left side.
        return parent.right === value && parent.parent.type === AST_NODE_TYPES.AssignmentExpression ? parent : value;
      default:
        return value;
    }
    value = wrapped(parent);
  }
}

/** Whether what is written to exists before and after a run of the handler: a variable from outside it, or a member of a `this` that lasts. */
function outlives(file: LangChainFile, target: TSESTree.Node, handler: Handler): boolean {
  let root = unwrap(target);
  while (root.type === AST_NODE_TYPES.MemberExpression) root = unwrap(root.object);
  if (root.type !== AST_NODE_TYPES.Identifier) return root.type === AST_NODE_TYPES.ThisExpression && !handler.requestScopedThis;
  const definition = file.scopes.findVariable(root)?.defs[0];
  if (!definition || definition.type === 'Parameter' || contains(handler.node, definition.name)) return false;
  // Nor is a variable of the very function that writes to it.
  const writer = getEnclosingFunction(target);
  return writer === null || !contains(writer, definition.name);
}

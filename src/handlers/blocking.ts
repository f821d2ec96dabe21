import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { getInstead, quick, sources, timers, workers } from '../facts/packages/node-sync.ts';
import type { LangChainFile } from '../trace/file.ts';
import { mayNameExport } from '../trace/imports.ts';
import { findOriginExport } from './handler.ts';

/** A call that blocks the event loop until it is done. */
export interface BlockingCall {
  /** `readFileSync`, `Atomics.wait`, `deasync`. */
  readonly name: string;
  /** The module, without a `node:` prefix; null for a global. */
  readonly source: string | null;
  /** The call to write instead. */
  readonly instead: string;
}

export interface BlockingOptions {
  /** Names that block, in addition to the known ones. */
  readonly methods: readonly string[];
  /** Names that are allowed to block. */
  readonly allow: readonly string[];
}

/** The blocking call; null when it does not block, or its callee cannot be resolved. */
export function findBlockingCall(
  file: LangChainFile,
  node: TSESTree.CallExpression,
  { allow, methods }: BlockingOptions,
): BlockingCall | null {
  const found = findKnown(file.of(node).alone, node);
  if (!found || allow.includes(found.name)) return null;
  const bare = found.name.replace(/^(?:Bun|Deno)\./u, '');
  if (allow.includes(bare)) return null;
  const isSlow = found.name.endsWith('Sync') ? !quick.has(bare) : found.source === null || found.source === 'deasync';
  return isSlow || methods.includes(found.name) ? found : null;
}

function findKnown(file: LangChainFile, node: TSESTree.CallExpression): BlockingCall | null {
  const callee = unwrap(node.callee);
  // Node's functions are named by a member or an import; nothing else needs a closer look.
  if (
    callee.type === AST_NODE_TYPES.MemberExpression &&
    !/Sync$|^wait$/u.test(getKeyName(callee) ?? '') &&
    !mayNameExport(file.scopes, callee)
  )
    return null;
  const trace = file.trace(callee);
  switch (trace.type) {
    case 'export': {
      const { source } = trace.export;
      const name = trace.export.name.replace(/^default\./u, '');
      if (source === 'deasync')
        return name === 'default'
          ? null
          : { name: `deasync.${name}`, source, instead: '`await` on the promise itself' };
      if (source === 'bun') return readRuntimeCall(`Bun.${name}`);
      return sources.has(source) && !name.includes('.') ? { name, source, instead: getInstead(source, name) } : null;
    }
    case 'global':
      return trace.name === 'Atomics.wait'
        ? { name: trace.name, source: null, instead: '`await Atomics.waitAsync(…).value`' }
        : readRuntimeCall(trace.name.replace(/^globalThis\./u, ''));
    case 'instance':
      // The result of `deasync(fn)`.
      return trace.of.source === 'deasync'
        ? { name: 'deasync', source: 'deasync', instead: '`await` on the function itself' }
        : null;
    default:
      return null;
  }
}

/** `Deno.readTextFileSync`, `Bun.spawnSync`. */
function readRuntimeCall(name: string): BlockingCall | null {
  if (!/^(?:Bun|Deno)\.\w+Sync$/u.test(name)) return null;
  const form = name.slice(0, -'Sync'.length);
  return {
    name,
    source: null,
    instead: name === 'Bun.spawnSync' ? '`await Bun.spawn(…).exited`' : `\`await ${form}(…)\``,
  };
}

/**
 * Whether a node runs apart from the handler around it: the file is a worker, or a function around the node is passed
 * to a worker or a timer.
 */
export function runsApart(file: LangChainFile, node: TSESTree.Node): boolean {
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
  if (
    (call.type !== AST_NODE_TYPES.CallExpression && call.type !== AST_NODE_TYPES.NewExpression) ||
    call.callee === inner
  )
    return false;
  const callee = file.trace(call.callee);
  if (callee.type === 'global') return timers.has(callee.name);
  return workers.has(findOriginExport(file, call.callee)?.source ?? '');
}

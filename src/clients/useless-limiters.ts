import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../ast/calls.ts';
import { getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { climb } from '../flow/calls/callbacks.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { findLimiter } from '../flow/calls/limiters.ts';
import { findCall } from '../langchain/calls.ts';
import type { LangChainFile } from '../trace/file.ts';
import { mayNameExport } from '../trace/imports.ts';
import { isAnywhere } from '../trace/nodes.ts';

/** Methods of limiters that let a function or a caller through. */
const entrances = new Set([
  'acquire',
  'add',
  'exec',
  'execute',
  'push',
  'runExclusive',
  'schedule',
  'submit',
  'use',
  'wait',
]);
/** Methods that let nothing through. */
const others = new Set(['clear', 'off', 'on', 'onEmpty', 'onIdle', 'pause', 'release', 'start']);

/**
 * Whether a call creates a limiter for a single remote call, right where that call is made, so it limits nothing:
 * `docs.map((doc) => pLimit(5)(() => model.invoke(doc)))`. A limiter for the parts of one item is useful.
 */
export function isUselessLimiter(file: LangChainFile, node: Call): boolean {
  if (!mayNameExport(file.scopes, node.callee)) return false;
  const trace = file.alone.trace(node);
  if (trace.type !== 'instance' || trace.node !== node) return false;
  const limiter = findLimiter(file.alone, node, []);
  if (limiter?.construction !== node || !limiter.limits) return false;
  const uses = findUses(file, node);
  const [use] = uses ?? [];
  if (!use || uses?.length !== 1) return false;
  return isInSamePlace(file, node, use) && startsRemoteCall(file, getGuarded(use), 3);
}

/** The calls that go through a limiter; null when it goes out of sight. */
function findUses(file: LangChainFile, node: TSESTree.Node): readonly TSESTree.CallExpression[] | null {
  const value = wrapped(node);
  const { parent } = value;
  if (parent?.type !== AST_NODE_TYPES.VariableDeclarator || parent.id.type !== AST_NODE_TYPES.Identifier) {
    const use = findUse(value);
    return use && use !== 'none' ? [use] : null;
  }
  const uses: TSESTree.CallExpression[] = [];
  for (const reference of file.scopes.findVariable(parent.id)?.references ?? []) {
    if (reference.init === true) continue;
    const use = findUse(wrapped(reference.identifier));
    if (use === null) return null;
    if (use !== 'none') uses.push(use);
  }
  return uses;
}

function findUse(value: TSESTree.Node): TSESTree.CallExpression | 'none' | null {
  const { parent } = value;
  if (parent?.type === AST_NODE_TYPES.CallExpression) return parent.callee === value ? parent : null;
  if (parent?.type !== AST_NODE_TYPES.MemberExpression || parent.object !== value) return null;
  const call = wrapped(parent).parent;
  const name = getKeyName(parent) ?? '';
  if (call?.type !== AST_NODE_TYPES.CallExpression || unwrap(call.callee) !== parent) return null;
  if (others.has(name)) return 'none';
  return entrances.has(name) ? call : null;
}

/** Whether two nodes run equally often. */
function isInSamePlace(file: LangChainFile, one: TSESTree.Node, other: TSESTree.Node): boolean {
  const [a, b] = [climb(file, one), climb(file, other)];
  return (
    a.top === b.top &&
    a.perItems.length === b.perItems.length &&
    a.perItems.every((perItem, index) => perItem.node === b.perItems[index]?.node)
  );
}

/** The function that a limiter runs, or the block that awaited its turn. */
function getGuarded(use: TSESTree.CallExpression): TSESTree.Node {
  if (use.arguments.length > 0) return use;
  let block: TSESTree.Node = use;
  while (block.parent && block.type !== AST_NODE_TYPES.BlockStatement) block = block.parent;
  return block;
}

function startsRemoteCall(file: LangChainFile, region: TSESTree.Node, depth: number): boolean {
  return isAnywhere(file, region, (node) => {
    if (node.type !== AST_NODE_TYPES.CallExpression) return false;
    const call = findCall(file, node);
    const fn = depth > 0 && !call ? resolveFunction(file, node.callee) : null;
    return call?.remote === true || (fn !== null && startsRemoteCall(file, fn.body, depth - 1));
  });
}

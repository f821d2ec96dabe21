import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../../ast/ancestors.ts';
import { getKeyName, unwrap, wrapped } from '../../ast/nodes.ts';
import { findReturns } from '../../ast/returns.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { getCallSites } from '../calls/call-graph.ts';
import { getUses } from './closing.ts';
import { getWholeValue } from './whole.ts';

/** Methods that open an instance, and fail for one that is open. */
const openingMethods = new Set(['connect', 'init', 'initialize', 'open', 'setup', 'start']);

/** Classes whose `connect` may be called again: it hands out a connection, or does nothing. */
const reconnecting = new Set(['MongoClient', 'Pool']);

/** How many functions may return an instance. */
const maxFunctions = 5;

/** Whether an instance is opened after its construction, so that a shared one would be opened a second time. */
export function isOpened(file: LangChainFile, construction: TSESTree.Node, depth = maxFunctions): boolean {
  const made = file.trace(construction);
  if (made.type === 'instance' && reconnecting.has(made.of.name)) return false;
  const values = [construction, ...getUses(file, construction)];
  if (values.some(isOpening)) return true;
  const fn = depth > 0 ? getEnclosingFunction(construction) : null;
  const known = new Set(values.map((value) => unwrap(value)).concat(unwrap(getWholeValue(file, construction))));
  const isReturned = fn && findReturns(fn, file.sourceCode.visitorKeys).some((value) => known.has(unwrap(value)));
  return (
    isReturned === true &&
    getCallSites(file, fn).some(({ argument, call }) => argument === null && isOpened(file, call, depth - 1))
  );
}

/** `client.connect()`, `createClient().on('error', log).connect()` */
function isOpening(value: TSESTree.Node): boolean {
  const member = wrapped(value).parent;
  if (member?.type !== AST_NODE_TYPES.MemberExpression || member.object !== wrapped(value)) return false;
  const call = wrapped(member).parent;
  if (call?.type !== AST_NODE_TYPES.CallExpression || unwrap(call.callee) !== member) return false;
  return openingMethods.has(getKeyName(member) ?? '') || isOpening(call);
}

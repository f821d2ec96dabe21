import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap, wrapped } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { vectorStoreMethods } from '../../facts/methods.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { findMutation } from './mutation.ts';
import { getWholeValue } from './whole.ts';

const closingMethods = new Set(['close', 'destroy', 'disconnect', 'end', 'quit']);

/**
 * Whether an instance is changed or closed after it was made: `model.temperature = 0`, `model.callbacks.push(tracer)`,
 * `await pool.end()`, `model.client.destroy()`, `await using`; `isFilled` counts documents added to it too.
 */
export function isChangedOrClosed(file: LangChainFile, construction: TSESTree.Node, isFilled: boolean): boolean {
  const declarator = getWholeValue(file, construction).parent;
  if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator || declarator.id.type !== AST_NODE_TYPES.Identifier)
    return false;
  if (declarator.parent.kind === 'using' || declarator.parent.kind === 'await using') return true;
  return (file.scopes.findVariable(declarator.id)?.references ?? []).some(({ identifier }) =>
    isChange(identifier, isFilled),
  );
}

function isChange(identifier: TSESTree.Node, isFilled: boolean): boolean {
  const object = wrapped(identifier);
  const member = object.parent;
  if (member?.type !== AST_NODE_TYPES.MemberExpression || member.object !== object) return false;
  const { parent } = wrapped(member);
  if (parent?.type === AST_NODE_TYPES.CallExpression && unwrap(parent.callee) === member) {
    const name = getKeyName(member);
    return isDisposed(member) || (name !== null && (closingMethods.has(name) || (isFilled && changesStore(name))));
  }
  return findMutation(identifier) !== null || isPartClosed(member);
}

/** `model[Symbol.dispose]()` */
function isDisposed({ computed, property }: TSESTree.MemberExpression): boolean {
  return (
    computed &&
    property.type === AST_NODE_TYPES.MemberExpression &&
    /^(?:asyncDispose|dispose)$/u.test(getKeyName(property) ?? '')
  );
}

/** `model.client.close()` */
function isPartClosed(part: TSESTree.Node): boolean {
  let member = wrapped(part).parent;
  while (member?.type === AST_NODE_TYPES.MemberExpression) {
    const { parent } = wrapped(member);
    if (parent?.type === AST_NODE_TYPES.CallExpression && unwrap(parent.callee) === member)
      return closingMethods.has(getKeyName(member) ?? '');
    member = parent;
  }
  return false;
}

/** Static methods, which make a store, are called on its class. */
function changesStore(method: string): boolean {
  const does = vectorStoreMethods.get(method)?.does;
  return does === 'deletes' || does === 'writes';
}

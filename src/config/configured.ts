import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, isFunction, unwrap, wrapped } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findCall } from '../langchain/calls.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isUndefined } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';

/** A call that receives a runnable config: a method, or `withConfig`. */
export interface Configured {
  readonly node: TSESTree.CallExpression;
  /** `withConfig` too. */
  readonly method: string;
  readonly receiver: LangChainValue;
  readonly receiverNode: TSESTree.Node;
  readonly input: TSESTree.Node | null;
  /** The configs as written; empty when there is none. */
  readonly configs: readonly TSESTree.Node[];
  /**
   * `written`: the configs of `batch(inputs, [a, b])`, in the order of the inputs. `mapped`: one config for each input.
   */
  readonly list: 'mapped' | 'written' | null;
}

/** The config that a call on a LangChain value receives; null for another call. */
export function findConfigured(file: LangChainFile, node: TSESTree.CallExpression): Configured | null {
  const call = findCall(file, node);
  if (call) {
    const { input, method, receiver, receiverNode } = call;
    // Embeddings take no config, but people pass one.
    const config = receiver.kind === 'embeddings' ? (node.arguments[1] ?? null) : call.config;
    return { node, method, receiver, receiverNode, input, ...readConfigs(file, config) };
  }
  const callee = unwrap(node.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression || getKeyName(callee) !== 'withConfig') return null;
  const bound = file.resolve(node);
  if (bound.is !== 'yes' || bound.value.builder !== 'withConfig' || !bound.value.base) return null;
  return {
    node,
    method: 'withConfig',
    receiver: bound.value.base,
    receiverNode: callee.object,
    input: null,
    ...readConfigs(file, node.arguments[0] ?? null),
  };
}

function readConfigs(file: LangChainFile, argument: TSESTree.Node | null): Pick<Configured, 'configs' | 'list'> {
  if (!argument || isUndefined(file, argument)) return { configs: [], list: null };
  const mapped = getMapped(file, unwrap(argument));
  if (mapped) return { configs: mapped, list: 'mapped' };
  const trace = file.trace(argument);
  if (trace.type !== 'array') return { configs: [argument], list: null };
  const { elements } = trace.node;
  // After a spread, it is unknown which input a config belongs to.
  const end = elements.findIndex((element) => !element || element.type === AST_NODE_TYPES.SpreadElement);
  const known = end === -1 ? elements : elements.slice(0, end);
  return { configs: known.filter((element) => element !== null), list: 'written' };
}

/** `inputs.map((input) => ({ … }))`: the objects that the callback returns. */
export function getMapped(file: LangChainFile, call: TSESTree.Node): readonly TSESTree.Node[] | null {
  if (call.type !== AST_NODE_TYPES.CallExpression) return null;
  const callee = unwrap(call.callee);
  const [callback] = call.arguments;
  if (callee.type !== AST_NODE_TYPES.MemberExpression || getKeyName(callee) !== 'map') return null;
  return isFunction(callback) ? findReturns(callback, file.sourceCode.visitorKeys) : null;
}

/**
 * Whether `accepts` holds for every use of a literal config in a call or a constant. False where the config goes out of
 * sight: exported, returned, part of another object.
 */
export function isOnlyUsedBy(
  file: LangChainFile,
  config: TSESTree.ObjectExpression,
  accepts: (configured: Configured) => boolean,
  depth = 3,
): boolean {
  const node = wrapped(config);
  const { parent } = node;
  if (
    parent?.type === AST_NODE_TYPES.VariableDeclarator &&
    parent.init === node &&
    parent.id.type === AST_NODE_TYPES.Identifier
  ) {
    if (parent.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration) return false;
    const references =
      file.scopes.findVariable(parent.id)?.references.filter((reference) => reference.init !== true) ?? [];
    return (
      references.length > 0 && references.every(({ identifier }) => isUsedBy(file, wrapped(identifier), accepts, depth))
    );
  }
  return isUsedBy(file, node, accepts, depth);
}

function isUsedBy(
  file: LangChainFile,
  node: TSESTree.Node,
  accepts: (configured: Configured) => boolean,
  depth: number,
): boolean {
  const { parent } = node;
  if (!parent || depth === 0) return false;
  switch (parent.type) {
    case AST_NODE_TYPES.CallExpression: {
      const configured = parent.callee === node ? null : findConfigured(file, parent);
      return configured !== null && configured.input !== node && accepts(configured);
    }
    case AST_NODE_TYPES.SpreadElement:
      return (
        parent.parent.type === AST_NODE_TYPES.ObjectExpression && isOnlyUsedBy(file, parent.parent, accepts, depth - 1)
      );
    case AST_NODE_TYPES.ArrayExpression:
      return isUsedBy(file, wrapped(parent), accepts, depth - 1);
    case AST_NODE_TYPES.ArrowFunctionExpression: {
      const call = parent.body === node ? parent.parent : null;
      return call?.type === AST_NODE_TYPES.CallExpression && isUsedBy(file, wrapped(call), accepts, depth - 1);
    }
    default:
      return false;
  }
}

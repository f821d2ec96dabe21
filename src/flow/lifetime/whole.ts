import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap, wrapped } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { LangChainFile } from '../../trace/file.ts';

/**
 * The whole expression around a construction, with its `await`, builders and `??`: `await new X().bindTools(tools)`,
 * `cache.get(key) ?? new X()`.
 */
export function getWholeValue(file: LangChainFile, construction: TSESTree.Node): TSESTree.Node {
  let value = wrapped(construction);
  for (;;) {
    const { parent } = value;
    const isPart =
      parent?.type === AST_NODE_TYPES.AwaitExpression ||
      (parent?.type === AST_NODE_TYPES.LogicalExpression && parent.right === value) ||
      (parent?.type === AST_NODE_TYPES.MemberExpression && parent.object === value && isBuilder(file, parent));
    if (!isPart) return value;
    value = wrapped(parent.type === AST_NODE_TYPES.MemberExpression ? (wrapped(parent).parent ?? parent) : parent);
  }
}

/** `bindTools` of `new X().bindTools(tools)`, as opposed to `invoke`, which returns a different kind of value. */
function isBuilder(file: LangChainFile, member: TSESTree.MemberExpression): boolean {
  const call = wrapped(member).parent;
  return (
    call?.type === AST_NODE_TYPES.CallExpression &&
    unwrap(call.callee) === member &&
    file.trace(call).type === 'langchain'
  );
}

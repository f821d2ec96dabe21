import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { type LangChainFile, perNode } from '../trace/file.ts';
import { isAnywhere } from '../trace/nodes.ts';

/** Whether the code writes to an environment variable in which a client may look for its key: the key then varies. */
export const writesKey = perNode((file: LangChainFile, code: TSESTree.Node): boolean =>
  isAnywhere(file.of(code), code, (node) => {
    if (node.type !== AST_NODE_TYPES.AssignmentExpression || node.right.type === AST_NODE_TYPES.Literal) return false;
    const target = unwrap(node.left);
    if (target.type !== AST_NODE_TYPES.MemberExpression) return false;
    const trace = file.trace(target.object);
    return trace.type === 'global' && trace.name === 'process.env';
  }),
);

import type { TSESTree } from '@typescript-eslint/utils';
import { leaves } from '../../ast/statements.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';

/** A condition that decides whether code is reached; `isMissing`: the outcome of its test in that case. */
export interface Guard {
  readonly test: TSESTree.Node;
  readonly isMissing: boolean;
}

/** The conditions on the way from a region to a value in it. */
export function findGuards(value: TSESTree.Node, region: TSESTree.Node): readonly Guard[] {
  const guards: Guard[] = [];
  for (
    let inner = value, current = value.parent;
    current && inner !== region;
    inner = current, current = current.parent
  ) {
    switch (current.type) {
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.IfStatement:
        if (current.test !== inner) guards.push({ test: current.test, isMissing: current.consequent === inner });
        break;
      case AST_NODE_TYPES.LogicalExpression:
        if (current.right === inner) guards.push({ test: current.left, isMissing: current.operator === '&&' });
        break;
      case AST_NODE_TYPES.AssignmentExpression:
        if (current.right === inner && (current.operator === '??=' || current.operator === '||='))
          guards.push({ test: current.left, isMissing: false });
        break;
      case AST_NODE_TYPES.BlockStatement:
        for (const statement of current.body) {
          if (statement === inner) break;
          if (statement.type === AST_NODE_TYPES.IfStatement && leaves(statement.consequent))
            guards.push({ test: statement.test, isMissing: false });
        }
        break;
      default:
    }
  }
  return guards;
}

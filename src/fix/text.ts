import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../trace/file.ts';

/** The text of an expression in a place that a comma would end: an argument, an element, or the value of a property. */
export function getArgumentText({ sourceCode }: LangChainFile, node: TSESTree.Node): string {
  const text = sourceCode.getText(node);
  return node.type === AST_NODE_TYPES.SequenceExpression ? `(${text})` : text;
}

/** The parentheses that an expression needs as the body of an arrow function. */
export function getBodyParentheses(
  { sourceCode }: LangChainFile,
  node: TSESTree.Node,
): readonly [open: string, close: string] {
  return node.type === AST_NODE_TYPES.SequenceExpression || sourceCode.getFirstToken(node)?.value === '{'
    ? ['(', ')']
    : ['', ''];
}

/** The indentation of a line. */
export function getIndent(line = ''): string {
  return /^\s*/u.exec(line)?.[0] ?? '';
}

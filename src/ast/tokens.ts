import { AST_TOKEN_TYPES } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/utils';

function isPunctuator(token: TSESTree.Token | null | undefined, value: string): boolean {
  return token?.type === AST_TOKEN_TYPES.Punctuator && token.value === value;
}

export const isArrowToken = (token: TSESTree.Token): boolean => isPunctuator(token, '=>');
export const isClosingParenToken = (token: TSESTree.Token): boolean => isPunctuator(token, ')');
export const isCommaToken = (token: TSESTree.Token): boolean => isPunctuator(token, ',');

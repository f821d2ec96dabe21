import { AST_NODE_TYPES as types } from '@typescript-eslint/types';

/** A local binding: bundled directly, every access would run a getter of the compiled CommonJS. */
export const AST_NODE_TYPES = types;
export type AST_NODE_TYPES = types;

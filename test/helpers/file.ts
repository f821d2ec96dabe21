import * as parser from '@typescript-eslint/parser';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { SourceCode } from 'eslint';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import { walk } from '../../src/ast/walk.ts';
import { getFile } from '../../src/open-file.ts';
import type { LangChainFile } from '../../src/trace/file.ts';

export interface ParseOptions {
  /** As the engine offers them; without a parser, other files are out of reach. */
  readonly languageOptions?: Readonly<Record<string, unknown>>;
  readonly filename?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * The facts of a module, as rules get them.
 * @throws {Error} When the module imports nothing from LangChain.
 */
export function parseFile(
  code: string,
  { filename = 'src/app.ts', languageOptions = {}, settings = {} }: ParseOptions = {},
): LangChainFile {
  const parsed = parser.parseForESLint(code, {
    sourceType: 'module',
    range: true,
    loc: true,
    tokens: true,
    comment: true,
    ecmaFeatures: { jsx: filename.endsWith('x') },
  });
  const sourceCode = new SourceCode({
    text: code,
    ast: parsed.ast as unknown as ConstructorParameters<typeof SourceCode>[0] extends { ast: infer Ast } ? Ast : never,
    scopeManager: parsed.scopeManager as unknown as null,
    visitorKeys: parsed.visitorKeys as unknown as Record<string, string[]>,
  });
  // As before the first listener of a rule runs: every node knows its parent.
  sourceCode.traverse();
  const file = getFile({ sourceCode, settings, filename, languageOptions } as unknown as TSESLint.RuleContext<
    string,
    readonly unknown[]
  >);
  if (!file) throw new Error('The module imports nothing from LangChain.');
  return file;
}

/** The nodes of a type, in source order. */
export function findNodes<Type extends AST_NODE_TYPES>(
  file: LangChainFile,
  type: Type,
): Extract<TSESTree.Node, { type: Type }>[] {
  const found: Extract<TSESTree.Node, { type: Type }>[] = [];
  walk(file.program, file.sourceCode.visitorKeys, (node) => {
    if (node.type === type) found.push(node as Extract<TSESTree.Node, { type: Type }>);
    return true;
  });
  return found;
}

/** The arguments of the calls `$(…)` in a module: the expressions that a test asks about. */
export function findMarked(file: LangChainFile): TSESTree.Node[] {
  return findNodes(file, AST_NODE_TYPES.CallExpression).flatMap((node) =>
    node.callee.type === AST_NODE_TYPES.Identifier && node.callee.name === '$' ? node.arguments : [],
  );
}

/** `@typescript-eslint/parser` without what builds type-checked programs, which would bring all of TypeScript along. */
import { analyze, type AnalyzeOptions } from '@typescript-eslint/scope-manager';
import { astConverter, getScriptKind } from '@typescript-eslint/typescript-estree/use-at-your-own-risk';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import { createSourceFile, ScriptTarget } from 'typescript';

interface ParserOptions extends Pick<AnalyzeOptions, 'lib'> {
  readonly ecmaFeatures?: { readonly jsx?: boolean };
  readonly filePath?: string;
  readonly sourceType?: 'commonjs' | 'module' | 'script';
}

type Settings = Parameters<typeof astConverter>[1];

/** All that ESLint wants of a tree. */
const SETTINGS: Pick<
  Settings,
  | 'allowInvalidAST'
  | 'comment'
  | 'errorOnUnknownASTType'
  | 'loc'
  | 'range'
  | 'suppressDeprecatedPropertyWarnings'
  | 'tokens'
> = {
  allowInvalidAST: false,
  comment: true,
  errorOnUnknownASTType: false,
  loc: true,
  range: true,
  suppressDeprecatedPropertyWarnings: true,
  tokens: [],
};

/** @throws {Error} For a syntax error, with its place. */
export function parseForESLint(code: string, { ecmaFeatures, filePath = 'file.ts', lib, sourceType }: ParserOptions) {
  const type = sourceType === 'module' ? 'module' : 'script';
  const isJsx = ecmaFeatures?.jsx === true;
  const source = createSourceFile(filePath, code, ScriptTarget.Latest, true, getScriptKind(filePath, isJsx));
  const { estree: ast } = astConverter(source, SETTINGS as Settings, false);
  ast.sourceType = type;
  const scopeManager = analyze(ast, { sourceType: type, ...(lib && { lib }) });
  return { ast, scopeManager, services: {}, visitorKeys };
}

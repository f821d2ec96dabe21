import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { analyze } from 'eslint-scope';
import type { Program } from 'estree';
import { isNode } from '../ast/walk.ts';
import { mayHoldJsx } from './imports.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** A parsed file, with the parents of its nodes. */
export interface Source {
  readonly ast: TSESTree.Program;
  readonly scopeManager: TSESLint.Scope.ScopeManager;
  readonly text: string;
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
}

/** What parses the other files of a project: the parser that the linted file uses, without its project options. */
export interface Parser {
  /** Identifies the parser. */
  readonly key: object;
  /** @throws {Error} For a syntax error. */
  parse(file: string, text: string): Source;
}

/** Options by which a parser would build a type-checked program. */
const projectOptions = new Set([
  'EXPERIMENTAL_useProjectService',
  'extraFileExtensions',
  'parser',
  'program',
  'programs',
  'project',
  'projectService',
  'tsconfigRootDir',
]);

/** The parser of the linted file; null where the engine offers none, as oxlint does: there the property throws. */
export function getParser(context: Context): Parser | null {
  try {
    const { languageOptions, sourceCode } = context;
    const { visitorKeys } = sourceCode;
    const module = findParser(languageOptions);
    return module && createParser(module, languageOptions, visitorKeys);
  } catch {
    return null;
  }
}

/** Outlives the linted file, and so keeps nothing of it. */
function createParser(
  module: ScriptParser,
  languageOptions: Context['languageOptions'],
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): Parser {
  return { key: module, parse: (file, text) => parse(module, languageOptions, visitorKeys, file, text) };
}

interface ScriptParser {
  parse?(text: string, options: object): unknown;
  parseForESLint?(text: string, options: object): unknown;
}

interface Parsed {
  readonly ast: TSESTree.Program;
  readonly scopeManager?: TSESLint.Scope.ScopeManager | null;
  readonly visitorKeys?: TSESLint.SourceCode.VisitorKeys;
}

/** Parsers of component files (Vue, Astro) name the one for scripts in their options, by itself or by language. */
function findParser({ parser, parserOptions }: Context['languageOptions']): ScriptParser | null {
  const inner: unknown = Reflect.get(parserOptions, 'parser');
  const candidates = [inner, typeof inner === 'object' && inner !== null ? Reflect.get(inner, 'ts') : null, parser];
  return candidates.find(isParser) ?? null;
}

function isParser(value: unknown): value is ScriptParser {
  return (
    typeof value === 'object' &&
    value !== null &&
    (typeof Reflect.get(value, 'parseForESLint') === 'function' || typeof Reflect.get(value, 'parse') === 'function')
  );
}

function parse(
  module: ScriptParser,
  { ecmaVersion, parserOptions, sourceType }: Context['languageOptions'],
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
  file: string,
  text: string,
): Source {
  const given = Object.entries(parserOptions).filter(([name]) => !projectOptions.has(name));
  const options = {
    ecmaVersion,
    sourceType: /\.c[jt]s$/u.test(file) ? 'commonjs' : sourceType,
    ...Object.fromEntries(given),
    ecmaFeatures: { jsx: mayHoldJsx(file) },
    filePath: file,
    comment: false,
    // The names of TypeScript's libraries take a third of the time to parse a file.
    lib: [],
    loc: true,
    // Which node of TypeScript's each was made from is asked of typed files alone, and takes a twentieth of the time.
    preserveNodeMaps: false,
    range: true,
    tokens: false,
  };
  const parsed = (module.parseForESLint?.(text, options) ?? { ast: module.parse?.(text, options) }) as Parsed;
  const keys = parsed.visitorKeys ?? visitorKeys;
  setParents(parsed.ast, keys);
  // Nobody asks for them, and ESLint's source code wants them to be there.
  Object.assign(parsed.ast, { comments: [], tokens: [] });
  return {
    ast: parsed.ast,
    scopeManager: parsed.scopeManager ?? analyzeScopes(parsed.ast, options.ecmaVersion, options.sourceType),
    text,
    visitorKeys: keys,
  };
}

/** espree leaves the scopes to ESLint. */
function analyzeScopes(ast: TSESTree.Program, ecmaVersion: unknown, sourceType: unknown): TSESLint.Scope.ScopeManager {
  const manager = analyze(ast as unknown as Program, {
    ecmaVersion: typeof ecmaVersion === 'number' ? ecmaVersion : 2026,
    sourceType: sourceType === 'commonjs' || sourceType === 'script' ? sourceType : 'module',
    ignoreEval: true,
    jsx: true,
  });
  return manager as unknown as TSESLint.Scope.ScopeManager;
}

function setParents(root: TSESTree.Node, visitorKeys: TSESLint.SourceCode.VisitorKeys): void {
  const pending: TSESTree.Node[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    for (const key of visitorKeys[node.type] ?? []) {
      const child: unknown = Reflect.get(node, key);
      for (const each of Array.isArray(child) ? (child as unknown[]) : [child]) {
        if (!isNode(each)) continue;
        Reflect.set(each, 'parent', node);
        pending.push(each);
      }
    }
  }
}

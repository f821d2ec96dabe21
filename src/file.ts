import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { Scopes } from './ast/scopes.ts';
import { mayNameExport, readImports, type Imports } from './langchain/imports.ts';
import { Resolver } from './langchain/resolve.ts';
import type { ExportRef, Resolution, Trace } from './langchain/value.ts';
import { getSettings, type Settings } from './settings.ts';

/** A linted file that imports LangChain, with the facts that all rules share. */
export interface LangChainFile {
  readonly filename: string;
  readonly program: TSESTree.Program;
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly settings: Settings;
  readonly scopes: Scopes;
  readonly imports: Imports;
  /** Whether an expression is a LangChain value; a promised one (`initChatModel()` before `await`) is `no`. */
  resolve(node: TSESTree.Node): Resolution;
  /** What an expression is, for any package. */
  trace(node: TSESTree.Node): Trace;
  /** The export that an expression names; null for anything else. Costs next to nothing where the expression is none, as most callees are. */
  traceExport(node: TSESTree.Node): ExportRef | null;
}

const files = new WeakMap<TSESTree.Program, LangChainFile | null>();

/** The facts of a file; null when it imports nothing from LangChain. Keyed on the Program: under oxlint `sourceCode` is one object for all files. */
export function getFile(context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>): LangChainFile | null {
  const program = context.sourceCode.ast;
  let file = files.get(program);
  if (file === undefined) {
    file = createFile(context, program);
    files.set(program, file);
  }
  return file;
}

function createFile(context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>, program: TSESTree.Program): LangChainFile | null {
  const settings = getSettings(context);
  const imports = readImports(context.sourceCode, settings.modules);
  if (!imports.hasLangChain) return null;
  const scopes = new Scopes(context.sourceCode.scopeManager);
  const resolver = new Resolver(scopes, imports, context.sourceCode.visitorKeys);
  return {
    filename: context.filename,
    program,
    sourceCode: context.sourceCode,
    settings,
    scopes,
    imports,
    resolve: (node) => resolver.resolve(node),
    trace: (node) => resolver.trace(node),
    traceExport: (node) => {
      const trace = mayNameExport(scopes, node) ? resolver.trace(node) : null;
      return trace?.type === 'export' ? trace.export : null;
    },
  };
}

/** A fact computed once per file, on first use. `undefined` is not a fact: return null for "nothing". */
export function perFile<Fact extends object | string | number | boolean | null>(compute: (file: LangChainFile) => Fact): (file: LangChainFile) => Fact {
  const facts = new WeakMap<LangChainFile, Fact>();
  return (file) => {
    const known = facts.get(file);
    if (known !== undefined) return known;
    const fact = compute(file);
    facts.set(file, fact);
    return fact;
  };
}

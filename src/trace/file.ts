import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Scopes } from '../ast/scopes.ts';
import { takeStep } from '../budget.ts';
import type { ExportRef } from '../facts/export-ref.ts';
import { Answers, type Cut } from '../memo.ts';
import type { Mark } from '../project/summary.ts';
import type { Settings } from '../settings.ts';
import type { Imports } from './imports.ts';
import type { Resolution, Trace } from './value.ts';

/**
 * A file that uses LangChain, with the facts that all rules share: the linted one, or one of its project that it leads
 * to. Expressions of other files are accepted too; they are answered by their own file.
 */
export interface LangChainFile {
  readonly filename: string;
  readonly program: TSESTree.Program;
  /** Of another file than the linted one it has neither tokens nor comments. */
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly settings: Settings;
  readonly scopes: Scopes;
  readonly imports: Imports;
  /** The file without its project. Most calls can be judged without reading other files, which costs far more. */
  readonly alone: LangChainFile;
  /** Whether it leads to more files than are parsed for one. */
  readonly leavesOut: boolean;
  /** Whether an expression is a LangChain value; a promised one (`initChatModel()` before `await`) is `no`. */
  resolve(node: TSESTree.Node): Resolution;
  /** What an expression is, for any package. */
  trace(node: TSESTree.Node): Trace;
  /** What a member of such a thing is. */
  traceMember(holder: Trace, name: string): Trace;
  /**
   * The export that an expression names; null for anything else. Costs next to nothing for other expressions, such as
   * most callees. With a mark, only what leads to it is followed through other files.
   */
  findExport(node: TSESTree.Node, mark?: Mark): ExportRef | null;
  /**
   * The node of another file of the project that an imported name stands for; null for packages. Reads files that have
   * nothing to do with LangChain: with a mark, those that lead to it.
   */
  findImportedNode(node: TSESTree.Node, mark?: Mark): TSESTree.Node | null;
  /** The node of another file of the project that an export of it stands for; with a mark, if it leads to it. */
  findExportedNode(exported: ExportRef, mark?: Mark): TSESTree.Node | null;
  /** Whether anything that this file imports leads to a mark. */
  importsMark(mark: Mark): boolean;
  /** Whether an export of a file of the project, or without a name the file as a whole, leads to a mark. */
  leadsTo(specifier: string, name: string | null, mark: Mark): boolean;
  /** Whether the package of the file has another one beside it when it runs. */
  dependsOn(name: string): boolean;
  /** Whether nothing in the project tells that Deno or Bun runs the file. */
  runsOnNode(): boolean;
  /** The file that a node stands in: this one, or another of the project. */
  of(node: TSESTree.Node): LangChainFile;
  /** Whether a node stands in this file. */
  owns(node: TSESTree.Node): boolean;
  /** The source of a node, whichever file it stands in. */
  getText(node: TSESTree.Node): string;
}

/** A fact computed once per file, on first use. `undefined` is not a fact: return null for "nothing". */
export function perFile<Fact extends object | string | number | boolean | null>(
  compute: (file: LangChainFile) => Fact,
): (file: LangChainFile) => Fact {
  const facts = new WeakMap<LangChainFile, Fact>();
  return (file) => {
    const known = facts.get(file);
    if (known !== undefined) return known;
    const fact = compute(file);
    facts.set(file, fact);
    return fact;
  };
}

/** A fact computed once per node of a file, on first use, from nothing that asks for it again. */
export function perNode<Node extends TSESTree.Node, Fact extends object | string | number | boolean | null>(
  compute: (file: LangChainFile, node: Node) => Fact,
): (file: LangChainFile, node: Node) => Fact {
  const getFacts = perFile(() => new WeakMap<Node, Fact>());
  return (file, node) => {
    const facts = getFacts(file);
    const known = facts.get(node);
    if (known !== undefined) return known;
    takeStep();
    const fact = compute(file, node);
    facts.set(node, fact);
    return fact;
  };
}

/** A fact of a node or a value that asks for the same fact of others, possibly in circles and far. */
export function perKey<Key extends object, Answer extends NonNullable<unknown> | null>(
  cut: Cut<Answer>,
  compute: (file: LangChainFile, key: Key) => Answer,
): (file: LangChainFile, key: Key) => Answer {
  const getAnswers = perFile(() => new Answers<Key, Answer>(cut));
  return (file, key) => getAnswers(file).find(key, (each) => compute(file, each));
}

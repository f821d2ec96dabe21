import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { ClassMember } from '../ast/class-members.ts';
import type { Exports } from '../ast/exports.ts';
import type { ClassNode, FunctionNode } from '../ast/nodes.ts';
import type { Scopes } from '../ast/scopes.ts';
import type { Mark } from '../project/summary.ts';
import type { Imports } from './imports.ts';
import type { Origin, Resolution, Trace } from './value.ts';

/** A type that is written as a name: `ChatOpenAI`, `import('@langchain/openai').ChatOpenAI`. */
export type NamedType = TSESTree.TSImportType | TSESTree.TSTypeReference;

/** The other files of the project, as far as they can be read. */
export interface Links {
  /**
   * The file that a specifier leads to; null for a package, and where LangChain is out of reach of the export of this
   * name. Without a name the whole module is asked for.
   */
  find(specifier: string, name: string | null): Tracer | null;
  /** The same, whether or not LangChain is in reach; with a mark, only where the export leads to it. */
  findAny(specifier: string, name: string | null, mark: Mark | undefined): Tracer | null;
  /** The tracer of another file's program. */
  findOwner(program: TSESTree.Program): Tracer | null;
}

/**
 * Traces the expressions of a file. The groups of functions in this room (exports, bindings, members, calls,
 * annotations) ask one another through it: what is remembered, and what lies in a file further up or in another one.
 */
export interface Tracer {
  readonly program: TSESTree.Program;
  readonly scopes: Scopes;
  readonly imports: Imports;
  readonly exports: Exports;
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
  readonly links: Links | null;
  trace(node: TSESTree.Node): Trace;
  /** Whether an expression is a LangChain value. */
  resolve(node: TSESTree.Node): Resolution;
  traceVariable(variable: TSESLint.Scope.Variable): Trace;
  traceClassMember(member: ClassMember): Trace;
  /** The value that a type annotation promises; null when the type tells nothing. */
  traceType(type: TSESTree.TypeNode): Trace | null;
  /** What a call of the function returns. */
  traceReturn(fn: FunctionNode): Trace;
  /** A value of a class that is declared in the project. */
  instanceOf(
    classNode: ClassNode,
    node: TSESTree.Node,
    origin: Extract<Origin, 'annotation' | 'heritage' | 'this'>,
  ): Trace;
  /** What the whole file stands for: `import * as x`, `require()`. */
  traceModule(): Trace;
  /** What the file exports under a name; null when it exports nothing of the kind. */
  traceExported(name: string): Trace | null;
  /** The value that is promised by a type which the file exports under a name. */
  traceExportedType(name: string, type: NamedType): Trace | null;
  /** The node that the file exports under a name, whether or not LangChain is in reach. */
  findExported(name: string, mark: Mark | undefined): TSESTree.Node | null;
  /** A member of an object literal, or `[]` for the elements of an array. */
  tracePart(node: TSESTree.Node, part: string, compute: () => Trace): Trace;
}

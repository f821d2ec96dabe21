import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassNode, FunctionNode } from '../ast/nodes.ts';
import type { ClassEntry, FunctionEntry, Kind, ModuleId } from '../facts/catalog.ts';
import type { ExportRef } from '../facts/export-ref.ts';

/** The origin of a LangChain value. */
export type Origin =
  | 'annotation' // `llm: BaseChatModel`; the class may be any subclass
  | 'builder' // `base.pipe(…)`, `base.bindTools(…)`, `builder.compile()`
  | 'factory' // `createAgent(…)`, `initChatModel(…)`, `RunnableSequence.from(…)`
  | 'heritage' // `new X()` where the file declares `class X extends ChatOpenAI`
  | 'new' // `new ChatOpenAI(…)`
  | 'static' // `PGVectorStore.initialize(…)`
  | 'this'; // `this` in a class that extends a LangChain class

/** A value traced to an import from LangChain. */
export interface LangChainValue {
  readonly kind: Kind;
  /**
   * The class where it is known, with the base's class kept through `bindTools`, `withConfig`, `bind`, `withRetry`,
   * `withFallbacks`, `withListeners` (`ChatOpenAI`), `RunnableSequence` for `pipe`, `withStructuredOutput`, `assign`,
   * `pick`, `RunnableEach` for `map`, and the class a factory returns, else the factory's own name.
   */
  readonly className: string;
  /** The module that the class or factory was imported from. */
  readonly module: ModuleId;
  readonly entry: ClassEntry | FunctionEntry | undefined;
  readonly origin: Origin;
  /**
   * The construction (`NewExpression`, `CallExpression` of factory, static or builder), the annotation's type node, or
   * the `this` expression.
   */
  readonly node: TSESTree.Node;
  /**
   * For `builder`: the receiver. `model` of `model.bindTools(tools)`, the state graph of `graph.compile()`, the store
   * of `store.asRetriever()`.
   */
  readonly base: LangChainValue | null;
  /** For `builder`: its name. */
  readonly builder: string | null;
  /**
   * The steps of a sequence, in order, as far as they are written out (`RunnableSequence.from(steps)` with an unknown
   * array: one unknown step).
   */
  readonly steps: readonly Resolution[] | null;
  /** The class in the file, for `heritage` and `this`. */
  readonly classNode: ClassNode | null;
  /**
   * Other values that the expression may hold instead (`c ? new ChatOpenAI() : new ChatAnthropic()`); the value itself
   * is the first. Empty for a single one.
   */
  readonly alternatives: readonly LangChainValue[];
  /**
   * Whether the class is exactly this one: constructed in sight, with nothing else that could stand in its place
   * (annotation, default of a parameter, `given ?? new X()`).
   */
  readonly certain: boolean;
  /** Whether it may also be null or undefined (`llm?: ChatOpenAI`, `c ? model : null`). */
  readonly optional: boolean;
  /**
   * Whether a type that is written on the way may have fewer members than the class: `const model: Asker = new
   * ChatOpenAI()`.
   */
  readonly narrowed: boolean;
}

/** What is known of every value; the rest is what a value is unless something else is said of it. */
export type GivenValue = Partial<LangChainValue> &
  Pick<LangChainValue, 'module' | 'node' | 'origin'> & { readonly entry: ClassEntry | FunctionEntry };

export function createValue(given: GivenValue): LangChainValue {
  const { entry } = given;
  return {
    kind: entry.kind,
    className: entry.type === 'function' ? (entry.returns?.name ?? entry.name) : entry.name,
    base: null,
    builder: null,
    steps: null,
    classNode: null,
    alternatives: [],
    certain: false,
    optional: false,
    narrowed: false,
    ...given,
  };
}

/** Whether an expression is a LangChain value. Rules report on `yes` only; the reason explains the silence. */
export type Resolution =
  | { readonly is: 'no'; readonly reason: string }
  | { readonly is: 'unknown'; readonly reason: string }
  | { readonly is: 'yes'; readonly value: LangChainValue };

/**
 * Something that a type is written for, by which its members, its elements and its results are known to the compiler.
 */
interface Held {
  readonly heldTo?: Trace;
}

/** A function or method of which only the signature is written: `declare function`, abstract, in an interface. */
type Bodiless = TSESTree.TSDeclareFunction | TSESTree.TSEmptyBodyFunctionExpression | TSESTree.TSMethodSignature;

/**
 * What an expression is, for any package: what limiters, pools, web frameworks and Node built-ins are recognised by.
 */
export type Trace =
  /** `[a, b]`; `settled`: the result of `await Promise.all([a, b])`, its elements are awaited. */
  | ({ readonly type: 'array'; readonly node: TSESTree.ArrayExpression; readonly settled: boolean } & Held)
  /** A class declared in the project. Nodes may stand in other files than the linted one. */
  | { readonly type: 'class'; readonly node: ClassNode }
  | { readonly type: 'export'; readonly export: ExportRef }
  /** A function or method declared in the project. */
  | ({ readonly type: 'function'; readonly node: FunctionNode } & Held)
  /** An unresolved global, dotted through members: `Promise.all`, `process.env.KEY`, `undefined`. */
  | { readonly type: 'global'; readonly name: string }
  /**
   * `new X()` or `x()` of an export that is not LangChain's (then `node` is that expression), or a value annotated with
   * its type (then `node` is the type). Members of an instance are unknown.
   */
  | { readonly type: 'instance'; readonly of: ExportRef; readonly node: TSESTree.Node }
  | { readonly type: 'langchain'; readonly value: LangChainValue; readonly promised: boolean }
  /** A whole module of the project: `import * as models from './models'`. */
  | { readonly type: 'module'; readonly node: TSESTree.Program }
  | { readonly type: 'literal'; readonly node: TSESTree.Literal | TSESTree.TemplateLiteral }
  /** `new X()` of a class in the file, a value annotated with it, or `this` in it. */
  | ({ readonly type: 'localInstance'; readonly classNode: ClassNode; readonly node: TSESTree.Node } & Held)
  | ({ readonly type: 'object'; readonly node: TSESTree.ObjectExpression } & Held)
  /**
   * A value of a type that is written in the file: an interface, a type literal, an array or tuple type, a signature.
   */
  | {
      readonly type: 'typed';
      readonly node: Bodiless | TSESTree.TSInterfaceDeclaration | TSESTree.TypeNode;
      readonly promised: boolean;
    }
  | { readonly type: 'union'; readonly of: readonly Trace[] }
  | { readonly type: 'unknown'; readonly reason: string };

/** What builders were called on, down to the first: `model` of `model.bindTools(tools).withConfig(config)`. */
export function getBase(value: LangChainValue): LangChainValue {
  let base = value;
  while (base.base) base = base.base;
  return base;
}

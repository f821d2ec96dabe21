import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from '../ast/ancestors.ts';
import type { ClassMember } from '../ast/class-members.ts';
import { type Exports, readExports } from '../ast/exports.ts';
import { type ClassNode, type FunctionNode, getProgram } from '../ast/nodes.ts';
import type { Scopes } from '../ast/scopes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { Answers, type Part, Parts } from '../memo.ts';
import type { Mark } from '../project/summary.ts';
import { mergeTraces, traceAssigned, traceLogical } from './alternatives.ts';
import { computeType, traceAsserted } from './annotations.ts';
import { computeVariable, traceIdentifier } from './bindings.ts';
import { instanceOf, traceCall, traceNew, traceReturn, wholeModule } from './calls.ts';
import { findExported, findImportedNode, traceExported, traceExportedType, traceModule } from './exports.ts';
import type { Imports } from './imports.ts';
import { computeClassMember, traceMember } from './members.ts';
import type { Links, NamedType, Tracer } from './tracer.ts';
import { awaited, cycle, describe, notDefined, tooDeep } from './traces.ts';
import type { Resolution, Trace } from './value.ts';

/** For a value made of itself, and for one that is too many steps away. */
const cut = { onCycle: cycle, tooDeep };
const notExported = { onCycle: null, tooDeep: null };

/** From how many calls or members on a chain is long. */
const longChain = 20;

/**
 * Traces expressions to their imports, through the files of the project. Answers are cached, including unknown ones.
 */
export class Resolver implements Tracer {
  readonly program: TSESTree.Program;
  readonly scopes: Scopes;
  readonly imports: Imports;
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
  readonly links: Links | null;
  readonly #traces = new Answers<TSESTree.Node, Trace>(cut);
  readonly #variables = new Answers<TSESLint.Scope.Variable, Trace>(cut);
  readonly #classMembers = new Answers<ClassMember, Trace>(cut);
  readonly #literals = new Answers<Part, Trace>(cut);
  readonly #literalParts = new Parts<TSESTree.Node>();
  /** By name, and for types by the place that names them. */
  readonly #exported = new Answers<Part, Trace | null>(notExported);
  readonly #exportedNodes = new Answers<Part, TSESTree.Node | null>(notExported);
  readonly #exportParts = new Parts<object>();
  #exports: Exports | undefined;

  constructor(
    program: TSESTree.Program,
    scopes: Scopes,
    imports: Imports,
    visitorKeys: TSESLint.SourceCode.VisitorKeys,
    links: Links | null,
  ) {
    this.program = program;
    this.scopes = scopes;
    this.imports = imports;
    this.links = links;
    this.visitorKeys = visitorKeys;
  }

  get exports(): Exports {
    return (this.#exports ??= readExports(this.program));
  }

  resolve(node: TSESTree.Node): Resolution {
    const trace = this.trace(node);
    if (trace.type === 'langchain') {
      return trace.promised
        ? { is: 'no', reason: 'is a promise of a LangChain value' }
        : { is: 'yes', value: trace.value };
    }
    if (trace.type === 'unknown') return { is: 'unknown', reason: trace.reason };
    if (trace.type === 'union') return { is: 'unknown', reason: 'may be one of several things' };
    if (trace.type === 'global') return { is: 'unknown', reason: describe(trace) };
    if (trace.type === 'typed') return { is: 'unknown', reason: 'has a type that is not LangChain’s' };
    return { is: 'no', reason: describe(trace) };
  }

  trace(node: TSESTree.Node): Trace {
    const inner = unwrapTyped(node);
    const known = this.#traces.peek(inner);
    if (known) return known;
    const owner = this.#findOwner(inner);
    if (owner) return owner.trace(inner);
    // From the inside out, so a long chain of calls nests no deeper than a short one.
    for (const link of this.#findLinks(inner)) this.#traceOnce(link);
    return this.#traceOnce(inner);
  }

  traceVariable(variable: TSESLint.Scope.Variable): Trace {
    return this.#variables.find(variable, (each) => computeVariable(this, each));
  }

  traceClassMember(member: ClassMember): Trace {
    return this.#classMembers.find(member, (each) => computeClassMember(this, each));
  }

  traceType(type: TSESTree.TypeNode): Trace | null {
    const owner = this.#findOwner(type);
    if (owner) return owner.traceType(type);
    const trace = this.#traces.find(type, () => computeType(this, type) ?? notDefined);
    return trace === notDefined || trace === cycle ? null : trace;
  }

  traceReturn(fn: FunctionNode): Trace {
    return traceReturn(this, fn);
  }

  instanceOf(classNode: ClassNode, node: TSESTree.Node, origin: Parameters<Tracer['instanceOf']>[2]): Trace {
    return instanceOf(this, classNode, node, origin);
  }

  traceModule(): Trace {
    return traceModule(this);
  }

  traceExported(name: string): Trace | null {
    return this.#exported.find(this.#exportParts.get(this.program, name), () => traceExported(this, name));
  }

  traceExportedType(name: string, type: NamedType): Trace | null {
    return this.#exported.find(this.#exportParts.get(type, name), () => traceExportedType(this, name, type));
  }

  findExported(name: string, mark: Mark | undefined): TSESTree.Node | null {
    const part = this.#exportParts.get(this.exports, `${mark ?? ''} ${name}`);
    return this.#exportedNodes.find(part, () => findExported(this, name, mark));
  }

  /**
   * The node of another file that an imported name stands for, whether or not LangChain is in reach; null for packages.
   */
  findImportedNode(node: TSESTree.Node, mark?: Mark): TSESTree.Node | null {
    return findImportedNode(this, node, mark);
  }

  tracePart(node: TSESTree.Node, part: string, compute: () => Trace): Trace {
    return this.#literals.find(this.#literalParts.get(node, part), compute);
  }

  #traceOnce(node: TSESTree.Node): Trace {
    return this.#traces.find(node, (each) => traceExpression(this, each));
  }

  /** The tracer of the file that a node stands in; null when it is this one. */
  #findOwner(node: TSESTree.Node): Tracer | null {
    if (!this.links) return null;
    const program = getProgram(node);
    return program === null || program === this.program ? null : this.links.findOwner(program);
  }

  /** What the calls and members of a long chain are called on, innermost first, as far as it was not traced yet. */
  #findLinks(node: TSESTree.Node): readonly TSESTree.Node[] {
    const links: TSESTree.Node[] = [];
    for (let link = getReceiver(node); link && !this.#traces.peek(link); link = getReceiver(link)) links.push(link);
    return links.length < longChain ? [] : links.reverse();
  }
}

function traceExpression(tracer: Tracer, node: TSESTree.Node): Trace {
  switch (node.type) {
    case AST_NODE_TYPES.Identifier:
      return traceIdentifier(tracer, node);
    case AST_NODE_TYPES.MemberExpression:
      return traceMember(tracer, node);
    case AST_NODE_TYPES.CallExpression:
      return traceCall(tracer, node);
    case AST_NODE_TYPES.NewExpression:
      return traceNew(tracer, node);
    case AST_NODE_TYPES.AwaitExpression:
      return awaited(tracer.trace(node.argument));
    case AST_NODE_TYPES.ConditionalExpression:
      return mergeTraces([node.consequent, node.alternate].map((branch) => tracer.trace(branch)));
    case AST_NODE_TYPES.LogicalExpression:
      return traceLogical(tracer, node);
    case AST_NODE_TYPES.AssignmentExpression:
      return traceAssigned(tracer, node);
    case AST_NODE_TYPES.ThisExpression: {
      const classNode = getThisClass(node);
      return classNode
        ? instanceOf(tracer, classNode, node, 'this')
        : { type: 'unknown', reason: 'is `this` of no class' };
    }
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSTypeAssertion:
      return traceAsserted(tracer, node);
    case AST_NODE_TYPES.ImportExpression:
      return node.source.type === AST_NODE_TYPES.Literal && typeof node.source.value === 'string'
        ? wholeModule(tracer, node.source.value)
        : { type: 'unknown', reason: 'is a module whose name is computed' };
    case AST_NODE_TYPES.ArrayExpression:
      return { type: 'array', node, settled: false };
    case AST_NODE_TYPES.ObjectExpression:
      return { type: 'object', node };
    case AST_NODE_TYPES.ArrowFunctionExpression:
    case AST_NODE_TYPES.FunctionExpression:
    case AST_NODE_TYPES.FunctionDeclaration:
      return { type: 'function', node };
    case AST_NODE_TYPES.ClassDeclaration:
    case AST_NODE_TYPES.ClassExpression:
      return { type: 'class', node };
    case AST_NODE_TYPES.Literal:
    case AST_NODE_TYPES.TemplateLiteral:
      return { type: 'literal', node };
    default:
      return { type: 'unknown', reason: `is a ${node.type}` };
  }
}

/** `unwrap`, but stops at a type assertion, whose type may tell what the expression does not. */
function unwrapTyped(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  for (;;) {
    const isAssertion =
      current.type === AST_NODE_TYPES.TSAsExpression || current.type === AST_NODE_TYPES.TSTypeAssertion;
    if (isAssertion) return current;
    const inner = unwrapOnce(current);
    if (inner === current) return current;
    current = inner;
  }
}

function unwrapOnce(node: TSESTree.Node): TSESTree.Node {
  switch (node.type) {
    case AST_NODE_TYPES.ChainExpression:
    case AST_NODE_TYPES.TSInstantiationExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
      return node.expression;
    case AST_NODE_TYPES.SequenceExpression:
      return node.expressions.at(-1) ?? node;
    default:
      return node;
  }
}

/** `model.pipe(parser)` of `model.pipe(parser).batch` and of `model.pipe(parser).batch(docs)`. */
function getReceiver(node: TSESTree.Node): TSESTree.Node | null {
  const callee = node.type === AST_NODE_TYPES.CallExpression ? unwrapTyped(node.callee) : node;
  if (callee.type === AST_NODE_TYPES.MemberExpression) return unwrapTyped(callee.object);
  return callee === node ? null : callee;
}

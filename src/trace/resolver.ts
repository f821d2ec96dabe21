import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from '../ast/ancestors.ts';
import { type ClassMember, ClassMembers } from '../ast/class-members.ts';
import { type ExportBinding, type Exports, readExports } from '../ast/exports.ts';
import {
  type ClassNode,
  type FunctionNode,
  getKeyName,
  getProgram,
  isClass,
  isFunction,
  unwrap,
} from '../ast/nodes.ts';
import { getMemberWrites, getPlainProperties, getSignatures } from '../ast/properties.ts';
import { findReturns } from '../ast/returns.ts';
import type { Scopes } from '../ast/scopes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findBuilder } from '../facts/builders.ts';
import { type ClassEntry, findExport, type FunctionEntry, type ModuleId, parseSpecifier } from '../facts/catalog.ts';
import type { ExportRef } from '../facts/export-ref.ts';
import { findInterface } from '../facts/interfaces.ts';
import type { Mark } from '../project/project.ts';
import { getMember, type Imports } from './imports.ts';
import type { LangChainValue, Origin, Resolution, Trace } from './value.ts';

type Unknown = Extract<Trace, { type: 'unknown' }>;

/**
 * How many expressions one question may lead through before the answer is `unknown`: bounds the work on generated code.
 */
const maxSteps = 3000;
/** From how many calls or members on a chain is long. */
const longChain = 20;
/** How deep an expression may nest: far above hand-written code, far below the stack. */
const maxDepth = 250;
/** Of how many values an expression may be one: far above the providers of a `switch`. */
const maxAlternatives = 100;

/** How many files may re-export from one another. */
const maxReExports = 10;

const cycle: Unknown = { type: 'unknown', reason: 'is defined by itself' };
const tooDeep: Unknown = { type: 'unknown', reason: 'leads too far' };

/** Compiled CommonJS wraps `require()` in these; what they return stands for the module. */
const interopHelper =
  /^(?:__importStar|__importDefault|__toESM|_interopRequireWildcard|_interopRequireDefault|_interop_require_wildcard|_interop_require_default)$/u;

/** Array methods that return (a part of) the same elements. */
const sameElements = new Set(['concat', 'filter', 'flat', 'reverse', 'slice', 'sort', 'toReversed', 'toSorted']);
const oneElement = new Set(['at', 'find', 'findLast', 'pop', 'shift']);
/** Array methods whose callback's first parameter is an element. */
const elementCallbacks = new Set([
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'flatMap',
  'forEach',
  'map',
  'some',
]);

/** The other files of the project, as far as they can be read. */
export interface Links {
  /** The file that a specifier leads to; null for a package, and for a file from which LangChain is out of reach. */
  find(specifier: string): Resolver | null;
  /** The same, whether or not LangChain is in reach; with a mark, only one that leads to it. */
  findAny(specifier: string, mark: Mark | undefined): Resolver | null;
  /** The resolver of another file's program. */
  findOwner(program: TSESTree.Program): Resolver | null;
}

/** The question that is being answered; it may lead through several files. */
const question = {
  depth: 0,
  steps: 0,
  /**
   * The least depth that what was answered so far leads back to: an answer of a greater depth was cut short and holds
   * for this question only.
   */
  cutAt: Infinity,
};

/**
 * Traces expressions to the imports that they come from, through the files of the project. Answers are kept; unknown
 * ones too.
 */
export class Resolver {
  readonly #program: TSESTree.Program;
  readonly #scopes: Scopes;
  readonly #imports: Imports;
  readonly #links: Links | null;
  readonly #members: ClassMembers;
  readonly #visitorKeys: TSESLint.SourceCode.VisitorKeys;
  readonly #traces = new Map<TSESTree.Node, Trace>();
  readonly #variables = new Map<TSESLint.Scope.Variable, Trace>();
  readonly #classMembers = new Map<ClassMember, Trace>();
  /** What is being answered, with the depth it was asked at. */
  readonly #active = new Map<ClassMember | TSESLint.Scope.Variable | TSESTree.Node, number>();
  readonly #activeParts = new Map<TSESTree.Node, Map<string, number>>();
  readonly #activeExports = new Set<string>();
  #exports: Exports | undefined;

  constructor(
    program: TSESTree.Program,
    scopes: Scopes,
    imports: Imports,
    visitorKeys: TSESLint.SourceCode.VisitorKeys,
    links: Links | null,
  ) {
    this.#program = program;
    this.#scopes = scopes;
    this.#imports = imports;
    this.#links = links;
    this.#visitorKeys = visitorKeys;
    this.#members = new ClassMembers(visitorKeys);
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
    const known = this.#traces.get(inner);
    if (known) return known;
    const owner = this.#findOwner(inner);
    if (owner) return owner.trace(inner);
    // From the inside out: a long chain of calls nests no deeper than a short one.
    for (const link of this.#findLinks(inner)) this.#remember(this.#traces, link, (each) => this.#compute(each));
    return this.#remember(this.#traces, inner, (each) => this.#compute(each));
  }

  /** The resolver of the file that a node stands in; null when it is this one. */
  #findOwner(node: TSESTree.Node): Resolver | null {
    if (!this.#links) return null;
    const program = getProgram(node);
    return program === null || program === this.#program ? null : this.#links.findOwner(program);
  }

  /**
   * Answers once per key, also when the answer is `unknown`; a key that is asked for while it is being answered is a
   * cycle.
   */
  #remember<Key extends ClassMember | TSESLint.Scope.Variable | TSESTree.Node>(
    answers: Map<Key, Trace>,
    key: Key,
    compute: (key: Key) => Trace,
  ): Trace {
    const known = answers.get(key);
    if (known) return known;
    const activeAt = this.#active.get(key);
    if (activeAt !== undefined) {
      question.cutAt = Math.min(question.cutAt, activeAt);
      return cycle;
    }
    if (question.depth === 0) question.steps = 0;
    // Kept for all that asked, or each of a thousand calls within one another would go down to the limit anew.
    if (question.depth >= maxDepth) return tooDeep;
    if (++question.steps > maxSteps) {
      question.cutAt = 0;
      return tooDeep;
    }
    const cutBefore = question.cutAt;
    question.cutAt = Infinity;
    const depth = ++question.depth;
    this.#active.set(key, depth);
    try {
      const trace = compute(key);
      if (question.cutAt >= depth || depth === 1) answers.set(key, trace);
      return trace;
    } finally {
      this.#active.delete(key);
      question.depth--;
      // A way that leads back to this key and no further says nothing about what asked for it.
      question.cutAt = Math.min(cutBefore, question.cutAt >= depth ? Infinity : question.cutAt);
    }
  }

  /**
   * Answers about a part of a literal; a part that is asked for while it is being answered (`state = { ...state, done
   * }`) is a cycle.
   */
  #guardPart(node: TSESTree.Node, part: string, compute: () => Trace): Trace {
    const parts = this.#activeParts.get(node) ?? new Map<string, number>();
    const activeAt = parts.get(part);
    if (activeAt !== undefined) {
      question.cutAt = Math.min(question.cutAt, activeAt);
      return cycle;
    }
    this.#activeParts.set(node, parts.set(part, question.depth));
    try {
      return compute();
    } finally {
      parts.delete(part);
    }
  }

  /** What the calls and members of a long chain are called on, innermost first, as far as it was not traced yet. */
  #findLinks(node: TSESTree.Node): readonly TSESTree.Node[] {
    const links: TSESTree.Node[] = [];
    for (let link = getReceiver(node); link && !this.#traces.has(link); link = getReceiver(link)) links.push(link);
    return links.length < longChain ? [] : links.reverse();
  }

  #compute(node: TSESTree.Node): Trace {
    switch (node.type) {
      case AST_NODE_TYPES.Identifier:
        return this.#traceIdentifier(node);
      case AST_NODE_TYPES.MemberExpression:
        return this.#traceMember(node);
      case AST_NODE_TYPES.CallExpression:
        return this.#traceCall(node);
      case AST_NODE_TYPES.NewExpression:
        return this.#traceNew(node);
      case AST_NODE_TYPES.AwaitExpression:
        return awaited(this.trace(node.argument));
      case AST_NODE_TYPES.ConditionalExpression:
        return this.#merge([node.consequent, node.alternate].map((branch) => this.trace(branch)));
      case AST_NODE_TYPES.LogicalExpression:
        return this.#traceLogical(node);
      case AST_NODE_TYPES.AssignmentExpression:
        return this.#traceAssigned(node);
      case AST_NODE_TYPES.ThisExpression: {
        const classNode = getThisClass(node);
        return classNode
          ? this.#instanceOf(classNode, node, 'this')
          : { type: 'unknown', reason: 'is `this` of no class' };
      }
      case AST_NODE_TYPES.TSAsExpression:
      case AST_NODE_TYPES.TSTypeAssertion:
        return this.#traceAsserted(node);
      case AST_NODE_TYPES.ImportExpression:
        return node.source.type === AST_NODE_TYPES.Literal && typeof node.source.value === 'string'
          ? this.#wholeModule(node.source.value)
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

  // ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #traceIdentifier(node: TSESTree.Identifier): Trace {
    const variable = this.#scopes.findVariable(node);
    if (!variable || variable.defs.length === 0) return { type: 'global', name: node.name };
    return this.#traceVariable(variable);
  }

  #traceVariable(variable: TSESLint.Scope.Variable): Trace {
    return this.#remember(this.#variables, variable, () => this.#computeVariable(variable));
  }

  #computeVariable(variable: TSESLint.Scope.Variable): Trace {
    const imported = this.#imports.findExport(variable);
    if (imported)
      return this.#imports.isTypeOnly(variable)
        ? { type: 'unknown', reason: 'is imported as a type only' }
        : this.#traceImport(variable, imported);
    const definition = variable.defs.find((candidate) => candidate.node.type !== AST_NODE_TYPES.TSDeclareFunction);
    switch (definition?.type) {
      case 'ClassName':
        return isClass(definition.node) ? { type: 'class', node: definition.node } : notDefined;
      case 'FunctionName':
        return isFunction(definition.node) && !isReassigned(variable)
          ? { type: 'function', node: definition.node }
          : notDefined;
      case 'Parameter':
        return this.#traceParameter(variable, definition.node, definition.name);
      case 'Variable':
        return this.#traceDeclared(variable, definition.node, definition.name);
      default:
        return notDefined;
    }
  }

  #traceImport(variable: TSESLint.Scope.Variable, ref: ExportRef): Trace {
    const linked = this.#links?.find(ref.source);
    if (!linked) return { type: 'export', export: ref };
    const isWhole =
      variable.defs[0]?.node.type !== AST_NODE_TYPES.ImportSpecifier &&
      variable.defs[0]?.node.type !== AST_NODE_TYPES.ImportDefaultSpecifier;
    const trace = isWhole ? linked.traceModule() : linked.traceExported(ref.name);
    // What cannot be told there is an import of some module here.
    return trace && trace.type !== 'unknown' ? trace : { type: 'export', export: ref };
  }

  // ── what the file exports ────────────────────────────────────────────────────────────────────────────────────────

  /** What the whole file stands for: `import * as x`, `require()`. */
  traceModule(): Trace {
    const { named, whole } = this.#getExports();
    return whole.length > 0 && named.size === 0
      ? this.#merge(whole.map((node) => this.trace(node)))
      : { type: 'module', node: this.#program };
  }

  /** What the file exports under a name; null when it exports nothing of the kind. */
  traceExported(name: string): Trace | null {
    return this.#followExport(
      name,
      (node) => this.trace(node),
      (linked, inner) => (inner === null ? linked.traceModule() : linked.traceExported(inner)),
    );
  }

  /** The value that is promised by a type which the file exports under a name. */
  #traceExportedType(name: string, type: TSESTree.TSImportType | TSESTree.TSTypeReference): Trace | null {
    return this.#followExport(
      name,
      (node) => {
        if (node.type === AST_NODE_TYPES.Identifier)
          return this.#traceNamedType(this.#scopes.findVariable(node), null, type);
        if (node.type === AST_NODE_TYPES.TSInterfaceDeclaration) return this.#traceInterface(node);
        return isClass(node) ? this.#instanceOf(node, type, 'annotation') : null;
      },
      (linked, inner) => (inner === null ? null : linked.#traceExportedType(inner, type)),
    );
  }

  #followExport(
    name: string,
    own: (node: TSESTree.Node) => Trace | null,
    elsewhere: (linked: Resolver, name: string | null) => Trace | null,
  ): Trace | null {
    if (this.#activeExports.has(name)) return null;
    this.#activeExports.add(name);
    try {
      const { all, named, whole } = this.#getExports();
      const binding = named.get(name);
      if (binding) return 'node' in binding ? own(binding.node) : this.#followBinding(binding, elsewhere);
      if (whole.length > 0) {
        const value = this.#merge(whole.map((node) => this.trace(node)));
        const member = name === 'default' ? value : this.#memberOf(value, name);
        return known(member) ? member : null;
      }
      if (name === 'default') return null;
      for (const source of all) {
        const module = parseSpecifier(this.#imports.getSource(source));
        const found = module && !findExport(module, name) ? null : this.#followBinding({ source, name }, elsewhere);
        if (found) return found;
      }
      return null;
    } finally {
      this.#activeExports.delete(name);
    }
  }

  #followBinding(
    { name, source }: Extract<ExportBinding, { source: string }>,
    elsewhere: (linked: Resolver, name: string | null) => Trace | null,
  ): Trace | null {
    const ref: ExportRef = { source: this.#imports.getSource(source), name: name ?? 'default' };
    if (parseSpecifier(ref.source)) return { type: 'export', export: ref };
    const linked = this.#links?.find(ref.source);
    return linked ? elsewhere(linked, name) : null;
  }

  /**
   * The node of another file that an imported name stands for, whether or not LangChain is in reach; null for packages,
   * and for what is not found.
   */
  findImported(node: TSESTree.Node, mark?: Mark): TSESTree.Node | null {
    const isMember = node.type === AST_NODE_TYPES.MemberExpression;
    const identifier = isMember ? node.object : node;
    const variable = identifier.type === AST_NODE_TYPES.Identifier ? this.#scopes.findVariable(identifier) : null;
    const imported = variable && this.#imports.findExport(variable);
    const isNamespace = variable?.defs[0]?.node.type === AST_NODE_TYPES.ImportNamespaceSpecifier;
    const name = isMember && isNamespace ? getKeyName(node) : isMember || isNamespace ? null : imported?.name;
    const linked = imported && name ? this.#links?.findAny(imported.source, mark) : null;
    return linked && name ? linked.#findExported(name, mark, maxReExports) : null;
  }

  #findExported(name: string, mark: Mark | undefined, depth: number): TSESTree.Node | null {
    const { all, named } = this.#getExports();
    const binding = named.get(name);
    if (binding && 'node' in binding) return binding.node;
    if (depth === 0 || binding?.name === null) return null;
    for (const source of binding ? [binding.source] : all) {
      const linked = this.#links?.findAny(source, mark);
      const found = linked ? linked.#findExported(binding?.name ?? name, mark, depth - 1) : null;
      if (found) return found;
    }
    return null;
  }

  #getExports(): Exports {
    return (this.#exports ??= readExports(this.#program));
  }

  #traceDeclared(
    variable: TSESLint.Scope.Variable,
    declarator: TSESTree.VariableDeclarator,
    name: TSESTree.Identifier,
  ): Trace {
    const written = this.#traceWrites(variable, declarator, name);
    return this.#traceTyped(written, name.typeAnnotation?.typeAnnotation) ?? written;
  }

  /**
   * What a written type says of a value that is not known or one of several, a global, or the result of a function that
   * cannot be seen; null when it adds nothing.
   */
  #traceTyped(value: Trace, type: TSESTree.TypeNode | null | undefined): Trace | null {
    if (!type || (known(value) && value.type !== 'instance' && value.type !== 'global' && value.type !== 'union'))
      return null;
    const annotation = this.#traceType(type);
    return known(value) && annotation?.type !== 'langchain' ? null : annotation;
  }

  /** What every write of the variable agrees on. */
  #traceWrites(
    variable: TSESLint.Scope.Variable,
    declarator: TSESTree.VariableDeclarator,
    name: TSESTree.Identifier,
  ): Trace {
    const writes = variable.references.filter((reference) => reference.isWrite());
    const later = writes.filter((reference) => !reference.init).map((reference) => this.#traceWrite(reference));
    const isInitialised = later.length < writes.length || writes.length === 0;
    return this.#merge(isInitialised ? [this.#traceInitial(declarator, name), ...later] : later);
  }

  #traceInitial(declarator: TSESTree.VariableDeclarator, name: TSESTree.Identifier): Trace {
    const loop = declarator.parent.parent;
    if (loop.type === AST_NODE_TYPES.ForOfStatement && loop.left === declarator.parent) {
      const element = this.#elementOf(this.trace(loop.right), loop.right);
      return this.#traceBinding(declarator.id, name, loop.await ? awaited(element) : element);
    }
    if (!declarator.init) return notDefined;
    return this.#traceBinding(declarator.id, name, this.trace(declarator.init));
  }

  #traceWrite(reference: TSESLint.Scope.Reference): Trace {
    const { parent } = reference.identifier;
    if (parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left === reference.identifier)
      return this.trace(parent);
    const assignment = findAssignment(reference.identifier);
    if (!assignment || reference.identifier.type !== AST_NODE_TYPES.Identifier)
      return { type: 'unknown', reason: 'is written in a way that is not read' };
    return this.#traceBinding(assignment.left, reference.identifier, this.trace(assignment.right));
  }

  #traceParameter(variable: TSESLint.Scope.Variable, fn: TSESTree.Node, name: TSESTree.Node): Trace {
    if (!isFunction(fn) || name.type !== AST_NODE_TYPES.Identifier) return notDefined;
    const index = fn.params.findIndex(
      (parameter) => parameter.range[0] <= name.range[0] && name.range[1] <= parameter.range[1],
    );
    const parameter = fn.params[index];
    if (!parameter) return notDefined;
    const initial = this.#traceBinding(parameter, name, index === 0 ? this.#traceElementArgument(fn) : notPassed);
    const writes = variable.references.filter((reference) => reference.isWrite() && !isDefaultOf(reference, parameter));
    return this.#merge([initial, ...writes.map((reference) => this.#traceWrite(reference))]);
  }

  /** `[a, b].map((model) => …)`: the first parameter of the callback is an element. */
  #traceElementArgument(fn: FunctionNode): Trace {
    const call = fn.parent;
    if (call.type !== AST_NODE_TYPES.CallExpression || call.arguments[0] !== fn) return notPassed;
    const callee = unwrap(call.callee);
    if (callee.type !== AST_NODE_TYPES.MemberExpression || !elementCallbacks.has(getKeyName(callee) ?? ''))
      return notPassed;
    return this.#elementOf(this.trace(callee.object), callee.object);
  }

  /** The value of `name` when `pattern` is bound to `source`. */
  #traceBinding(pattern: TSESTree.Node, name: TSESTree.Identifier, source: Trace): Trace {
    switch (pattern.type) {
      case AST_NODE_TYPES.Identifier: {
        if (pattern !== name) return notDefined;
        const annotation =
          !known(source) && pattern.typeAnnotation ? this.#traceType(pattern.typeAnnotation.typeAnnotation) : null;
        return annotation ? (pattern.optional ? optional(annotation) : annotation) : source;
      }
      case AST_NODE_TYPES.TSParameterProperty:
        return this.#traceBinding(pattern.parameter, name, source);
      case AST_NODE_TYPES.AssignmentPattern: {
        const given = this.#traceBinding(pattern.left, name, source);
        if (known(given)) return given;
        return uncertain(this.#traceBinding(pattern.left, name, this.trace(pattern.right)));
      }
      case AST_NODE_TYPES.ObjectPattern: {
        const whole =
          !known(source) && pattern.typeAnnotation ? this.#traceType(pattern.typeAnnotation.typeAnnotation) : null;
        for (const property of pattern.properties) {
          if (property.range[0] > name.range[0] || name.range[1] > property.range[1]) continue;
          if (property.type === AST_NODE_TYPES.RestElement) return whole ?? source;
          const key = getKeyName(property);
          const value = key === null ? notDefined : this.#memberOf(whole ?? source, key);
          return this.#traceBinding(property.value, name, value);
        }
        return notDefined;
      }
      case AST_NODE_TYPES.ArrayPattern: {
        const whole =
          !known(source) && pattern.typeAnnotation ? this.#traceType(pattern.typeAnnotation.typeAnnotation) : null;
        const index = pattern.elements.findIndex(
          (element) => element && element.range[0] <= name.range[0] && name.range[1] <= element.range[1],
        );
        const element = pattern.elements[index];
        if (!element || element.type === AST_NODE_TYPES.RestElement) return notDefined;
        return this.#traceBinding(element, name, this.#memberOf(whole ?? source, String(index)));
      }
      default:
        return notDefined;
    }
  }

  // ── members ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #traceMember(node: TSESTree.MemberExpression): Trace {
    const name = getKeyName(node);
    const object = unwrap(node.object);
    if (object.type === AST_NODE_TYPES.Super) return { type: 'unknown', reason: 'is a member of `super`' };
    if (object.type === AST_NODE_TYPES.ThisExpression) {
      const classNode = getThisClass(object);
      return classNode && name !== null
        ? this.#memberOfClass(classNode, name, false)
        : { type: 'unknown', reason: 'is a member of an unknown `this`' };
    }
    const source = this.trace(object);
    if (name === null)
      return source.type === 'array'
        ? this.#elementOf(source, object)
        : { type: 'unknown', reason: 'is a member whose name is computed' };
    const member = this.#memberOf(source, name);
    if (source.type !== 'object') return member;
    return this.#mergeWrites(member, object, name);
  }

  #memberOf(source: Trace, name: string): Trace {
    switch (source.type) {
      case 'export':
        return { type: 'export', export: getMember(source.export, name) };
      case 'module':
        return (
          (source.node === this.#program ? this : this.#links?.findOwner(source.node))?.traceExported(name) ?? {
            type: 'unknown',
            reason: 'is not exported there',
          }
        );
      case 'global':
        return { type: 'global', name: `${source.name}.${name}` };
      case 'object':
        return this.#guardPart(source.node, name, () => this.#memberOfObject(source.node, name));
      case 'array':
        return /^\d+$/u.test(name) ? this.#elementAt(source, Number(name)) : notDefined;
      case 'class':
        return this.#memberOfClass(source.node, name, true);
      case 'localInstance':
        return this.#memberOfClass(source.classNode, name, false);
      case 'langchain':
        return source.value.classNode && !source.promised
          ? this.#memberOfClass(source.value.classNode, name, false)
          : { type: 'unknown', reason: 'is a member of a LangChain value' };
      case 'typed':
        return source.promised ? notDefined : this.#memberOfType(source.node, name);
      case 'union':
        return this.#merge(source.of.map((each) => this.#memberOf(each, name)));
      default:
        return { type: 'unknown', reason: `is a member of something that ${describe(source)}` };
    }
  }

  #memberOfObject(object: TSESTree.ObjectExpression, name: string): Trace {
    const plain = getPlainProperties(object);
    if (plain) {
      const property = plain.get(name);
      return property ? this.trace(property.value) : notDefined;
    }
    for (const property of object.properties.toReversed()) {
      if (property.type === AST_NODE_TYPES.SpreadElement) {
        const spread = this.#memberOf(this.trace(property.argument), name);
        if (spread !== notDefined) return spread;
        continue;
      }
      const key = getKeyName(property);
      if (key === null) return { type: 'unknown', reason: 'is a property of an object with computed keys' };
      if (key !== name) continue;
      if (property.kind === 'get') return isFunction(property.value) ? this.#traceReturn(property.value) : notDefined;
      if (property.kind === 'set') continue;
      return this.trace(property.value);
    }
    return notDefined;
  }

  /** `clients.model = new ChatOpenAI()`: what the property of a literal object is written with elsewhere. */
  #mergeWrites(initial: Trace, object: TSESTree.Node, name: string): Trace {
    const variable = object.type === AST_NODE_TYPES.Identifier ? this.#scopes.findVariable(object) : null;
    const values: Trace[] = initial === notDefined ? [] : [initial];
    for (const assignment of (variable && getMemberWrites(variable).get(name)) ?? [])
      values.push(this.#traceAssigned(assignment, false));
    return values.length === 0 ? notDefined : this.#merge(values);
  }

  #memberOfClass(classNode: ClassNode, name: string, isStatic: boolean): Trace {
    const member = this.#ancestry(classNode)
      .classes.map((each) => this.#members.find(each, name, isStatic))
      .find((each) => each !== undefined);
    if (!member) return { type: 'unknown', reason: 'is a member that the class does not declare' };
    return this.#remember(this.#classMembers, member, () => this.#computeClassMember(member));
  }

  #computeClassMember(member: ClassMember): Trace {
    if (member.method) return { type: 'function', node: member.method };
    if (member.getter) return this.#traceReturn(member.getter);
    const written =
      member.values.length > 0 ? this.#merge(member.values.map((value) => this.trace(value))) : notDefined;
    const annotation = this.#traceTyped(written, member.type);
    if (!annotation) return written;
    return member.optional ? optional(annotation) : annotation;
  }

  /** The classes of the file from `classNode` up, and what the last of them extends. */
  #ancestry(classNode: ClassNode): { readonly classes: readonly ClassNode[]; readonly root: Trace | null } {
    const classes = [classNode];
    for (let current = classNode; current.superClass;) {
      const parent = this.trace(current.superClass);
      if (parent.type !== 'class' || classes.includes(parent.node)) return { classes, root: parent };
      classes.push(parent.node);
      current = parent.node;
    }
    return { classes, root: null };
  }

  #elementAt(array: Extract<Trace, { type: 'array' }>, index: number): Trace {
    const before = array.node.elements.slice(0, index + 1);
    const element = before[index];
    if (!element || before.some((each) => each?.type === AST_NODE_TYPES.SpreadElement)) return notDefined;
    const trace = this.trace(element);
    return array.settled ? awaited(trace) : trace;
  }

  /** What every element is. */
  #elementOf(source: Trace, node: TSESTree.Node): Trace {
    if (source.type === 'typed') return source.promised ? notDefined : this.#elementOfType(source.node);
    if (source.type === 'array') return this.#guardPart(source.node, '[]', () => this.#elementOfArray(source));
    if (source.type === 'union') return this.#merge(source.of.map((each) => this.#elementOf(each, node)));
    const call = unwrap(node);
    if (source.type === 'unknown' && call.type === AST_NODE_TYPES.CallExpression && call.arguments[0]) {
      const callee = this.trace(call.callee);
      if (callee.type !== 'global' || callee.name !== 'Object.values') return notDefined;
      const object = this.trace(call.arguments[0]);
      if (object.type !== 'object') return notDefined;
      const values = object.node.properties.map((property): Trace =>
        property.type === AST_NODE_TYPES.Property ? this.trace(property.value) : notDefined,
      );
      return values.length === 0 ? notDefined : this.#merge(values);
    }
    return notDefined;
  }

  #elementOfArray({ node, settled }: Extract<Trace, { type: 'array' }>): Trace {
    const elements = node.elements.map((element): Trace => {
      if (!element) return notDefined;
      return element.type === AST_NODE_TYPES.SpreadElement
        ? this.#elementOf(this.trace(element.argument), element.argument)
        : this.trace(element);
    });
    return elements.length === 0 ? notDefined : this.#merge(settled ? elements.map(awaited) : elements);
  }

  // ── calls and constructions ──────────────────────────────────────────────────────────────────────────────────────

  #traceCall(node: TSESTree.CallExpression): Trace {
    const callee = unwrap(node.callee);
    const first = node.arguments[0];
    if (callee.type === AST_NODE_TYPES.MemberExpression) {
      const called = this.#traceMethodCall(node, callee);
      if (called) return called;
    }
    const target = this.trace(callee);
    switch (target.type) {
      case 'export':
        if (isInterop(target.export.name) && first) return this.trace(first);
        return this.#traceExportCall(target.export, node);
      case 'function':
        if (target.node.id && isInterop(target.node.id.name) && first) return this.trace(first);
        return this.#traceReturn(target.node);
      case 'global':
        if (target.name === 'require' && first?.type === AST_NODE_TYPES.Literal && typeof first.value === 'string')
          return this.#wholeModule(first.value);
        if (isInterop(target.name) && first) return this.trace(first);
        if (target.name === 'Promise.all' && first) {
          const array = this.trace(first);
          if (array.type === 'array') return { ...array, settled: true };
        }
        return { type: 'unknown', reason: `is the result of \`${target.name}()\`` };
      case 'typed':
        return this.#returnOfType(target.node);
      case 'instance':
        return { type: 'unknown', reason: 'is the result of a function of another package' };
      case 'unknown':
        // `var __importStar = (this && this.__importStar) || …` of compiled CommonJS.
        return callee.type === AST_NODE_TYPES.Identifier && isInterop(callee.name) && first
          ? this.trace(first)
          : { type: 'unknown', reason: 'is the result of an unknown function' };
      default:
        return { type: 'unknown', reason: `is the result of something that ${describe(target)}` };
    }
  }

  /** A call of a method of a value; null when the callee is to be traced as a whole. */
  #traceMethodCall(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression): Trace | null {
    const name = getKeyName(callee);
    const object = unwrap(callee.object);
    if (name === null || object.type === AST_NODE_TYPES.Super)
      return { type: 'unknown', reason: 'is the result of an unknown method' };
    const receiver = this.trace(callee.object);
    if (receiver.type === 'langchain') {
      const own = receiver.value.classNode && this.#members.find(receiver.value.classNode, name, false);
      if (!own) return this.#traceBuilder(receiver, name, node);
    }
    if (receiver.type === 'array') {
      if (sameElements.has(name)) return receiver;
      if (oneElement.has(name)) {
        const index = node.arguments[0];
        if (
          name === 'at' &&
          index?.type === AST_NODE_TYPES.Literal &&
          typeof index.value === 'number' &&
          index.value >= 0
        )
          return this.#elementAt(receiver, index.value);
        return this.#elementOf(receiver, callee.object);
      }
    }
    if (receiver.type === 'function' && name === 'bind') return receiver;
    if (receiver.type === 'function' && name === 'call') return this.#traceReturn(receiver.node);
    return null;
  }

  #traceBuilder(receiver: Extract<Trace, { type: 'langchain' }>, name: string, node: TSESTree.CallExpression): Trace {
    const { value, promised } = receiver;
    const builder = promised ? null : findBuilder(value.kind, name);
    if (!builder) return { type: 'unknown', reason: `is the result of \`${name}()\` of a LangChain value` };
    const argument = node.arguments[0];
    const build = (base: LangChainValue): LangChainValue => ({
      ...base,
      kind: builder.kind ?? base.kind,
      className: builder.className ?? base.className,
      entry: builder.className === null ? base.entry : undefined,
      origin: 'builder',
      node,
      base,
      builder: name,
      steps: builder.sequence
        ? [
            ...(base.steps ?? [{ is: 'yes', value: base } as const]),
            ...(name === 'pipe' && argument ? [this.resolve(argument)] : []),
          ]
        : base.steps,
      classNode: null,
      alternatives: [],
      optional: false,
    });
    return {
      type: 'langchain',
      value: { ...build(value), alternatives: value.alternatives.map(build) },
      promised: builder.promised,
    };
  }

  #traceNew(node: TSESTree.NewExpression): Trace {
    const target = this.trace(node.callee);
    if (target.type === 'class') return this.#instanceOf(target.node, node, 'heritage');
    if (target.type !== 'export')
      return { type: 'unknown', reason: `is an instance of something that ${describe(target)}` };
    const module = parseSpecifier(target.export.source);
    if (!module) return { type: 'instance', of: target.export, node };
    const entry = findExport(module, target.export.name);
    if (entry?.type !== 'class')
      return { type: 'unknown', reason: `is an instance of \`${target.export.name}\`, which is not in the catalogue` };
    return this.#langchain(entry, module, 'new', node, { certain: true });
  }

  /** `new X()` or `this` of a class of the file: LangChain's when the class extends one of LangChain's. */
  #instanceOf(classNode: ClassNode, node: TSESTree.Node, origin: 'heritage' | 'this' | 'annotation'): Trace {
    const { root } = this.#ancestry(classNode);
    if (root?.type === 'export') {
      const module = parseSpecifier(root.export.source);
      const entry = module ? findExport(module, root.export.name) : undefined;
      if (module && entry?.type === 'class') return this.#langchain(entry, module, origin, node, { classNode });
    }
    return { type: 'localInstance', classNode, node };
  }

  #traceExportCall(ref: ExportRef, node: TSESTree.CallExpression): Trace {
    const module = parseSpecifier(ref.source);
    if (!module) return { type: 'instance', of: ref, node };
    const [name = '', member, ...deeper] = ref.name.split('.');
    const entry = findExport(module, name);
    if (!entry || deeper.length > 0)
      return { type: 'unknown', reason: `is the result of \`${ref.name}()\`, which is not in the catalogue` };
    if (entry.type === 'function') {
      if (member !== undefined || entry.kind === 'other') return { type: 'instance', of: ref, node };
      return promise(this.#langchain(entry, module, 'factory', node, { certain: true }), entry.async);
    }
    const factory = member === undefined ? undefined : entry.statics.get(member);
    if (factory === undefined) return { type: 'unknown', reason: `is the result of \`${ref.name}()\`` };
    return promise(
      this.#langchain(entry, module, 'static', node, {
        certain: true,
        steps: member === 'from' ? this.#stepsOf(entry, node) : null,
      }),
      factory === 'async',
    );
  }

  /** The steps of `RunnableSequence.from([prompt, model])`. */
  #stepsOf(entry: ClassEntry, node: TSESTree.CallExpression): readonly Resolution[] | null {
    const list = node.arguments[0];
    if (entry.kind !== 'sequence' || !list) return null;
    const array = this.trace(list);
    if (array.type !== 'array') return [{ is: 'unknown', reason: 'is a step of a list that is not written here' }];
    return array.node.elements.flatMap((element): readonly Resolution[] =>
      element
        ? [
            element.type === AST_NODE_TYPES.SpreadElement
              ? { is: 'unknown', reason: 'is spread into the steps' }
              : this.resolve(element),
          ]
        : [],
    );
  }

  #langchain(
    entry: ClassEntry | FunctionEntry,
    module: ModuleId,
    origin: Origin,
    node: TSESTree.Node,
    more: { certain?: boolean; classNode?: ClassNode; steps?: readonly Resolution[] | null } = {},
  ): Extract<Trace, { type: 'langchain' }> {
    return {
      type: 'langchain',
      promised: false,
      value: {
        kind: entry.kind,
        className: entry.type === 'function' ? (entry.returns ?? entry.name) : entry.name,
        module,
        entry,
        origin,
        node,
        base: null,
        builder: null,
        steps: more.steps ?? null,
        classNode: more.classNode ?? null,
        alternatives: [],
        certain: more.certain ?? false,
        optional: false,
      },
    };
  }

  #wholeModule(specifier: string): Trace {
    const source = this.#imports.getSource(specifier);
    return this.#links?.find(source)?.traceModule() ?? { type: 'export', export: { source, name: 'default' } };
  }

  /** What a call of the function gives: every `return` agrees, or the return type is written. */
  #traceReturn(fn: FunctionNode): Trace {
    if (fn.generator) return { type: 'unknown', reason: 'is the result of a generator' };
    const returned = this.#merge(findReturns(fn, this.#visitorKeys).map((value) => this.trace(value)));
    const annotation = this.#traceTyped(returned, fn.returnType?.typeAnnotation);
    if (annotation) return annotation;
    return known(returned) && fn.async ? promise(returned, true) : returned;
  }

  // ── alternatives ─────────────────────────────────────────────────────────────────────────────────────────────────

  #traceLogical(node: TSESTree.LogicalExpression): Trace {
    const right = this.trace(node.right);
    if (node.operator === '&&') return optional(right);
    const left = this.trace(node.left);
    // `given ?? new ChatOpenAI()`: what stands for a missing value is of the value's own kind.
    if (isUndetermined(left) && right.type === 'langchain') return left === cycle ? right : uncertain(right);
    if (isUndetermined(right) && left.type === 'langchain') return uncertain(left);
    return this.#merge([left, right]);
  }

  /** The value of an assignment; `whole: false` for what the target holds afterwards through this assignment alone. */
  #traceAssigned(node: TSESTree.AssignmentExpression, whole = true): Trace {
    switch (node.operator) {
      case '=':
        return this.trace(node.right);
      case '??=':
      case '||=': {
        const right = this.trace(node.right);
        if (!whole || right.type === 'langchain') return right;
        return this.#merge([this.trace(node.left), right]);
      }
      default:
        return { type: 'unknown', reason: `is assigned by \`${node.operator}\`` };
    }
  }

  #traceAsserted(node: TSESTree.TSAsExpression | TSESTree.TSTypeAssertion): Trace {
    const inner = this.trace(node.expression);
    return this.#traceTyped(inner, node.typeAnnotation) ?? inner;
  }

  /** One value out of several that an expression may hold: LangChain's only when all that are not nullish are. */
  #merge(traces: readonly Trace[]): Trace {
    const real = traces.filter((trace) => trace !== cycle && !isNullish(trace));
    const mayBeNullish = traces.some(isNullish);
    const [first, ...rest] = real;
    if (!first) return traces[0] ?? notDefined;
    if (rest.length === 0) return mayBeNullish ? optional(first) : first;
    const unknown = real.find(isUndetermined);
    if (unknown) return unknown;
    if (
      first.type === 'langchain' &&
      rest.every((trace) => trace.type === 'langchain' && trace.promised === first.promised)
    ) {
      const byNode = new Map<TSESTree.Node, LangChainValue>();
      for (const { value } of real.filter((trace) => trace.type === 'langchain')) {
        for (const each of [value, ...value.alternatives]) if (!byNode.has(each.node)) byNode.set(each.node, each);
      }
      if (byNode.size > maxAlternatives) return { type: 'unknown', reason: 'may be one of too many values' };
      const alternatives = [...byNode.values()].slice(1).map((each) => ({ ...each, alternatives: [] }));
      const value: LangChainValue = {
        ...first.value,
        certain: first.value.certain && alternatives.length === 0,
        alternatives,
      };
      return { ...first, value: mayBeNullish ? { ...value, optional: true } : value };
    }
    return { type: 'union', of: real };
  }

  // ── written types ────────────────────────────────────────────────────────────────────────────────────────────────

  /** The value that a type annotation promises; null when the type tells nothing. */
  #traceType(type: TSESTree.TypeNode): Trace | null {
    const owner = this.#findOwner(type);
    if (owner) return owner.#traceType(type);
    const trace = this.#remember(this.#traces, type, () => this.#computeType(type) ?? notDefined);
    return trace === notDefined || trace === cycle ? null : trace;
  }

  #computeType(type: TSESTree.TypeNode): Trace | null {
    switch (type.type) {
      case AST_NODE_TYPES.TSTypeReference:
        return this.#traceTypeReference(type);
      case AST_NODE_TYPES.TSImportType: {
        const { qualifier, source } = type;
        if (qualifier?.type !== AST_NODE_TYPES.Identifier || typeof source.value !== 'string') return null;
        const ref: ExportRef = { source: this.#imports.getSource(source.value), name: qualifier.name };
        return this.#traceImportedType(ref, type);
      }
      case AST_NODE_TYPES.TSUnionType: {
        const members = type.types.filter((member) => !isNullishType(member));
        const traces = members.map((member) => this.#traceType(member));
        if (traces.length === 0 || traces.includes(null)) return null;
        const merged = this.#merge(traces.filter((trace) => trace !== null));
        return members.length < type.types.length ? optional(merged) : merged;
      }
      case AST_NODE_TYPES.TSIntersectionType:
        return type.types.map((member) => this.#traceType(member)).find((trace) => trace?.type === 'langchain') ?? null;
      case AST_NODE_TYPES.TSArrayType:
      case AST_NODE_TYPES.TSFunctionType:
      case AST_NODE_TYPES.TSTupleType:
      case AST_NODE_TYPES.TSTypeLiteral:
        return { type: 'typed', node: type, promised: false };
      case AST_NODE_TYPES.TSTypeOperator:
        return type.operator === 'readonly' && type.typeAnnotation ? this.#traceType(type.typeAnnotation) : null;
      case AST_NODE_TYPES.TSTypeQuery: {
        const { exprName } = type;
        if (exprName.type === AST_NODE_TYPES.TSImportType) return null;
        const ref = this.#exportOfTypeName(exprName);
        if (ref) return this.#links?.find(ref.source)?.traceExported(ref.name) ?? { type: 'export', export: ref };
        return exprName.type === AST_NODE_TYPES.Identifier ? this.#traceIdentifier(exprName) : null;
      }
      default:
        return null;
    }
  }

  #traceTypeReference(type: TSESTree.TSTypeReference): Trace | null {
    const ref = this.#exportOfTypeName(type.typeName);
    if (ref) return this.#traceImportedType(ref, type);
    if (type.typeName.type !== AST_NODE_TYPES.Identifier) return null;
    return this.#traceNamedType(this.#scopes.findVariable(type.typeName), type.typeName.name, type);
  }

  /** What the definition of a type promises; a type without one is one of TypeScript's. */
  #traceNamedType(
    variable: TSESLint.Scope.Variable | null,
    name: string | null,
    type: TSESTree.TSImportType | TSESTree.TSTypeReference,
  ): Trace | null {
    const imported = variable && name === null ? this.#imports.findExport(variable) : null;
    if (imported) return this.#traceImportedType(imported, type);
    const definition = variable?.defs[0]?.node;
    if (isClass(definition)) return this.#instanceOf(definition, type, 'annotation');
    switch (definition?.type) {
      case AST_NODE_TYPES.TSTypeAliasDeclaration:
        return this.#traceType(definition.typeAnnotation);
      case AST_NODE_TYPES.TSInterfaceDeclaration:
        return this.#traceInterface(definition);
      case AST_NODE_TYPES.TSTypeParameter:
        return definition.constraint ? this.#traceType(definition.constraint) : null;
      case undefined: {
        const argument = type.typeArguments?.params[0];
        return argument && name !== null && type.type === AST_NODE_TYPES.TSTypeReference
          ? this.#traceBuiltInType(name, argument, type)
          : null;
      }
      default:
        return null;
    }
  }

  #traceBuiltInType(name: string, argument: TSESTree.TypeNode, type: TSESTree.TSTypeReference): Trace | null {
    switch (name) {
      case 'Promise':
      case 'PromiseLike': {
        const trace = this.#traceType(argument);
        return trace && promise(trace, true);
      }
      case 'Awaited': {
        const trace = this.#traceType(argument);
        return trace && awaited(trace);
      }
      case 'NonNullable':
      case 'Partial':
      case 'Readonly':
      case 'Required':
        return this.#traceType(argument);
      case 'InstanceType': {
        const trace = this.#traceType(argument);
        if (trace?.type === 'export') return this.#traceExportType(trace.export, type);
        return trace?.type === 'class' ? this.#instanceOf(trace.node, type, 'annotation') : null;
      }
      case 'ReturnType': {
        const trace = this.#traceType(argument);
        return trace?.type === 'function' ? this.#traceReturn(trace.node) : null;
      }
      case 'Array':
      case 'ReadonlyArray':
        return { type: 'typed', node: type, promised: false };
      default:
        return null;
    }
  }

  #traceInterface(node: TSESTree.TSInterfaceDeclaration): Trace {
    for (const heritage of node.extends) {
      const parent = this.trace(heritage.expression);
      if (parent.type !== 'export') continue;
      const trace = this.#traceExportType(parent.export, heritage);
      if (trace?.type === 'langchain') return trace;
    }
    return { type: 'typed', node, promised: false };
  }

  #exportOfTypeName(name: TSESTree.EntityName): ExportRef | null {
    if (name.type === AST_NODE_TYPES.ThisExpression) return null;
    if (name.type === AST_NODE_TYPES.Identifier) {
      const variable = this.#scopes.findVariable(name);
      return variable && this.#imports.findExport(variable);
    }
    const left = this.#exportOfTypeName(name.left);
    return left && getMember(left, name.right.name);
  }

  /** A value annotated with an imported type. */
  #traceImportedType(ref: ExportRef, type: TSESTree.TSImportType | TSESTree.TSTypeReference): Trace | null {
    const linked = this.#links?.find(ref.source);
    return (linked ? linked.#traceExportedType(ref.name, type) : null) ?? this.#traceExportType(ref, type);
  }

  /** A value annotated with a type that a package exports. */
  #traceExportType(ref: ExportRef, node: TSESTree.Node): Trace | null {
    const module = parseSpecifier(ref.source);
    if (!module) return { type: 'instance', of: ref, node };
    const entry = findExport(module, ref.name) ?? findInterface(ref.name);
    if (entry?.type !== 'class') return { type: 'instance', of: ref, node };
    return this.#langchain(entry, module, 'annotation', node);
  }

  #memberOfType(node: TSESTree.Node, name: string): Trace {
    const members =
      node.type === AST_NODE_TYPES.TSInterfaceDeclaration
        ? node.body.body
        : node.type === AST_NODE_TYPES.TSTypeLiteral
          ? node.members
          : [];
    for (const member of getSignatures(members).get(name) ?? []) {
      if (!member.typeAnnotation) continue;
      const trace = this.#traceType(member.typeAnnotation.typeAnnotation);
      if (trace) return member.optional ? optional(trace) : trace;
    }
    if (node.type === AST_NODE_TYPES.TSTupleType) {
      const element = node.elementTypes[Number(name)];
      return (element && this.#traceType(element)) ?? notDefined;
    }
    return notDefined;
  }

  #elementOfType(node: TSESTree.Node): Trace {
    if (node.type === AST_NODE_TYPES.TSArrayType) return this.#traceType(node.elementType) ?? notDefined;
    const argument = node.type === AST_NODE_TYPES.TSTypeReference ? node.typeArguments?.params[0] : undefined;
    return (argument && this.#traceType(argument)) ?? notDefined;
  }

  #returnOfType(node: TSESTree.Node): Trace {
    if (node.type !== AST_NODE_TYPES.TSFunctionType || !node.returnType) return notDefined;
    return this.#traceType(node.returnType.typeAnnotation) ?? notDefined;
  }
}

const notDefined: Unknown = { type: 'unknown', reason: 'has no definition that can be read' };
const notPassed: Unknown = { type: 'unknown', reason: 'is a parameter without a LangChain type' };

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

function known(trace: Trace): boolean {
  return trace.type !== 'unknown' && !isNullish(trace);
}

/** Whether it may be anything. */
function isUndetermined(trace: Trace): boolean {
  return trace.type === 'unknown' || (trace.type === 'global' && !isNullish(trace));
}

function isInterop(name: string): boolean {
  return interopHelper.test(name);
}

function isNullish(trace: Trace): boolean {
  if (trace.type === 'global') return trace.name === 'undefined';
  return (
    trace.type === 'literal' &&
    trace.node.type === AST_NODE_TYPES.Literal &&
    trace.node.value === null &&
    trace.node.raw === 'null'
  );
}

function isNullishType(type: TSESTree.TypeNode): boolean {
  return (
    type.type === AST_NODE_TYPES.TSNullKeyword ||
    type.type === AST_NODE_TYPES.TSUndefinedKeyword ||
    type.type === AST_NODE_TYPES.TSVoidKeyword
  );
}

function promise(trace: Trace, promised: boolean): Trace {
  if (!promised || (trace.type !== 'langchain' && trace.type !== 'typed')) return trace;
  return { ...trace, promised };
}

function awaited(trace: Trace): Trace {
  return trace.type === 'langchain' || trace.type === 'typed' ? { ...trace, promised: false } : trace;
}

function optional(trace: Trace): Trace {
  return trace.type === 'langchain' ? { ...trace, value: { ...trace.value, optional: true } } : trace;
}

function uncertain(trace: Trace): Trace {
  return trace.type === 'langchain' ? { ...trace, value: { ...trace.value, certain: false } } : trace;
}

function isReassigned(variable: TSESLint.Scope.Variable): boolean {
  return variable.references.some((reference) => reference.isWrite());
}

/** Whether the write is the parameter's own default (`(llm = new ChatOpenAI())`). */
function isDefaultOf(reference: TSESLint.Scope.Reference, parameter: TSESTree.Node): boolean {
  return parameter.range[0] <= reference.identifier.range[0] && reference.identifier.range[1] <= parameter.range[1];
}

/** The destructuring assignment that writes an identifier: `[a, { b }] = …`. */
function findAssignment(identifier: TSESTree.Node): TSESTree.AssignmentExpression | null {
  for (let current = identifier.parent; current; current = current.parent) {
    switch (current.type) {
      case AST_NODE_TYPES.ArrayPattern:
      case AST_NODE_TYPES.AssignmentPattern:
      case AST_NODE_TYPES.ObjectPattern:
      case AST_NODE_TYPES.Property:
        continue;
      case AST_NODE_TYPES.AssignmentExpression:
        return current;
      default:
        return null;
    }
  }
  return null;
}

function describe(trace: Trace): string {
  switch (trace.type) {
    case 'export':
      return `is the export \`${trace.export.name}\` of \`${trace.export.source}\``;
    case 'global':
      return `is the global \`${trace.name}\``;
    case 'instance':
      return `comes from \`${trace.of.source}\``;
    case 'unknown':
      return trace.reason;
    case 'langchain':
      return 'is a LangChain value';
    default:
      return `is a local ${trace.type}`;
  }
}

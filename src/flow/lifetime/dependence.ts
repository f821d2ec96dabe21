import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getFieldOwner, getThisClass } from '../../ast/ancestors.ts';
import { isInCatch } from '../../ast/branches.ts';
import { type Call, findParameterIndex, getLastName, getMemberRoot, getRoot } from '../../ast/calls.ts';
import { findClassMember } from '../../ast/class-members.ts';
import {
  type ClassNode,
  contains,
  type FunctionNode,
  getKeyName,
  getProgram,
  isClass,
  isFunction,
  isLoop,
  unwrap,
  wrapped,
} from '../../ast/nodes.ts';
import { findReturns } from '../../ast/returns.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { walk } from '../../ast/walk.ts';
import { parseSpecifier } from '../../facts/catalog.ts';
import type { ExportRef } from '../../facts/export-ref.ts';
import {
  callbackMethods,
  configNames,
  configPackages,
  optionalCallbackMethods,
  patternMethods,
  pureConstructors,
  pureGlobals,
  pureMethods,
  purePackages,
} from '../../facts/pure.ts';
import { Answers, Cycles } from '../../memo.ts';
import { findMutation, getMutations, getWrites, isReassigned } from '../../trace/changes.ts';
import { findConstant } from '../../trace/constants.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import { findCalledAround, findCreated, runsInField } from '../calls/call-graph.ts';
import { isFieldReassigned, mutatesOuter } from './mutation.ts';

/**
 * `no`: the same value every time; `yes`: it varies with the roots; `unknown`: it cannot be resolved, as for the result
 * of an imported function.
 */
export type Dependence = 'no' | 'unknown' | 'yes';

/**
 * Whether the value of an expression varies with these roots:
 * - a function: with its parameters; a pattern or declaration: with what it binds; a loop: with what is written in it;
 * - a class: with `this` in it.
 *
 * Local variables and functions of the file are looked through. Literals, `process.env`, imports,
 * `config.get('literal')`, and bindings from outside that nothing reassigns do not vary.
 */
export function dependsOn(file: LangChainFile, node: TSESTree.Node, roots: readonly TSESTree.Node[]): Dependence {
  return getEvaluation(file, roots).evaluate(node);
}

/**
 * The same for nodes in a function of the file that these calls, outermost first, lead to from the roots: parameters
 * have the values that the calls pass.
 */
export function dependOnThrough(
  file: LangChainFile,
  nodes: readonly TSESTree.Node[],
  roots: readonly TSESTree.Node[],
  path: readonly Call[],
): Dependence {
  let evaluation = getEvaluation(file, [...roots, ...getFreshClasses(file, path)]);
  for (const [index, call] of path.entries()) {
    const inner = path[index + 1] ?? nodes[0];
    if (!inner) break;
    if (runsInField(file, call, inner)) {
      if (getEnclosingFunction(getFieldOwner(inner) ?? inner)) return 'unknown';
      continue;
    }
    const fn = findCalledAround(file, call, inner);
    if (!fn) return 'unknown';
    evaluation = evaluation.enter(fn, call.arguments);
  }
  return evaluation.evaluateAll(nodes);
}

/** The classes whose new instances these calls run: `new Repo(request)`, `new Repo(request).search()`. */
export function getFreshClasses(file: LangChainFile, path: readonly Call[]): readonly ClassNode[] {
  return path.flatMap((call) => findFreshClass(file, call) ?? []);
}

function findFreshClass(file: LangChainFile, call: Call): ClassNode | null {
  if (call.type === AST_NODE_TYPES.NewExpression) return findCreated(file, call);
  const callee = unwrap(call.callee);
  const receiver = callee.type === AST_NODE_TYPES.MemberExpression ? file.trace(callee.object) : null;
  if (receiver?.type !== 'localInstance' || receiver.node.type !== AST_NODE_TYPES.NewExpression) return null;
  return getEnclosingFunction(receiver.node) === getEnclosingFunction(call) ? receiver.classNode : null;
}

/** The strongest of several dependences. */
export function combine(dependences: Iterable<Dependence>): Dependence {
  let most: Dependence = 'no';
  for (const dependence of dependences) {
    if (dependence === 'yes') return 'yes';
    if (dependence === 'unknown') most = 'unknown';
  }
  return most;
}

/** The evaluations by their roots, because one client after another asks about the same roots. */
interface ByRoots {
  evaluation: Evaluation | null;
  readonly longer: Map<TSESTree.Node, ByRoots>;
}

const getByRoots = perFile((): ByRoots => ({ evaluation: null, longer: new Map() }));

function getEvaluation(file: LangChainFile, roots: readonly TSESTree.Node[]): Evaluation {
  let found = getByRoots(file);
  for (const root of roots) {
    const longer = found.longer.get(root) ?? { evaluation: null, longer: new Map() };
    found.longer.set(root, longer);
    found = longer;
  }
  return (found.evaluation ??= new Evaluation(file, roots));
}

/** A value that refers to itself varies with the rest of what it is made of. */
const cut = { onCycle: 'no', tooDeep: 'unknown' } as const;

interface Arguments {
  readonly each: readonly Dependence[];
  /** For the arguments that a spread may contain. */
  readonly rest: Dependence;
}

/** A function whose call is looked through. */
interface Entered {
  readonly fn: FunctionNode;
  /** The dependence of the arguments: its own, and those of the functions around it. */
  readonly arguments: ReadonlyMap<FunctionNode, Arguments>;
  /** Whether a function on the way there changes variables from outside it. */
  readonly isAfterChange: boolean;
  readonly outer: Evaluation;
}

class Evaluation {
  readonly #file: LangChainFile;
  readonly #roots: readonly TSESTree.Node[];
  readonly #entered: Entered | null;
  /** The code that runs once per item or request: variables declared in it are looked through. */
  readonly #regions: readonly TSESTree.Node[];
  readonly #answers = new Answers<TSESLint.Scope.Variable | TSESTree.Node, Dependence>(cut);
  /** The dependence of the results of functions. */
  readonly #results = new Answers<FunctionNode, Dependence>(cut);
  /** Shared with the evaluations of the entered functions, so cycles through them are found. */
  readonly #calls: Cycles<FunctionNode>;
  readonly #inner: Map<FunctionNode, Map<string, Evaluation>>;

  constructor(file: LangChainFile, roots: readonly TSESTree.Node[], entered: Entered | null = null) {
    this.#file = file;
    this.#roots = roots;
    this.#entered = entered;
    this.#regions = [...roots.flatMap(getRegion), ...(entered ? [entered.fn] : [])];
    this.#calls = entered ? entered.outer.#calls : new Cycles();
    this.#inner = entered ? entered.outer.#inner : new Map<FunctionNode, Map<string, Evaluation>>();
  }

  /** The evaluation of the body of a function that is called with these arguments. */
  enter(fn: FunctionNode, given: readonly TSESTree.Node[]): Evaluation {
    const spread = given.findIndex(({ type }) => type === AST_NODE_TYPES.SpreadElement);
    const plain = spread === -1 ? given : given.slice(0, spread);
    return this.#enterWith(fn, {
      each: plain.map((argument) => this.evaluate(argument)),
      rest: spread === -1 ? 'no' : this.evaluateAll(given.slice(spread)),
    });
  }

  #enterWith(fn: FunctionNode, args: Arguments): Evaluation {
    const around = [...(this.#entered?.arguments ?? [])].filter(([outer]) => outer !== fn && contains(outer, fn));
    const changes = this.#entered !== null && mutatesOuter(this.#file, this.#entered.fn);
    return this.#getInner({
      fn,
      arguments: new Map([...around, [fn, args]]),
      isAfterChange: changes || (this.#entered?.isAfterChange ?? false),
      outer: this,
    });
  }

  /** Calls whose arguments have the same dependence share one evaluation; otherwise nested calls would multiply. */
  #getInner(entered: Entered): Evaluation {
    const ofFunction = this.#inner.get(entered.fn) ?? new Map<string, Evaluation>();
    this.#inner.set(entered.fn, ofFunction);
    const args = [...entered.arguments].map(([{ range }, each]) => [range, each]);
    const key = JSON.stringify([args, entered.isAfterChange]);
    const inner = ofFunction.get(key) ?? new Evaluation(this.#file, this.#roots, entered);
    ofFunction.set(key, inner);
    return inner;
  }

  evaluate(node: TSESTree.Node): Dependence {
    return this.#answers.find(node, () => this.#evaluateNode(node));
  }

  evaluateAll(nodes: readonly (TSESTree.Node | null)[]): Dependence {
    let most: Dependence = 'no';
    for (const node of nodes) {
      if (most === 'yes') break;
      if (node) most = combine([most, this.evaluate(node)]);
    }
    return most;
  }

  #evaluateNode(node: TSESTree.Node): Dependence {
    switch (node.type) {
      case AST_NODE_TYPES.Literal:
        return 'no';
      case AST_NODE_TYPES.MetaProperty:
        // `new.target` depends on the call, `import.meta` only on the file.
        return node.meta.name === 'import' ? 'no' : 'unknown';
      case AST_NODE_TYPES.Identifier:
        return this.#evaluateIdentifier(node);
      case AST_NODE_TYPES.ThisExpression:
        return this.#evaluateThis(node, null);
      case AST_NODE_TYPES.ChainExpression:
      case AST_NODE_TYPES.TSAsExpression:
      case AST_NODE_TYPES.TSInstantiationExpression:
      case AST_NODE_TYPES.TSNonNullExpression:
      case AST_NODE_TYPES.TSSatisfiesExpression:
      case AST_NODE_TYPES.TSTypeAssertion:
        return this.evaluate(node.expression);
      case AST_NODE_TYPES.AwaitExpression:
      case AST_NODE_TYPES.SpreadElement:
      case AST_NODE_TYPES.UnaryExpression:
        return this.evaluate(node.argument);
      case AST_NODE_TYPES.BinaryExpression:
      case AST_NODE_TYPES.LogicalExpression:
        return this.evaluateAll([node.left, node.right]);
      case AST_NODE_TYPES.ConditionalExpression:
        return this.evaluateAll([node.test, node.consequent, node.alternate]);
      case AST_NODE_TYPES.SequenceExpression:
      case AST_NODE_TYPES.TemplateLiteral:
        return this.evaluateAll(node.expressions);
      case AST_NODE_TYPES.ArrayExpression:
        return this.evaluateAll(node.elements);
      case AST_NODE_TYPES.ObjectExpression:
        return this.evaluateAll(
          node.properties.flatMap((property): readonly (TSESTree.Node | null)[] =>
            property.type === AST_NODE_TYPES.Property
              ? [property.computed ? property.key : null, property.value]
              : [property],
          ),
        );
      case AST_NODE_TYPES.ImportExpression:
        return this.evaluate(node.source);
      case AST_NODE_TYPES.MemberExpression:
        return this.#evaluateMember(node);
      case AST_NODE_TYPES.NewExpression:
        return this.#evaluateNew(node);
      case AST_NODE_TYPES.CallExpression:
        return this.#evaluateCall(node);
      case AST_NODE_TYPES.ArrowFunctionExpression:
      case AST_NODE_TYPES.FunctionDeclaration:
      case AST_NODE_TYPES.FunctionExpression:
        return this.#evaluateClosure(node);
      default:
        return 'unknown';
    }
  }

  #evaluateIdentifier(node: TSESTree.Identifier): Dependence {
    const variable = this.#file.scopes.findVariable(node);
    const isGlobal = variable === null || (variable.scope.type === 'global' && variable.defs.length === 0);
    return isGlobal ? 'no' : this.#answers.find(variable, () => this.#evaluateVariable(variable));
  }

  #evaluateVariable(variable: TSESLint.Scope.Variable): Dependence {
    const definition = variable.defs[0];
    // `arguments`
    if (!definition) return this.#roots.includes(variable.scope.block) ? 'yes' : 'unknown';
    if (variable.defs.length > 1 && variable.defs.some(({ type }) => type === 'Variable' || type === 'Parameter'))
      return 'unknown';
    switch (definition.type) {
      case 'ImportBinding':
      case 'TSEnumName':
      case 'TSModuleName':
        return 'no';
      case 'FunctionName':
        return this.#isOuter(variable) ? 'no' : this.evaluate(definition.node);
      case 'ClassName':
        return this.#isOuter(variable) ? 'no' : 'unknown';
      case 'Parameter': {
        const given = isFunction(definition.node) ? this.#entered?.arguments.get(definition.node) : undefined;
        if (given && isFunction(definition.node)) return this.#evaluateGiven(definition.node, given, definition.name);
        if (this.#isVarying(definition.name)) return 'yes';
        return this.#isOuter(variable) ? this.#evaluateOuter(variable) : 'unknown';
      }
      case 'Variable':
        if (this.#isVarying(definition.name)) return 'yes';
        return this.#isOuter(variable) ? this.#evaluateOuter(variable) : this.#evaluateLocal(variable, definition.node);
      default:
        return 'unknown';
    }
  }

  /** The dependence of a parameter in a call that is looked through. */
  #evaluateGiven(fn: FunctionNode, { each, rest }: Arguments, name: TSESTree.Node): Dependence {
    const index = findParameterIndex(fn, name);
    const parameter = fn.params[index];
    if (parameter?.type === AST_NODE_TYPES.RestElement) return combine([...each.slice(index), rest]);
    const given = each[index] ?? rest;
    return parameter?.type === AST_NODE_TYPES.AssignmentPattern
      ? combine([given, this.evaluate(parameter.right)])
      : given;
  }

  /** Whether an identifier that defines a variable is bound by a root. */
  #isVarying(name: TSESTree.Node): boolean {
    return this.#roots.some((root) => {
      if (isFunction(root)) return root.params.some((parameter) => contains(parameter, name));
      return !isLoop(root) && !isClass(root) && contains(root, name);
    });
  }

  /** Whether a variable lives longer than one item or request. */
  #isOuter({ scope }: TSESLint.Scope.Variable): boolean {
    // A region in another file does not affect this file's variables.
    const regions = this.#regions.filter((region) => getProgram(region) === getProgram(scope.block));
    return regions.every((region) => scope.block !== region && contains(scope.block, region));
  }

  #isInRegion(node: TSESTree.Node): boolean {
    return this.#regions.some((region) => contains(region, node));
  }

  #evaluateOuter(variable: TSESLint.Scope.Variable): Dependence {
    // Written in the scope that declares it, it has its value before the region runs.
    const isSettled = getWrites(variable).every(
      ({ from, identifier }) => from.variableScope === variable.scope.variableScope && !this.#isInRegion(identifier),
    );
    if (!isSettled) return 'unknown';
    const isChanged = getMutations(variable).some(
      ({ from, identifier }) =>
        this.#isInRegion(identifier) ||
        (this.#entered?.isAfterChange && from.variableScope !== variable.scope.variableScope),
    );
    return isChanged ? 'unknown' : 'no';
  }

  #evaluateLocal(variable: TSESLint.Scope.Variable, declarator: TSESTree.VariableDeclarator): Dependence {
    const loop = declarator.parent.parent;
    if (
      (loop.type === AST_NODE_TYPES.ForOfStatement || loop.type === AST_NODE_TYPES.ForInStatement) &&
      loop.left === declarator.parent
    ) {
      return combine(['unknown', this.evaluate(loop.right)]);
    }
    const written = getWrites(variable);
    const mutated = getMutations(variable);
    const dependence = this.evaluateAll([declarator.init, ...written.map(({ writeExpr }) => writeExpr ?? null)]);
    if (dependence !== 'no') return dependence;
    const changes = [...written, ...mutated];
    // It is unknown whether a callback runs, and what is caught.
    if (
      changes.some(
        ({ from, identifier }) => from.variableScope !== variable.scope.variableScope || isInCatch(identifier),
      )
    )
      return 'unknown';
    const operands = [
      ...mutated.flatMap(({ identifier }) => getMutationOperands(identifier)),
      ...changes.flatMap(({ identifier }) => getConditions(identifier)),
      ...getFillers(this.#file, variable),
    ];
    return combine(operands.map((operand) => this.#evaluateChange(operand)));
  }

  /** An operand of a change: for a whole loop, the list that it iterates over counts, not the single element. */
  #evaluateChange(node: TSESTree.Node): Dependence {
    const root = getMemberRoot(node);
    const variable = this.#file.scopes.findVariable(root);
    const declarator = variable?.defs[0]?.type === 'Variable' ? variable.defs[0].node : null;
    const loop = declarator?.parent.parent;
    const isElement =
      (loop?.type === AST_NODE_TYPES.ForOfStatement || loop?.type === AST_NODE_TYPES.ForInStatement) &&
      loop.left === declarator?.parent;
    return isElement && variable && !isReassigned(variable) ? this.evaluate(loop.right) : this.evaluate(node);
  }

  #evaluateThis(node: TSESTree.ThisExpression, field: string | null): Dependence {
    const classNode = getThisClass(node);
    if (classNode === null) return 'unknown';
    if (this.#roots.includes(classNode)) return field === null ? 'yes' : this.#evaluateField(classNode, field);
    if (this.#isInRegion(classNode) || this.#isMadeInRegion(classNode)) return 'unknown';
    return field !== null && isFieldReassigned(this.#file, classNode, field) ? 'unknown' : 'no';
  }

  /** `this.model = process.env.MODEL` in the constructor is the same for each instance. */
  #evaluateField(classNode: ClassNode, field: string): Dependence {
    const values = findClassMember(this.#file.sourceCode.visitorKeys, classNode, field, false)?.values ?? [];
    if (values.length === 0 || isFieldReassigned(this.#file, classNode, field)) return 'yes';
    const isSame = values.every((value) => {
      const fn = getEnclosingFunction(value);
      const roots = fn && !this.#roots.includes(fn) ? [...this.#roots, fn] : this.#roots;
      const given = value.type === AST_NODE_TYPES.AssignmentExpression ? value.right : value;
      return getEvaluation(this.#file, roots).evaluate(given) === 'no';
    });
    return isSame ? 'no' : 'yes';
  }

  /** `new Job(request)` */
  #isMadeInRegion({ id }: ClassNode): boolean {
    const references = (id && this.#file.scopes.findVariable(id)?.references) ?? [];
    return references.some(({ identifier }) => {
      const { parent } = identifier;
      return parent.type === AST_NODE_TYPES.NewExpression && parent.callee === identifier && this.#isInRegion(parent);
    });
  }

  #evaluateMember(node: TSESTree.MemberExpression): Dependence {
    const object = unwrap(node.object);
    if (object.type === AST_NODE_TYPES.ThisExpression) {
      const field = getKeyName(node);
      const dependence = this.#evaluateThis(object, field);
      return field === null ? combine([dependence, this.evaluate(node.property)]) : dependence;
    }
    return this.evaluateAll(node.computed ? [object, node.property] : [object]);
  }

  #evaluateNew(node: TSESTree.NewExpression): Dependence {
    const given = this.evaluateAll(node.arguments);
    if (given === 'yes') return 'yes';
    const callee = this.#file.trace(node.callee);
    const isSeen =
      (callee.type === 'export' && isPackage(callee.export.source)) ||
      (callee.type === 'global' && pureConstructors.has(callee.name));
    return isSeen ? given : 'unknown';
  }

  #evaluateCall(node: TSESTree.CallExpression): Dependence {
    const callee = unwrap(node.callee);
    const given = this.evaluateAll(node.arguments);
    const receiver = callee.type === AST_NODE_TYPES.MemberExpression ? this.evaluate(callee.object) : 'no';
    const operands = combine([given, receiver]);
    if (operands === 'yes') return 'yes';

    const made = this.#file.trace(node);
    if (made.type === 'langchain' && made.value.node === node) return operands;
    const target = this.#file.trace(callee);
    if (target.type === 'function') return this.#evaluateResult(target.node, node.arguments);
    if (target.type === 'global' && pureGlobals.has(target.name)) return this.#evaluateRun(node.arguments, 'no', 'no');
    if (target.type === 'export' && isPureExport(target.export)) return given;

    if (callee.type !== AST_NODE_TYPES.MemberExpression) return 'unknown';
    const method = getKeyName(callee);
    if (method === null) return 'unknown';
    if (isConfigRead(this.#file, callee, method) || isSchemaCall(this.#file, callee)) return operands;
    return isPureMethod(this.#file, node, callee, method)
      ? this.#evaluateRun(node.arguments, receiver, callbackMethods.has(method) ? 'unknown' : 'no')
      : 'unknown';
  }

  /**
   * The dependence of a pure function's result on its arguments, some of which may be callbacks that it calls with
   * `element`.
   * @param unseen The dependence of an argument that may be a function and cannot be resolved.
   */
  #evaluateRun(nodes: readonly TSESTree.Node[], element: Dependence, unseen: Dependence): Dependence {
    const elements = combine([
      element,
      ...nodes.filter((node) => !isFunction(unwrap(node))).map((node) => this.evaluate(node)),
    ]);
    return combine([
      elements,
      ...nodes.map((node, index): Dependence => {
        const fn = this.#file.trace(node);
        if (fn.type === 'function') return this.#evaluateCallback(fn.node, elements);
        const isPlain = index > 0 || unseen === 'no' || (fn.type === 'global' && pureGlobals.has(fn.name));
        return isPlain ? 'no' : unseen;
      }),
    ]);
  }

  #evaluateCallback(fn: FunctionNode, element: Dependence): Dependence {
    if (fn.generator) return 'unknown';
    return this.#calls.guard(fn, cut, () => {
      const inner = this.#enterWith(fn, { each: [], rest: element });
      return inner.#results.find(fn, () => inner.#evaluateReturns(fn));
    });
  }

  /** The dependence of a call's result. */
  #evaluateResult(fn: FunctionNode, given: readonly TSESTree.Node[]): Dependence {
    if (fn.generator) return 'unknown';
    return this.#calls.guard(fn, cut, () => {
      const inner = this.enter(fn, given);
      return inner.#results.find(fn, () => inner.#evaluateReturns(fn));
    });
  }

  #evaluateReturns(fn: FunctionNode): Dependence {
    const { visitorKeys } = this.#file.sourceCode;
    const results = findReturns(fn, visitorKeys);
    if (results.length < 2) return this.evaluateAll(results);
    const tests: TSESTree.Node[] = [];
    walk(fn.body, visitorKeys, (node) => {
      if (node.type === AST_NODE_TYPES.IfStatement) tests.push(node.test);
      if (node.type === AST_NODE_TYPES.SwitchStatement) tests.push(node.discriminant);
      return !isFunction(node);
    });
    return this.evaluateAll([...results, ...tests]);
  }

  /** A function value varies with its closure. */
  #evaluateClosure(fn: FunctionNode): Dependence {
    let dependence: Dependence = 'no';
    walk(fn, this.#file.sourceCode.visitorKeys, (node) => {
      if (dependence === 'yes') return false;
      if (node.type === AST_NODE_TYPES.Identifier) dependence = combine([dependence, this.#evaluateCapture(fn, node)]);
      else if (node.type === AST_NODE_TYPES.ThisExpression && !contains(fn, getThisClass(node) ?? fn)) {
        dependence = combine([dependence, this.#evaluateThis(node, null)]);
      }
      return undefined;
    });
    return dependence;
  }

  #evaluateCapture(fn: FunctionNode, identifier: TSESTree.Identifier): Dependence {
    if (this.#file.scopes.findReference(identifier) === null) return 'no';
    const variable = this.#file.scopes.findVariable(identifier);
    if (variable === null || contains(fn, variable.scope.block)) return 'no';
    // It reads the variable when it is called, so an outer one may have changed by then.
    if (this.#isOuter(variable) && !this.#isVarying(variable.identifiers[0] ?? identifier)) return 'no';
    const dependence = this.evaluate(identifier);
    return dependence === 'no' && holdsFreshObject(variable) ? 'unknown' : dependence;
  }
}

/** The code that reruns for each value of a root. */
function getRegion(root: TSESTree.Node): TSESTree.Node[] {
  if (isClass(root)) return [];
  let region: TSESTree.Node | undefined = root;
  while (region && !isFunction(region) && !isLoop(region)) region = region.parent;
  return region ? [region] : [];
}

function isPureMethod(
  file: LangChainFile,
  node: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
  method: string,
): boolean {
  if (pureMethods.has(method) || callbackMethods.has(method) || optionalCallbackMethods.has(method)) return true;
  if (patternMethods.has(method)) return isPattern(file, callee.object);
  // For the method of a string; that of a client takes a query, and is awaited.
  const [pattern] = node.arguments;
  const isAwaited = wrapped(node).parent?.type === AST_NODE_TYPES.AwaitExpression;
  return method === 'search' && !isAwaited && pattern !== undefined && isPattern(file, pattern);
}

/** `/^o\d/`, `new RegExp(text)`, or a constant of one. */
function isPattern(file: LangChainFile, node: TSESTree.Node): boolean {
  const value = unwrap(findConstant(file, node) ?? node);
  if (value.type === AST_NODE_TYPES.Literal) return 'regex' in value || typeof value.value === 'string';
  if (value.type !== AST_NODE_TYPES.NewExpression && value.type !== AST_NODE_TYPES.CallExpression) return false;
  const callee = file.trace(value.callee);
  return callee.type === 'global' && callee.name === 'RegExp';
}

/**
 * The operands of a change: `process.env.KEY` and the key of `headers[name] = process.env.KEY`, the arguments of
 * `push`.
 */
function getMutationOperands(identifier: TSESTree.Node): readonly TSESTree.Node[] {
  const changed = findMutation(identifier);
  if (changed?.type === AST_NODE_TYPES.CallExpression) return changed.arguments;
  const operands: TSESTree.Node[] = [];
  for (
    let member: TSESTree.Node | null = changed;
    member?.type === AST_NODE_TYPES.MemberExpression;
    member = unwrap(member.object)
  )
    if (member.computed) operands.push(member.property);
  const assignment = changed?.parent;
  return assignment?.type === AST_NODE_TYPES.AssignmentExpression ? [...operands, assignment.right] : operands;
}

/**
 * The expressions that decide whether a place in a function is reached: the tests and lists of the statements around
 * it.
 */
function getConditions(node: TSESTree.Node): readonly TSESTree.Node[] {
  const conditions: (TSESTree.Node | null)[] = [];
  for (let current = node.parent; current && !isFunction(current); current = current.parent) {
    switch (current.type) {
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.DoWhileStatement:
      case AST_NODE_TYPES.ForStatement:
      case AST_NODE_TYPES.IfStatement:
      case AST_NODE_TYPES.WhileStatement:
        conditions.push(current.test);
        break;
      case AST_NODE_TYPES.ForInStatement:
      case AST_NODE_TYPES.ForOfStatement:
        conditions.push(current.right);
        break;
      case AST_NODE_TYPES.LogicalExpression:
        conditions.push(current.left);
        break;
      case AST_NODE_TYPES.SwitchStatement:
        conditions.push(current.discriminant);
        break;
      default:
    }
  }
  return conditions.filter((each) => each !== null);
}

/** The other arguments of functions that may fill an object: those of `addHeaders(headers, request);`. */
function getFillers(file: LangChainFile, { references }: TSESLint.Scope.Variable): readonly TSESTree.Node[] {
  return references.flatMap(({ identifier }) => {
    const argument = wrapped(identifier);
    const call = argument.parent;
    if (call?.type !== AST_NODE_TYPES.CallExpression || call.callee === argument || !isStatement(call)) return [];
    return isOfProject(file, call) ? call.arguments.filter((each) => each !== argument) : [];
  });
}

/** `fill(list)`, `this.fill(list)`: packages do not add to their arguments. */
function isOfProject(file: LangChainFile, { callee }: TSESTree.CallExpression): boolean {
  const target = unwrap(callee);
  const isPlain =
    target.type === AST_NODE_TYPES.Identifier ||
    (target.type === AST_NODE_TYPES.MemberExpression && target.object.type === AST_NODE_TYPES.ThisExpression);
  const { type } = file.trace(target);
  return isPlain && type !== 'export' && type !== 'global';
}

/** Whether the result of a call is unused: `fill(list);`, `await fill(list);`. */
function isStatement(call: TSESTree.Node): boolean {
  const { parent } = wrapped(call);
  return parent?.type === AST_NODE_TYPES.AwaitExpression
    ? isStatement(parent)
    : parent?.type === AST_NODE_TYPES.ExpressionStatement;
}

/** `[]`, `{}` and `new X()` that are created per request: a function that closes over them cannot be shared. */
function holdsFreshObject({ defs }: TSESLint.Scope.Variable): boolean {
  const definition = defs[0];
  if (definition?.type !== 'Variable' || !definition.node.init) return false;
  const { type } = unwrap(definition.node.init);
  return (
    type === AST_NODE_TYPES.ArrayExpression ||
    type === AST_NODE_TYPES.NewExpression ||
    type === AST_NODE_TYPES.ObjectExpression
  );
}

/** A package from a registry or a Node built-in, as opposed to a module of the application. */
function isPackage(source: string): boolean {
  return /^(?:@[a-z\d~-][\w.~-]*\/)?[a-z\d~-][\w.~-]*(?:\/|$)/u.test(source);
}

function isPureExport({ source, name }: ExportRef): boolean {
  // A static of a class, such as `ChatPromptTemplate.fromMessages`. The functions include `getConfig()`, which belongs
  // to one run.
  if (parseSpecifier(source) !== null) return /^[A-Z]/u.test(name);
  return purePackages.has(source);
}

/** `config.get('OPENAI_API_KEY')`, `this.configService.getOrThrow('…')` */
function isConfigRead(file: LangChainFile, callee: TSESTree.MemberExpression, method: string): boolean {
  if (method !== 'get' && method !== 'getOrThrow') return false;
  const receiver = unwrap(callee.object);
  const traced = file.trace(receiver);
  const source = traced.type === 'instance' ? traced.of.source : traced.type === 'export' ? traced.export.source : '';
  if (configPackages.includes(source)) return true;
  const name = getLastName(receiver);
  return name !== null && configNames.test(name);
}

/** A method in a chain that begins with a schema library: `z.object({ … }).describe('…')`. */
function isSchemaCall(file: LangChainFile, callee: TSESTree.MemberExpression): boolean {
  const traced = file.trace(getRoot(callee));
  return traced.type === 'export' && purePackages.has(traced.export.source);
}

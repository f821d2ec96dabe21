import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type Call, findParameterIndex, getMemberRoot } from '../ast/calls.ts';
import { findFirst } from '../ast/first.ts';
import { type FunctionNode, isClass, isFunction, unwrap } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { ExportName } from '../facts/packages/limiters.ts';
import { getCallSites } from '../flow/calls/call-graph.ts';
import { findCallbackUse } from '../flow/calls/callbacks.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { findLimiterOfCall, findMapper, type Limiter } from '../flow/calls/limiters.ts';
import { findCall, type LangChainCall } from '../langchain/calls.ts';
import { findConstant } from '../trace/constants.ts';
import type { LangChainFile } from '../trace/file.ts';
import { type EffectiveLimit, getEffectiveLimit } from './effective-limit.ts';
import { isBusyWait, isTurn } from './turns.ts';

/** A remote call without a limit. */
export interface Start {
  readonly call: LangChainCall;
  /** Why a limit of the receiver does not apply. */
  readonly limit: Exclude<EffectiveLimit, 'limited'>;
  /** The unlimited limiter that it goes through: `pLimit(Infinity)`. */
  readonly limiter: Limiter | null;
}

export interface StartOptions {
  /** Exports that limit, in addition to the known ones. */
  readonly limiters: readonly ExportName[];
  /** Whether limited calls count too. */
  readonly all?: boolean;
  /** The construction of a model that is assumed to set a limit. */
  readonly assumed?: TSESTree.Node | null;
}

/** A function value, with the values of the parameters of the functions around it. */
interface Closure {
  readonly node: TSESTree.Node;
  readonly bindings: Bindings;
}

type Bindings = ReadonlyMap<TSESLint.Scope.Variable, Closure>;

interface Frame {
  /** The code that runs once per element: the callback or loop, and the functions that it calls. */
  readonly runs: readonly TSESTree.Node[];
  readonly bindings: Bindings;
  readonly limiter: Limiter | null;
  /** Whether awaited calls are skipped: a loop continues only after each of them. */
  readonly skipAwaited: boolean;
  /** Set once the code has waited for its turn. */
  limited: boolean;
}

const noBindings: Bindings = new Map();

/** How many functions may call one another. */
const maxDepth = 12;
/** How many nodes one question may visit: bounds the work for functions that call one another many times. */
const maxVisits = 50_000;
/** How deep code may nest: far above hand-written code, far below the stack. */
const maxNesting = 500;

/**
 * Whether a value is an element of the list that the code iterates over: `models.map((model) => model.invoke(text))`.
 * Such a list is written out in the program, and is only as long as that.
 */
function isElement(file: LangChainFile, node: TSESTree.Node, runs: readonly TSESTree.Node[], depth: number): boolean {
  const root = getMemberRoot(node);
  const definition = file.scopes.findVariable(root)?.defs[0];
  if (depth === 0) return false;
  switch (definition?.type) {
    case 'Parameter': {
      const fn = definition.node;
      const index = isFunction(fn) ? findParameterIndex(fn, definition.name) : -1;
      if (!isFunction(fn) || index === -1 || !runs.includes(fn)) return false;
      if (runs[0] === fn) return index === 0;
      return getCallSites(file, fn).some(({ argument, call }) => {
        const given = argument === null ? call.arguments[index] : undefined;
        return given !== undefined && isElement(file, given, runs, depth - 1);
      });
    }
    case 'Variable': {
      const { init, parent } = definition.node;
      if (parent.parent.type === AST_NODE_TYPES.ForOfStatement && parent.parent.left === parent)
        return runs.includes(parent.parent);
      return init !== null && isElement(file, init, runs, depth - 1);
    }
    default:
      return false;
  }
}

/** Finds the first remote call that code starts without a limit on the way. */
export class Starts {
  readonly #file: LangChainFile;
  readonly #limiters: readonly ExportName[];
  readonly #all: boolean;
  readonly #assumed: TSESTree.Node | null;
  /** Functions that are known to contain no such call, for this question. */
  readonly #visited = new Set<FunctionNode>();
  #depth = 0;
  #visits = 0;
  #nesting = 0;

  constructor(file: LangChainFile, { all = false, assumed = null, limiters }: StartOptions) {
    this.#file = file;
    this.#limiters = limiters;
    this.#all = all;
    this.#assumed = assumed;
  }

  /** The call that a function value makes: `(x) => model.invoke(x)`, `summarize`, `this.summarize`. */
  ofFunction(node: TSESTree.Node): Start | null {
    return this.#enter({ node, bindings: noBindings }, [], {
      runs: [],
      bindings: noBindings,
      limiter: null,
      skipAwaited: false,
      limited: false,
    });
  }

  /** The call that an expression starts in a loop, without those that the loop awaits. */
  ofExpression(node: TSESTree.Node, loops: readonly TSESTree.Node[]): Start | null {
    return this.#visit(node, { runs: loops, bindings: noBindings, limiter: null, skipAwaited: true, limited: false });
  }

  #visit(node: TSESTree.Node, frame: Frame): Start | null {
    if (frame.limited || ++this.#visits > maxVisits || this.#nesting > maxNesting || isFunction(node) || isClass(node))
      return null;
    this.#nesting++;
    const start = this.#visitNode(node, frame);
    this.#nesting--;
    return start;
  }

  #visitNode(node: TSESTree.Node, frame: Frame): Start | null {
    switch (node.type) {
      case AST_NODE_TYPES.AwaitExpression: {
        const start = frame.skipAwaited ? null : this.#visit(node.argument, frame);
        frame.limited ||= !this.#all && isTurn(this.#file, node, this.#limiters);
        return start;
      }
      case AST_NODE_TYPES.WhileStatement:
        if (!this.#all && isBusyWait(this.#file, node)) {
          frame.limited = true;
          return null;
        }
        return this.#visitChildren(node, frame);
      case AST_NODE_TYPES.CallExpression:
      case AST_NODE_TYPES.NewExpression:
        return this.#visitCall(node, frame);
      default:
        return this.#visitChildren(node, frame);
    }
  }

  #visitChildren(node: TSESTree.Node, frame: Frame): Start | null {
    for (const key of this.#file.sourceCode.visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, TSESTree.Node | (TSESTree.Node | null)[] | null | undefined>)[
        key
      ];
      for (const each of Array.isArray(child) ? child : [child]) {
        const start = each ? this.#visit(each, frame) : null;
        if (start) return start;
      }
    }
    return null;
  }

  #visitCall(node: Call, frame: Frame): Start | null {
    const call = findCall(this.#file, node);
    // The calls of a LangChain class on itself are its implementation.
    if (
      call?.remote === true &&
      call.node === node &&
      call.receiver.origin !== 'this' &&
      !isElement(this.#file, call.receiverNode, frame.runs, maxDepth)
    ) {
      const limit = getEffectiveLimit(this.#file, call, frame.runs, this.#assumed);
      if (limit !== 'limited') return { call, limit, limiter: frame.limiter };
      if (this.#all) return { call, limit: 'none', limiter: null };
    }
    const limiter = findLimiterOfCall(this.#file, node, this.#limiters);
    const inner: Frame = limiter && !limiter.limits ? { ...frame, limiter } : frame;
    for (const [index, argument] of node.arguments.entries()) {
      const start = this.#visitArgument(node, argument, index, limiter, inner);
      if (start) return start;
    }
    const before = this.#visit(node.callee, frame);
    return before ?? this.#visitCallee(node, frame);
  }

  #visitArgument(
    call: Call,
    argument: TSESTree.Node,
    index: number,
    limiter: Limiter | null,
    frame: Frame,
  ): Start | null {
    if (!this.#mayBeFunction(argument)) return this.#visit(argument, frame);
    // A limiter with a limit covers each call that goes through it.
    if (limiter?.limits === true && !this.#all) return null;
    const isRun = limiter !== null || this.#isMapped(call, argument) || this.#isHandedOn(call, index);
    return isRun ? this.#enter({ node: argument, bindings: frame.bindings }, [], frame) : this.#visit(argument, frame);
  }

  #mayBeFunction(argument: TSESTree.Node): boolean {
    const expression = unwrap(argument);
    return (
      isFunction(expression) ||
      expression.type === AST_NODE_TYPES.Identifier ||
      expression.type === AST_NODE_TYPES.MemberExpression ||
      resolveFunction(this.#file, expression) !== null
    );
  }

  #isMapped(call: Call, argument: TSESTree.Node): boolean {
    return call.type === AST_NODE_TYPES.CallExpression && findMapper(this.#file, call)?.callback === argument;
  }

  /** Whether a call runs the function at an argument; functions of the file are entered together with it instead. */
  #isHandedOn(call: Call, index: number): boolean {
    return resolveFunction(this.#file, call.callee) === null && findCallbackUse(this.#file, call, index) !== null;
  }

  /** The function of the file that is called here. */
  #visitCallee(call: Call, frame: Frame): Start | null {
    if (call.type === AST_NODE_TYPES.NewExpression) return null;
    const callee = unwrap(call.callee);
    if (callee.type === AST_NODE_TYPES.MemberExpression && findCall(this.#file, call)) return null;
    return this.#enter({ node: callee, bindings: frame.bindings }, call.arguments, frame);
  }

  /** Runs a function value with these arguments. */
  #enter(closure: Closure, args: readonly TSESTree.Node[], frame: Frame): Start | null {
    if (this.#depth >= maxDepth) return null;
    this.#depth++;
    const start = this.#enterClosure(closure, args, frame);
    this.#depth--;
    return start;
  }

  #enterClosure({ bindings, node }: Closure, args: readonly TSESTree.Node[], frame: Frame): Start | null {
    const expression = unwrap(node);
    if (isFunction(expression)) return this.#run(expression, bindings, args, frame);
    const made = expression.type === AST_NODE_TYPES.CallExpression ? expression : this.#findMaker(expression);
    if (made) {
      const maker = resolveFunction(this.#file, made.callee);
      const returned = maker
        ? findReturns(maker, this.#file.sourceCode.visitorKeys)
            .map((value) => unwrap(value))
            .filter((value) => isFunction(value))
        : [];
      if (maker && returned.length > 0) {
        const inner = this.#bind(maker, made.arguments, bindings);
        return findFirst(returned, (fn) => this.#run(fn, inner, args, frame));
      }
    }
    const variable = this.#file.scopes.findVariable(expression);
    const bound = variable && bindings.get(variable);
    if (bound) return this.#enter(bound, args, frame);
    const fn = resolveFunction(this.#file, expression);
    if (fn) return this.#run(fn, noBindings, args, frame);
    return variable ? this.#enterParameter(variable, args, frame) : null;
  }

  /** `const run = withRetry(summarize)` */
  #findMaker(expression: TSESTree.Node): TSESTree.CallExpression | null {
    const initial = findConstant(this.#file, expression);
    const call = initial && unwrap(initial);
    return call?.type === AST_NODE_TYPES.CallExpression ? call : null;
  }

  /** A parameter of a function of the file: the arguments of its calls. */
  #enterParameter(variable: TSESLint.Scope.Variable, args: readonly TSESTree.Node[], frame: Frame): Start | null {
    const definition = variable.defs[0];
    if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return null;
    const index = definition.node.params.findIndex((parameter) => parameter === definition.name);
    if (index === -1) return null;
    const given = getCallSites(this.#file, definition.node).flatMap((site) => {
      const argument = site.argument === null ? site.call.arguments[index] : undefined;
      return argument ? [argument] : [];
    });
    return findFirst(given, (argument) => this.#enter({ node: argument, bindings: noBindings }, args, frame));
  }

  #run(fn: FunctionNode, bindings: Bindings, args: readonly TSESTree.Node[], frame: Frame): Start | null {
    if (frame.runs.includes(fn)) return null;
    const inner = this.#bind(fn, args, new Map([...frame.bindings, ...bindings]));
    // With other functions as arguments, it may behave differently each time.
    const isPlain = inner.size === 0 && frame.limiter === null;
    if (isPlain && this.#visited.has(fn)) return null;
    if (isPlain) this.#visited.add(fn);
    return this.#visit(fn.body, {
      runs: [...frame.runs, fn],
      bindings: inner,
      limiter: frame.limiter,
      skipAwaited: false,
      limited: false,
    });
  }

  #bind(fn: FunctionNode, args: readonly TSESTree.Node[], bindings: Bindings): Bindings {
    const bound = new Map(bindings);
    for (const [index, argument] of args.entries()) {
      if (argument.type === AST_NODE_TYPES.SpreadElement) break;
      const parameter = fn.params[index];
      const target = parameter?.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter;
      const variable = target?.type === AST_NODE_TYPES.Identifier ? this.#file.scopes.findVariable(target) : null;
      if (variable && this.#isFunctionValue(argument, bindings)) bound.set(variable, { node: argument, bindings });
    }
    return bound;
  }

  #isFunctionValue(argument: TSESTree.Node, bindings: Bindings): boolean {
    const expression = unwrap(argument);
    const variable = this.#file.scopes.findVariable(expression);
    return (variable !== null && bindings.has(variable)) || resolveFunction(this.#file, expression) !== null;
  }
}

import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, getMemberRoot, isCall } from '../../ast/calls.ts';
import { contains, type FunctionNode, getKeyName, isFunction, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { walk } from '../../ast/walk.ts';
import { promiseMethods } from '../../facts/methods.ts';
import { chainedDeadlines, deadlineRows, mayGiveUp, sleepers } from '../../facts/packages/deadlines.ts';
import { findConstant } from '../../trace/constants.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { isExport } from '../../trace/imports.ts';
import { isAnywhere, isImportBinding } from '../../trace/nodes.ts';
import { findOption } from '../../trace/options.ts';
import { resolveFunction } from '../calls/functions.ts';
import { mayLeadTo } from '../calls/other-file.ts';

/** A call that abandons promises after a time. */
export interface Race {
  /** The promises, or functions that return them. */
  readonly promises: readonly TSESTree.Node[];
  /** Its time limit in milliseconds, as it can be written at the race; null when it is out of sight. */
  readonly delay: TSESTree.Node | null;
}

/** How far variables, helpers and callbacks are followed. */
const maxSteps = 5;

/** A cheap check whether the file may contain a race. */
export function mayRace(file: LangChainFile): boolean {
  return mayGiveUp(file.sourceCode.text, file.settings.modules) || file.importsMark('deadline');
}

/**
 * `Promise.race([promise, timer])`, `pTimeout(promise, { milliseconds })`, a promise that a timer settles, and a call
 * of a function of another file that does one of these. A function of this file is read at its own race.
 */
export function findRace(file: LangChainFile, node: Call): Race | null {
  const race = readRace(file, node);
  return race || node.type === AST_NODE_TYPES.NewExpression ? race : readRaceElsewhere(file, node);
}

function readRace(file: LangChainFile, node: Call): Race | null {
  return node.type === AST_NODE_TYPES.NewExpression
    ? readHandmadeRace(file, node)
    : (readPromiseRace(file, node) ?? readLibraryRace(file, node) ?? readChainedRace(file, node));
}

function readPromiseRace(file: LangChainFile, node: TSESTree.CallExpression): Race | null {
  const callee = unwrap(node.callee);
  const [list] = node.arguments;
  if (callee.type !== AST_NODE_TYPES.MemberExpression || getKeyName(callee) !== 'race' || !list) return null;
  const trace = file.alone.trace(callee);
  const array = trace.type === 'global' && trace.name === 'Promise.race' ? file.trace(list) : null;
  if (array?.type !== 'array') return null;
  const elements = array.node.elements.filter((element) => element !== null);
  const timers = elements.map((element) => findTimer(file, element));
  const timer = timers.find((each) => each !== null);
  return timer ? { promises: elements.filter((_, index) => timers[index] === null), delay: timer.delay } : null;
}

function readLibraryRace(file: LangChainFile, node: TSESTree.CallExpression): Race | null {
  const ref = file.findExport(node.callee, 'deadline');
  const row = ref && deadlineRows.find(({ names, sources }) => isExport(ref, sources, names));
  const [promise] = node.arguments;
  if (!row || !promise) return null;
  const argument = node.arguments[row.delay] ?? null;
  const option = row.key !== null && argument ? findOption(file, argument, row.key) : null;
  return {
    promises: [promise],
    delay: option?.is === 'given' ? option.value : isObject(file, argument) ? null : argument,
  };
}

/** `Bluebird.resolve(promise).timeout(5000)`, `from(promise).pipe(timeout(5000))` */
function readChainedRace(file: LangChainFile, node: TSESTree.CallExpression): Race | null {
  const callee = unwrap(node.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return null;
  switch (getKeyName(callee)) {
    case chainedDeadlines.promises.method: {
      const promise = findMade(file, callee.object, chainedDeadlines.promises);
      return promise && { promises: [promise], delay: node.arguments[0] ?? null };
    }
    case 'pipe':
      return readObservableRace(file, node, callee.object);
    default:
      return null;
  }
}

function readObservableRace(
  file: LangChainFile,
  node: TSESTree.CallExpression,
  object: TSESTree.Expression,
): Race | null {
  const { keys, operators, sources } = chainedDeadlines.observables;
  const operator = node.arguments.find((argument) => {
    const ref = argument.type === AST_NODE_TYPES.CallExpression ? file.findExport(argument.callee, 'deadline') : null;
    return ref !== null && isExport(ref, sources, operators);
  });
  const promise = operator && findMade(file, object, chainedDeadlines.observables);
  if (!promise || operator.type !== AST_NODE_TYPES.CallExpression) return null;
  const [delay = null] = operator.arguments;
  if (!isObject(file, delay)) return { promises: [promise], delay };
  const options = keys.map((key) => findOption(file, delay ?? undefined, key));
  const given = options.find((option) => option.is === 'given');
  return { promises: [promise], delay: given?.is === 'given' ? given.value : null };
}

/** The origin of an object: `promise` of `Bluebird.resolve(promise).then(parse)`. */
function findMade(
  file: LangChainFile,
  node: TSESTree.Node,
  { makers, sources }: { readonly makers: readonly string[]; readonly sources: readonly string[] },
): TSESTree.Node | null {
  const expression = unwrap(node);
  if (expression.type !== AST_NODE_TYPES.CallExpression) return null;
  const ref = file.findExport(expression.callee, 'deadline');
  if (ref) return isExport(ref, sources, makers) ? (expression.arguments[0] ?? null) : null;
  const callee = unwrap(expression.callee);
  const isChained =
    callee.type === AST_NODE_TYPES.MemberExpression &&
    (promiseMethods.has(getKeyName(callee) ?? '') || getKeyName(callee) === 'pipe');
  return isChained ? findMade(file, callee.object, { makers, sources }) : null;
}

function isObject(file: LangChainFile, node: TSESTree.Node | null): boolean {
  return node !== null && file.trace(node).type === 'object';
}

/** `new Promise((resolve, reject) => { setTimeout(reject, 5000); call().then(resolve, reject); })` */
function readHandmadeRace(file: LangChainFile, node: TSESTree.NewExpression): Race | null {
  const executor = findExecutor(file, node);
  const timer = executor && findTimeout(file, executor);
  if (!timer) return null;
  const promises: TSESTree.Node[] = [];
  walk(executor.body, file.sourceCode.visitorKeys, (inner) => {
    // `resolve(await call())`
    if (inner.type === AST_NODE_TYPES.AwaitExpression) promises.push(inner.argument);
    if (inner.type === AST_NODE_TYPES.CallExpression && !contains(timer, inner)) {
      const callee = unwrap(inner.callee);
      if (callee.type === AST_NODE_TYPES.MemberExpression && getKeyName(callee) === 'then')
        promises.push(callee.object);
    }
    return !isFunction(inner) && inner !== timer;
  });
  return promises.length > 0 ? { promises, delay: timer.arguments[1] ?? null } : null;
}

/** A helper of another file that abandons the promise passed to it: `withTimeout(promise, 5000)`. */
function readRaceElsewhere(file: LangChainFile, node: TSESTree.CallExpression): Race | null {
  if (
    !isImportBinding(file, getMemberRoot(node.callee)) ||
    !mayLeadTo(file, node, 'deadline') ||
    !node.arguments.some((each) => mayStartCall(file, each))
  )
    return null;
  const fn = findFunction(file, node.callee);
  if (!fn || file.owns(fn)) return null;
  const owner = file.of(fn);
  const races: Race[] = [];
  walk(fn.body, owner.sourceCode.visitorKeys, (inner) => {
    const race = isCall(inner) ? readRace(owner, inner) : null;
    if (race) races.push(race);
    return race === null;
  });
  const [race] = races;
  return race ? enter(owner, fn, race, node) : null;
}

/** A cheap check, without reading other files, whether an argument may be the promise of a call. */
function mayStartCall(file: LangChainFile, argument: TSESTree.Node): boolean {
  const expression = unwrap(argument);
  const started = expression.type === AST_NODE_TYPES.Identifier ? findInitialiser(file, expression) : expression;
  if (started === null || started.type === AST_NODE_TYPES.CallExpression) return started !== null;
  return isFunction(started) && isAnywhere(file, started, isCall);
}

/** A race over the parameters of a function, with the arguments of a call. */
function enter(owner: LangChainFile, fn: FunctionNode, { delay, promises }: Race, call: Call): Race | null {
  const given = promises.flatMap((each) => findGiven(owner, fn, each, call) ?? []);
  if (given.length === 0) return null;
  return { promises: given, delay: delay && findGiven(owner, fn, delay, call) };
}

/** The argument that a call passes for a parameter, itself or called. */
function findGiven(file: LangChainFile, fn: FunctionNode, node: TSESTree.Node, call: Call): TSESTree.Node | null {
  const expression = unwrap(node);
  const name = expression.type === AST_NODE_TYPES.CallExpression ? unwrap(expression.callee) : expression;
  const index = getParameterIndex(file, fn, name);
  return index === null ? null : (call.arguments[index] ?? null);
}

function getParameterIndex(file: LangChainFile, fn: FunctionNode, node: TSESTree.Node): number | null {
  if (node.type !== AST_NODE_TYPES.Identifier) return null;
  const variable = file.scopes.findVariable(node);
  const index = fn.params.findIndex((parameter) => {
    const pattern = parameter.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter;
    return pattern.type === AST_NODE_TYPES.Identifier && file.scopes.findVariable(pattern) === variable;
  });
  return variable === null || index === -1 ? null : index;
}

// ── timers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Timer {
  readonly delay: TSESTree.Node | null;
}

/** A promise that a timer settles; null for any other. */
function findTimer(file: LangChainFile, node: TSESTree.Node, steps = maxSteps): Timer | null {
  const expression = unwrap(node);
  if (steps === 0) return null;
  switch (expression.type) {
    case AST_NODE_TYPES.NewExpression: {
      const executor = findExecutor(file, expression);
      const timer = executor && findTimeout(file, executor);
      return timer && readHandmadeRace(file, expression) === null ? { delay: timer.arguments[1] ?? null } : null;
    }
    case AST_NODE_TYPES.CallExpression:
      return findCalledTimer(file, expression, steps);
    case AST_NODE_TYPES.MemberExpression:
      return findTimer(file, expression.object, steps - 1);
    case AST_NODE_TYPES.Identifier: {
      const value = findInitialiser(file, expression);
      return value && findTimer(file, value, steps - 1);
    }
    default:
      return null;
  }
}

function findCalledTimer(file: LangChainFile, node: TSESTree.CallExpression, steps: number): Timer | null {
  const callee = unwrap(node.callee);
  const [delay = null] = node.arguments;
  const ref = file.findExport(callee);
  if (ref && sleepers.some(({ names, sources }) => isExport(ref, sources, names))) return { delay };
  if (isPromisified(file, callee)) return { delay };
  const fn = findFunction(file, callee);
  if (fn) return findReturnedTimer(file, fn, node) ?? findAwaitedTimer(file, fn, steps);
  return callee.type === AST_NODE_TYPES.MemberExpression && promiseMethods.has(getKeyName(callee) ?? '')
    ? findTimer(file, callee.object, steps - 1)
    : null;
}

/** `rejectAfter(8000)` of a function that waits only for `setTimeout`. */
function findReturnedTimer(file: LangChainFile, fn: FunctionNode, call: TSESTree.CallExpression): Timer | null {
  const owner = file.of(fn);
  const timer = findTimeout(owner, fn);
  const [, delay] = timer?.arguments ?? [];
  if (!timer || call.arguments.some((argument) => isFunction(unwrap(argument)))) return null;
  if (!delay) return { delay: null };
  const isOfCall = getParameterIndex(owner, fn, unwrap(delay)) !== null;
  return { delay: isOfCall ? findGiven(owner, fn, delay, call) : file.owns(delay) ? delay : null };
}

/** `async () => { await sleep(8000); throw new Error('too slow'); }` */
function findAwaitedTimer(file: LangChainFile, fn: FunctionNode, steps: number): Timer | null {
  const [first, ...rest] = fn.body.type === AST_NODE_TYPES.BlockStatement ? fn.body.body : [];
  if (!file.owns(fn) || first?.type !== AST_NODE_TYPES.ExpressionStatement) return null;
  const awaited = unwrap(first.expression);
  const isOver = rest.every(
    (statement) =>
      statement.type === AST_NODE_TYPES.ThrowStatement ||
      (statement.type === AST_NODE_TYPES.ReturnStatement && !isAnywhere(file, statement, isCall)),
  );
  return awaited.type === AST_NODE_TYPES.AwaitExpression && isOver
    ? findTimer(file, awaited.argument, steps - 1)
    : null;
}

/** `sleep` of `const sleep = promisify(setTimeout)`. */
function isPromisified(file: LangChainFile, callee: TSESTree.Node): boolean {
  const trace = file.trace(callee);
  if (trace.type !== 'instance' || !isExport(trace.of, 'util', ['promisify', 'default.promisify'])) return false;
  const wrapped = trace.node.type === AST_NODE_TYPES.CallExpression ? trace.node.arguments[0] : undefined;
  return wrapped !== undefined && isGlobal(file, wrapped, 'setTimeout');
}

/** The first call of `setTimeout` in a function, at whatever depth. */
function findTimeout(file: LangChainFile, fn: FunctionNode): TSESTree.CallExpression | null {
  if (!file.getText(fn).includes('setTimeout')) return null;
  let found: TSESTree.CallExpression | null = null;
  walk(fn.body, file.sourceCode.visitorKeys, (node) => {
    if (node.type === AST_NODE_TYPES.CallExpression && isGlobal(file, node.callee, 'setTimeout')) found ??= node;
    return found === null;
  });
  return found;
}

function findExecutor(file: LangChainFile, node: TSESTree.NewExpression): FunctionNode | null {
  const [executor] = node.arguments;
  if (!executor || !isGlobal(file, node.callee, 'Promise')) return null;
  const fn = unwrap(executor);
  return isFunction(fn) ? fn : null;
}

function isGlobal(file: LangChainFile, node: TSESTree.Node, name: string): boolean {
  const trace = file.alone.trace(node);
  return trace.type === 'global' && trace.name.replace(/^(?:globalThis|window)\./u, '') === name;
}

/** The initial value of a constant, or of the pattern that binds it. */
function findInitialiser(file: LangChainFile, node: TSESTree.Identifier): TSESTree.Node | null {
  const definition = file.scopes.findVariable(node)?.defs[0];
  const constant = findConstant(file, node);
  if (constant || definition?.type !== 'Variable') return constant;
  return definition.parent.kind === 'const' ? definition.node.init : null;
}

/** A function of this file or another of the project, whether or not it leads to LangChain. */
export function findFunction(file: LangChainFile, callee: TSESTree.Node): FunctionNode | null {
  const fn = resolveFunction(file, callee);
  if (fn) return fn;
  const imported = file.findImportedNode(unwrap(callee));
  return imported && resolveFunction(file, imported);
}

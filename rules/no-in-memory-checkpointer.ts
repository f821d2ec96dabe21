import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../src/ast/ancestors.ts';
import { getReportedCallee } from '../src/ast/callee.ts';
import { type Call, getRoot, isCall } from '../src/ast/calls.ts';
import { isConstructor } from '../src/ast/class-members.ts';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { contains, getEnclosingClass, unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { memories, type Memory, memoryOptions } from '../src/facts/memories.ts';
import { type Callee, findCalled, getCallSites } from '../src/flow/calls/call-graph.ts';
import { resolveFunction } from '../src/flow/calls/functions.ts';
import { getReachedCalls } from '../src/flow/calls/reached.ts';
import { dependOnThrough } from '../src/flow/lifetime/dependence.ts';
import { isReplaced } from '../src/flow/lifetime/given.ts';
import { isKept } from '../src/flow/lifetime/kept.ts';
import { getHandlerEntries } from '../src/handlers/entries.ts';
import { getPath, type Handler } from '../src/handlers/handler.ts';
import { findHandlers, type HandlerSite } from '../src/handlers/index.ts';
import { isKeptAcrossRuns } from '../src/handlers/kept.ts';
import { findCall } from '../src/langchain/calls.ts';
import { describeEntry, describeFile } from '../src/messages.ts';
import { findConstant } from '../src/trace/constants.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import { findOption } from '../src/trace/options.ts';
import type { LangChainValue } from '../src/trace/value.ts';

type MessageIds = 'fresh' | 'kept' | 'keptElsewhere';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'no-in-memory-checkpointer',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow in-memory checkpointers, stores and chat histories in handlers',
      recommended: 'strict',
      category: 'Clients',
    },
    schema: [],
    messages: {
      kept: '`{{name}}` keeps each {{what}} in this process: it grows with every turn, and no other process sees it. Use `{{durable}}`.',
      keptElsewhere:
        '{{caller}} keeps each {{what}} in memory (`{{place}}`): it only grows, and no other process sees it. Use `{{durable}}`.',
      fresh:
        'A new `{{name}}` for every {{unit}} never finds the thread that the {{unit}} names. Create `{{durable}}` or similar at the top of the module.',
    },
  },
  create(context, _options, file) {
    if (isTest(file)) return {};
    const reported = new Set<TSESTree.Node>();
    function check(node: TSESTree.CallExpression): void {
      const site = findHandlers(file, node).find(({ handler }) => serves(handler));
      if (!site) return;
      for (const { memory, name, node: construction } of findMemories(file, node)) {
        const messageId = reported.has(construction) ? null : judge(file, node, construction, site);
        if (!messageId) continue;
        reported.add(construction);
        report({ memory, name, node: construction }, site, node, messageId);
      }
    }

    /** Functions of other files that a handler calls. */
    function checkElsewhere(): void {
      if (!file.importsMark('langchain')) return;
      for (const { call, callee, from, sites } of getHandlerEntries(file, [], 'langchain')) {
        const site = sites.find(({ handler }) => serves(handler));
        const kept = site ? findKeptElsewhere(file, callee, call) : [];
        for (const each of kept) {
          if (!site || reported.has(each.node)) continue;
          reported.add(each.node);
          report(each, site, from, 'keptElsewhere');
        }
      }
    }

    function report(
      { memory, name, node: construction }: Kept,
      { handler }: HandlerSite,
      from: TSESTree.Node,
      messageId: MessageIds,
    ): void {
      const callee = from.type === AST_NODE_TYPES.CallExpression ? getReportedCallee(from) : from;
      context.report({
        loc: file.owns(construction) ? getLocation(construction) : callee.loc,
        messageId,
        data: {
          name,
          what: memory.what,
          durable: memory.durable,
          unit: handler.unit,
          caller: describeEntry(file, from),
          place: file.owns(construction) ? '' : describeFile(file, construction),
        },
      });
    }
    return { CallExpression: check, end: checkElsewhere };
  },
});

function getLocation(node: TSESTree.Node): TSESTree.SourceLocation {
  return isCall(node) ? getConstructionLocation(node) : node.loc;
}

function isTest(file: LangChainFile): boolean {
  return /(?:^|\/)(?:__tests__|e2e|examples?|fixtures|scripts|tests?)\/|\.(?:spec|test)\.\w+$/u.test(
    getPath(file).split('/').slice(-4).join('/'),
  );
}

function serves({ blockingOnly, recurring, unit }: Handler): boolean {
  return !blockingOnly && !recurring && unit !== 'graph step' && unit !== 'tool call';
}

/** A store in the memory of this process, and where it is created. */
interface Kept {
  readonly memory: Memory;
  readonly name: string;
  readonly node: TSESTree.Node;
}

/**
 * The memories that a call reads or writes: the checkpointer and store of a graph or agent, the histories of a chain,
 * or the receiver itself.
 */
function findMemories(file: LangChainFile, node: TSESTree.CallExpression): readonly Kept[] {
  const callee = unwrap(node.callee);
  const resolution = callee.type === AST_NODE_TYPES.MemberExpression ? file.resolve(callee.object) : null;
  if (resolution?.is !== 'yes') return [];
  const own = readMemory(file, resolution.value);
  if (own) return [own];
  if (findCall(file, node) === null) return [];
  const values: LangChainValue[] = [];
  for (let value: LangChainValue | null = resolution.value; value; value = value.base) values.push(value);
  const maker = findMaker(file, callee.type === AST_NODE_TYPES.MemberExpression ? callee.object : callee, maxSteps);
  return values.flatMap((value) => findGiven(file.of(value.node), value, maker));
}

/** How many names a value may pass through. */
const maxSteps = 4;

/** The call whose result an expression is: `buildGraph()` of `const graph = buildGraph()`. */
function findMaker(file: LangChainFile, node: TSESTree.Node, steps: number): Call | null {
  const expression = unwrap(node);
  if (steps === 0) return null;
  if (expression.type === AST_NODE_TYPES.AwaitExpression) return findMaker(file, expression.argument, steps - 1);
  if (expression.type === AST_NODE_TYPES.CallExpression) return expression;
  const value = findConstant(file.of(expression), expression) ?? file.findImportedNode(expression);
  return value && findMaker(file.of(value), value, steps - 1);
}

/** Null for any other value, and where it may be another one. */
function readMemory(
  file: LangChainFile,
  { alternatives, certain, className, module, node, optional, origin }: LangChainValue,
): Kept | null {
  const memory = memories.find(
    ({ classes, packages }) => classes.includes(className) && packages.includes(module.package),
  );
  if (!memory || origin !== 'new' || !certain || optional || alternatives.length > 0) return null;
  return { memory, name: getName(file, node) ?? className, node };
}

/** The name under which the module exports the class: `ChatMessageHistory` is an older one. */
function getName(file: LangChainFile, node: TSESTree.Node): string | null {
  return isCall(node) ? (file.of(node).findExport(node.callee)?.name ?? null) : null;
}

function findGiven(file: LangChainFile, { node }: LangChainValue, maker: Call | null): readonly Kept[] {
  if (!isCall(node)) return [];
  return node.arguments.flatMap((argument) => {
    if (file.trace(argument).type !== 'object') return [];
    return [
      ...memoryOptions.flatMap((option) => findInOption(file, argument, option, maker)),
      ...findHistories(file, argument),
      ...findHistoryOfMemory(file, argument),
    ];
  });
}

function findInOption(file: LangChainFile, options: TSESTree.Node, name: string, maker: Call | null): readonly Kept[] {
  const value = resolveOption(file, options, name);
  const isCertain = value !== null && (value.certain || (maker !== null && isDefaultOf(file, value.node, maker)));
  const kept = isCertain ? readMemory(file, { ...value, certain: true }) : null;
  return kept ? [kept] : [];
}

function resolveOption(file: LangChainFile, options: TSESTree.Node, name: string): LangChainValue | null {
  const option = findOption(file, options, name);
  const resolution = option.is === 'given' ? file.resolve(option.value) : null;
  return resolution?.is === 'yes' ? resolution.value : null;
}

/** Whether a value is the default of a parameter for which a call passes nothing. */
function isDefaultOf(file: LangChainFile, node: TSESTree.Node, maker: Call): boolean {
  const fn = findCalled(file, maker);
  const isDefault = fn?.params.some((parameter) => contains(parameter, node)) === true;
  if (!isDefault || !isCall(node)) return false;
  return !isReplaced(file, [
    { fn, node: maker },
    { fn, node },
  ]);
}

/** `memory: new BufferMemory({ chatHistory: new ChatMessageHistory() })` */
function findHistoryOfMemory(file: LangChainFile, options: TSESTree.Node): readonly Kept[] {
  const memory = resolveOption(file, options, 'memory');
  if (memory?.certain !== true || memory.node.type !== AST_NODE_TYPES.NewExpression) return [];
  return memory.node.arguments.flatMap((argument) => findInOption(file.of(argument), argument, 'chatHistory', null));
}

/** `getMessageHistory: (id) => (histories[id] ??= new InMemoryChatMessageHistory())` */
function findHistories(file: LangChainFile, options: TSESTree.Node): readonly Kept[] {
  const option = findOption(file, options, 'getMessageHistory');
  const fn = option.is === 'given' ? resolveFunction(file, option.value) : null;
  if (!fn) return [];
  return getReachedCalls(file, fn).flatMap(({ node }) => {
    const resolution = node.type === AST_NODE_TYPES.NewExpression ? file.of(node).resolve(node) : null;
    return resolution?.is === 'yes' ? (readMemory(file, resolution.value) ?? []) : [];
  });
}

/** What is wrong with a memory that a handler uses; null for one that is created for this run. */
function judge(
  file: LangChainFile,
  node: TSESTree.CallExpression,
  construction: TSESTree.Node,
  site: HandlerSite,
): MessageIds | null {
  if (!file.owns(construction)) return 'keptElsewhere';
  const made = findHandlers(file, construction).find(({ handler }) => handler.node === site.handler.node);
  if (!made || isKeptAcrossRuns(file, construction, made)) return 'kept';
  const config = findCall(file, node)?.config;
  const thread = config ? findOption(file, config, 'configurable.thread_id') : null;
  if (thread?.is !== 'given') return null;
  return dependOnThrough(file, [thread.value], [site.handler.node], site.via) === 'yes' ? 'fresh' : null;
}

// ── in other files ──────────────────────────────────────────────────────────────────────────────────────────────────

/** The memories of other files that a function there uses and that outlive its run. */
function findKeptElsewhere(file: LangChainFile, callee: Callee, entry: Call | null): readonly Kept[] {
  const before = entry ? [entry] : [];
  return getReachedCalls(file, callee).flatMap(({ node, via }) => {
    const steps = [...before, ...via, node];
    if (node.type !== AST_NODE_TYPES.CallExpression || file.owns(node)) return [];
    if (steps.some((step) => !file.owns(step) && isServedThere(file.of(step), step))) return [];
    return findMemories(file.of(node), node).filter(
      (each) =>
        !file.owns(each.node) &&
        isMadeOnce(file.of(each.node), each.node, maxSteps) &&
        (getEnclosingClass(each.node) === null || !steps.some((step) => mayBeOfNewInstance(file.of(step), step))),
    );
  });
}

/** Whether a handler of its own file leads to a call, so that it is reported there. */
function isServedThere(owner: LangChainFile, node: Call): boolean {
  return findHandlers(owner, node).some(({ handler }) => serves(handler));
}

/** Whether something is made once for the module, or once for an instance of its class. */
function isMadeOnce(file: LangChainFile, node: TSESTree.Node, steps: number): boolean {
  const fn = getEnclosingFunction(node);
  if (!fn || isKept(file, node, fn) || isConstructor(fn)) return true;
  const calls = getCallSites(file, fn).filter(({ argument }) => argument === null);
  return steps > 0 && calls.length > 0 && calls.every(({ call }) => isMadeOnce(file, call, steps - 1));
}

/** Whether a call may go to an instance that is made for this run: `new Chat().ask(question)`. */
function mayBeOfNewInstance(file: LangChainFile, { callee }: Call): boolean {
  const root = getRoot(callee);
  if (root.type !== AST_NODE_TYPES.Identifier) return root.type !== AST_NODE_TYPES.ThisExpression;
  const definition = file.scopes.findVariable(root)?.defs[0];
  return definition?.type !== 'ImportBinding' && getEnclosingFunction(definition?.name ?? root) !== null;
}

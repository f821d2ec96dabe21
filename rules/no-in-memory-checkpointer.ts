import type { TSESTree } from '@typescript-eslint/utils';
import { getReportedCallee } from '../src/ast/callee.ts';
import { isCall } from '../src/ast/calls.ts';
import { getConstructionLocation } from '../src/ast/locations.ts';
import { unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { memories, type Memory, memoryOptions } from '../src/facts/memories.ts';
import { resolveFunction } from '../src/flow/calls/functions.ts';
import { getReachedCalls } from '../src/flow/calls/reached.ts';
import { dependOnThrough } from '../src/flow/lifetime/dependence.ts';
import { getPath, type Handler } from '../src/handlers/handler.ts';
import { findHandlers, type HandlerSite } from '../src/handlers/index.ts';
import { isKeptAcrossRuns } from '../src/handlers/kept.ts';
import { findCall } from '../src/langchain/calls.ts';
import { describeEntry, describeFile } from '../src/messages.ts';
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
      kept: '`{{name}}` keeps each {{what}} in this process: it grows with every turn, and no other process sees it. Use `{{durable}}` or similar.',
      keptElsewhere:
        '{{caller}} keeps each {{what}} in a `{{name}}` (`{{place}}`): it grows with every turn, and no other process sees it. Use `{{durable}}` or similar.',
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
        context.report({
          loc: file.owns(construction) ? getLocation(construction) : getReportedCallee(node).loc,
          messageId,
          data: {
            name,
            what: memory.what,
            durable: memory.durable,
            unit: site.handler.unit,
            caller: describeEntry(file, node),
            place: file.owns(construction) ? '' : describeFile(file, construction),
          },
        });
      }
    }
    return { CallExpression: check };
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
  const own = readMemory(resolution.value);
  if (own) return [own];
  if (findCall(file, node) === null) return [];
  const values: LangChainValue[] = [];
  for (let value: LangChainValue | null = resolution.value; value; value = value.base) values.push(value);
  return values.flatMap((value) => findGiven(file.of(value.node), value));
}

/** Null for any other value, and where it may be another one. */
function readMemory({ alternatives, certain, className, module, node, optional, origin }: LangChainValue): Kept | null {
  const memory = memories.find(
    ({ classes, packages }) => classes.includes(className) && packages.includes(module.package),
  );
  if (!memory || origin !== 'new' || !certain || optional || alternatives.length > 0) return null;
  return { memory, name: className, node };
}

function findGiven(file: LangChainFile, { node }: LangChainValue): readonly Kept[] {
  if (!isCall(node)) return [];
  return node.arguments.flatMap((argument) => {
    if (file.trace(argument).type !== 'object') return [];
    return [
      ...memoryOptions.flatMap((option) => findInOption(file, argument, option)),
      ...findHistories(file, argument),
    ];
  });
}

function findInOption(file: LangChainFile, options: TSESTree.Node, name: string): readonly Kept[] {
  const option = findOption(file, options, name);
  const resolution = option.is === 'given' ? file.resolve(option.value) : null;
  const kept = resolution?.is === 'yes' ? readMemory(resolution.value) : null;
  return kept ? [kept] : [];
}

/** `getMessageHistory: (id) => (histories[id] ??= new InMemoryChatMessageHistory())` */
function findHistories(file: LangChainFile, options: TSESTree.Node): readonly Kept[] {
  const option = findOption(file, options, 'getMessageHistory');
  const fn = option.is === 'given' ? resolveFunction(file, option.value) : null;
  if (!fn) return [];
  return getReachedCalls(file, fn).flatMap(({ node }) => {
    const resolution = node.type === AST_NODE_TYPES.NewExpression ? file.of(node).resolve(node) : null;
    return resolution?.is === 'yes' ? (readMemory(resolution.value) ?? []) : [];
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

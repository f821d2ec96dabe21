import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getSurroundings } from '../ast/ancestors.ts';
import { type Call, getMethodName, isCall } from '../ast/calls.ts';
import { unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { getBudget, runWithin } from '../budget.ts';
import { findSilence } from '../debug.ts';
import { commonNames } from '../facts/methods.ts';
import { findCallees } from '../flow/calls/call-graph.ts';
import { getCallsReachedFrom, getReachedCalls } from '../flow/calls/reached.ts';
import type { Handler } from '../handlers/handler.ts';
import { getHandlers, getHandlersOfOtherFiles } from '../handlers/index.ts';
import { findCall } from '../langchain/calls.ts';
import { nameExpression, nameFunction } from '../messages.ts';
import { getFile } from '../open-file.ts';
import type { LangChainFile } from '../trace/file.ts';
import { collectNodes, getNodes } from '../trace/nodes.ts';
import { readCalls } from './calls.ts';
import { readBuilt, readShared } from './clients.ts';
import { getPlace } from './place.ts';
import type { EntryRecord, FileRecord, Place, UntracedRecord } from './records.ts';

/**
 * A rule without reports: it passes on the record of each file.
 * @param take Receives null for a file that exceeds the budget of steps.
 */
export function createReader(take: (filename: string, record: FileRecord | null) => void): TSESLint.RuleModule<never> {
  return {
    meta: { type: 'suggestion', schema: [], messages: {} },
    create(context) {
      const { filename, sourceCode } = context;
      const budget = getBudget(sourceCode.ast);
      const file = runWithin(budget, () => getFile(context));
      if (!file) return {};
      return {
        ...collectNodes(file),
        'Program:exit': () => {
          take(
            filename,
            runWithin(budget, () => readFile(file)),
          );
        },
      };
    },
  };
}

function readFile(file: LangChainFile): FileRecord {
  const calls = getNodes(file).filter(isCall);
  const handlers = getFileHandlers(file);
  const [registered, presumed] = [handlers.filter(isRegistered), handlers.filter((each) => !isRegistered(each))];
  return {
    entries: [...registered.map((each) => readHandler(file, each)), ...readScript(file, calls)],
    presumed: presumed.map((each) => readHandler(file, each)),
    called: handlers.flatMap((each) => readCalled(file, each)),
    clients: readShared(file),
    calls: readCalls(
      file,
      calls.map((node) => ({ node, via: [] })),
    ),
    untraced: readUntraced(file),
  };
}

function readUntraced(file: LangChainFile): readonly UntracedRecord[] {
  return findSilence(file).flatMap(({ call, name, node, reason, receiver }) =>
    findCall(file, call) !== null || isForeign(name, reason)
      ? []
      : [{ call: `${receiver}.${name}`, at: getPlace(file, node), reason }],
  );
}

/** `new Map().get()`; a common method name counts only on a receiver that leads to LangChain. */
function isForeign(name: string, reason: string): boolean {
  return reason.includes(' the global ') || (commonNames.has(name) && !/LangChain value|@langchain\//u.test(reason));
}

function getFileHandlers(file: LangChainFile): readonly Handler[] {
  const own = [...getHandlers(file).values()].filter(({ node }) => file.owns(node));
  return [...own, ...getHandlersOfOtherFiles(file, [], () => true)];
}

function readHandler(file: LangChainFile, handler: Handler): EntryRecord {
  const { framework, node, recurring, unit } = handler;
  const reached = getReachedCalls(file, node);
  return {
    name: nameHandler(file, handler),
    kind: recurring || unit === 'job' ? 'job' : 'handler',
    framework,
    unit,
    at: getPlace(file, node),
    calls: readCalls(file, reached),
    clients: readBuilt(file, handler, reached),
  };
}

/** `app.post('/chat', chat)`, as opposed to a method of a service or a function that takes the state of a graph. */
function isRegistered({ reference }: Handler): boolean {
  const { parent } = wrapped(reference);
  return parent !== undefined && isCall(parent);
}

/** The functions that run when a handler does. */
function readCalled(file: LangChainFile, { node }: Handler): readonly Place[] {
  return getReachedCalls(file, node).flatMap((reached) =>
    findCallees(file.of(reached.node), reached.node).map((fn) => getPlace(file, fn)),
  );
}

/** The code that runs when the module is loaded, without the handlers that it registers. */
function readScript(file: LangChainFile, calls: readonly Call[]): readonly EntryRecord[] {
  const top = calls.filter((node) => !getEnclosingFunction(node) && !isInField(node));
  const found = readCalls(file, getCallsReachedFrom(file, top));
  const name = file.filename.split(/[\\/]/u).at(-1) ?? file.filename;
  return found.length === 0
    ? []
    : [
        {
          name,
          kind: 'script',
          framework: null,
          unit: 'process',
          at: { file: file.filename, line: 1, column: 1 },
          // It runs once in a process.
          calls: found.map((call) => ({ ...call, process: call.process.by === 'none' ? call.run : call.process })),
          clients: [],
        },
      ];
}

/** The initialiser of a field runs when an instance is created. */
function isInField(node: TSESTree.Node): boolean {
  for (let around = getSurroundings(node); around; around = getSurroundings(around.outer))
    if (around.outer.type === AST_NODE_TYPES.PropertyDefinition) return true;
  return false;
}

/** `app.post('/chat')`, `graph.addNode('answer')`, otherwise the name of the function. */
function nameHandler(file: LangChainFile, { framework, node, reference }: Handler): string {
  const call = wrapped(reference).parent;
  const route = call && isCall(call) ? call.arguments[0] : undefined;
  const callee = call && isCall(call) ? (nameExpression(file, unwrap(call.callee)) ?? getMethodName(call)) : null;
  const literal = route && unwrap(route);
  if (callee !== null && literal?.type === AST_NODE_TYPES.Literal && typeof literal.value === 'string')
    return `${callee}('${literal.value}')`;
  return nameFunction(node) ?? callee ?? framework;
}

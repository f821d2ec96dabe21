import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../../ast/calls.ts';
import { getRoot } from '../../ast/calls.ts';
import { getKeyName, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { findBuilder } from '../../facts/builders.ts';
import { parseSpecifier } from '../../facts/catalog.ts';
import { findCall } from '../../langchain/calls.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { isExport } from '../../trace/imports.ts';
import type { LangChainValue } from '../../trace/value.ts';

/** A parameter that needs the result and cannot use a promise. */
interface Consumer {
  readonly how: Misuse;
  /** Whether a promise nested in an object or array is just as wrong. */
  readonly deep: boolean;
}

/** Global functions and constructors, by argument. */
const globals: readonly { readonly names: RegExp; readonly argument: number | null; readonly consumer: Consumer }[] = [
  {
    names: /^JSON\.stringify$|^Response\.json$|^structuredClone$/u,
    argument: 0,
    consumer: { how: 'json', deep: true },
  },
  {
    names: /^console\.(?:debug|dir|error|info|log|table|trace|warn)$/u,
    argument: null,
    consumer: { how: 'log', deep: true },
  },
  {
    names:
      /^(?:BigInt|Buffer\.from|JSON\.parse|Number|Number\.parse(?:Float|Int)|Response|String|atob|btoa|encodeURI(?:Component)?|parse(?:Float|Int))$/u,
    argument: 0,
    consumer: { how: 'text', deep: false },
  },
  { names: /^(?:Array\.from|Map|Object\.fromEntries|Set)$/u, argument: 0, consumer: { how: 'iterated', deep: false } },
  { names: /^Object\.(?:entries|keys|values)$/u, argument: 0, consumer: { how: 'spread', deep: false } },
  { names: /^Boolean$/u, argument: 0, consumer: { how: 'condition', deep: false } },
];

/** Functions of packages that serialise their first argument as JSON. */
const serialisers = [
  '@remix-run/cloudflare',
  '@remix-run/deno',
  '@remix-run/node',
  '@remix-run/server-runtime',
  '@sveltejs/kit',
  'react-router',
];

/** Methods of a response or socket that a handler receives, and how they misuse a promise. */
const responders: ReadonlyMap<string, Consumer> = new Map([
  ['end', { how: 'text', deep: false }],
  ['send', { how: 'json', deep: true }],
  ['write', { how: 'text', deep: false }],
]);

/**
 * How a call misuses an argument that holds a promise; null when it may know how to handle one.
 * @param isBuilt Whether the promise is of a model, a store, tools or the like.
 */
export function findConsumer(file: LangChainFile, call: Call, argument: number, isBuilt = false): Consumer | null {
  if (argument === -1) return null;
  if (isBuilt && takesValues(file, call)) return { how: 'input', deep: true };
  const trace = file.trace(call.callee);
  if (trace.type === 'global') {
    const name = trace.name.replace(/^(?:globalThis|self|window)\./u, '');
    const row = globals.find(
      ({ names, argument: expected }) => names.test(name) && (expected ?? argument) === argument,
    );
    if (row) return row.consumer;
  }
  if (trace.type === 'export') {
    if (argument === 0 && isExport(trace.export, serialisers, 'json')) return { how: 'json', deep: true };
    if (
      argument === 1 &&
      isExport(
        trace.export,
        ['fs', 'fs/promises'],
        ['appendFile', 'appendFileSync', 'promises.appendFile', 'promises.writeFile', 'writeFile', 'writeFileSync'],
      )
    )
      return { how: 'text', deep: false };
  }
  return findLangChainConsumer(file, call, argument) ?? findResponder(file, call, argument);
}

/**
 * `res.json(reply)`, `c.json({ reply })`, `NextResponse.json(reply)`; `send`, `write` and `end` only on a parameter of
 * the function.
 */
function findResponder(file: LangChainFile, call: Call, argument: number): Consumer | null {
  const callee = unwrap(call.callee);
  if (argument !== 0 || call.type !== AST_NODE_TYPES.CallExpression || callee.type !== AST_NODE_TYPES.MemberExpression)
    return null;
  const method = getKeyName(callee) ?? '';
  if (method === 'json' || method === 'jsonp') return { how: 'json', deep: true };
  return (isGiven(file, callee.object) ? responders.get(method) : null) ?? null;
}

function isGiven(file: LangChainFile, node: TSESTree.Node): boolean {
  return file.scopes.findVariable(getRoot(node))?.defs[0]?.type === 'Parameter';
}

/** Kinds whose methods read their first argument directly, where a graph or a custom function may await it. */
const readers = new Set<LangChainValue['kind']>([
  'chatHistory',
  'chatModel',
  'documentCompressor',
  'embeddings',
  'llm',
  'parser',
  'prompt',
  'retriever',
  'textSplitter',
  'vectorStore',
]);

function findLangChainConsumer(file: LangChainFile, call: Call, argument: number): Consumer | null {
  if (argument !== 0) return null;
  if (call.type === AST_NODE_TYPES.NewExpression) {
    const made = file.resolve(call);
    return made.is === 'yes' && (made.value.kind === 'message' || made.value.kind === 'document')
      ? { how: 'input', deep: true }
      : null;
  }
  const receiver = findCall(file, call)?.receiver;
  if (!receiver) return null;
  const first = receiver.steps?.[0];
  const reader = first?.is === 'yes' ? first.value : receiver;
  return readers.has(reader.kind) ? { how: 'input', deep: true } : null;
}

/**
 * `createAgent({ model })`, `new ContextualCompressionRetriever({ … })`, `prompt.pipe(model)`: none of them awaits a
 * promise.
 */
function takesValues(file: LangChainFile, call: Call): boolean {
  const ref = file.findExport(call.callee);
  if (ref) return parseSpecifier(ref.source) !== null;
  const callee = unwrap(call.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return false;
  const receiver = file.resolve(callee.object);
  return receiver.is === 'yes' && findBuilder(receiver.value.kind, getKeyName(callee) ?? '') !== null;
}

/** How a promise is used as if it were its result. */
export type Misuse =
  | 'condition' // `if (reply)`
  | 'destructured' // `const { content } = reply`
  | 'input' // `splitter.splitDocuments(docs)`
  | 'iterated' // `for (const doc of docs)`, `[...docs]`, `f(...docs)`
  | 'json' // `JSON.stringify(reply)`, `res.json({ reply })`
  | 'log' // `console.log(reply)`
  | 'member' // `reply.content`
  | 'operator' // `score > 0.5`, `-score`
  | 'spread' // `{ ...reply }`
  | 'text'; // `${reply}`, `'Answer: ' + reply`

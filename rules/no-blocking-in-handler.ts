import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../src/ast/ancestors.ts';
import { isInBranch } from '../src/ast/branches.ts';
import { getReportedCallee } from '../src/ast/callee.ts';
import { type Call, findRequired, getLastName, getMemberRoot, getMethodName } from '../src/ast/calls.ts';
import { isConstructor } from '../src/ast/class-members.ts';
import { unwrap } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { arrayMethods } from '../src/facts/array-methods.ts';
import { getPromiseForm, getPromisified } from '../src/facts/packages/node-sync.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import { awaitPromiseForm } from '../src/fix/promise-form.ts';
import { awaitPromisified } from '../src/fix/promisified.ts';
import { type Callee, findCallees } from '../src/flow/calls/call-graph.ts';
import { mayLeadTo } from '../src/flow/calls/other-file.ts';
import { getReachedCallsAnywhere } from '../src/flow/calls/reached.ts';
import { dependOnThrough } from '../src/flow/lifetime/dependence.ts';
import { type BlockingCall, type BlockingOptions, findBlockingCall, runsApart } from '../src/handlers/blocking.ts';
import { getHandlerEntries } from '../src/handlers/entries.ts';
import { findHandlers, type HandlerSite } from '../src/handlers/index.ts';
import { isKeptAcrossRuns } from '../src/handlers/kept.ts';
import { findCall } from '../src/langchain/calls.ts';
import { describeEntry, describeFile } from '../src/messages.ts';
import { findConstant } from '../src/trace/constants.ts';
import { type LangChainFile, perFile } from '../src/trace/file.ts';
import { getNodes } from '../src/trace/nodes.ts';

type MessageIds = 'blocking' | 'blockingElsewhere' | 'constant' | 'promise';
type Options = [BlockingOptions];

export default createRule<Options, MessageIds>({
  name: 'no-blocking-in-handler',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow blocking calls in request handlers, tools and graph nodes',
      recommended: true,
      category: 'Concurrency',
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          methods: {
            type: 'array',
            items: { type: 'string' },
            uniqueItems: true,
            description: 'Additional Node functions to report, such as `"statSync"`.',
          },
          allow: {
            type: 'array',
            items: { type: 'string' },
            uniqueItems: true,
            description: 'Node functions not to report, such as `"readdirSync"`.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ methods: [], allow: [] }],
    messages: {
      blocking:
        '`{{name}}()` blocks the event loop on every {{unit}}, and everything else in this process waits. Write {{instead}}.',
      blockingElsewhere: '{{caller}} calls `{{name}}()` (`{{place}}`), blocking every {{unit}}. Use {{instead}}.',
      constant:
        '`{{name}}()` blocks the event loop on every {{unit}} to read the same file. Read it once at module scope, or write {{instead}}.',
      promise: 'Write `await {{form}}(…)`.',
    },
  },
  create(context, [options], file) {
    const { text } = context.sourceCode;
    const mayBlock = blocking.test(text) || options.methods.some((name) => text.includes(name));

    function check(node: TSESTree.CallExpression): void {
      const call = mayBlock ? findBlockingCall(file, node, options) : null;
      if (!call || runsApart(file, node)) return;
      const site = findHandlers(file, node).find((each) => !isKeptAcrossRuns(file, node, each));
      if (!site || !usesLangChain(file, site)) return;
      context.report({
        node: getReportedCallee(node),
        messageId: isConstantRead(file, node, call, site) ? 'constant' : 'blocking',
        data: { name: call.name, unit: site.handler.unit, instead: call.instead },
        ...offer(file, { suggestions: [findRewrite(file, node, call)] }),
      });
    }

    /** Handlers, and functions that handlers call, in other files. */
    function checkElsewhere(): void {
      if (!file.importsMark('blocking')) return;
      // A call may run one of several functions.
      const reported = new Set<TSESTree.Node>();
      for (const { callee, from, sites } of getHandlerEntries(file, [], 'blocking')) {
        if (reported.has(from)) continue;
        const served = sites.filter((site) => usesLangChain(file, site));
        const blocked = findBlockedElsewhere(
          file,
          callee,
          served.length > 0 ? served : sites,
          options,
          served.length > 0,
        );
        if (!blocked) continue;
        reported.add(from);
        context.report({
          loc: (from.type === AST_NODE_TYPES.CallExpression ? getReportedCallee(from) : from).loc,
          messageId: 'blockingElsewhere',
          data: {
            caller: describeEntry(file, from),
            name: blocked.call.name,
            unit: blocked.site.handler.unit,
            place: describeFile(file, blocked.node),
            instead: blocked.call.instead,
          },
        });
      }
    }

    return { CallExpression: check, end: checkElsewhere };
  },
});

/** The same call, awaited. */
function findRewrite(
  file: LangChainFile,
  node: TSESTree.CallExpression,
  call: BlockingCall,
): Rewrite<MessageIds> | null {
  const form = findForm(call);
  const promised = form === null ? null : awaitPromiseForm(file, node, form);
  if (promised) return { messageId: 'promise', data: { form: call.source ? form : `Deno.${form}` }, edits: promised };
  const base = getPromisified(call.name);
  const edits = base !== null && call.source !== null ? awaitPromisified(file, node, call.source, base) : null;
  return edits && { messageId: 'promise', data: { form: `promisify(${base})` }, edits };
}

/** `readFile` for `readFileSync`, `readTextFile` for `Deno.readTextFileSync` */
function findForm({ name, source }: BlockingCall): string | null {
  return source === 'fs' ? getPromiseForm(name) : (/^Deno\.(?<form>\w+)Sync$/u.exec(name)?.groups?.['form'] ?? null);
}

/** Whether a handler's file names LangChain or calls one of its values, or a call that the handler reaches does. */
function usesLangChain(file: LangChainFile, { handler: { node } }: HandlerSite): boolean {
  const owner = file.of(node);
  return (
    owner.imports.hasLangChain ||
    (owner === file && callsLangChain(file)) ||
    getReachedCallsAnywhere(file, node).some((each) => isOfLangChain(file.of(each.node), each.node))
  );
}

/**
 * Whether a call stands in a file that names LangChain, or goes to a LangChain value, or to the result of a function
 * that leads to LangChain: `const store = openStore(); store.search(q)`. A file that uses LangChain somewhere says
 * nothing about the one function that is called.
 */
function isOfLangChain(file: LangChainFile, node: Call): boolean {
  if (file.imports.hasLangChain || isRemote(file, node)) return true;
  const root = getMemberRoot(node.callee);
  const definition = file.scopes.findVariable(root)?.defs[0];
  const made = definition?.type === 'Variable' ? definition.node.init : null;
  return (
    made?.type === AST_NODE_TYPES.CallExpression &&
    findRequired(made) === null &&
    !arrayMethods.has(getMethodName(node) ?? '') &&
    mayLeadTo(file, node, 'langchain') &&
    findCallees(file, node).length === 0
  );
}

function isRemote(file: LangChainFile, node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.CallExpression && findCall(file, node)?.remote === true;
}

/** Whether a model that another file exports is called. */
const callsLangChain = perFile((file) => getNodes(file).some((node) => isRemote(file, node)));

const blocking = /Sync\b|\bAtomics\b|\bdeasync\b/u;

interface Blocked {
  readonly call: BlockingCall;
  readonly node: TSESTree.CallExpression;
  readonly site: HandlerSite;
}

/** Whether a call is reported in its own file, for a handler there. A file without LangChain is not linted. */
function isServedThere(owner: LangChainFile, node: Call): boolean {
  return findHandlers(owner, node).some((site) => usesLangChain(owner, site));
}

/** `constructor(creates = false) { if (creates) this.#createKeys(); }`, which most instances are made without. */
function isForSomeInstances(node: Call): boolean {
  const fn = getEnclosingFunction(node);
  return fn !== null && isConstructor(fn) && isInBranch(node);
}

/**
 * The first blocking call in another file that a function leads to, unless a handler in that file already leads to it.
 */
function findBlockedElsewhere(
  file: LangChainFile,
  callee: Callee,
  sites: readonly HandlerSite[],
  options: BlockingOptions,
  isServed: boolean,
): Blocked | null {
  for (const { node, via } of getReachedCallsAnywhere(file, callee)) {
    const owner = file.of(node);
    if (owner === file || node.type !== AST_NODE_TYPES.CallExpression || !(isServed || owner.imports.hasLangChain))
      continue;
    const call = findBlockingCall(owner, node, options);
    const isLeftOut = (each: Call): boolean =>
      runsApart(file.of(each), each) || isServedThere(file.of(each), each) || isForSomeInstances(each);
    if (!call || [...via, node].some(isLeftOut)) continue;
    const site = sites
      .map((each) => ({ ...each, via: [...each.via, ...via] }))
      .find((each) => !isKeptAcrossRuns(file, node, each));
    if (site) return { call, node, site };
  }
  return null;
}

/** Whether what is read does not depend on the request. */
function isConstantRead(
  file: LangChainFile,
  node: TSESTree.CallExpression,
  { name, source }: BlockingCall,
  { handler, via }: HandlerSite,
): boolean {
  const isRead = source === 'fs' ? name === 'readFileSync' : /^Deno\.read(?:Text)?FileSync$/u.test(name);
  const [path] = node.arguments;
  const last = isRead && path ? findFileName(file, path, maxParts) : null;
  if (last === null || isWritten(file, last)) return false;
  return dependOnThrough(file, node.arguments, [handler.node], via) === 'no';
}

/** How deep the parts of a path are followed. */
const maxParts = 6;

/** The last literal part of a path: `answer.md` of `join(here, 'prompts', 'answer.md')`. */
function findFileName(file: LangChainFile, node: TSESTree.Node, depth: number): string | null {
  const expression = unwrap(node);
  if (depth === 0) return null;
  switch (expression.type) {
    case AST_NODE_TYPES.Literal:
      return typeof expression.value === 'string' ? getFileName(expression.value) : null;
    case AST_NODE_TYPES.TemplateLiteral:
      return getFileName(expression.quasis.at(-1)?.value.raw ?? '');
    case AST_NODE_TYPES.BinaryExpression:
      return findFileName(file, expression.right, depth - 1);
    case AST_NODE_TYPES.CallExpression: {
      const last = expression.arguments.at(-1);
      return last ? findFileName(file, last, depth - 1) : null;
    }
    case AST_NODE_TYPES.NewExpression: {
      const [first] = expression.arguments;
      return first ? findFileName(file, first, depth - 1) : null;
    }
    default: {
      const value = findConstant(file, expression);
      return value && findFileName(file, value, depth - 1);
    }
  }
}

function getFileName(path: string): string | null {
  const name = path.split(/[\\/]/u).at(-1) ?? '';
  return name === '' ? null : name;
}

const writes = /^(?:append|copy|createWrite|move|outputFile|outputJson|rename|rm|truncate|unlink|write)/u;

/** Whether the file writes to something of that name. */
function isWritten(file: LangChainFile, last: string): boolean {
  return getNodes(file).some((node) => {
    if (node.type !== AST_NODE_TYPES.CallExpression) return false;
    return (
      writes.test(getLastName(node.callee) ?? '') &&
      node.arguments.slice(0, 2).some((path) => findFileName(file, path, maxParts) === last)
    );
  });
}

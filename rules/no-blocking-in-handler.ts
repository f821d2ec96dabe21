import type { TSESTree } from '@typescript-eslint/utils';
import { getReportedCallee } from '../src/ast/callee.ts';
import type { FunctionNode } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { getPromiseForm } from '../src/facts/packages/node-sync.ts';
import { offer } from '../src/fix/offer.ts';
import { awaitPromiseForm } from '../src/fix/promise-form.ts';
import { getReachedCalls } from '../src/flow/calls/reached.ts';
import { dependOnThrough } from '../src/flow/lifetime/dependence.ts';
import { type BlockingCall, type BlockingOptions, findBlockingCall, runsApart } from '../src/handlers/blocking.ts';
import { getHandlerEntries } from '../src/handlers/entries.ts';
import { findHandlers, type HandlerSite } from '../src/handlers/index.ts';
import { isKeptAcrossRuns } from '../src/handlers/kept.ts';
import { describeEntry, describeFile } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';

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
            description: 'Further functions of Node that are reported, such as `"statSync"`.',
          },
          allow: {
            type: 'array',
            items: { type: 'string' },
            uniqueItems: true,
            description: 'Functions of Node that are not reported, such as `"readdirSync"`.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ methods: [], allow: [] }],
    messages: {
      blocking:
        '`{{name}}()` blocks the event loop on every {{unit}}, and everything else in this process waits. Write {{instead}}.',
      blockingElsewhere:
        '{{caller}} calls `{{name}}()` (`{{place}}`) and blocks the event loop on every {{unit}}. Write {{instead}} there.',
      constant:
        '`{{name}}()` blocks the event loop on every {{unit}} to read the same file. Read it once at module scope, or write {{instead}}.',
      promise: 'Write `await {{form}}(…)`.',
    },
  },
  create(context, [options], file) {
    const { text } = context.sourceCode;
    const mayBlock =
      file.imports.hasLangChain && (blocking.test(text) || options.methods.some((name) => text.includes(name)));

    function check(node: TSESTree.CallExpression): void {
      const call = mayBlock ? findBlockingCall(file, node, options) : null;
      if (!call || runsApart(file, node)) return;
      const site = findHandlers(file, node).find((each) => !isKeptAcrossRuns(file, node, each));
      if (!site) return;
      const form = call.source === 'fs' ? getPromiseForm(call.name) : null;
      const edits = form === null ? null : awaitPromiseForm(file, node, form);
      context.report({
        node: getReportedCallee(node),
        messageId: isConstantRead(file, node, call, site) ? 'constant' : 'blocking',
        data: { name: call.name, unit: site.handler.unit, instead: call.instead },
        ...offer(file, {
          suggestions: [form !== null && edits ? { messageId: 'promise', data: { form }, edits } : null],
        }),
      });
    }

    /** What a handler calls, or is, in another file. */
    function checkElsewhere(): void {
      if (!file.importsMark('blocking')) return;
      for (const { from, fn, sites } of getHandlerEntries(file, [], 'blocking')) {
        const blocked = findBlockedElsewhere(file, fn, sites, options);
        if (!blocked) continue;
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

const blocking = /Sync\b|\bAtomics\b|\bdeasync\b/u;

interface Blocked {
  readonly call: BlockingCall;
  readonly node: TSESTree.CallExpression;
  readonly site: HandlerSite;
}

/** The first blocking call of another file that a function leads to and that no handler there has already. */
function findBlockedElsewhere(
  file: LangChainFile,
  fn: FunctionNode,
  sites: readonly HandlerSite[],
  options: BlockingOptions,
): Blocked | null {
  for (const { node, via } of getReachedCalls(file, fn)) {
    const owner = file.of(node);
    if (
      owner === file ||
      node.type !== AST_NODE_TYPES.CallExpression ||
      !(file.imports.hasLangChain || owner.imports.hasLangChain)
    )
      continue;
    const call = findBlockingCall(owner, node, options);
    if (
      !call ||
      [...via, node].some((each) => runsApart(file.of(each), each) || findHandlers(file.of(each), each).length > 0)
    )
      continue;
    const site = sites
      .map((each) => ({ ...each, via: [...each.via, ...via] }))
      .find((each) => !isKeptAcrossRuns(file, node, each));
    if (site) return { call, node, site };
  }
  return null;
}

/** Whether what it reads has nothing to do with what the handler is given. */
function isConstantRead(
  file: LangChainFile,
  node: TSESTree.CallExpression,
  { name, source }: BlockingCall,
  { handler, via }: HandlerSite,
): boolean {
  if (source !== 'fs' || !name.startsWith('read')) return false;
  return dependOnThrough(file, node.arguments, [handler.node], via) === 'no';
}

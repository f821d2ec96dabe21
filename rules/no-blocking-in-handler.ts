import type { TSESTree } from '@typescript-eslint/utils';
import { getReportedCallee } from '../src/ast/callee.ts';
import { createRule } from '../src/create-rule.ts';
import type { LangChainFile } from '../src/file.ts';
import { offer } from '../src/fix/offer.ts';
import { awaitPromiseForm } from '../src/fix/promise-form.ts';
import { findBlockingCall, getPromiseForm, isKeptAcrossRuns, runsElsewhere, type BlockingCall, type BlockingOptions } from '../src/flow/blocking.ts';
import { dependOnThrough } from '../src/flow/dependence.ts';
import { findHandlers, type HandlerSite } from '../src/flow/handlers/index.ts';

type MessageIds = 'blocking' | 'constant' | 'promise';
type Options = [BlockingOptions];

export default createRule<Options, MessageIds>({
  name: 'no-blocking-in-handler',
  meta: {
    type: 'problem',
    docs: { description: 'disallow blocking calls in request handlers, tools and graph nodes', recommended: true },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          methods: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Further functions of Node that are reported, such as `"statSync"`.' },
          allow: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Functions of Node that are not reported, such as `"readdirSync"`.' },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ methods: [], allow: [] }],
    messages: {
      blocking: '`{{name}}()` blocks the event loop on every {{unit}}: until it returns, everything else in this process waits. Write {{instead}}.',
      constant: '`{{name}}()` blocks the event loop on every {{unit}}, though it reads the same each time. Read it once, at module scope, or write {{instead}}.',
      promise: 'Write `await {{form}}(…)`.',
    },
  },
  create(context, [options], file) {
    const { text } = context.sourceCode;
    if (!/Sync\b|\bAtomics\b|\bdeasync\b/u.test(text) && !options.methods.some((name) => text.includes(name))) return {};
    return {
      CallExpression(node) {
        const blocking = findBlockingCall(file, node, options);
        if (!blocking || runsElsewhere(file, node)) return;
        const site = findHandlers(file, node).find((each) => !isKeptAcrossRuns(file, node, each));
        if (!site) return;
        const form = blocking.source === 'fs' ? getPromiseForm(blocking.name) : null;
        const edits = form === null ? null : awaitPromiseForm(file, node, form);
        context.report({
          node: getReportedCallee(node),
          messageId: isConstantRead(file, node, blocking, site) ? 'constant' : 'blocking',
          data: { name: blocking.name, unit: site.handler.unit, instead: blocking.instead },
          ...offer(file, { suggestions: [form !== null && edits ? { messageId: 'promise', data: { form }, edits } : null] }),
        });
      },
    };
  },
});

/** Whether what it reads has nothing to do with what the handler is given. */
function isConstantRead(file: LangChainFile, node: TSESTree.CallExpression, { name, source }: BlockingCall, { handler, path }: HandlerSite): boolean {
  if (source !== 'fs' || !name.startsWith('read')) return false;
  return dependOnThrough(file, node.arguments, [handler.node], path) === 'no';
}

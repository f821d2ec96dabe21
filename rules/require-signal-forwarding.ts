import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getMemberRoot } from '../src/ast/calls.ts';
import { contains, type FunctionNode, getKeyName, unwrap, wrapped } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { walk } from '../src/ast/walk.ts';
import { lacksSignal } from '../src/config/signals.ts';
import { createRule } from '../src/create-rule.ts';
import { addToArgument } from '../src/fix/objects.ts';
import { offer, type Rewrite } from '../src/fix/offer.ts';
import { getReachedCalls } from '../src/flow/calls/reached.ts';
import { isBackgroundWork } from '../src/handlers/background.ts';
import type { Handler } from '../src/handlers/handler.ts';
import { getHandlers } from '../src/handlers/index.ts';
import { findCall, type LangChainCall } from '../src/langchain/calls.ts';
import { isClassicChain } from '../src/langchain/ignores.ts';
import { quote } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';

type MessageIds = 'add' | 'input' | 'missing' | 'outside';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'require-signal-forwarding',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require handlers to pass on the signal of their request to the model',
      recommended: 'strict',
      category: 'Timeouts and retries',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      missing:
        '`{{call}}()` does not receive `{{signal}}`: once the client has gone, it runs on and is billed. Pass it `{ signal: {{signal}} }`.',
      input:
        '`{{call}}()` does not receive `{{signal}}`: once the client has gone, it runs on and is billed. Pass `signal: {{signal}}` in its input.',
      outside:
        '`{{call}}()` does not receive `{{signal}}` of the handler: once the client has gone, it runs on and is billed. Take a signal as a parameter.',
      add: 'Pass `{{signal}}` on.',
    },
  },
  create(context, _options, file) {
    if (!/signal|AbortController/u.test(context.sourceCode.text)) return {};
    const reported = new Set<TSESTree.Node>();
    return {
      end() {
        for (const handler of getHandlers(file).values()) {
          const signal = findRequestSignal(file, handler);
          for (const { node, via } of signal ? getReachedCalls(file, handler.node) : []) {
            const call = file.owns(node) && !reported.has(node) ? findCall(file, node) : null;
            const callee = unwrap(node.callee);
            if (
              !signal ||
              !call ||
              !lacksSignal(file, call) ||
              [...via, node].some((each) => isBackgroundWork(file.of(each), each)) ||
              callee.type !== AST_NODE_TYPES.MemberExpression
            )
              continue;
            reported.add(node);
            context.report({
              node: callee.property,
              messageId: getMessageId(call, signal),
              data: { call: `${quote(file, call.receiverNode)}.${call.written}`, signal: signal.text },
              ...offer<MessageIds>(file, { suggestions: [getRewrite(file, call, signal)] }),
            });
          }
        }
      },
    };
  },
});

function getMessageId({ node, receiver }: LangChainCall, { variable }: RequestSignal): MessageIds {
  if (!contains(variable.scope.block, node)) return 'outside';
  return isClassicChain(receiver) ? 'input' : 'missing';
}

function getRewrite(
  file: LangChainFile,
  { node, receiver }: LangChainCall,
  signal: RequestSignal,
): Rewrite<MessageIds> | null {
  if (isClassicChain(receiver) || !isInScope(signal, node)) return null;
  const edits = addToArgument(file, node, 1, 'signal', signal.text);
  return edits && { messageId: 'add', data: { signal: signal.text }, edits };
}

/** A signal that tells a handler that its client has gone. */
interface RequestSignal {
  /** As the code names it: `req.signal`, `controller.signal`. */
  readonly text: string;
  /** The variable that it is read from. */
  readonly variable: TSESLint.Scope.Variable;
  /** Where it is first named, or where the controller is created. */
  readonly node: TSESTree.Node;
}

/**
 * The signal of the request that a handler names, or that of a controller which it creates; null when there is neither,
 * or when the controller serves something else.
 */
function findRequestSignal(file: LangChainFile, handler: Handler): RequestSignal | null {
  const { blockingOnly, node: fn, recurring, unit } = handler;
  if (blockingOnly || recurring || !file.owns(fn) || !/signal|AbortController/u.test(file.getText(fn))) return null;
  // The calls in a graph's step inherit the signal of its run. Proof: `step-hands-on-signal`.
  const isHandedOn = unit === 'graph step';
  let found: RequestSignal | null = null;
  walk(fn, file.sourceCode.visitorKeys, (node) => {
    found ??= (isHandedOn ? null : readGiven(file, fn, node)) ?? readController(file, fn, node);
    return found === null;
  });
  return found;
}

function readGiven(file: LangChainFile, handler: FunctionNode, node: TSESTree.Node): RequestSignal | null {
  return readMember(file, handler, node) ?? readName(file, handler, node);
}

/** `req.signal`, `c.req.raw.signal`, `config?.signal` of the handler's own parameters. */
function readMember(file: LangChainFile, handler: FunctionNode, node: TSESTree.Node): RequestSignal | null {
  if (node.type !== AST_NODE_TYPES.MemberExpression || getKeyName(node) !== 'signal') return null;
  const variable = file.scopes.findVariable(getMemberRoot(node));
  return variable && isParameter(variable, handler) ? { text: file.getText(node), variable, node } : null;
}

/** `signal` of `({ request, signal }) => …`, and of `const { signal } = req`. */
function readName(file: LangChainFile, handler: FunctionNode, node: TSESTree.Node): RequestSignal | null {
  if (
    node.type !== AST_NODE_TYPES.Property ||
    node.parent.type !== AST_NODE_TYPES.ObjectPattern ||
    getKeyName(node) !== 'signal'
  )
    return null;
  if (node.value.type !== AST_NODE_TYPES.Identifier) return null;
  const variable = file.scopes.findVariable(node.value);
  const definition = variable?.defs[0];
  const init = definition?.type === 'Variable' ? definition.node.init : null;
  const origin = init && file.scopes.findVariable(getMemberRoot(init));
  const isOwn =
    variable !== null && (isParameter(variable, handler) || (origin !== null && isParameter(origin, handler)));
  return isOwn ? { text: node.value.name, variable, node } : null;
}

/** `const controller = new AbortController()`, unless it only aborts something else, such as a `fetch`. */
function readController(file: LangChainFile, handler: FunctionNode, node: TSESTree.Node): RequestSignal | null {
  if (node.type !== AST_NODE_TYPES.NewExpression) return null;
  const trace = file.trace(node.callee);
  const { parent } = wrapped(node);
  if (
    trace.type !== 'global' ||
    trace.name !== 'AbortController' ||
    parent?.type !== AST_NODE_TYPES.VariableDeclarator ||
    parent.id.type !== AST_NODE_TYPES.Identifier
  )
    return null;
  const variable = file.scopes.findVariable(parent.id);
  if (!variable) return null;
  const isTiedToRequest = /['"](?:aborted|close|disconnect)['"]|onAbort|\bonClose/u.test(file.getText(handler));
  return isTiedToRequest || (!endsSomethingElse(file, variable) && !isAborted(variable, parent.parent.parent))
    ? { text: `${parent.id.name}.signal`, variable, node }
    : null;
}

function endsSomethingElse(file: LangChainFile, variable: TSESLint.Scope.Variable): boolean {
  return variable.references.some(({ identifier }) => {
    const member = wrapped(identifier).parent;
    if (member?.type !== AST_NODE_TYPES.MemberExpression || getKeyName(member) !== 'signal') return false;
    for (let current = member.parent as TSESTree.Node | undefined; current; current = current.parent) {
      if (current.type === AST_NODE_TYPES.CallExpression && unwrap(current.callee) !== member)
        return file.trace(current).type !== 'langchain';
    }
    return false;
  });
}

/** Whether a controller is aborted unconditionally, by a statement of the block that creates it. */
function isAborted({ references }: TSESLint.Scope.Variable, block: TSESTree.Node): boolean {
  return references.some(({ identifier: { parent } }) => {
    if (parent.type !== AST_NODE_TYPES.MemberExpression || getKeyName(parent) !== 'abort') return false;
    const { parent: call } = parent;
    return call.type === AST_NODE_TYPES.CallExpression && call.callee === parent && call.parent.parent === block;
  });
}

function isParameter({ defs }: TSESLint.Scope.Variable, handler: FunctionNode): boolean {
  return defs.some((definition) => definition.type === 'Parameter' && definition.node === handler);
}

/** Whether the signal is in scope at a node. */
function isInScope({ node, variable }: RequestSignal, place: TSESTree.Node): boolean {
  const isDeclared = variable.defs.every(({ type }) => type === 'Parameter') || node.range[1] <= place.range[0];
  return isDeclared && contains(variable.scope.block, place);
}

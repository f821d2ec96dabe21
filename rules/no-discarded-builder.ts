import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName, isMethodCall } from '../src/ast/calls.ts';
import { unwrap, wrapped } from '../src/ast/nodes.ts';
import { AST_NODE_TYPES } from '../src/ast/types.ts';
import { createRule } from '../src/create-rule.ts';
import { builders, findBuilder } from '../src/facts/builders.ts';
import type { Edit } from '../src/fix/edit.ts';
import { offer } from '../src/fix/offer.ts';
import { mayHaveTypes } from '../src/fix/typescript.ts';
import { nameExpression } from '../src/messages.ts';
import type { LangChainFile } from '../src/trace/file.ts';
import type { LangChainValue } from '../src/trace/value.ts';

type MessageIds = 'assign' | 'discarded';
type Options = [];

export default createRule<Options, MessageIds>({
  name: 'no-discarded-builder',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow discarding the result of `bindTools`, `withConfig` and other builders',
      recommended: true,
      category: 'Settings',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      discarded:
        '`{{builder}}()` returns a new {{kind}} and leaves {{receiver}} unchanged, so this call has no effect. Keep the result, and use that.',
      assign: 'Assign it to `{{name}}`.',
    },
  },
  create(context, _options, file) {
    return {
      CallExpression(node) {
        const callee = unwrap(node.callee);
        if (callee.type !== AST_NODE_TYPES.MemberExpression || !isDiscarded(node)) return;
        const built = findBuilt(file, node);
        if (!built) return;
        const reassignment = findReassignment(file, node, built);
        const name = nameExpression(file, callee.object);
        context.report({
          node: callee.property,
          messageId: 'discarded',
          data: {
            builder: built.builder ?? '',
            kind: kinds[built.kind] ?? 'runnable',
            receiver: name === null ? 'the old one' : `\`${name}\``,
          },
          ...offer(file, {
            suggestions: [
              reassignment && { messageId: 'assign', data: { name: reassignment.name }, edits: reassignment.edits },
            ],
          }),
        });
      },
    };
  },
});

/** What messages call the result. */
const kinds: Partial<Readonly<Record<LangChainValue['kind'], string>>> = {
  agent: 'agent',
  chatModel: 'model',
  graph: 'graph',
  llm: 'model',
  prompt: 'prompt',
  retriever: 'retriever',
  sequence: 'chain',
  tool: 'tool',
};

/** The value that a builder returns, even as a promise. */
function findBuilt(file: LangChainFile, node: TSESTree.CallExpression): LangChainValue | null {
  const trace = file.trace(node);
  if (trace.type === 'unknown') return findTyped(file, node);
  if (trace.type !== 'langchain' || trace.value.origin !== 'builder' || trace.value.node !== node) return null;
  // `addNode()` and its like change the graph that they are called on, and `compile()` validates it.
  return trace.value.base?.kind === 'stateGraph' ? null : trace.value;
}

/** What a builder returns on a receiver that only the type checker knows. */
function findTyped(file: LangChainFile, node: TSESTree.CallExpression): LangChainValue | null {
  const callee = unwrap(node.callee);
  const name = getMethodName(node);
  if (callee.type !== AST_NODE_TYPES.MemberExpression || name === null || !builders.has(name)) return null;
  const receiver = file.resolve(callee.object);
  const builder =
    receiver.is === 'yes' && receiver.value.kind !== 'stateGraph' ? findBuilder(receiver.value.kind, name) : null;
  return receiver.is === 'yes' && builder
    ? {
        ...receiver.value,
        kind: builder.kind ?? receiver.value.kind,
        origin: 'builder',
        node,
        base: receiver.value,
        builder: name,
      }
    : null;
}

interface Reassignment {
  readonly name: string;
  readonly edits: readonly Edit[];
}

/**
 * `model = model.bindTools(tools);` for the statement `model.bindTools(tools);`, where `model` is a `let` whose type
 * takes the result.
 */
function findReassignment(
  file: LangChainFile,
  call: TSESTree.CallExpression,
  built: LangChainValue,
): Reassignment | null {
  const statement = findStatement(call, built.builder !== null && builders.get(built.builder)?.promised === true);
  const root = findRoot(call);
  if (!statement || !root) return null;
  const definition = file.scopes.findVariable(root)?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind === 'const') return null;
  if (mayHaveTypes(file) && !fits(definition.name.typeAnnotation?.typeAnnotation, built)) return null;
  const start = statement.range[0];
  return { name: root.name, edits: [{ range: [start, start], text: `${root.name} = ` }] };
}

/** The statement that consists of a call alone, with `await` where the result is promised. */
function findStatement(call: TSESTree.CallExpression, isPromised: boolean): TSESTree.Node | null {
  let expression = wrapped(call);
  if (expression.parent?.type === AST_NODE_TYPES.AwaitExpression) expression = wrapped(expression.parent);
  else if (isPromised) return null;
  return expression.parent?.type === AST_NODE_TYPES.ExpressionStatement ? expression.parent : null;
}

/** `model` of `model.bindTools(tools).withRetry()`; null where a `?.` may end the chain before the result. */
function findRoot(call: TSESTree.CallExpression): TSESTree.Identifier | null {
  let current: TSESTree.Node = call;
  while (current.type !== AST_NODE_TYPES.Identifier) {
    if (current.type !== AST_NODE_TYPES.CallExpression || current.optional) return null;
    const callee = unwrap(current.callee);
    if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.optional) return null;
    current = unwrap(callee.object);
  }
  return current;
}

/** Whether a variable's type, written or inferred from its first value, accepts what the builder returns. */
function fits(type: TSESTree.TypeNode | undefined, { base, builder, className, kind }: LangChainValue): boolean {
  // Graphs and agents return their own type; all others return a Runnable of another class.
  if (builder === 'withConfig' && base?.builder !== 'withConfig' && (kind === 'graph' || className === 'ReactAgent'))
    return true;
  if (type?.type === AST_NODE_TYPES.TSAnyKeyword) return true;
  if (
    type?.type !== AST_NODE_TYPES.TSTypeReference ||
    type.typeName.type !== AST_NODE_TYPES.Identifier ||
    type.typeName.name !== 'Runnable'
  )
    return false;
  return (type.typeArguments?.params ?? []).every((argument) => argument.type === AST_NODE_TYPES.TSAnyKeyword);
}

/**
 * Whether the value of an expression is discarded: a statement, `void x`, all but the last of `x, y`, the result of a
 * `forEach` callback.
 */
export function isDiscarded(node: TSESTree.Node): boolean {
  const inner = wrapped(node);
  const { parent } = inner;
  switch (parent?.type) {
    case AST_NODE_TYPES.ExpressionStatement:
      return true;
    case AST_NODE_TYPES.UnaryExpression:
      return parent.operator === 'void';
    case AST_NODE_TYPES.AwaitExpression:
      return isDiscarded(parent);
    case AST_NODE_TYPES.LogicalExpression:
      return parent.right === inner && isDiscarded(parent);
    case AST_NODE_TYPES.ConditionalExpression:
      return parent.test !== inner && isDiscarded(parent);
    case AST_NODE_TYPES.SequenceExpression:
      return parent.expressions.at(-1) !== inner || isDiscarded(parent);
    case AST_NODE_TYPES.ArrowFunctionExpression:
      return parent.body === inner && isCallbackOfForEach(parent);
    case AST_NODE_TYPES.ForStatement:
      return parent.init === inner || parent.update === inner;
    default:
      return false;
  }
}

function isCallbackOfForEach(callback: TSESTree.ArrowFunctionExpression): boolean {
  const call = callback.parent;
  return isMethodCall(call, 'forEach') && call.arguments[0] === callback;
}

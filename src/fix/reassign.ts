import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../file.ts';
import { builders } from '../langchain/builders.ts';
import type { LangChainValue } from '../langchain/value.ts';
import type { Edit } from './offer.ts';

interface Reassignment {
  readonly name: string;
  readonly edits: readonly Edit[];
}

/** `model = model.bindTools(tools);` for the statement `model.bindTools(tools);`, where `model` is a `let` whose type takes the result. */
export function findReassignment(file: LangChainFile, call: TSESTree.CallExpression, built: LangChainValue): Reassignment | null {
  const statement = findStatement(call, built.builder !== null && builders.get(built.builder)?.promised === true);
  const root = findRoot(call);
  if (!statement || !root) return null;
  const definition = file.scopes.findVariable(root)?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind === 'const') return null;
  if (!isJavaScript(file) && !fits(definition.name.typeAnnotation?.typeAnnotation, built)) return null;
  const start = statement.range[0];
  return { name: root.name, edits: [{ range: [start, start], text: `${root.name} = ` }] };
}

/** The statement that a call alone makes up, with `await` where that is needed. */
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

function isJavaScript({ filename }: LangChainFile): boolean {
  return /\.[cm]?jsx?$/u.test(filename);
}

/** Whether a variable of the written type, or of the type of its first value, takes what the builder returns. */
function fits(type: TSESTree.TypeNode | undefined, { base, builder, className, kind }: LangChainValue): boolean {
  // Graphs and agents return their own type; all others a Runnable of another class.
  if (builder === 'withConfig' && base?.builder !== 'withConfig' && (kind === 'graph' || className === 'ReactAgent')) return true;
  if (type?.type === AST_NODE_TYPES.TSAnyKeyword) return true;
  if (type?.type !== AST_NODE_TYPES.TSTypeReference || type.typeName.type !== AST_NODE_TYPES.Identifier || type.typeName.name !== 'Runnable') return false;
  return (type.typeArguments?.params ?? []).every((argument) => argument.type === AST_NODE_TYPES.TSAnyKeyword);
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import type { Call } from '../ast/calls.ts';
import { getKeyName, isFunction, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import { getCallSites } from '../flow/calls/call-graph.ts';
import { findParameter, findReads } from '../flow/calls/reads.ts';
import type { LangChainFile } from '../trace/file.ts';

/**
 * The LangChain constructions that receive a pool or driver, or an object made from it: `new PostgresSaver(pool)`, `{
 * collection: client.db().collection('docs') }`.
 */
export function findRecipients(file: LangChainFile, node: TSESTree.Node): readonly Call[] {
  const recipients = new Set<Call>();
  collectRecipients(file.of(node), node, recipients, new Set());
  return [...recipients];
}

function collectRecipients(
  file: LangChainFile,
  node: TSESTree.Node,
  recipients: Set<Call>,
  visited: Set<TSESTree.Node>,
): void {
  if (visited.has(node)) return;
  visited.add(node);
  const follow = (next: TSESTree.Node): void => {
    collectRecipients(file, next, recipients, visited);
  };
  const followVariable = (variable: TSESLint.Scope.Variable | null): void => {
    for (const reference of variable?.references ?? []) if (reference.isRead()) follow(reference.identifier);
  };
  const value = wrapped(node);
  const { parent } = value;
  switch (parent?.type) {
    case AST_NODE_TYPES.VariableDeclarator:
      if (parent.init === value)
        for (const variable of file.sourceCode.scopeManager?.getDeclaredVariables(parent) ?? [])
          followVariable(variable);
      break;
    case AST_NODE_TYPES.AssignmentExpression:
      if (parent.right === value) findReads(file, parent.left).forEach(follow);
      follow(parent);
      break;
    case AST_NODE_TYPES.AssignmentPattern:
      if (parent.right === value) findReads(file, parent).forEach(follow);
      break;
    case AST_NODE_TYPES.PropertyDefinition:
      if (parent.value === value) findReads(file, parent).forEach(follow);
      break;
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      if (parent.callee === value) follow(parent);
      else if (parent.arguments.some((argument) => argument === value))
        collectArgument(file, parent, value, recipients, follow);
      break;
    case AST_NODE_TYPES.MemberExpression:
      if (parent.object === value && (!isCallee(parent) || handingOn.has(getKeyName(parent) ?? ''))) follow(parent);
      break;
    case AST_NODE_TYPES.ArrowFunctionExpression:
    case AST_NODE_TYPES.ReturnStatement: {
      const fn = isFunction(parent) ? parent : getEnclosingFunction(parent);
      for (const site of fn ? getCallSites(file, fn) : []) if (site.argument === null) follow(site.call);
      break;
    }
    case AST_NODE_TYPES.Property:
      if (parent.value === value) follow(parent.parent);
      break;
    case AST_NODE_TYPES.ArrayExpression:
    case AST_NODE_TYPES.AwaitExpression:
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.LogicalExpression:
      follow(parent);
      break;
    default:
  }
}

/**
 * Methods whose result uses the same connection: `client.db().collection('docs')`, `await createClient().connect()`.
 */
const handingOn: ReadonlySet<string> = new Set(['collection', 'connect', 'db', 'duplicate', 'initialize', 'on']);

function isCallee(node: TSESTree.MemberExpression): boolean {
  const outer = wrapped(node);
  return outer.parent?.type === AST_NODE_TYPES.CallExpression && outer.parent.callee === outer;
}

function collectArgument(
  file: LangChainFile,
  call: Call,
  argument: TSESTree.Node,
  recipients: Set<Call>,
  follow: (node: TSESTree.Node) => void,
): void {
  const made = file.trace(call);
  const isOfLangChain =
    made.type === 'langchain'
      ? made.value.node === call
      : // `loadMcpTools('files', client)`
        made.type === 'instance' && made.node === call && parseSpecifier(made.of.source) !== null;
  if (isOfLangChain) {
    recipients.add(call);
    return;
  }
  const parameter = findParameter(
    file,
    call.callee,
    call.arguments.findIndex((each) => each === argument),
  );
  if (parameter) {
    findReads(file, parameter).forEach(follow);
  } else if (call.type === AST_NODE_TYPES.CallExpression && made.type === 'instance') {
    // `drizzle(pool)`: follow its result.
    follow(call);
  }
}

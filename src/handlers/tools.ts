import type { TSESTree } from '@typescript-eslint/utils';
import { type ClassNode, getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findExport, parseSpecifier } from '../facts/catalog.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { Framework } from './frameworks/row.ts';
import { langchain, langgraph } from './frameworks/tools.ts';
import { type Collector, findSuperExport } from './handler.ts';
import { addProperties } from './registrations.ts';

/** It may or may not serve a request. */
const chainStep: Framework = { ...langchain, unit: 'chain step', blockingOnly: true };

/** Functions that LangChain runs once per tool call or graph step. */
export function collectLangChain(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  collector: Collector,
): void {
  const callee = unwrap(node.callee);
  const trace = file.trace(callee);
  if (trace.type === 'export') {
    const module = parseSpecifier(trace.export.source);
    if (module) collectExport(file, node, trace.export.name, collector);
  }
  if (node.type !== AST_NODE_TYPES.CallExpression || callee.type !== AST_NODE_TYPES.MemberExpression) return;
  const method = getKeyName(callee);
  if (method !== 'addNode' && method !== 'addSequence' && method !== 'addConditionalEdges') return;
  const graph = file.resolve(callee.object);
  if (graph.is !== 'yes' || graph.value.kind !== 'stateGraph') return;
  if (method === 'addConditionalEdges') collector.add(node.arguments[1], langgraph);
  else collectNodes(file, node.arguments, collector);
}

function collectExport(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  name: string,
  collector: Collector,
): void {
  const [first, second] = node.arguments;
  switch (name) {
    case 'tool':
      collector.add(first, langchain);
      break;
    case 'DynamicTool':
    case 'DynamicStructuredTool':
      addKeys(file, first, /^func$/u, langchain, collector);
      break;
    case 'createMiddleware':
      addKeys(file, first, /^(?:after|before)(?:Agent|Model)$|^wrap(?:Model|Tool)Call$/u, langgraph, collector);
      break;
    case 'dynamicSystemPromptMiddleware':
      collector.add(first, langgraph);
      break;
    case 'RunnableWithMessageHistory':
      addKeys(file, first, /^getMessageHistory$/u, { ...langchain, unit: 'request' }, collector);
      break;
    case 'entrypoint':
    case 'task':
      collector.add(second, langgraph);
      break;
    default:
  }
}

/** `RunnableLambda.from(fn)`, `new RunnableLambda({ func })`: steps of chains that may or may not serve a request. */
export function collectLambda(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  collector: Collector,
): void {
  const trace = file.trace(node.callee);
  if (trace.type !== 'export' || !parseSpecifier(trace.export.source)) return;
  if (trace.export.name === 'RunnableLambda.from') collector.add(node.arguments[0], chainStep);
  else if (trace.export.name === 'RunnableLambda') collector.add(node, chainStep);
}

/** Properties of an options object: a function, or `{ hook: fn, canJumpTo: […] }`. */
function addKeys(
  file: LangChainFile,
  options: TSESTree.Node | undefined,
  keys: RegExp,
  framework: Framework,
  collector: Collector,
): void {
  const object = options && file.trace(options);
  if (object?.type !== 'object') return;
  addProperties(file, object.node, framework, { keys }, collector);
  for (const property of object.node.properties) {
    if (
      property.type === AST_NODE_TYPES.Property &&
      property.value.type === AST_NODE_TYPES.ObjectExpression &&
      keys.test(getKeyName(property) ?? '')
    ) {
      addProperties(file, property.value, framework, { keys: /^hook$/u }, collector);
    }
  }
}

/** `addNode('answer', answer)`, `addNode({ answer })`, `addNode([['answer', answer]])` */
function collectNodes(file: LangChainFile, nodes: readonly TSESTree.Node[], collector: Collector): void {
  for (const node of nodes) {
    const expression = unwrap(node);
    switch (expression.type) {
      case AST_NODE_TYPES.ArrayExpression:
        collectNodes(
          file,
          expression.elements.filter((element) => element !== null),
          collector,
        );
        break;
      case AST_NODE_TYPES.ObjectExpression:
        addProperties(file, expression, langgraph, { keys: /./u }, collector);
        break;
      default:
        collector.add(expression, langgraph);
    }
  }
}

/** `_call` of a class that extends Tool or StructuredTool. */
export function collectToolClass(file: LangChainFile, node: ClassNode, collector: Collector): void {
  const calls = node.body.body.flatMap((element) => {
    const isMember =
      element.type === AST_NODE_TYPES.MethodDefinition || element.type === AST_NODE_TYPES.PropertyDefinition;
    return isMember && getKeyName(element) === '_call' && isFunction(element.value) ? [element.value] : [];
  });
  if (calls.length === 0) return;
  const parent = findSuperExport(file, node);
  const module = parent && parseSpecifier(parent.source);
  if (!module || findExport(module, parent.name)?.kind !== 'tool') return;
  for (const call of calls) collector.add(call, langchain);
}

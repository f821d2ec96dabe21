import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { agentFactories } from '../facts/agents.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import { isMutated } from '../trace/changes.ts';
import { findConstant } from '../trace/constants.ts';
import type { LangChainFile } from '../trace/file.ts';
import { findOption, isUndefined } from '../trace/options.ts';
import { getBase, type LangChainValue } from '../trace/value.ts';
import { findNamedModel, isNamedModel } from './model-class.ts';

/** A call of `createAgent`, `createDeepAgent` or LangGraph's `createReactAgent`. */
export interface Agent {
  readonly node: TSESTree.CallExpression;
  readonly options: TSESTree.Node | null;
  /** The option that takes the model: `model` or `llm`. */
  readonly modelOption: string;
  readonly takesMiddleware: boolean;
}

export function readAgent(file: LangChainFile, node: TSESTree.Node): Agent | null {
  if (node.type !== AST_NODE_TYPES.CallExpression) return null;
  const ref = file.findExport(node.callee);
  if (!ref) return null;
  const source = parseSpecifier(ref.source)?.package;
  const factory = agentFactories.find((each) => each.name === ref.name && each.package === source);
  if (!factory) return null;
  const [options = null] = node.arguments;
  return { node, options, modelOption: factory.model, takesMiddleware: factory.takesMiddleware };
}

/** The agent that a value is, even through `withConfig`. */
export function findAgent(file: LangChainFile, value: LangChainValue): Agent | null {
  const { node } = getBase(value);
  return readAgent(file.of(node), node);
}

/** The model of an agent; null where it is a string, or cannot be resolved. */
export function findAgentModel(file: LangChainFile, { modelOption, options }: Agent): LangChainValue | null {
  const option = findOption(file, options, modelOption);
  const model = option.is === 'given' ? file.resolve(option.value) : null;
  return model?.is === 'yes' ? model.value : null;
}

/**
 * The model that an agent creates from a string: `model: 'openai:gpt-4o'`; null where it is no string, or of an unknown
 * class.
 */
export function findStringModel(file: LangChainFile, { modelOption, options }: Agent): LangChainValue | null {
  const option = findOption(file, options, modelOption);
  return option.is === 'given' ? findNamedModel(file, option.value) : null;
}

/** The models that an agent, its subagents, or a middleware of `langchain` create from strings. */
export function findStringModels(file: LangChainFile, node: TSESTree.CallExpression): readonly LangChainValue[] {
  const agent = readAgent(file, node);
  const middleware = agent ? null : readMiddleware(file, node);
  const models = agent
    ? [agent, ...getSubagents(file, agent)].flatMap((each) => findStringModel(file, each) ?? [])
    : middleware
      ? findModelsOfMiddleware(file, middleware)
      : [];
  return models.filter(isNamedModel);
}

/** The subagents of a deep agent, each with its own middleware: `subagents: [{ name: 'critic', model }]`. */
export function getSubagents(file: LangChainFile, { node, options }: Agent): readonly Agent[] {
  const option = findOption(file, options, 'subagents');
  const list = option.is === 'given' ? file.trace(option.value) : null;
  return (list?.type === 'array' ? list.node.elements : []).flatMap((element) => {
    const trace = element && file.trace(element);
    return trace?.type === 'object' ? [{ node, options: trace.node, modelOption: 'model', takesMiddleware: true }] : [];
  });
}

/**
 * The models of a middleware that can be resolved: `modelFallbackMiddleware(backup, 'openai:gpt-4o-mini')`,
 * `summarizationMiddleware({ model })`.
 */
export function findModelsOfMiddleware(file: LangChainFile, { call, name }: Middleware): readonly LangChainValue[] {
  if (!name.endsWith('Middleware')) return [];
  const option = name === 'modelFallbackMiddleware' ? null : findOption(file, call.arguments[0], 'model');
  const models = option ? (option.is === 'given' ? [option.value] : []) : call.arguments;
  return models.flatMap((model) => {
    const resolution = file.resolve(model);
    return resolution.is === 'yes' ? [resolution.value] : (findNamedModel(file, model) ?? []);
  });
}

/** An element of `middleware` that can be resolved. */
export interface Middleware {
  readonly call: TSESTree.CallExpression;
  /** The export of `langchain` that creates it: `createMiddleware`, `modelRetryMiddleware`. */
  readonly name: string;
}

/** The elements of `middleware`, in order; null for one that cannot be resolved. */
export function getMiddleware(file: LangChainFile, { options }: Agent): readonly (Middleware | null)[] {
  const option = findOption(file, options, 'middleware');
  if (option.is === 'absent' || (option.is === 'given' && isUndefined(file, option.value))) return [];
  return option.is === 'given' ? readList(file, option.value, maxDepth) : [null];
}

/** How deep lists are spread into one another. */
const maxDepth = 4;

/** `[modelRetryMiddleware(), ...shared]` */
function readList(file: LangChainFile, node: TSESTree.Node, depth: number): readonly (Middleware | null)[] {
  const list = depth === 0 ? null : file.trace(node);
  if (list?.type !== 'array') return [null];
  const elements = list.node.elements.flatMap((element) =>
    element?.type === AST_NODE_TYPES.SpreadElement
      ? readList(file, element.argument, depth - 1)
      : [element && readMiddleware(file, element)],
  );
  return isChanged(file, node) ? [...elements, null] : elements;
}

/** `middleware.push(modelRetryMiddleware())` */
function isChanged(file: LangChainFile, node: TSESTree.Node): boolean {
  const list = unwrap(node);
  const variable = file.of(list).scopes.findVariable(list);
  return variable !== null && isMutated(variable);
}

/** `modelRetryMiddleware({ … })`, even in a constant, or returned by a function. */
function readMiddleware(file: LangChainFile, node: TSESTree.Node, depth = maxDepth): Middleware | null {
  const own = file.of(node);
  const call = unwrap(findConstant(own, node) ?? node);
  if (depth === 0 || call.type !== AST_NODE_TYPES.CallExpression) return null;
  const ref = own.findExport(call.callee);
  if (ref) return parseSpecifier(ref.source)?.package === 'langchain' ? { call, name: ref.name } : null;
  const maker = own.trace(call.callee);
  const [returned, ...others] = maker.type === 'function' ? findReturns(maker.node, own.sourceCode.visitorKeys) : [];
  return returned && others.length === 0 ? readMiddleware(file, returned, depth - 1) : null;
}

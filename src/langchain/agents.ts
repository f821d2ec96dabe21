import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { agentFactories } from '../facts/agents.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import { findConstant } from '../trace/constants.ts';
import type { LangChainFile } from '../trace/file.ts';
import { findOption, isUndefined } from '../trace/options.ts';
import { getBase, type LangChainValue } from '../trace/value.ts';
import { findNamedModel } from './model-class.ts';

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

/** The agent that a value is, also behind `withConfig`. */
export function findAgent(file: LangChainFile, value: LangChainValue): Agent | null {
  const { node } = getBase(value);
  return readAgent(file.of(node), node);
}

/** The model of an agent; null where it is a string, or cannot be told. */
export function findAgentModel(file: LangChainFile, { modelOption, options }: Agent): LangChainValue | null {
  const option = findOption(file, options, modelOption);
  const model = option.is === 'given' ? file.resolve(option.value) : null;
  return model?.is === 'yes' ? model.value : null;
}

/** The model that an agent makes of a string: `model: 'openai:gpt-4o'`; null where it is none, or not of a known class. */
export function findStringModel(file: LangChainFile, { modelOption, options }: Agent): LangChainValue | null {
  const option = findOption(file, options, modelOption);
  return option.is === 'given' ? findNamedModel(file, option.value) : null;
}

/** The models that an agent or a middleware of `langchain` makes of strings. */
export function findStringModels(file: LangChainFile, node: TSESTree.CallExpression): readonly LangChainValue[] {
  const agent = readAgent(file, node);
  if (agent) return [findStringModel(file, agent)].filter((model) => model !== null);
  const middleware = readMiddleware(file, node);
  if (middleware?.name.endsWith('Middleware') !== true) return [];
  if (middleware.name === 'modelFallbackMiddleware')
    return node.arguments.flatMap((argument) => findNamedModel(file, argument) ?? []);
  const option = findOption(file, node.arguments[0], 'model');
  const model = option.is === 'given' ? findNamedModel(file, option.value) : null;
  return model ? [model] : [];
}

/** An element of `middleware`, as far as it is seen. */
export interface Middleware {
  readonly call: TSESTree.CallExpression;
  /** The export of `langchain` that makes it: `createMiddleware`, `modelRetryMiddleware`. */
  readonly name: string;
}

/** The elements of `middleware`, in their order; null for one that cannot be told, such as a spread. */
export function getMiddleware(file: LangChainFile, { options }: Agent): readonly (Middleware | null)[] {
  const option = findOption(file, options, 'middleware');
  if (option.is === 'absent' || (option.is === 'given' && isUndefined(file, option.value))) return [];
  const list = option.is === 'given' ? file.trace(option.value) : null;
  if (list?.type !== 'array') return [null];
  return list.node.elements.map((element) => element && readMiddleware(file, element));
}

/** `modelRetryMiddleware({ … })`, also in a constant. */
function readMiddleware(file: LangChainFile, node: TSESTree.Node): Middleware | null {
  const initial = findConstant(file, node);
  const call = unwrap(initial ?? node);
  if (call.type !== AST_NODE_TYPES.CallExpression) return null;
  const ref = file.findExport(call.callee);
  return ref && parseSpecifier(ref.source)?.package === 'langchain' ? { call, name: ref.name } : null;
}

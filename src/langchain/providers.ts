import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../file.ts';
import { findExport } from './catalog.ts';
import { findOption } from './options.ts';
import type { LangChainValue } from './value.ts';

/** The providers of `initChatModel`, as in its MODEL_PROVIDER_CONFIG: package and class. */
const providers: Readonly<Record<string, readonly [string, string]>> = {
  anthropic: ['@langchain/anthropic', 'ChatAnthropic'],
  aws: ['@langchain/aws', 'ChatBedrockConverse'],
  azure_openai: ['@langchain/openai', 'AzureChatOpenAI'],
  bedrock: ['@langchain/aws', 'ChatBedrockConverse'],
  cerebras: ['@langchain/cerebras', 'ChatCerebras'],
  cohere: ['@langchain/cohere', 'ChatCohere'],
  deepseek: ['@langchain/deepseek', 'ChatDeepSeek'],
  google: ['@langchain/google', 'ChatGoogle'],
  'google-genai': ['@langchain/google-genai', 'ChatGoogleGenerativeAI'],
  'google-vertexai': ['@langchain/google-vertexai', 'ChatVertexAI'],
  groq: ['@langchain/groq', 'ChatGroq'],
  mistral: ['@langchain/mistralai', 'ChatMistralAI'],
  mistralai: ['@langchain/mistralai', 'ChatMistralAI'],
  ollama: ['@langchain/ollama', 'ChatOllama'],
  openai: ['@langchain/openai', 'ChatOpenAI'],
  xai: ['@langchain/xai', 'ChatXAI'],
};

/** The package that a provider's chat model comes from today; null for a class that none of them has. */
export function getHome(className: string): string | null {
  return Object.values(providers).find(([, name]) => name === className)?.[0] ?? null;
}

/** How a provider is told from a model's name alone. */
const namePrefixes: readonly (readonly [RegExp, string])[] = [
  [/^(?:gpt-[345]|o[134])/u, 'openai'],
  [/^claude/u, 'anthropic'],
  [/^command/u, 'cohere'],
  [/^gemini/u, 'google-vertexai'],
  [/^amazon\./u, 'bedrock'],
  [/^mistral/u, 'mistralai'],
];

/** The provider's class behind `initChatModel()` and its bases, nearest first; null for another value, or when the model cannot be read. */
export function getModelClass(file: LangChainFile, value: LangChainValue): readonly string[] | null {
  if (value.className !== 'ConfigurableModel') return null;
  const call = value.builder === null ? value.node : getRoot(value).node;
  if (call.type !== AST_NODE_TYPES.CallExpression) return null;
  const provider = findProvider(file, call);
  const [source, className] = (provider !== null && Object.hasOwn(providers, provider) ? providers[provider] : undefined) ?? [];
  if (source === undefined || className === undefined) return null;
  const entry = findExport({ package: source, subpath: '' }, className);
  return [className, ...(entry?.type === 'class' ? entry.bases : [])];
}

function getRoot(value: LangChainValue): LangChainValue {
  let root = value;
  while (root.base) root = root.base;
  return root;
}

function findProvider(file: LangChainFile, call: TSESTree.CallExpression): string | null {
  const options = findOption(file, call.arguments[1], 'modelProvider');
  if (options.is === 'given') return readString(file, options.value);
  const model = call.arguments[0] && readString(file, call.arguments[0]);
  if (options.is === 'unknown' || model === undefined || model === null) return null;
  const [prefix = ''] = model.split(':', 1);
  if (prefix !== model && Object.hasOwn(providers, prefix)) return prefix;
  return namePrefixes.find(([pattern]) => pattern.test(model))?.[1] ?? null;
}

function readString(file: LangChainFile, node: TSESTree.Node): string | null {
  const trace = file.trace(node);
  if (trace.type !== 'literal') return null;
  if (trace.node.type === AST_NODE_TYPES.Literal) return typeof trace.node.value === 'string' ? trace.node.value : null;
  return trace.node.expressions.length === 0 ? (trace.node.quasis[0]?.value.cooked ?? null) : null;
}

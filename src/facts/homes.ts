import { type ClassRef, findPackageOfClass } from './catalog.ts';

/**
 * The package that declares each class of the tables: facts about a class do not apply to one of the same name in
 * another package.
 */
const homes = {
  AzureChatOpenAI: '@langchain/openai',
  AzureOpenAI: '@langchain/openai',
  AzureOpenAIEmbeddings: '@langchain/openai',
  BaseChatModel: '@langchain/core',
  BaseChatOpenAI: '@langchain/openai',
  BaseLLM: '@langchain/core',
  BedrockEmbeddings: '@langchain/aws',
  ChatAnthropic: '@langchain/anthropic',
  ChatAnthropicMessages: '@langchain/anthropic',
  ChatBedrockConverse: '@langchain/aws',
  ChatCerebras: '@langchain/cerebras',
  ChatCohere: '@langchain/cohere',
  ChatDeepSeek: '@langchain/deepseek',
  ChatGoogle: '@langchain/google',
  ChatGoogleGenerativeAI: '@langchain/google-genai',
  ChatGroq: '@langchain/groq',
  ChatMistralAI: '@langchain/mistralai',
  ChatOllama: '@langchain/ollama',
  ChatOpenAI: '@langchain/openai',
  ChatOpenRouter: '@langchain/openrouter',
  ChatPerplexity: '@langchain/community',
  ChatVertexAI: '@langchain/google-vertexai',
  ChatWatsonx: '@langchain/community',
  ChatXAI: '@langchain/xai',
  ChatXAIResponses: '@langchain/xai',
  CheerioWebBaseLoader: '@langchain/community',
  Cohere: '@langchain/cohere',
  CohereEmbeddings: '@langchain/cohere',
  CompiledGraph: '@langchain/langgraph',
  CompiledStateGraph: '@langchain/langgraph',
  ConfigurableModel: 'langchain',
  Embeddings: '@langchain/core',
  GoogleGenerativeAIEmbeddings: '@langchain/google-genai',
  HTMLWebBaseLoader: '@langchain/community',
  MistralAI: '@langchain/mistralai',
  MistralAIEmbeddings: '@langchain/mistralai',
  Ollama: '@langchain/ollama',
  OllamaEmbeddings: '@langchain/ollama',
  OpenAI: '@langchain/openai',
  OpenAIEmbeddings: '@langchain/openai',
  PGVectorStore: '@langchain/community',
  PostgresChatMessageHistory: '@langchain/community',
  PostgresRecordManager: '@langchain/community',
  PostgresSaver: '@langchain/langgraph-checkpoint-postgres',
  PostgresStore: '@langchain/langgraph-checkpoint-postgres',
  ReactAgent: 'langchain',
  RecursiveUrlLoader: '@langchain/community',
  RemoteRunnable: '@langchain/core',
  RouterRunnable: '@langchain/core',
  Runnable: '@langchain/core',
  RunnableLambda: '@langchain/core',
  RunnableSequence: '@langchain/core',
  VectorStore: '@langchain/core',
  WatsonxLLM: '@langchain/community',
} as const;

/** A class in the tables: its bare name where the list above has it, otherwise with its package. */
export type ClassName = ClassRef | keyof typeof homes;

/** The class that a table names. */
export function toRef(name: ClassName): ClassRef {
  return isRef(name) ? name : `${homes[name]}#${name}`;
}

/** The class that a LangChain builder returns, which comes without an entry of the catalogue. */
export function findRef(className: string): ClassRef | null {
  return Object.hasOwn(homes, className) ? toRef(className as keyof typeof homes) : null;
}

/** The package of a LangChain class by its name alone; null for none. */
export function findPackage(className: string): string | null {
  return Object.hasOwn(homes, className) ? homes[className as keyof typeof homes] : findPackageOfClass(className);
}

function isRef(name: ClassName): name is ClassRef {
  return name.includes('#');
}

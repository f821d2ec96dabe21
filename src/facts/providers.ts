/** The providers of `initChatModel`, as in its MODEL_PROVIDER_CONFIG: package and class. */
export const providers: Readonly<Record<string, readonly [string, string]>> = {
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

/** Recognises the provider by the model's name alone. */
export const namePrefixes: readonly (readonly [RegExp, string])[] = [
  [/^(?:gpt-[345]|o[134])/u, 'openai'],
  [/^claude/u, 'anthropic'],
  [/^command/u, 'cohere'],
  [/^gemini/u, 'google-vertexai'],
  [/^amazon\./u, 'bedrock'],
  [/^mistral/u, 'mistralai'],
];

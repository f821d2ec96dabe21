import type { ExportRef } from './export-ref.ts';

/** Exports of a package that extend a LangChain class, which the linted file does not show. */
type Exports = Readonly<Record<string, ExportRef>>;

const chatModel = { source: '@langchain/core', name: 'BaseChatModel' };
const embeddings = { source: '@langchain/core', name: 'Embeddings' };
const checkpointer = { source: '@langchain/langgraph-checkpoint', name: 'BaseCheckpointSaver' };

/**
 * Read in @sap-ai-sdk/langchain 2.13, langchain-gigachat 0.0.18, @cassina/langgraphjs-checkpoint-firestore 1.0,
 * @rwai/langgraphjs-checkpoint-dynamodb 0.1 and @skroyc/langgraph-supabase-checkpointer 2.2.
 */
const packages: Readonly<Record<string, Exports>> = {
  '@cassina/langgraphjs-checkpoint-firestore': { FirestoreSaver: checkpointer },
  '@rwai/langgraphjs-checkpoint-dynamodb': { DynamoDBSaver: checkpointer },
  '@sap-ai-sdk/langchain': {
    AzureOpenAiChatClient: chatModel,
    AzureOpenAiEmbeddingClient: embeddings,
    OrchestrationClient: chatModel,
  },
  '@skroyc/langgraph-supabase-checkpointer': { SupabaseSaver: checkpointer },
  'langchain-gigachat': { GigaChat: chatModel, GigaChatEmbeddings: embeddings },
};

/** The LangChain class that an export of another package extends; null for any other export. */
export function findStandIn({ source, name }: ExportRef): ExportRef | null {
  const exported = Object.keys(packages).find((each) => source === each || source.startsWith(`${each}/`));
  const classes = exported === undefined ? undefined : packages[exported];
  return classes && Object.hasOwn(classes, name) ? (classes[name] ?? null) : null;
}

/** Whether a text names a package with such classes. */
export function namesThirdParty(text: string): boolean {
  return Object.keys(packages).some((name) => text.includes(name));
}

import type { ClassName } from './homes.ts';

/** Embeddings whose `embedDocuments()` makes a request for each text, as `embedQuery()` does. */
interface Row {
  readonly classes: readonly ClassName[];
}

interface ProvenRow extends Row {
  /** The test that executes it. */
  readonly proof: string;
}

export const perText: readonly ProvenRow[] = [
  {
    classes: [
      'BedrockEmbeddings',
      '@langchain/google-common#BaseGoogleEmbeddings',
      '@langchain/community#TogetherAIEmbeddings',
      '@langchain/community#ZhipuAIEmbeddings',
      // That of @langchain/ollama sends them together.
      '@langchain/community#OllamaEmbeddings',
    ],
    proof: 'embed-documents-per-text',
  },
];

/** Read in the packages: their clients are not at hand. Vertex AI took five texts at most. */
export const perTextAsRead: readonly Row[] = [
  {
    classes: [
      '@langchain/community#GooglePaLMEmbeddings',
      '@langchain/community#GoogleVertexAIEmbeddings',
      '@langchain/community#TencentHunyuanEmbeddings',
    ],
  },
];

import type { ClassName } from './homes.ts';

/** Embeddings whose `embedDocuments()` makes a request for each text, as `embedQuery()` does. */
interface Row {
  readonly classes: readonly ClassName[];
}

interface ProvenRow extends Row {
  /** The test that proves it. */
  readonly proof: string;
}

export const perText: readonly ProvenRow[] = [
  {
    classes: [
      'BedrockEmbeddings',
      '@langchain/google-common#BaseGoogleEmbeddings',
      '@langchain/community#TogetherAIEmbeddings',
      '@langchain/community#ZhipuAIEmbeddings',
      // The class of the same name in @langchain/ollama sends the texts together.
      '@langchain/community#OllamaEmbeddings',
    ],
    proof: 'embed-documents-per-text',
  },
];

/** Read in the source of packages whose clients are not available to the tests. Vertex AI took at most five texts. */
export const perTextAsRead: readonly Row[] = [
  {
    classes: [
      '@langchain/community#GooglePaLMEmbeddings',
      '@langchain/community#GoogleVertexAIEmbeddings',
      '@langchain/community#TencentHunyuanEmbeddings',
    ],
  },
];

/** Embeddings whose `embedDocuments()` makes a request for each text, as `embedQuery()` does. */
interface Row {
  readonly classes: readonly string[];
  /** The packages whose classes of that name do; null for all. */
  readonly packages: readonly string[] | null;
}

interface ProvenRow extends Row {
  /** The test that executes it. */
  readonly proof: string;
}

export const perText: readonly ProvenRow[] = [
  {
    classes: ['BedrockEmbeddings', 'BaseGoogleEmbeddings', 'TogetherAIEmbeddings', 'ZhipuAIEmbeddings'],
    packages: null,
    proof: 'embed-documents-per-text',
  },
  // That of @langchain/ollama sends them together.
  { classes: ['OllamaEmbeddings'], packages: ['@langchain/community', 'langchain'], proof: 'embed-documents-per-text' },
];

/** Read in the packages: their clients are not at hand. Vertex AI took five texts at most. */
export const perTextAsRead: readonly Row[] = [
  {
    classes: [
      'GooglePaLMEmbeddings',
      'GoogleVertexAIEmbeddings',
      'SageMakerEndpointEmbeddings',
      'TencentHunyuanEmbeddings',
    ],
    packages: null,
  },
];

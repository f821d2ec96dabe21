/** An option of another package for a timeout that affects LangChain's calls. */
interface ForeignTimeout {
  readonly sources: readonly string[];
  /** Exports, by their dotted names; for a client's methods, the client. */
  readonly names: readonly string[];
  /** Methods of the client that take it; null for the construction itself. */
  readonly methods: readonly string[] | null;
  readonly argument: number;
  readonly paths: readonly string[];
  readonly unit: 'ms' | 's';
}

/** Weaviate counts in seconds; Qdrant's client counts in milliseconds, its calls in seconds. */
export const foreignTimeouts: readonly ForeignTimeout[] = [
  ...[
    { names: ['connectToLocal'], argument: 0 },
    { names: ['connectToCustom'], argument: 0 },
    { names: ['connectToWCS', 'connectToWeaviateCloud'], argument: 1 },
  ].map((form) => ({
    ...form,
    sources: ['weaviate-client'],
    methods: null,
    paths: ['timeout.init', 'timeout.insert', 'timeout.query'],
    unit: 's' as const,
  })),
  {
    sources: ['@qdrant/js-client-rest'],
    names: ['QdrantClient'],
    methods: null,
    argument: 0,
    paths: ['timeout'],
    unit: 'ms',
  },
  {
    sources: ['@qdrant/js-client-rest'],
    names: ['QdrantClient'],
    methods: ['query', 'queryBatch', 'recommend', 'recommendBatch', 'scroll', 'search', 'searchBatch', 'upsert'],
    argument: 1,
    paths: ['timeout'],
    unit: 's',
  },
];

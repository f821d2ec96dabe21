import type { Loads, Net } from '../../src/facts/catalog.ts';

/*
 * Whether a class reaches the network is not in its types. This table was reviewed against the sources of the packages;
 * the generator fails when a concrete class of a kind that may hold a client is missing here. A name stands for each
 * class of that name, `package#Name` for that one alone.
 */

export interface Review {
  readonly net: Net;
  readonly loads: Loads;
}

/** Works in this process: fakes, memory, files, SQLite, parsers of documents. */
const LOCAL = `
  BM25Retriever Calculator
  InMemoryCache InMemoryChatMessageHistory InMemoryDocstore InMemoryRecordManager InMemoryStore MemorySaver
  MemoryStore SynchronousInMemoryDocstore
  FileSystemChatMessageHistory LocalFileCache LocalFileStore SQLiteRecordManager SqliteSaver
  FakeBuiltModel FakeChatMessageHistory FakeChatModel FakeEmbeddings FakeListChatMessageHistory FakeListChatModel
  FakeListLLM FakeLLM FakeRetriever FakeRunnable
  FakeStreamingChatModel FakeStreamingLLM FakeTool FakeToolCallingModel SyntheticEmbeddings
  CSVLoader ChatGPTLoader DirectoryLoader DocxLoader EPubLoader JSONLinesLoader JSONLoader MultiFileLoader
  NotionLoader ObsidianLoader PDFLoader PPTXLoader SRTLoader TextLoader
  WebPDFLoader
  DataBlobStore JsonGetValueTool JsonListKeysTool PythonInterpreterTool ReadFileTool WriteFileTool
`;

/** Runs a model in this process. */
const LOCAL_WEIGHTS = `
  ChatLlamaCpp ChatWebLLM ChromeAI HuggingFaceTransformersEmbeddings LlamaCpp LlamaCppEmbeddings TensorFlowEmbeddings
`;

/** Embeds through the embeddings it was given, then searches in this process. */
const DELEGATES_OVER_INDEX = `
  CloseVectorNode CloseVectorWeb FaissStore HNSWLib USearch
`;

/** Works through what it wraps: models, embeddings, stores, loaders, a function, an SQL connection. */
const DELEGATES = `
  FakeVectorStore LanceDB MemoryVectorStore VoyVectorStore
  CacheBackedEmbeddings
  ContextualCompressionRetriever EnsembleRetriever HydeRetriever MatryoshkaRetriever MultiQueryRetriever
  MultiVectorRetriever ParentDocumentRetriever ScoreThresholdRetriever
  SelfQueryRetriever TimeWeightedVectorStoreRetriever VectorStoreRetriever
  DocumentCompressorPipeline EmbeddingsFilter LLMChainExtractor
  ArcjetRedact
  ChainTool DynamicStructuredTool DynamicTool InfoSqlTool ListTablesSqlTool QueryCheckerTool QuerySqlTool
  RunnableToolLike SqlDatabase VectorStoreQATool
  AsyncBatchedStore BackedBlobStore EncoderBackedStore ReadThroughBlobStore
  IPFSDatastoreChatMessageHistory
  AutoGPT LLMGraphTransformer MetadataTagger OutputFixingParser
  ChatConversationalAgentOutputParserWithRetries SemanticSimilarityExampleSelector StructuredChatOutputParserWithRetries
`;

const NETWORK_CHAT_MODELS = `
  AnthropicFunctions AzureChatOpenAI AzureChatOpenAICompletions AzureChatOpenAIResponses BaseChatGoogleVertexAI
  BedrockChat ChatAlibabaTongyi ChatAnthropic ChatAnthropicMessages
  ChatBaiduQianfan ChatBaiduWenxin ChatBedrockConverse ChatCerebras ChatCloudflareWorkersAI ChatCohere ChatDeepInfra
  ChatDeepSeek ChatFireworks ChatFriendli ChatGoogle ChatGoogleGenerativeAI
  ChatGoogleNode ChatGooglePaLM ChatGoogleVertexAI ChatGroq ChatIflytekXinghuo ChatMinimax ChatMistralAI ChatMoonshot
  ChatNovitaAI ChatOllama ChatOpenAI ChatOpenAICompletions
  ChatOpenAIResponses ChatOpenRouter ChatPerplexity ChatPrem ChatTencentHunyuan ChatTogetherAI ChatVertexAI
  ChatWatsonx ChatXAI ChatXAIResponses ChatYandexGPT ChatZhipuAI ConfigurableModel
  NIBittensorChatModel OllamaFunctions PortkeyChat PromptLayerChatOpenAI
`;

const NETWORK_LLMS = `
  AI21 AlephAlpha AzureOpenAI BaseGoogleVertexAI Bedrock CloudflareWorkersAI Cohere DeepInfraLLM Fireworks Friendli
  GoogleLLM GooglePaLM GoogleVertexAI GradientLLM
  HuggingFaceInference LayerupSecurity MistralAI NIBittensorLLM Ollama OpenAI OpenAIChat Portkey PromptLayerOpenAI
  PromptLayerOpenAIChat RaycastAI Replicate SageMakerEndpoint
  TogetherAI VertexAI WatsonxAI WatsonxLLM Writer YandexGPT
`;

const NETWORK_EMBEDDINGS = `
  AlibabaTongyiEmbeddings AzureOpenAIEmbeddings BaiduQianfanEmbeddings BedrockEmbeddings ByteDanceDoubaoEmbeddings
  CloudflareWorkersAIEmbeddings CohereEmbeddings
  DeepInfraEmbeddings FireworksEmbeddings GoogleEmbeddings GoogleGenerativeAIEmbeddings GooglePaLMEmbeddings
  GoogleVertexAIEmbeddings GoogleVertexAIMultimodalEmbeddings
  GradientEmbeddings HuggingFaceInferenceEmbeddings JinaEmbeddings MinimaxEmbeddings MistralAIEmbeddings
  NomicEmbeddings OllamaEmbeddings OpenAIEmbeddings PineconeEmbeddings
  PremEmbeddings TencentHunyuanEmbeddings TogetherAIEmbeddings VertexAIEmbeddings VoyageEmbeddings WatsonxEmbeddings
  YandexGPTEmbeddings ZhipuAIEmbeddings
`;

const NETWORK_VECTOR_STORES = `
  AnalyticDBVectorStore AstraDBVectorStore AzionVectorStore AzureAISearchVectorStore AzureCosmosDBMongoDBVectorStore
  AzureCosmosDBNoSQLVectorStore AzureCosmosDBVectorStore
  CassandraStore Chroma ClickHouseStore CloudflareVectorizeStore ConvexVectorStore CouchbaseQueryVectorStore
  CouchbaseSearchVectorStore CouchbaseVectorStore ElasticVectorSearch
  FluentRedisVectorStore HanaDB LibSQLVectorStore MariaDBStore MatchingEngine Milvus MomentoVectorIndex
  MongoDBAtlasVectorSearch MongoVectorStore MyScaleStore Neo4jVectorStore
  NeonPostgres OpenSearchVectorStore PGVectorStore PineconeStore PrismaVectorStore QdrantVectorStore RedisVectorStore
  RocksetStore SingleStoreVectorStore SupabaseVectorStore
  TigrisVectorStore TurbopufferVectorStore TypeORMVectorStore Typesense UpstashVectorStore VectaraStore VercelPostgres
  WeaviateStore XataVectorSearch ZepCloudVectorStore
  ZepVectorStore
`;

const NETWORK_RETRIEVERS = `
  AmazonKendraRetriever AmazonKnowledgeBaseRetriever ArxivRetriever AzionRetriever ChaindeskRetriever
  ChatGPTPluginRetriever DataberryRetriever DriaRetriever ExaRetriever
  MetalRetriever RemoteLangChainRetriever SupabaseHybridSearch TavilySearchAPIRetriever VectaraSummaryRetriever
  VespaRetriever ZepCloudRetriever ZepRetriever
  CohereRerank WatsonxRerank
`;

const NETWORK_LOADERS = `
  AirtableLoader ApifyDatasetLoader AudioSubtitleLoader AudioTranscriptLoader AudioTranscriptParagraphsLoader
  AudioTranscriptSentencesLoader AzureBlobStorageContainerLoader
  AzureBlobStorageFileLoader BrowserbaseLoader CheerioWebBaseLoader CollegeConfidentialLoader ConfluencePagesLoader
  CouchbaseDocumentLoader FigmaFileLoader FireCrawlLoader
  GitbookLoader GithubRepoLoader GoogleCloudStorageLoader HNLoader HTMLWebBaseLoader IMSDBLoader JiraProjectLoader
  LangSmithLoader NotionAPILoader NotionDBLoader
  OpenAIWhisperAudio PlaywrightWebBaseLoader PuppeteerWebBaseLoader RecursiveUrlLoader S3Loader SearchApiLoader
  SerpAPILoader SitemapLoader SonixAudioTranscriptionLoader
  SortXYZBlockchainLoader SpiderLoader TaskadeProjectLoader UnstructuredDirectoryLoader UnstructuredLoader YoutubeLoader
`;

const NETWORK_TOOLS = `
  AIPluginTool AWSLambda BingSerpAPI BraveSearch ConneryAction DadJokeAPI DallEAPIWrapper DataForSeoAPISearch
  DescribeExecutionAWSSfnTool DiscordChannelSearchTool
  DiscordGetGuildsTool DiscordGetMessagesTool DiscordGetTextChannelsTool DiscordSendMessagesTool DuckDuckGoSearch
  ExaFindSimilarResults ExaSearchResults GmailCreateDraft
  GmailGetMessage GmailGetThread GmailSearch GmailSendMessage GoogleCalendarBase GoogleCalendarCreateTool
  GoogleCalendarDeleteTool GoogleCalendarViewTool GoogleCustomSearch
  GooglePlacesAPI GoogleRoutesAPI IFTTTWebhook RequestsGetTool RequestsPostTool SERPGoogleScholarAPITool
  SERPGoogleTrendsTool SearchApi SearxngSearch SendTaskSuccessAWSSfnTool
  SerpAPI Serper StackExchangeAPI StagehandActTool StagehandExtractTool StagehandNavigateTool StagehandObserveTool
  StartExecutionAWSSfnTool TavilyCrawl TavilyExtract
  TavilyGetResearch TavilyMap TavilyResearch TavilySearch TavilySearchResults WatsonxTool WebBrowser WikipediaQueryRun
  WolframAlphaTool ZapierNLARunAction
`;

/** Key-value stores, caches, chat histories, record managers, checkpointers, memories of a service. */
const NETWORK_STORES = `
  BlobStoreAIStudioFile BlobStoreGoogleCloudStorage CassandraKVStore ConvexKVStore GoogleCloudStorageDocstore
  MongoDBStore PostgresStore RedisByteStore RedisStore SimpleWebBlobStore
  UpstashRedisStore VercelKVStore
  AzureCosmosDBMongoDBSemanticCache AzureCosmosDBNoSQLSemanticCache CloudflareKVCache MomentoCache
  MongoDBAtlasSemanticCache MongoDBCache RedisCache UpstashRedisCache VercelKVCache
  AstraDBChatMessageHistory AuroraDsqlChatMessageHistory AzureCosmosDBMongoChatMessageHistory
  AzureCosmsosDBNoSQLChatMessageHistory CassandraChatMessageHistory
  CloudflareD1MessageHistory ConvexChatMessageHistory DynamoDBChatMessageHistory FirestoreChatMessageHistory
  MomentoChatMessageHistory MongoDBChatMessageHistory
  Neo4jChatMessageHistory PlanetScaleChatMessageHistory PostgresChatMessageHistory RedisChatMessageHistory
  UpstashRedisChatMessageHistory XataChatMessageHistory
  ZepCloudChatMessageHistory
  PostgresRecordManager
  MongoDBSaver PostgresSaver RedisSaver ShallowRedisSaver
  Mem0Memory MotorheadMemory ZepCloudMemory ZepMemory
`;

const NETWORK_CLIENTS = `
  AssistantsClient CassandraTable Client ConneryService CronsClient DaytonaSandbox LangSmithSandbox MakerSuiteHub
  MemgraphGraph MultiServerMCPClient Neo4jGraph OpenAIFiles RunsClient StoreClient
  TavilyCrawlAPIWrapper TavilyExtractAPIWrapper TavilyMapAPIWrapper TavilyResearchAPIWrapper TavilySearchAPIWrapper
  ThreadsClient ZapierNLAWrapper
  OpenAIAssistantRunnable OpenAIModerationChain RemoteGraph RemoteRunnable
`;

/** Runnables that only rearrange their input. */
const NONE = `
  DictPromptTemplate RunnablePick
`;

const REVIEWS: ReadonlyMap<string, Review> = new Map<string, Review>([
  ...reviewed(LOCAL, 'local'),
  ...reviewed(LOCAL_WEIGHTS, 'local', 'weights'),
  ...reviewed(DELEGATES, 'delegates'),
  ...reviewed(DELEGATES_OVER_INDEX, 'delegates', 'index'),
  ...reviewed(NONE, 'none'),
  ...[
    NETWORK_CHAT_MODELS,
    NETWORK_LLMS,
    NETWORK_EMBEDDINGS,
    NETWORK_VECTOR_STORES,
    NETWORK_RETRIEVERS,
    NETWORK_LOADERS,
    NETWORK_TOOLS,
    NETWORK_STORES,
    NETWORK_CLIENTS,
  ].flatMap((names) => reviewed(names, 'network')),
]);

/**
 * Functions whose returned class does not tell: what `pull()` brings is a prompt nearly always; the others return none
 * of ours and do the work themselves.
 */
const FUNCTIONS: ReadonlyMap<string, Net> = new Map<string, Net>([
  ['index', 'delegates'],
  ['loadMcpTools', 'network'],
  ['pull', 'none'],
  ['push', 'network'],
  ['runOnDataset', 'delegates'],
]);

export function findNet(key: string, name: string): Review | undefined {
  return REVIEWS.get(key) ?? REVIEWS.get(name);
}

export function findFunctionNet(name: string): Net | undefined {
  return FUNCTIONS.get(name);
}

/** Names in the table that no class has. */
export function listUnusedReviews(keys: Iterable<string>): string[] {
  const used = new Set([...keys].flatMap((key) => [key, key.replace(/^.*#/, '').replace(/~\d+$/, '')]));
  return [...REVIEWS.keys()].filter((name) => !used.has(name));
}

function reviewed(names: string, net: Net, loads: Loads = null): [string, Review][] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => [name, { net, loads }]);
}

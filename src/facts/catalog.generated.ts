// @ibm-cloud/watsonx-ai 1.7.16, @langchain/anthropic 1.5.11, @langchain/aws 1.4.5, @langchain/azure-cosmosdb 0.2.8, @langchain/baidu-qianfan 1.0.1, @langchain/cerebras 1.0.4, @langchain/classic 1.0.50, @langchain/cloudflare 1.1.0, @langchain/cohere 1.0.5, @langchain/community 1.1.29, @langchain/core 1.4.0, @langchain/deepseek 1.1.13, @langchain/exa 1.0.2, @langchain/google 0.2.6, @langchain/google-common 2.3.2, @langchain/google-gauth 2.3.2, @langchain/google-genai 2.3.2, @langchain/google-vertexai 2.3.2, @langchain/google-vertexai-web 2.3.0, @langchain/google-webauth 2.3.2, @langchain/groq 1.3.1, @langchain/langgraph 1.7.3, @langchain/langgraph-checkpoint 1.2.2, @langchain/langgraph-checkpoint-mongodb 1.4.1, @langchain/langgraph-checkpoint-postgres 1.0.5, @langchain/langgraph-checkpoint-redis 1.0.11, @langchain/langgraph-checkpoint-sqlite 1.0.4, @langchain/langgraph-sdk 2.0.0, @langchain/langgraph-supervisor 1.1.3, @langchain/langgraph-swarm 1.0.4, @langchain/mcp-adapters 1.1.4, @langchain/mistralai 1.2.0, @langchain/mongodb 1.3.1, @langchain/neo4j 0.1.13, @langchain/nomic 0.1.0, @langchain/ollama 1.3.0, @langchain/openai 1.6.0, @langchain/openrouter 0.4.11, @langchain/pinecone 1.0.3, @langchain/qdrant 1.0.3, @langchain/redis 1.1.2, @langchain/tavily 1.2.0, @langchain/textsplitters 1.0.2, @langchain/weaviate 1.0.1, @langchain/xai 1.4.15, @langchain/yandex 1.0.3, cheerio 1.2.0, deepagents 1.14.1, ibm-cloud-sdk-core 5.9.1, jsdom 26.1.0, langchain 1.5.14
// @langchain/community 0.3.59, @langchain/core 0.3.80, @langchain/langgraph 0.4.10, @langchain/langgraph-checkpoint 0.1.3, @langchain/openai 0.6.17, @langchain/textsplitters 0.1.0, @langchain/weaviate 0.2.3, langchain 0.3.37
// @langchain/community 0.0.57, @langchain/core 0.1.63, @langchain/openai 0.0.34, langchain 0.0.214

export const METHODS = 'initialize fromLLM completionWithRetry fromExistingIndex close end delete clear search get parse addDocuments create createIndex scrape update call ensureTableInDatabase fromConnString rawResults batch checkIndexExists deserialize ensureCollection format from fromExistingCollection fromLLMAndTools fromTemplate query setup stop stream verifyConnectivity clearAllSessions count dropIndex generate getAllSessions getContext getMessages getState invoke listNamespaces load mdelete mget mset predict pull put run setContext similaritySearchByVector start updateState yieldKeys add addAIChatMessage addAIMessage addDocument addGraphDocuments addMemory addMessage addMessages addPackage addUserMessage addVectors compressDocuments createCollection createFromUrl createHnswIndex createNewIndex createNewKeywordIndex createPrompt createSchema createTableIfNotExists deleteDocuments deleteIfExists deleteIndex deleteKeys doesIndexExist embedImage embedImageQuery embedMedia embedMediaQuery enhancedSchemaCypher ensureCollectionTableInDatabase ensureReadiness evaluateStringPairs evaluateStrings exists forcePull formatMessages fromActorCall fromActorTaskCall fromCluster fromDocuments fromExamples fromExistingGraph fromNamesAndDescriptions fromProps fromUrl fromZodSchema generatePrompt getAuth getClient getGraphAsync getNumTokens getRelevantDocuments getStateHistory getSubgraphsAsync getTime imports init joinStream lazyLoad list listActions listKeys listModels loadAndSplit loadAsStream loadFromCloud maxMarginalRelevanceSearch outputProcessor plan predictMessages queryKendra queryKnowledgeBase refreshSchema rerank retrieveExistingFtsIndex retrieveExistingIndex runAction screenshot setModel similaritySearch similaritySearchVectorWithScore similaritySearchVectorWithScoreAndEmbedding similaritySearchWithScore streamEvents transform addDocumentsWithVectors addExample addFiles addModels addTask apply assign assistants.count assistants.create assistants.delete assistants.get assistants.getGraph assistants.getSchemas assistants.getSubgraphs assistants.getVersions assistants.search assistants.setLatest assistants.update azionFullTextSearch azionHybridSearch azionSimilaritySearch bulkUpdateState callPrompt callWithRetry cancel captureSnapshot checkColumn checkIndexState clearCache completion computeAgentSummary constructScratchPad content convertPrediction convertPredictionChunk convertToGraphDocuments copy createAssistant createBatch createDocuments createFile createForThread crons.count crons.create crons.createForThread crons.delete crons.search crons.update deleteAssistant deleteCollection deleteFile deleteItem deleteThread destroy determinePublicAPIEndpoint downloadFiles drawMermaid drawMermaidPng edit embed embedDocuments embedQuery ensureParser ensurePartition evaluate evaluateAgentTrajectory execute executeTask fetch formatPromptValue fromAgentAndTools fromBytesStore fromComponents fromDataSource fromDataSourceParams fromIndex fromLLMAndAPIDocs fromLLMAndPrompts fromLLMAndRetrievers fromLanguage fromLlm fromMessages fromMessagesAndSchema fromOptionsParams fromPath fromPluginUrl fromPromptMessages fromPrompts fromRetrievers fromRunnables fromSerializableSchema fromTexts fromVectorStore generateDialogueResponse generateReaction generateToken getAccessToken getAction getAssistant getCalendarClient getDefaultOutputParser getDefaultPlanner getDefaultStepExecutor getDeltaChannelHistory getDeployedIndexId getEmbedding getEntityAction getEntityFromObservations getGmailClient getGraph getHistory getItem getJsonHeader getMemoriesUntilLimit getNextTasks getNumTokensFromMessages getOrCreateCollection getPublicAPIEndpoint getResearch getSchemas getStatistics getStats getSubgraphs getSummary getTableInfo getTools getTopTasks getTuple getVersions glob global grabCollectionFields grep hasCollection hasValidPath hybridSearch hybridSearchVectorWithScore initializeConnections join listActionsAsString listFiles listResourceTemplates listResources loadAsIssues loadFromPython loadLazy loadMemoryVariables lookup ls mergeFrom mergePartialAndUserVariables mergeSplits moderateContent modifyAssistant openWebSocketStream parseMessages parsePartialResult parseResult parseResultWithPrompt parseSitemap parseThreads parseWithPrompt partial patchState predictNewSummary prepOutputs prepareForOutput previewAction previewAsString prioritizeTasks processResponse prune putItem putWrites read readRaw readResource reload resolvePairwisePrompt resolvePrompt resolveTrajectoryPrompt results retrieveFile retrieveFileContent returnStoppedResponse route runAsString runs.cancel runs.create runs.createBatch runs.delete runs.get runs.join runs.joinStream runs.list runs.stream runs.wait save saveContext saveToCloud searchItems select selectExamples semanticHybridSearchVectorWithScore set setLatest setLoggingLevel setProperties setSearchConfig setupDatabase similaritySearchTextAndVectorWithScore similaritySearchVectorWithScoreAndMetadata similaritySearchVectorWithScores similaritySearchWithScoreAndVectorByVector splitDocuments splitText store store.deleteItem store.getItem store.listNamespaces store.putItem store.searchItems streamLog streamV2 summarizeRelatedMemories sweepExpiredItems tableExists threads.copy threads.count threads.create threads.delete threads.get threads.getHistory threads.getState threads.joinStream threads.patchState threads.search threads.update threads.updateState transformDocuments uploadFiles upsert vectaraQuery wait withNewCollection write';

export const CLASSES = `AI21 e42 fw
AIMessage h00 3i
AIMessageChunk h00 3j
AIMessagePromptTemplate j02 ty
AIPluginTool s42 qz  6c*
AIStudioFileDownloadConnection 000 d4
AIStudioFileUploadConnection 000 dc
AIStudioMediaBlob 000 ha
APIChain 422 2k  63
AWSLambda s42 ah
AWSSfnToolkit 000
AbstractGoogleLLMConnection 001 ci
Agent 111 3x 4u 22,m*,r,6r
AgentActionOutputParser i03 3n
AgentExecutor 122 2k  5x
AgentMultiActionOutputParser i03 3n
AgentRunnableSequence o22 ni  6g
AgentTrajectoryEvaluator 413 fz 5s
AirtableLoader f40 31 80*
AlephAlpha e42 fw
AlibabaTongyiEmbeddings c40 an
AmazonKendraRetriever l42 3s 3k
AmazonKendraRetriever l42 3s 3k
AmazonKnowledgeBaseRetriever l42 3s 3l
AmazonKnowledgeBaseRetriever l42 3s 3l
AnalyticDBVectorStore t40 s5 1x,24,5c,5 3*
AnalyzeDocumentChain 422 2k
AndFilter 000 bu
AnnotationRoot 000
AnthropicFunctions 642 2r
AnyValue 000 2l
ApiKeyGoogleAuth 000 ck
ApifyDatasetLoader f40 31  2m*,2n*
ApifyDatasetLoader f40 32  2m*,2n*
ArcjetRedact 622 2r
ArcjetRedact e22 fw
ArxivRetriever l42 3s
AssemblyAILoader f11 31
AssemblyAILoader f11 32
AssistantsClient 840 2v z,c,6,9,70,7a,7d,7j,8,9o,f
AstraDBChatMessageHistory 540 3g  0*
AstraDBVectorStore t40 s5 0 3*
AsymmetricStructuredOutputParser i03 3n 3h
AsymmetricStructuredOutputParser i03 3n 3h
AsyncBatchedStore q20 41 v
AsyncCaller 000
AsyncGeneratorWithSetup 000
AttributeInfo 000
AttributeInfo 000
AudioSubtitleLoader f40 99
AudioSubtitleLoader f40 9a
AudioTranscriptLoader f40 99
AudioTranscriptLoader f40 9a
AudioTranscriptParagraphsLoader f40 99
AudioTranscriptParagraphsLoader f40 9a
AudioTranscriptSentencesLoader f40 99
AudioTranscriptSentencesLoader f40 9a
AuroraDsqlChatMessageHistory 540 3g 5
Auth 000
AutoGPT 120  1f r
AutoGPTOutputParser i02 3n
AutoGPTPrompt j02 2t
AzionRetriever l42 3s
AzionVectorStore t40 s5 4h,4i,4j,9s 0*
AzureAISearchVectorStore t40 s5 7r,9m
AzureBlobStorageContainerLoader f40 31
AzureBlobStorageContainerLoader f40 32
AzureBlobStorageFileLoader f40 31
AzureBlobStorageFileLoader f40 32
AzureChatOpenAI 642 6u
AzureChatOpenAICompletions 642 6v
AzureChatOpenAIResponses 642 6w
AzureCosmosDBMongoChatMessageHistory 540 3g y,12,13,1g
AzureCosmosDBMongoDBSemanticCache 240 2f 7
AzureCosmosDBMongoDBVectorStore t40 s5 l,4,d,27
AzureCosmosDBNoSQLSemanticCache 240 2f 7
AzureCosmosDBNoSQLVectorStore t40 s5
AzureCosmosDBVectorStore t40 s5 l,4,d,27
AzureCosmsosDBNoSQLChatMessageHistory 540 3g y,12,13,1g
AzureOpenAI e42 jj
AzureOpenAIEmbeddings c40 jo
BM25Retriever l32 3s  2p
BabyAGI 422 2k 43,5u,75,7h,8o 1
BackedBlobStore q20 4l
BaiduQianfanEmbeddings c40 an
BaiduQianfanEmbeddings c40 an
BaseAgent 111 o8 8l,93
BaseCache 211  82,f
BaseCache 211  7,9,9n
BaseCallbackHandler 301 2i
BaseCallbackHandlerMethodsClass 001
BaseCallbackManager 301
BaseChain 413 3c 44,g,8k,1f m*
BaseChannel 001
BaseChatGoogle 613 2r
BaseChatGoogleVertexAI 642 2r  4w,4x
BaseChatIflytekXinghuo 613 2r 4s,89
BaseChatMemory g11 3h 7
BaseChatMessageHistory 511 o8 1m,1n,1r,1s,1u,7,14
BaseChatModel 613 3e g,4l,11,a6*
BaseChatOpenAI 613 2r 76,87
BaseChatPromptTemplate j03 3q 2l
BaseCheckpointSaver 711  5f,9,6u,7i,39*,1e,8s
BaseClient 000
BaseConversationSummaryMemory g11 2p 8j
BaseCumulativeTransformOutputParser i03 47 8b
BaseDecisionModel n13 n3
BaseDocumentCompressor a11  1w
BaseDocumentCompressor a11  1w
BaseDocumentLoader f11 a7
BaseDocumentLoader f11 a8
BaseDocumentTransformer b03 n3 am
BaseEntityStore 001 o8
BaseExampleSelector 001 o8
BaseFileStore 001 o8
BaseGoogleEmbeddings c11 an
BaseGoogleSearchOutputParser i03 3b
BaseGoogleVertexAI e42 3a
BaseLLM e13 3e g,11
BaseLLMOutputParser i03 n3 8c,8d
BaseLangChain n13 n3
BaseLangGraphError 000
BaseLanguageModel e13 3c 2w,30,1c,3j m*
BaseLanguageModelInterface e13 na 2w,30,1c,3j
BaseListChatMessageHistory 511 o8 1m,1n,1r,1s,1u,7,14
BaseMemory g11  81,9h
BaseMessage h01 o8
BaseMessageChunk h01 3i
BaseMessagePromptTemplate j03 n3 2l
BaseMessageStringPromptTemplate j03 3k o
BaseMultiActionAgent 111 2e 3i
BaseOutputParser i03 3b a,8g
BasePlanner 001
BasePromptSelector 001
BasePromptTemplate j03 n3 o,5w,85,8h m*
BasePromptValue 001 o8
BaseRetriever l13 n3 31
BaseRetrieverInterface l13 na 31
BaseRunManager 300
BaseSageMakerContentHandler 001
BaseSandbox 001
BaseSingleActionAgent 111 2e 3i
BaseStepContainer 001
BaseStepExecutor 001
BaseStore q11 o8 19,1a,1b,1k*
BaseStore q11  k,6,9,17,1e,8
BaseStoreInterface q11  19,1a,1b,1k*
BaseStringPromptTemplate j03 3q
BaseTavilyAPIWrapper 001
BaseToolkit 001
BaseTracer 301 2h
BaseTransformOutputParser i03 3n
BaseTranslator 001 sm
BaseTranslator 001 sn
BasicTranslator 000 48
BasicTranslator 000 49
Bedrock e42 4d
Bedrock e42 fw
Bedrock e42 4d
BedrockChat 642 4g
BedrockChat 642 2r
BedrockEmbeddings c40 an
BedrockEmbeddings c40 an
BinaryOperatorAggregate 000 2l
BingSerpAPI s42 qz
BlobStore q11 40 5v,7p,9z
BlobStoreAIStudioFile q40 4n
BlobStoreAIStudioFileBase q11 4o
BlobStoreGoogle q11 4l
BlobStoreGoogleCloudStorage q40 4q
BlobStoreGoogleCloudStorageBase q11 4o
BraveSearch s42 qz
BrowserbaseLoader f40 31 38*
BufferLoader f11 31
BufferMemory g20 2p
BufferWindowMemory g20 2p
ByteDanceDoubaoEmbeddings c40 an
BytesOutputParser i02 47
CSVLoader f30 qq
CSVLoader f30 qq
CacheBackedEmbeddings c20 an  5y
Calculator s32 qz
Calculator s32 qz
CallbackManager 300 2j
CallbackManagerForChainRun 300 3u
CallbackManagerForLLMRun 300 3u
CallbackManagerForRetrieverRun 300 3u
CallbackManagerForToolRun 300 3u
CassandraChatMessageHistory 540 3g
CassandraClientFactory 000
CassandraKVStore q40 40
CassandraStore t40 s5 8 3*
CassandraTable 840  6,2y,9k,ao
ChainStepExecutor 000 3z
ChainTool s22 ah
ChaindeskRetriever l42 3s
Channel 000
CharacterTextSplitter r02 qr
ChatAgent 120 c
ChatAgentOutputParser i02 d
ChatAlibabaTongyi 642 2r 2
ChatAnthropic 642 5n
ChatAnthropic 642 2r
ChatAnthropicMessages 642 2r
ChatBaiduQianfan 642 2r 2
ChatBaiduWenxin 642 2r 2,6n
ChatBedrockConverse 642 2r
ChatCerebras 642 2r
ChatCloudflareWorkersAI 642 oe
ChatCloudflareWorkersAI 642 oe
ChatCohere 642 2r
ChatConnection 000 b
ChatConversationalAgent 120 c
ChatConversationalAgentOutputParser i02 d
ChatConversationalAgentOutputParserWithRetries i22 d  1
ChatDeepInfra 642 2r 2
ChatDeepSeek 642 6v
ChatFireworks 642 6v
ChatFriendli 642 2r
ChatGPTLoader f30 qq
ChatGPTLoader f30 qq
ChatGPTPluginRetriever l42 ml
ChatGenerationChunk 000 c4
ChatGoogle 642 2m
ChatGoogle 642 6a
ChatGoogle 642 6a
ChatGoogleBase 613 2r
ChatGoogleGenerativeAI 642 2r 2
ChatGoogleNode 642 2m
ChatGooglePaLM 642 2r
ChatGoogleVertexAI 642 2n
ChatGoogleVertexAI 642 2n
ChatGroq 642 2r 2
ChatIflytekXinghuo 642 2o
ChatIflytekXinghuo 642 2o
ChatLlamaCpp 63a oe  0*
ChatMessage h00 3i
ChatMessageChunk h00 3j
ChatMessagePromptTemplate j02 3l  s
ChatMinimax 642 2r 2
ChatMistralAI 642 2r 2
ChatModelStream 000
ChatMoonshot 642 2r 2
ChatNovitaAI 642 6v
ChatOllama 642 oe
ChatOllama 642 2r 1d
ChatOpenAI 642 2s 2
ChatOpenAICompletions 642 2s 2
ChatOpenAIResponses 642 2s 2
ChatOpenRouter 642 2r
ChatPerplexity 642 2r
ChatPrem 642 2r 2
ChatPromptTemplate j02 2t  68,6d,s
ChatPromptValue 000 3r
ChatTencentHunyuan 642 73
ChatTencentHunyuan 642 2r 2
ChatTencentHunyuan 642 73
ChatTogetherAI 642 6v
ChatVectorDBQAChain 422 2k  1
ChatVertexAI 642 68
ChatVertexAI 642 69
ChatWatsonx 642 2r 2
ChatWebLLM 63a oe 0,8w
ChatXAI 642 6v
ChatXAIResponses 642 2r
ChatYandexGPT 642 2r
ChatYandexGPT 642 2r
ChatZhipuAI 642 2r 2
CheerioWebBaseLoader f40 31 e
CheerioWebBaseLoader f40 32 e
Chroma t40 s5 n q*
ChromaTranslator 000 48
ChromaTranslator 000 4b
ChromeAI e3a fw
ClearToolUsesEdit 000
ClickHouseStore t40 s5  3*
Client 840  46,47,48,49,4a,4b,4c,4d,4e,4f,4g,55,56,57,58,59,5a,96,97,98,99,9a,9b,9c*,9d,9e*,9f,a0,a1,a2,a3,a4,aa,ab,ac,ad,ae,af,ag,ah*,ai,aj,ak,al
CloseVector t11 nw 9i
CloseVectorNode t24 7p  3f*
CloseVectorWeb t24 7p  3f*
CloudflareD1MessageHistory 540 3g
CloudflareD1MessageHistory 540 3g
CloudflareKVCache 240 2f
CloudflareKVCache 240 2f
CloudflareVectorizeStore t40 s5  3*
CloudflareVectorizeStore t40 s5  3*
CloudflareWorkersAI e42 fw
CloudflareWorkersAI e42 fw
CloudflareWorkersAIEmbeddings c40 an
CloudflareWorkersAIEmbeddings c40 an
Cohere e42 fw
Cohere e42 fw
CohereEmbeddings c40 an 5m
CohereEmbeddings c40 an
CohereRerank a40 2z 3n
CollegeConfidentialLoader f40 7g
CollegeConfidentialLoader f40 7h
CombinedMemory g20 2p
CombiningOutputParser i02 3n
CommaSeparatedListOutputParser i02 gm
Command 000 8d
CommandInstance 000
Comparison 000 bt
CompiledGraph d22 l2
CompiledStateGraph d22 8f
ComplexJsonStream 000 fu
CompositeBackend 000
ConditionalPromptSelector 000 3p
ConfigurableModel 642 2r
ConfigurationError 000
ConfluencePagesLoader f40 31
ConfluencePagesLoader f40 32
ConneryAction s42 po
ConneryService 840  6o,3a,3q
ConneryToolkit 000
ConsoleCallbackHandler 300 46
ConstitutionalChain 422 2k  1
ConstitutionalPrinciple 000
ContextHubBackend 000
ContextOverflowError 000 ga
ContextualCompressionRetriever l22 3s
ConversationChain 422 fx
ConversationSummaryBufferMemory g20 2w 8q
ConversationSummaryMemory g20 2w
ConversationTokenBufferMemory g20 2p
ConversationalRetrievalQAChain 422 2k  1
ConvexChatMessageHistory 540 3g
ConvexKVStore q40 40
ConvexVectorStore t40 s5
CouchbaseDocumentLoader f40 31 38*
CouchbaseQueryVectorStore t40 s5 d,1h 0*
CouchbaseSearchVectorStore t40 s5 1h 0*
CouchbaseVectorStore t40 s5 1h 0*
CreateTranscriptLoader f11 11
CreateTranscriptLoader f11 12
CriteriaEvalChain 422 g5  1*,8y
CriteriaResultOutputParser i02 3b
CronsClient 840 2v z,c,54,6,8,f
CustomFilter 000 bu
CustomFormatPromptTemplate j02 l9
CustomListOutputParser i02 gm
DadJokeAPI s42 qz
DallEAPIWrapper s42 qz
DataBlobStore q30 4l
DataForSeoAPISearch s42 qz 90
DataberryRetriever l42 3s
DatadogLLMObsTracer 300 46
DatetimeOutputParser i02 3n
DeepAgent 111 lo
DeepInfraEmbeddings c40 an
DeepInfraLLM e42 fw
DefaultGeminiSafetyHandler 000
DeltaChannel 000 2l
DeltaSnapshot 000
DeltaValue 000
DescribeExecutionAWSSfnTool s42 qz
DictPromptTemplate n02 n3 o
DirectoryLoader f30 31
DiscordChannelSearchTool s42 qz
DiscordGetGuildsTool s42 qz
DiscordGetMessagesTool s42 qz
DiscordGetTextChannelsTool s42 qz
DiscordSendMessagesTool s42 qz
Docstore q11  1l,8
Docstore q11  1l,8
Document 900
DocumentCompressorPipeline a20 30
DocumentLoader f11  18,3d
DocumentLoader f11  18,3d
DocxLoader f30 4t a
DocxLoader f30 4t a
DriaRetriever l42 3s
DriveFileReadConnection 000 d0
DriveFileReadConnection 000 d2
DuckDuckGoSearch s42 qz
DynamicBarrierValue 000 2l
DynamicStructuredTool s22 po
DynamicTool s22 qz
DynamoDBChatMessageHistory 540 3g
EPubLoader f30 31
EPubLoader f30 32
ElasticVectorSearch t40 s5 26,29 3*
EmbeddingDistanceEvalChain 422 pc
Embeddings c11 ap
EmbeddingsFilter a20 30
EmbeddingsInterface c11  5n,5o
EmptyChannelError 000 3d
EmptyContentError 000 ga
EmptyInputError 000 3d
EncoderBackedStore q20 40
EnsembleRetriever l22 3s
EntityMemory g20 2p
EphemeralValue 000 2l
EvalChain 413 2k
ExaFindSimilarResults s42 qz
ExaRetriever l42 3s
ExaSearchResults s42 qz
Expression 001
ExpressionParser i02 3n 5p
FaissStore t24 nw 84 62*,7z*
FakeBuiltModel 632 2r
FakeChatMessageHistory 530 2q
FakeChatModel 632 2r
FakeEmbeddings c30 an
FakeLLM e32 fw
FakeListChatMessageHistory 530 3g
FakeListChatModel 632 2r
FakeListLLM e32 fw
FakeRetriever l32 3s
FakeRunnable n32 n3
FakeSplitIntoListParser i02 3n
FakeStreamingChatModel 632 2r
FakeStreamingLLM e32 fw
FakeTool s32 po
FakeToolCallingModel 632 2r
FakeTracer 300 46
FakeVectorStore t20 s5  3*
FetchStreamTransport 000
FewShotChatMessagePromptTemplate j02 2t
FewShotPromptTemplate j02 43
FigmaFileLoader f40 31
FigmaFileLoader f40 32
FileSystemChatMessageHistory 530 3g y,12,13,1g
FilesystemBackend 000
FilterBuilder 000
FilterDirective 001 b1
FilterExpression 001
FireCrawlLoader f40 31
FirestoreChatMessageHistory 540 3g
Fireworks e42 jj
FireworksEmbeddings c40 an
FluentRedisVectorStore t40 s5 4q,d,10
Friendli e42 fw
FunctionMessage h00 3i
FunctionMessageChunk h00 3j
FunctionalTranslator 000 48
GenerationChunk 000
GenerativeAgent 422 2k 1q,4t,6k,6l,6x,6y,7e,a7
GenerativeAgentMemory g20 3h 1q,74
GeoFilter 000 bu
GitbookLoader f40 7g
GitbookLoader f40 7h
GithubRepoLoader f40 31 3e*
GithubRepoLoader f40 32 3e*
GmailBaseTool s13 po 6z
GmailCreateDraft s42 cc
GmailGetMessage s42 cc
GmailGetThread s42 cc
GmailSearch s42 cc 8a,8f
GmailSendMessage s42 cc
GoogleAIConnection 001 d9
GoogleAISafetyError 000
GoogleAbstractedFetchClient 001
GoogleBaseLLM e13 fw
GoogleCalendarBase s42 qz 2x,6q
GoogleCalendarBase s42 qz 2x
GoogleCalendarCreateTool s42 cm
GoogleCalendarCreateTool s42 cn
GoogleCalendarDeleteTool s42 cm
GoogleCalendarViewTool s42 cm
GoogleCalendarViewTool s42 cn
GoogleCloudStorageDocstore q40 a4 1o
GoogleCloudStorageDocstore q40 a3 1o
GoogleCloudStorageDownloadConnection 000 d4
GoogleCloudStorageLoader f40 31
GoogleCloudStorageRawConnection 000 d5
GoogleCloudStorageUploadConnection 000 dc
GoogleCloudStorageUri 000
GoogleConnection 001
GoogleConnection 001
GoogleConnection 001
GoogleCustomSearch s42 qz
GoogleDownloadConnection 001 d9
GoogleDownloadRawConnection 001 dg
GoogleEmbeddings c40 37
GoogleEmbeddings c40 37
GoogleGenerativeAIEmbeddings c40 an
GoogleHostConnection 001 d1
GoogleLLM e42 cl
GoogleLLM e42 cl
GoogleMultipartUploadConnection 001 d9
GooglePaLM e42 fw
GooglePaLMEmbeddings c40 an
GooglePlacesAPI s42 qz
GoogleRawConnection 001 d9
GoogleRequestCallbackHandler 301 2h
GoogleRequestCallbackHandler 301 2h
GoogleRequestLogger 300 dh
GoogleRequestLogger 300 di
GoogleRequestRecorder 300 dh
GoogleRequestRecorder 300 di
GoogleRoutesAPI s42 po
GoogleVertexAI e42 39
GoogleVertexAI e42 39
GoogleVertexAIChatMessage 000
GoogleVertexAIEmbeddings c40 an
GoogleVertexAIMultimodalEmbeddings c40 an 2a,2b,2c,2d
GoogleVertexAIMultimodalEmbeddings c40 an 2a,2b,2c,2d
GradientEmbeddings c40 an 3s
GradientLLM e42 fw 3s
Graph 000
Graph p20
GraphBubbleUp 000 3d
GraphCallbackHandler 300 2h
GraphCypherQAChain 422 2k  1
GraphCypherQAChain 422 2k  1
GraphCypherQAChain 422 2k  1
GraphDocument 000 o8
GraphDocument 000 o8
GraphDrained 000 dy
GraphInterrupt 000 dy
GraphRecursionError 000 3d
GraphRunStream 000
GraphValueError 000 3d
HNLoader f40 7g
HNLoader f40 7h
HNSWLib t24 nw
HTMLWebBaseLoader f40 31
HTTPException 000
HanaDB t40 s5 4p,1z,0,9w,a9
HandlebarsPromptTemplate j02 9f
HtmlToTextTransformer b02 h0
HttpResponseOutputParser i02 47
HuggingFaceInference e42 fw
HuggingFaceInferenceEmbeddings c40 an
HuggingFaceTransformersEmbeddings c38 an
HumanMessage h00 3i
HumanMessageChunk h00 3j
HumanMessagePromptTemplate j02 ty
HybridRetrievalStrategy 000
HydeRetriever l22 s8
IFTTTWebhook s42 qz
IMSDBLoader f40 7g
IMSDBLoader f40 7h
IPFSDatastoreChatMessageHistory 520 3g
IdDocument 900 a5
ImagePromptTemplate j02 3q
ImagePromptValue 000 3r
InMemoryCache 230 2f  7l
InMemoryCache 230 2g
InMemoryChatMessageHistory 530 3g
InMemoryDocstore q30 a4 19,1a,1b,1k*
InMemoryFileStore 000 36
InMemoryRecordManager k30 lw
InMemoryStore q30 40
InMemoryStore q30 41
InfoSqlTool s22 qz
InvalidNamespaceError 000
InvalidUpdateError 000 3d
IterableReadableStream 000
JSONLinesLoader f30 qq
JSONLoader f30 qq
JinaEmbeddings c40 an
JiraDocumentConverter 000
JiraProjectLoader f40 31 7y
JsonGetValueTool s32 qz
JsonKeyOutputFunctionsParser i02 3b
JsonKeyOutputFunctionsParser i02 3b
JsonListKeysTool s32 qz
JsonMarkdownStructuredOutputParser i02 pi
JsonMarkdownStructuredOutputParser i02 pj
JsonOutputFunctionsParser i02 2x
JsonOutputFunctionsParser i02 2x
JsonOutputKeyToolsParser i02 fq
JsonOutputKeyToolsParser i02 3b
JsonOutputParser i02 2x
JsonOutputToolsParser i02 2x
JsonOutputToolsParser i02 3b
JsonPlusSerializer 000
JsonSpec 000 o8
JsonStream 000
JsonToolkit 000 45
LLM e13 3a
LLMChain 422 2k 1c
LLMChainExtractor a20 30  1
LLMEvalChain 413 fx
LLMGraphTransformer 020  4y,8p
LLMPairwiseStringEvaluator 413 fz 2h
LLMPlanner 000 3o
LLMRouterChain 422 mw  1
LLMSingleActionAgent 120 3x
LLMStringEvaluator 413 fz 2i
LLMonitorHandler 300 2h
LabeledCriteriaEvalChain 422 9b
LabeledPairwiseStringEvalChain 422 ke
LanceDB t20 s5
LangChainError 000
LangChainTracer 300 46
LangChainTracerV1 300 46
LangSmithLoader f40 31
LangSmithSandbox 840 3w 4o,4,6,5i,5l,5t,7k,7n,83,8t,8u,1i,v,an,as c*
LanggraphZodMetaRegistry 000
LastValue 000 2l
LastValueAfterFinish 000 2l
LatexTextSplitter r02 ly
LayerupSecurity e42 fw
LengthBasedExampleSelector 000 35
LibSQLVectorStore t40 s5
ListOutputParser i03 47
ListStepContainer 000 3y
ListTablesSqlTool s22 qz
LlamaCpp e3a fw  0*
LlamaCppEmbeddings c38 an  0*
LocalFileCache 230 2f  c*
LocalFileStore q30 40  6b*
LocalShellBackend 000 br
LogStreamCallbackHandler 300 46
MakerSuiteHub 840  2k,1d
MakerSuiteHub 840  2k,1d
MakerSuitePrompt 000
MakerSuitePrompt 000
MapReduceDocumentsChain 422 2k
MappingDocumentTransformer b03 33
MariaDBStore t40 s5 5,2f,h 0*
MarkdownGoogleSearchOutputParser i02 38
MarkdownListOutputParser i02 gm
MarkdownTextSplitter r02 ly
MaskingParser 000
MaskingTransformer 001
MasterHandler 000 j0
MatchingEngine t40 s5 5h,6v,78
MatryoshkaRetriever l22 s8
MediaBlob 000 o8
MediaManager 000
Mem0Memory g40 2p
MemgraphGraph 840 ir
MemgraphGraph 840 is
MemorySaver 730 2u
MemoryStore q30 f5
MemoryVectorStore t20 s5  3*
MessageGeminiSafetyHandler 000 9r
MessageGraph p20 p6
MessagesPlaceholder j02 3k
MetadataTagger b22 h0
MetalRetriever l42 3s
MiddlewareError 000
Milvus t40 s5 1x,n,5q,7m,7o,9q q*
MinimaxEmbeddings c40 an
MistralAI e42 fw 2
MistralAIEmbeddings c40 an
MockAsyncLocalStorage 000
ModelAbortError 000 ga
ModelRefusalError 000 ga
MomentoCache 240 2f  2t*
MomentoChatMessageHistory 540 3g  2t*
MomentoVectorIndex t40 s5
MongoDBAtlasSemanticCache 240 2f 7,6w
MongoDBAtlasVectorSearch t40 s5
MongoDBAtlasVectorSearch t40 s5
MongoDBCache 240 2f 7
MongoDBChatMessageHistory 540 3g
MongoDBChatMessageHistory 540 3g
MongoDBSaver 740 2u u
MongoDBStore q40 41 1i,v i*
MongoDBStore q40 40
MongoVectorStore t40 s5
MotorheadMemory g40 2p 36
MozillaReadabilityTransformer b02 h0
MultiFileLoader f30 31
MultiPromptChain 422 ie  64,6e
MultiQueryRetriever l22 3s  1
MultiRetrievalQAChain 422 ie  65,6f
MultiRouteChain 422 2k
MultiServerMCPClient 840  4,2y,7g,7s,7w,7x,8v,9p
MultiVectorRetriever l22 3s
MultipleStructuredOutputsError 000
MultipleSubgraphsError 000 3d
MultipleToolsBoundError 000
MyScaleStore t40 s5  3*
NIBittensorChatModel 642 2r
NIBittensorLLM e42 fw
NamedBarrierValue 000 2l
NamedBarrierValueAfterFinish 000 2l
Neo4jChatMessageHistory 540 3g 4,x 0*
Neo4jChatMessageHistory 540 3g 4,x 0*
Neo4jGraph 840  1p,4,2e,t,3m,x 0*
Neo4jGraph 840  1p,4,2e,t,3m,x 0*
Neo4jVectorStore t40 s5 4,20,21,t,3o,3p 2r*,3*,0*
Neo4jVectorStore t40 s5 4,20,21,t,3o,3p 2r*,3*,0*
NeonPostgres t40 s5 h 0*
Node 000 o8
Node 000 o8
NodeError 000
NodeFileStore 000 36
NodeHandler 001
NodeInterrupt 000 e6
NodeTimeoutError 000 3d
NomicEmbeddings c40 an
NotionAPILoader f40 31
NotionAPILoader f40 32
NotionDBLoader f40 32
NotionLoader f30 9x
NotionLoader f30 9x
NumberedListOutputParser i02 gm
NumericFilter 000 bu
ObsidianLoader f30 9x
ObsidianLoader f30 9x
Ollama e42 fw
Ollama e42 fw
OllamaEmbeddings c40 an
OllamaEmbeddings c40 an
OllamaFunctions 642 2r
OllamaFunctions 642 2r
OpenAI e42 3a 2
OpenAIAgent 120 c
OpenAIAgentTokenBufferMemory g20 2p 14
OpenAIAssistantRunnable n42 n3 5b,6p,88 50*
OpenAIChat e42 fw 2
OpenAIEmbeddings c40 an
OpenAIFiles 840 o8 53,5d,7v,91,92
OpenAIFunctionsAgentOutputParser i02 d
OpenAIModerationChain 442 2k
OpenAIToolsAgentOutputParser i02 f
OpenAIWhisperAudio f40 4t
OpenAIWhisperAudio f40 4t
OpenApiToolkit 000 mr
OpenRouterAuthError 000 jx
OpenRouterError 000 ga
OpenRouterRateLimitError 000 jx
OpenSearchVectorStore t40 s5 26,29 3*
Operation 000 bt
OrFilter 000 bu
OutputFixingParser i22 3n  1
OutputFunctionsParser i02 3b
OutputFunctionsParser i02 3b
OutputParserException 000
Overwrite 000
PDFLoader f30 4t a
PDFLoader f30 4t a
PGVectorStore t40 s5 1z,5,2f,h,77,9v 0*
PIIDetectionError 000
PPTXLoader f30 4t a
PPTXLoader f30 4t a
PairwiseEmbeddingDistanceEvalChain 422 kf
PairwiseStringEvalChain 422 g1  1*,8x
PairwiseStringEvaluator 413 ax 2h
PairwiseStringResultOutputParser i02 3b
ParentCommand 000 dy
ParentDocumentRetriever l22 ig b
PartialRunnable n22 n3
PineconeEmbeddings c40 an
PineconeStore t40 s5  3*
PineconeStore t40 s5  3*
PineconeTranslator 000 4a
PineconeTranslator 000 4b
PipelinePromptTemplate j02 3q
PlanAndExecuteAgentExecutor 422 2k  r*,6s*,6t
PlanOutputParser i02 3n
PlanetScaleChatMessageHistory 540 3g
PlaywrightWebBaseLoader f40 31 e
PlaywrightWebBaseLoader f40 32 e
Portkey e42 3a
PortkeyChat 642 2r
PortkeySession 000
PostgresChatMessageHistory 540 3g 5
PostgresRecordManager k40 lx 5
PostgresSaver 740 2u 5,u i
PostgresStore q40 41 7c,u,1i,v,a8 i
Pregel d22 kj 4k,4r,2z,15,32*,33*,1j
PregelNode n22 n6
PremEmbeddings c40 an
PrismaVectorStore t40 s5 3z,42
PromptLayerChatOpenAI 642 6u
PromptLayerOpenAI e42 jj
PromptLayerOpenAIChat e42 jn
PromptTemplate j02 43  2q,s
ProviderStrategy 000
PuppeteerWebBaseLoader f40 31 e,3r
PuppeteerWebBaseLoader f40 32 e,3r
PythonInterpreterTool s32 qz 1t 0*
PythonInterpreterTool s32 qz 1t 0*
QAEvalChain 422 fx 5r 67
QdrantTranslator 000 48
QdrantVectorStore t40 s5 n q*
QdrantVectorStore t40 s5 n q*
QueryCheckerTool s22 qz
QuerySqlTool s22 qz
QueryTransformer 000
RaycastAI e42 fw
ReActSingleInputOutputParser i02 d
ReactAgent 120  5j,5k,16,w,3x*
ReadFileTool s32 po
ReadThroughBlobStore q20 4l
ReadableAbstractStream 000
ReadableJsonStream 000 lr
ReadableSseJsonStream 000 lr
ReadableSseStream 000 lr
ReasoningContentStream 000
RecordManager k11 o8 23,28,2j,34,3b,f
RecordManagerInterface k11  23,28,2j,34,3b,f
RecursiveCharacterTextSplitter r02 qr  66
RecursiveUrlLoader f40 31
RecursiveUrlLoader f40 32
RedisByteStore q40 40
RedisCache 240 2f
RedisCache 240 2f
RedisCache 240 2f
RedisChatMessageHistory 540 3g
RedisChatMessageHistory 540 3g 2g
RedisChatMessageHistory 540 3g 2g
RedisSaver 740 2u 5 2o*,2u*
RedisStore q40  k,4,6,9,7b,17,1e,8,u 2o*,i*
RedisVectorStore t40 s5 l,d,10
RedisVectorStore t40 s5 l,d,10,9u
ReducedValue 000
RefineDocumentsChain 422 2k
RegexMaskingTransformer 000 h6
RegexParser i02 3n
Relationship 000 o8
Relationship 000 o8
RemoteException 000 3d
RemoteGraph d42 n3 2z,15,32*,33*,1j
RemoteLangChainRetriever l42 ml
RemoteRetriever l13 3s
RemoteRunnable n42 n3
RemoveMessage h00 3i
Replicate e42 fw
RequestsGetTool s42 qz
RequestsPostTool s42 qz
RequestsToolkit 000 45
RetrievalQAChain 422 2k  1
RocksetStore t40 s5 5g ar*
RocksetStoreDestroyedError 000 mv
RocksetStoreError 000
RouterChain 413 2k 94
RouterOutputParser i02 fk
RouterRunnable m22 n3
RunCollectorCallbackHandler 300 46
RunControl 000
RunLog 000 n2
RunLogPatch 000
Runnable n13 o8 k,16,w,3x*,a5*,3y*
RunnableAgent 120 nd
RunnableAssign n22 n3
RunnableBinding n22 n3
RunnableBranch n22 n3  p
RunnableCallable n22 n3
RunnableEach n22 n3
RunnableInterface n13  k,16,w,3y*
RunnableLambda n22 n3  p
RunnableMap n22 n3  p
RunnableMultiActionAgent 120 3m
RunnableParallel n22 nc
RunnablePassthrough n22 n3  45
RunnablePick n02 n3
RunnableRetry n22 n6
RunnableSequence o22 n3  p
RunnableToolLike s22 n6
RunnableWithFallbacks n22 n3
RunnableWithMessageHistory n22 n6
RunsClient 840 2v 4n,c,51,6,9,7t,37*,39,w*,aq
S3Loader f40 31
S3Loader f40 32
SERPGoogleScholarAPITool s42 qz
SERPGoogleTrendsTool s42 qz
SQLiteRecordManager k30 lx
SRTLoader f30 qq
SRTLoader f30 qq
SageMakerEndpoint e42 fw
SandboxError 000
SaveableVectorStore t11 s5 9g 18*
SchemaMetaRegistry 000
ScoreThresholdRetriever l22 s8  6j
SearchApi s42 qz
SearchApiLoader f40 31
SearchApiLoader f40 32
SearxngSearch s42 qz
SelfQueryRetriever l22 3s  1
SemanticSimilarityExampleSelector 020 35 40,9l 2q*
Send 000
SendTaskSuccessAWSSfnTool s42 qz
SequentialChain 422 2k
Serializable 001
SerpAPI s42 qz
SerpAPILoader f40 31
SerpAPILoader f40 32
Serper s42 qz
ShallowRedisSaver 740 2u 5 2u*
SimpleChatModel 613 2r
SimpleGoogleSearchOutputParser i02 38
SimpleSequentialChain 422 2k
SimpleWebBlobStore q40 4l
SingleRunExtractor 300 46
SingleStoreVectorStore t40 s5 24,5,9r,9t
SitemapLoader f40 7g 8e
SonixAudioTranscriptionLoader f40 31
SonixAudioTranscriptionLoader f40 32
SortXYZBlockchainLoader f40 31
SortXYZBlockchainLoader f40 32
SpiderLoader f40 31
SqlDatabase 820 o8 7f,1f 61*,6a*
SqlDatabaseChain 422 2k
SqlToolkit 000 45
SqliteSaver 730 2u  i
SseJsonStream 000 ov
SseStream 000
StackExchangeAPI s42 qz
StagehandActTool s42 p1
StagehandExtractTool s42 po
StagehandNavigateTool s42 p1
StagehandObserveTool s42 p1
StagehandToolBase s13 qz
StagehandToolkit 000 45
StandardSchemaOutputParser i02 3n  6h
StartExecutionAWSSfnTool s42 qz
StateBackend 000
StateGraph p20 dx
StateGraphInputError 000 3d
StateSchema 000
StoreBackend 000
StoreClient 840 2v 5e,72,17,8r,9j
StreamChannel 000
StringEvaluator 413 ax 2i
StringOutputParser i02 47
StringPromptValue 000 3r
StructuredChatAgent 120 c
StructuredChatOutputParser i02 d
StructuredChatOutputParserWithRetries i22 d  1
StructuredOutputParser i02 3n  2s,2v
StructuredOutputParser i02 3n  2s,2v
StructuredOutputParsingError 000
StructuredPrompt j02 70  69
StructuredQuery 000 b1
StructuredQueryOutputParser i02 17  5z
StructuredTool s13 3c g
StructuredToolInterface s13 na g
StuffDocumentsChain 422 2k
SubagentManager 000
SubgraphRunStream 000 e8
SupabaseHybridSearch l42 3s
SupabaseTranslator 000 48
SupabaseTranslator 000 49
SupabaseVectorStore t40 s5  3*
SynchronousInMemoryDocstore 030
SyntheticEmbeddings c30 an
SystemMessage h00 3i
SystemMessageChunk h00 3j
SystemMessagePromptTemplate j02 ty
TagFilter 000 bu
TaskCreationChain 422 fx  1
TaskExecutionChain 422 fx  1
TaskPrioritizationChain 422 fx  1
TaskadeProjectLoader f40 31
TavilyCrawl s42 po
TavilyCrawlAPIWrapper 840 44 j
TavilyExtract s42 po
TavilyExtractAPIWrapper 840 44 j
TavilyGetResearch s42 po
TavilyMap s42 po
TavilyMapAPIWrapper 840 44 j
TavilyResearch s42 po
TavilyResearchAPIWrapper 840 44 79,j
TavilySearch s42 po
TavilySearchAPIRetriever l42 3s
TavilySearchAPIWrapper 840 44 j
TavilySearchResults s42 qz
TencentHunyuanEmbeddings c40 ql
TencentHunyuanEmbeddings c40 an
TencentHunyuanEmbeddings c40 ql
TensorFlowEmbeddings c38 an
TextContentStream 000
TextFilter 000 bu
TextLoader f30 31
TextSplitter r03 33 52,86,9x,9y
ThreadsClient 840 2v 4z,z,c,6,9,71,15,37*,8i,8,f,1j
TigrisVectorStore t40 s5  3*
TimeWeightedVectorStoreRetriever l22 3s b
TimestampFilter 000 bu
TogetherAI e42 fw 2
TogetherAIEmbeddings c40 an
TokenTextSplitter r02 qr
Tool s13 po
ToolCallLimitExceededError 000
ToolCallsStream 000
ToolExecutor n22 n6
ToolInputParsingException 000
ToolInterface s13 pp
ToolInvocationError 000
ToolMessage h00 3i
ToolMessageChunk h00 3j
ToolNode n22 n8
ToolStrategy 000
Topic 000 2l
TraceGroup 000
TrajectoryEvalChain 422 h  1*,8z
TrajectoryOutputParser i02 3b
TransformChain 422 2k
TurbopufferVectorStore t40 s5 4m
TypeORMVectorStore t40 s5 h 60*,3*
TypeORMVectorStoreDocument 900 a5
Typesense t40 s5 25
USearch t24 nw
UnknownInterruptError 000 3d
UnreachableNodeError 000 3d
UnstructuredDirectoryLoader f40 9x
UnstructuredDirectoryLoader f40 9x
UnstructuredLoader f40 31 35
UnstructuredLoader f40 32 35
UntrackedValue 000
UntrackedValueChannel 000 2l
UpstashRatelimitError 000
UpstashRatelimitHandler 300 2h
UpstashRedisCache 240 2f
UpstashRedisChatMessageHistory 540 3g
UpstashRedisStore q40 40
UpstashVectorStore t40 s5  3*
UsageMetadataStream 000
Validator 000
VectaraStore t40 s5 41,25,73,ap
VectaraSummaryRetriever l42 3s
VectaraTranslator 000 48
VectaraTranslator 000 49
VectorDBQAChain 422 2k  1
VectorStore t11 o8 b,1v,6,3g,3t,3u,3w 2p*,6i*
VectorStoreInterface t11 o8 b,1v,6,3g,3t,3u,3w
VectorStoreQATool s22 qz
VectorStoreRetriever l22 3s b
VectorStoreRetrieverInterface l13 3t b
VectorStoreRetrieverMemory g20 3h
VectorStoreRouterToolkit 000 45
VectorStoreToolkit 000 45
VercelKVCache 240 2f
VercelKVStore q40 40
VercelPostgres t40 s5 5,h 0*
VertexAI e42 da
VertexAI e42 db
VertexAIEmbeddings c40 d6
VertexAIEmbeddings c40 d7
VespaRetriever l42 ml
ViolationOfExpectationsChain 422 2k  1
Visitor 001
Visitor 001
VoyVectorStore t20 s5
VoyageEmbeddings c40 an
VoyageEmbeddings c40 an
WatsonxAI e42 fw 6m
WatsonxEmbeddings c40 an 3c
WatsonxLLM e42 3a 2,3c
WatsonxRerank a40 2z 3n
WatsonxTool s42 po
WatsonxToolkit 000 45
WeaviateDocument 900 a5
WeaviateStore t40 s5 3v 3*,0*
WeaviateStore t40 s5 11,7q,3v 3*,0*
WeaviateTranslator 000 48
WeaviateTranslator 000 49
WebBaseLoader f11 a7
WebBrowser s42 qz
WebPDFLoader f30 31
WebPDFLoader f30 32
WikipediaQueryRun s42 qz 4v
WolframAlphaTool s42 qz
WriteFileTool s32 po
Writer e42 fw
XMLAgent 120 3x  22,r
XMLAgentOutputParser i02 d
XMLOutputParser i02 2x
XataChatMessageHistory 540 3g
XataVectorSearch t40 s5
YandexGPT e42 fw
YandexGPT e42 fw
YandexGPTEmbeddings c40 an
YoutubeLoader f40 31  1y
YoutubeLoader f40 32  1y
ZapierNLARunAction s42 qz
ZapierNLAWrapper 840 o8 3a,7u,8m,8n,3q,95
ZapierToolKit 000 45
ZepCloudChatMessageHistory 540 2q
ZepCloudMemory g40 2p
ZepCloudRetriever l42 3s
ZepCloudVectorStore t40 s5  36*
ZepMemory g40 2p
ZepRetriever l42 3s
ZepVectorStore t40 s5
ZeroShotAgent 120 c
ZeroShotAgentOutputParser i02 d
ZhipuAIEmbeddings c40 an
_HashedDocument 000
_StringImageMessagePromptTemplate j02 3k o s`;

export const FUNCTIONS = `_coerceToRunnable n20 n3
addActiveAgentRouter p20 p6
addNotificationMetadata h00 em
assembleStructuredOutputPipeline n20 n3
awaitAllCallbacks 001
calculateMaxTokens 001
channelsFromCheckpoint 001
coerceMessageLikeToMessage h00 3i
collapseDocs 901 a5
condenseMem0MemoryIntoHumanMessage h00 em
condenseZepMemoryIntoHumanMessage h00 em
consumeCallback 001
convertCompletionsDeltaToBaseMessageChunk h00 3j
convertCompletionsMessageToBaseMessage h00 3i
convertResponsesMessageToAIMessage h00 1
convertToChunk h00
createAWSSfnAgent 120 e
createAgent 120 lo
createAgentExecutor d20 8g
createContentParser i00 3n
createConversationalRetrievalAgent 121 e
createDeepAgent 120 9o
createDocumentStoreFromByteStore q20 at
createExtractionChain 420 fx
createExtractionChainFromZod 420 fx
createFunctionCallingExecutor d20 8g
createFunctionCallingParser i00 3b
createHandoffTool s20 ag
createHistoryAwareRetriever n21 n3
createJsonAgent 120 e
createMetadataTagger b20 hl
createMetadataTaggerFromZod b20 hl
createOpenAIFnRunnable n20 n3
createOpenAIFunctionsAgent o21 g
createOpenAIToolsAgent o21 g
createOpenAPIChain 421 o7
createOpenApiAgent 120 e
createReactAgent d20 8g
createReactAgent o21 g
createRetrievalChain n21 n3
createRetrieverTool s20 ag
createSqlAgent 120 e
createSqlQueryChain o21 ni
createStructuredChatAgent o21 g
createStructuredOutputChain 420 fx
createStructuredOutputChainFromZod 420 fx
createStructuredOutputRunnable n20 n3
createStuffDocumentsChain o21 ni
createSubAgent 120 lo
createSupervisor p20 p6
createSwarm p20 p6
createTaggingChain 420 fx
createTaggingChainFromZod 420 fx
createToolCallingAgent o20 g
createVectorStoreAgent 120 e
createVectorStoreRouterAgent 120 e
createXmlAgent o21 g
customTool s20 ah
defaultTextSplitter 001
dispatchCustomEvent 001
encodingForModel 001
ensureHandler 300 2h
entrypoint d20 l2
fakeModel 630 b4
formatDocument 001
getBytes 001
getCallbackManagerForConfig 001
getChatModelByClassName 001
getEncoding 001
getPromptTemplateFromKey j00 3q
getRuntimeEnvironment 001
getTracingCallbackHandler 301 gc
getTracingV2CallbackHandler 301 gb
index 021
initChatModel 641 8k
initializeAgentExecutor 121 e
initializeAgentExecutorWithOptions 121 e
interopParseAsync 001
interopSafeParseAsync 001
load 001
loadAgent 121 c
loadChain 421 2k
loadEvaluator 001
loadLLM e21 3e
loadMcpTools 041
loadPrompt j01 3q
loadQAChain 420
loadQAMapReduceChain 420 gz
loadQARefineChain 420 md
loadQAStuffChain 420 pq
loadQueryConstructorChain 420 fx
loadQueryConstructorRunnable n20 n3
loadSummarizationChain 420
mapStoredMessageToChatMessage h00
pipeGeneratorWithSetup 001
pull n01 n3
push 041
pushMessage h00 3i
raceWithSignal 001
resolveBackend 001
runOnDataset 021
sleep 001
tool s20
traceAsGroup 001
withAgentName n20 na`;

export const MODULES: Readonly<Record<string, string>> = {
  '@langchain/anthropic': ' 5l,5n',
  '@langchain/aws': ' l,n,4h,5q',
  '@langchain/azure-cosmosdb': ' 20,21,22,23,24,26',
  '@langchain/baidu-qianfan': ' 2c,5o',
  '@langchain/cerebras': ' 5r',
  '@langchain/classic': `agents c,d,e,g,3m,3x,5i,5j,5w,5x,5y,fv,g4,jk,jv,mr,n4,pf,pg,ph,45=Toolkit,sb,sc,ta,tu,tv t,x,y,10,12,17,1h,1i,1j,1k,23,24
agents/load  28
agents/openai/output_parser jq,js
agents/react/output_parser ln
agents/toolkits fv,jl,jv,mr,sb,sc k,t,10,14,1i,1j
agents/toolkits/sql os 15
agents/xml/output_parser tb
cache/file_system gr
chains 8,q,2k,76,8s,8t,8x,91,fx,g3,gz,ib,id,ie,jr,md,ms,mw,o7,og,pq,re,s4 n,o,z,1f,1g,2e,2f,2g,2h,2k
chains/combine_documents  1b
chains/combine_documents/reduce  8
chains/graph_qa/cypher e2
chains/history_aware_retriever  s
chains/load  29
chains/openai_functions  n,o,w,z,1a,1f,1g
chains/query_constructor 1b,ll,pn 2j
chains/query_constructor/ir 48,4a,8e,b1,bt,c3,k0,pm,sm
chains/retrieval  13
chains/sql_db or 16
chat_models/universal 8k 1v,22
document a5
document_loaders/base 31,a7
document_loaders/fs/buffer 4t
document_loaders/fs/directory 9x
document_loaders/fs/json fa,fb
document_loaders/fs/multi_file ia
document_loaders/fs/text qq
document_transformers/openai_functions hl u,v
embeddings/cache_backed 50
embeddings/fake b5,b6,b7,b8,b9,ba,bc,bd,be,bf,bg,bh,bj,bk,oi,py
evaluation 9b,9c,am,g7,g8,kd,ke,kg,lf,rc,rd 2a
experimental/autogpt 1n,1o,1p
experimental/babyagi 2a,q3,q4,q5
experimental/chains/violation_of_expectations sl
experimental/generative_agents c5,c6
experimental/masking h5,h6,me
experimental/openai_assistant jm
experimental/openai_files jp
experimental/plan_and_execute 3o,3y,3z,5d,g2,gn,kq,kr
experimental/prompts/custom_format 9f
experimental/prompts/handlebars eg
hub  2n,2o
hub/node  2n,2o
indexes tx 21
load  27
load/serializable o8
memory 2p,2w,3h,4u,4v,f0=ChatMessageHistory,89,8y,8z,90,av,sa
memory/chat_memory 2p
output_parsers 17,8a,8b,9g,9n,ei,fh,fk,fm,fo,fr,gm,k2,k4,mf,mx,pj
output_parsers/expression b2,h7
retrievers/contextual_compression 8w
retrievers/document_compressors 30,a6
retrievers/document_compressors/chain_extract fy
retrievers/document_compressors/embeddings_filter ao
retrievers/ensemble au
retrievers/hyde eq 1x
retrievers/matryoshka_retriever h9
retrievers/multi_query ic
retrievers/multi_vector ig
retrievers/parent_document ki
retrievers/score_threshold ny
retrievers/self_query 48,4a,c3,o3
retrievers/self_query/functional c3
retrievers/time_weighted qu
schema/prompt_template  1s
schema/query_constructor 1c
smith  2s
sql_db oq
storage/encoder_backed at m
storage/file_system gs
storage/in_memory f4
stores/doc/base a4
stores/doc/in_memory f1,px
stores/file/in_memory f2
stores/file/node iz
stores/message/in_memory f0=ChatMessageHistory
text_splitter 5h,gi,h4,ly,qr,qy
tools 5e,ag,ah,ff,fi,ft,lp,mp,mq,po,qz,s7,t8
tools/chain 5e
tools/retriever  14
tools/sql f6,go,lj,lk
tools/webbrowser t3
util/time  2t
vectorstores/memory hh`,
  '@langchain/cloudflare': ' 5s,7s,7u,7w,7y,80',
  '@langchain/cohere': ' 5u,82,84,86',
  '@langchain/community': `agents/toolkits/aws_sfn a g
agents/toolkits/base 45=Toolkit
agents/toolkits/connery 8q
agents/toolkits/ibm sv,sw
agents/toolkits/stagehand ox,oy,oz,p0,p2
caches/cloudflare_kv 7v
caches/ioredis m2
caches/momento hv
caches/upstash_redis ru
caches/vercel_kv sd
callbacks/handlers/llmonitor g6
callbacks/handlers/upstash_ratelimit rs,rt
chains/graph_qa/cypher e0
chat_models/alibaba_tongyi 5k
chat_models/arcjet y
chat_models/baiduwenxin 5p
chat_models/bedrock 4f,4f=ChatBedrock
chat_models/bedrock/web 4g,4g=ChatBedrock
chat_models/cloudflare_workersai 5t
chat_models/deepinfra 5z
chat_models/fireworks 61
chat_models/friendli 62
chat_models/googlepalm 6d
chat_models/googlevertexai 6e,dq
chat_models/googlevertexai/web 6f,dq
chat_models/ibm 79
chat_models/iflytek_xinghuo 6h
chat_models/iflytek_xinghuo/web 6i
chat_models/llama_cpp 6j
chat_models/minimax 6n
chat_models/moonshot 6q
chat_models/novita 6r
chat_models/ollama 6s
chat_models/perplexity 6y
chat_models/portkey kw
chat_models/premai 6z
chat_models/tencent_hunyuan 72
chat_models/tencent_hunyuan/web 74
chat_models/togetherai 75
chat_models/webllm 7a
chat_models/yandex 7d
chat_models/zhipuai 7f
document_compressors/ibm su
document_loaders/fs/chatgpt 63
document_loaders/fs/csv 4y
document_loaders/fs/docx a9
document_loaders/fs/epub aj
document_loaders/fs/notion j7
document_loaders/fs/obsidian jb
document_loaders/fs/openai_whisper_audio jt
document_loaders/fs/pdf k7
document_loaders/fs/pptx kb
document_loaders/fs/srt ns
document_loaders/fs/unstructured rm,ro
document_loaders/web/airtable i
document_loaders/web/apify_dataset w
document_loaders/web/assemblyai 1d,1f,1h,1j
document_loaders/web/azure_blob_storage_container 1t
document_loaders/web/azure_blob_storage_file 1v
document_loaders/web/browserbase 4s
document_loaders/web/cheerio 7g
document_loaders/web/college_confidential 87
document_loaders/web/confluence 8m
document_loaders/web/couchbase 95
document_loaders/web/figma bo
document_loaders/web/firecrawl bv
document_loaders/web/gitbook c8
document_loaders/web/github ca
document_loaders/web/google_cloud_storage cw
document_loaders/web/hn ea
document_loaders/web/html ed,t2
document_loaders/web/imsdb es
document_loaders/web/jira fd,fe
document_loaders/web/notionapi j4
document_loaders/web/pdf t4
document_loaders/web/playwright kt
document_loaders/web/puppeteer lb
document_loaders/web/recursive_url lz
document_loaders/web/s3 nn
document_loaders/web/searchapi o0
document_loaders/web/serpapi oa
document_loaders/web/sitemap ok
document_loaders/web/sonix_audio ol
document_loaders/web/sort_xyz_blockchain on
document_loaders/web/spider op
document_loaders/web/taskade q6
document_loaders/web/youtube ti
document_transformers/html_to_text eh
document_transformers/mozilla_readability i9
embeddings/alibaba_tongyi k
embeddings/baidu_qianfan 2d
embeddings/bedrock 4i
embeddings/bytedance_doubao 4w
embeddings/cloudflare_workersai 81
embeddings/cohere 85
embeddings/deepinfra 9p
embeddings/fireworks by
embeddings/googlepalm de
embeddings/googlevertexai dr
embeddings/gradient_ai du
embeddings/hf ek
embeddings/hf_transformers el
embeddings/huggingface_transformers el
embeddings/ibm ss
embeddings/jina fc
embeddings/llama_cpp gq
embeddings/minimax hp
embeddings/ollama jf
embeddings/premai l4
embeddings/tencent_hunyuan qk
embeddings/tencent_hunyuan/web qm
embeddings/tensorflow qn
embeddings/togetherai qx
embeddings/voyage sp
embeddings/zhipuai tw
experimental/callbacks/handlers/datadog 9m
experimental/chat_models/ollama_functions jh
experimental/graph_transformers/llm g0
experimental/hubs/makersuite/googlemakersuitehub ac,gv,gx
experimental/llms/chrome_ai 7l
experimental/multimodal_embeddings/googlevertexai ds
experimental/tools/pyinterpreter ld
graphs/document e3,iw,mg
graphs/memgraph_graph hd
graphs/neo4j_graph ir
indexes/base lw,lx
indexes/memory f3
indexes/postgres kz
indexes/sqlite nr
llms/ai21 0
llms/aleph_alpha j
llms/arcjet z
llms/bedrock 4c
llms/bedrock/web 4d
llms/cloudflare_workersai 7z
llms/cohere 83
llms/deepinfra 9q
llms/fireworks bx
llms/friendli c0
llms/googlepalm dd
llms/googlevertexai do
llms/googlevertexai/web dp
llms/gradient_ai dv
llms/hf ej
llms/ibm st
llms/layerup_security gj
llms/llama_cpp gp
llms/ollama jd
llms/portkey kv,kx
llms/raycast lm
llms/replicate mo
llms/sagemaker_endpoint 3v,nu
llms/togetherai qw
llms/watsonx_ai sr
llms/writer t9
llms/yandex tf
load  27
load/serializable o8
memory/chat_memory 2p
memory/mem0 hc 9
memory/motorhead_memory i8
memory/zep tr a
memory/zep_cloud to a
retrievers/amazon_kendra m
retrievers/amazon_knowledge_base o
retrievers/arxiv 10
retrievers/azion_edgesql 1q
retrievers/bm25 29
retrievers/chaindesk 5f
retrievers/databerry 9l
retrievers/dria ab
retrievers/metal hm
retrievers/remote ml
retrievers/self_query/qdrant lg
retrievers/supabase pt
retrievers/tavily_search_api qh
retrievers/vectara_summary s1
retrievers/vespa sk
retrievers/zep ts
retrievers/zep_cloud tp
storage/cassandra 5a
storage/convex 93
storage/ioredis m1
storage/upstash_redis rw
storage/vercel_kv se
stores/doc/base a3
stores/doc/gcs ct
stores/doc/in_memory f1,px
stores/message/astradb 14
stores/message/aurora_dsql 1l
stores/message/cassandra 58
stores/message/cloudflare_d1 7t
stores/message/convex 92
stores/message/dynamodb ai
stores/message/file_system bq
stores/message/firestore bw
stores/message/in_memory f0=ChatMessageHistory
stores/message/ioredis m5
stores/message/ipfs_datastore eu
stores/message/momento hw
stores/message/mongodb i2
stores/message/neo4j ip
stores/message/planetscale ks
stores/message/postgres ky
stores/message/redis m6
stores/message/upstash_redis rv
stores/message/xata td
stores/message/zep_cloud tn
structured_query/chroma 7j
structured_query/qdrant lg
structured_query/supabase pu
structured_query/vectara s2
tools/aiplugin 4
tools/aws_lambda 9
tools/aws_sfn 9v,o6,p4
tools/bingserpapi 4k
tools/brave_search 4r
tools/calculator 51
tools/connery 8o,8p
tools/dadjokeapi 9h
tools/dataforseo_api_search 9k
tools/discord 9y,9z,a0,a1,a2
tools/duckduckgo_search ae
tools/dynamic ag,ah
tools/gmail cd,ce,cf,cg,ch
tools/google_calendar co,cq,cr
tools/google_custom_search d3
tools/google_places df
tools/google_routes dn
tools/google_scholar np
tools/google_trends nq
tools/ifttt er
tools/searchapi nz
tools/searxng_search o2
tools/serpapi o9
tools/serper oc
tools/stackexchange ow
tools/tavily_search qj
tools/wikipedia_query_run t6
tools/wolframalpha t7
utils/cassandra 59,5c
utils/event_source_parse  1t
vectorstores/analyticdb p
vectorstores/astradb 15
vectorstores/azion_edgesql 1r
vectorstores/azure_aisearch 1s
vectorstores/azure_cosmosdb 25
vectorstores/cassandra 5b
vectorstores/chroma 7i
vectorstores/clickhouse 7n
vectorstores/closevector/node 7q
vectorstores/closevector/web 7r
vectorstores/cloudflare_vectorize 7x
vectorstores/convex 94
vectorstores/couchbase 98
vectorstores/couchbase_query 96
vectorstores/couchbase_search 97
vectorstores/elasticsearch al,ep
vectorstores/faiss b3
vectorstores/googlevertexai ev,h8
vectorstores/hanavector ef
vectorstores/hnswlib ec
vectorstores/lancedb g9
vectorstores/libsql gl
vectorstores/mariadb h1
vectorstores/milvus ho
vectorstores/momento_vector_index hx
vectorstores/mongodb_atlas hz
vectorstores/myscale ik
vectorstores/neo4j_vector it
vectorstores/neon iv
vectorstores/opensearch jz
vectorstores/pgvector k9
vectorstores/pinecone kl
vectorstores/prisma l5
vectorstores/qdrant lh
vectorstores/redis ma
vectorstores/rockset mt,mu,mv
vectorstores/singlestore oj
vectorstores/supabase pw
vectorstores/tigris qt
vectorstores/turbopuffer rf
vectorstores/typeorm rg,rh
vectorstores/typesense ri
vectorstores/upstash rx
vectorstores/usearch rj
vectorstores/vectara s0
vectorstores/vercel_postgres sf
vectorstores/voy so
vectorstores/weaviate sy
vectorstores/xata te
vectorstores/zep tt
vectorstores/zep_cloud tq`,
  '@langchain/core': `caches 2f,ey
callbacks/base 2h
callbacks/dispatch  1n
callbacks/dispatch/web  1n
callbacks/manager 2j,3u,53,54,55,56,57,rb 1p,2v
callbacks/promises  4,b
chat_history 2q,3g,f0
decisions 2y
document_loaders/base 31,a7
document_loaders/langsmith gd
documents 33,a5,h0
embeddings an,ap
errors 8v,ga,ht,hu
example_selectors 35,3p,8j,gk,o4
indexing lw,lx,tx 21
language_models/base 3c,3e,3f 5
language_models/chat_models 2r,oe
language_models/llms 3a,fw
language_models/stream 6p,lv,qo,r1,ry
language_models/structured_output  3,j,q
load  27
load/serializable o8
memory 3h
messages 1,2,3i,3j,6k,6l,c1,c2,em,en,mn,pz,q0,r6,r7 2,7,f,1m,2l
messages/tool r6,r7
output_parsers 16,2x,3b,3n,47,4x,8b,9g,fj,fp,gm,h3,j9,k5,p3,pd,pi,tc
output_parsers/openai_functions fg,fl,k3
output_parsers/openai_tools fn,fq
outputs 66,c4
prompt_values 3r,71,ex,pe
prompts 3,2t,3k,3l,3q,43,6m,70,9w,bm,bn,eo,ew,hk,kp,l9,pl,q1
retrievers 3s,3t
retrievers/document_compressors 2z
runnables my,n3,n5,n6,n7,n9,na,nb,nc,ne,nf,ng,nh,ni,nj,nk,nl 0,1u,2q
runnables/graph dw
runnables/remote mm
singletons hs
stores 40,42,f4
structured_query 48,4a,8e,b1,bt,c3,k0,pm,sm
testing b4 1r
tools 45,ag,ah,po,pp,qz,r3,r4 2u
tracers/base 46
tracers/console 8r
tracers/initialize  1z,20
tracers/log_stream gu,n1,n2
tracers/run_collector mz
tracers/tracer_langchain gb
tracers/tracer_langchain_v1 gc
utils/async_caller 19
utils/env  1y
utils/event_source_parse  1t
utils/json_schema rz
utils/stream 1a,f9 2m
utils/testing b5,b6,b7,b8,b9,ba,bc,bd,be,bf,bg,bh,bj,bk,oi,py
utils/tiktoken  1o,1w
utils/types  25,26
vectorstores nw,s5,s6,s8,s9`,
  '@langchain/deepseek': ' 60',
  '@langchain/exa': ' ay,az,b0',
  '@langchain/google': ` 67,dh,dj,dl
node 6c=ChatGoogle,dh,dj,dl`,
  '@langchain/google-common': ` b,v,37,38,5v,6a,8h,ci,cj,ck,cl,d1,d9,dg,di,dk,dm,fu,h2,lr,ls,lt,lu,of,ou,ov
experimental/media 5,6,7,4n,4o,4q,cv,cx,cy,cz,d4,d5,dc
experimental/utils/media_core 2b,4l,9j,ha,hb,lq,oh
utils 8h,9r,cj,fu,hi,lr,ls,lt,lu,ou,ov`,
  '@langchain/google-gauth': ` 4m,4p,68,d6,da
utils 8h,9r,cj,fu,hi,lr,ls,lt,lu,ou,ov`,
  '@langchain/google-genai': ' 6b,ar,d8',
  '@langchain/google-vertexai': ` 77,sg,si
utils 8h,9r,cj,fu,hi,lr,ls,lt,lu,ou,ov`,
  '@langchain/google-vertexai-web': ` 78,sh,sj
utils 8h,9r,cj,fu,hi,lr,ls,lt,lu,ou,ov`,
  '@langchain/google-webauth': ` 69,d7,db
utils 8h,9r,cj,fu,hi,lr,ls,lt,lu,ou,ov`,
  '@langchain/groq': ' 6g',
  '@langchain/langgraph': ` s,u,18,2l,2u,3d,41,4j,6p=ChatModelStreamImpl,8c,8d,8f,8g,9s,9u,af,aq,as,aw,pb=EventLog,dx,dy,dz,e5,e6,e7,e8,e9,f5,f8,gg,hf,hj,ii,in,iy,j1,j2,k6,kh,l2,l3,mc,mi,n0,o5,p6,p7,p8,pb,ps,ra,rk,rl,rq,rr 1q,2p
channels u,2l,4j,9s,af,aw,gg,gh,in,io,ra,rr 6
prebuilt r2,r8 i,p,11,2w
pregel 5g,l2
remote mj
stream pb=EventLog,pb
web s,u,18,2l,2u,3d,41,4j,6p=ChatModelStreamImpl,8c,8d,8f,8g,9s,9u,af,aq,as,aw,pb=EventLog,dx,dy,dz,e5,e6,e7,e8,e9,f5,f8,gg,hf,hj,ii,in,iy,j1,j2,k6,kh,l2,l3,mc,mi,n0,o5,p6,p7,p8,pb,ps,ra,rk,rl,rq,rr 1q,2p
zod gf,nx`,
  '@langchain/langgraph-checkpoint': ' 18,2g,2u,41,9t,ez,f5,f7,fs,hf,hg',
  '@langchain/langgraph-checkpoint-mongodb': ' i4,i5',
  '@langchain/langgraph-checkpoint-postgres': ` l0
store l1`,
  '@langchain/langgraph-checkpoint-redis': ` m8
shallow od
store bs,m9`,
  '@langchain/langgraph-checkpoint-sqlite': ' ot',
  '@langchain/langgraph-sdk': ` 7o
auth 1m,ee
client 13,7o,9d,nm,pa,qs
react bl,pr`,
  '@langchain/langgraph-supervisor': '  r,1d,2w',
  '@langchain/langgraph-swarm': '  1,r,1e',
  '@langchain/mcp-adapters': ' if 2c',
  '@langchain/mistralai': ' 6o,hq,hr',
  '@langchain/mongodb': ' hy,i0,i1,i3,i6,sq',
  '@langchain/neo4j': ' e1,e4,he,iq,is,iu,ix,mh',
  '@langchain/nomic': ' j3',
  '@langchain/ollama': ' 6t,je,jg',
  '@langchain/openai': ' 1x,1y,1z,27,28,2s,6u,6v,6w,9i,jj,jn,jo c,d,e,1l',
  '@langchain/openrouter': ' 6x,jw,jx,jy',
  '@langchain/pinecone': ' kk,km,kn',
  '@langchain/qdrant': ' li',
  '@langchain/redis': ' r,9e,bu,bz,c7,ja,k1,m3,m7,mb,bz=RedisVectorStoreAdvanced,q2,qp,qv',
  '@langchain/tavily': ' q7,q8,q9,qa,qb,qc,qd,qe,qf,qg,qi',
  '@langchain/textsplitters': ' 5h,gi,h4,ly,qr,qy',
  '@langchain/weaviate': ' sx,sz,t0',
  '@langchain/xai': ' 7b,7c',
  '@langchain/yandex': ` 7e,tg,th
chat_models 7e
embeddings th
llms tg`,
  'deepagents': ` 3w,8i,8l,8u,9o,br,ge,gt,nv,p5,p9 l,1c,2r
browser 3w,8i,8l,8u,9o,ge,nv,p5,p9 l,2r
node 3w,8i,8l,8u,9o,br,ge,gt,nv,p5,p9 l,1c,2r`,
  'langchain': ` 1,2,3i,3j,7m,a5,ag,ah,bi,em,en,f4,hn,ih,ij,ka,la,lo,pk,po,pz,q0,qz,r0,r5,r6,r7,r9 h,1r,22,2u
agents c,d,e,g,3m,3x,5i,5j,5w,5x,5y,fv,g4,jk,jv,mr,n4,pf,pg,ph,45=Toolkit,sb,sc,ta,tm,tu,tv t,x,y,10,12,17,1h,1i,1j,1k,23,24
agents/load  28
agents/openai/output_parser jq,js
agents/react/output_parser ln
agents/toolkits fv,jl,jv,mr,sb,sc,tm k,t,10,14,1i,1j
agents/toolkits/aws_sfn a g
agents/toolkits/connery 8q
agents/toolkits/sql os 15
agents/xml/output_parser tb
base_language 3c,3e,3f 5
browser 1,2,3i,3j,7m,a5,ag,ah,bi,em,en,f4,hn,ih,ij,ka,la,lo,pk,po,pz,q0,qz,r0,r5,r6,r7,r9 h,1r,22,2u
cache ey
cache/cloudflare_kv 7v
cache/file_system gr
cache/ioredis m2
cache/momento hv
cache/redis m4
cache/upstash_redis ru
callbacks 2h,46,53,54,55,56,57,8r,gb,mz,rb 4,b,20,2v
callbacks/handlers/llmonitor g6
chains 8,q,2k,76,8s,8t,8x,91,fx,g3,gz,ib,id,ie,jr,md,ms,mw,o7,og,pq,re,s4 n,o,z,1f,1g,2e,2f,2g,2h,2k
chains/combine_documents  1b
chains/combine_documents/reduce  8
chains/graph_qa/cypher e2
chains/history_aware_retriever  s
chains/load  29
chains/openai_functions  n,o,w,z,18,19,1a,1f,1g
chains/query_constructor 1b,ll,pn 2i,2j
chains/query_constructor/ir 48,4a,8e,b1,bt,c3,k0,pm,sm
chains/retrieval  13
chains/sql_db or 16
chat_models/anthropic 5m
chat_models/baiduwenxin 5p
chat_models/base 2r,oe
chat_models/bedrock 4f,4f=ChatBedrock
chat_models/bedrock/web 4g,4g=ChatBedrock
chat_models/cloudflare_workersai 5t
chat_models/fake ba
chat_models/fireworks 61
chat_models/googlepalm 6d
chat_models/googlevertexai 6e,dq
chat_models/googlevertexai/web 6f,dq
chat_models/iflytek_xinghuo 6h
chat_models/iflytek_xinghuo/web 6i
chat_models/llama_cpp 6j
chat_models/minimax 6n
chat_models/ollama 6s
chat_models/openai 6u,l6
chat_models/portkey kw
chat_models/universal 8k 1v,22
chat_models/yandex 7d
document a5
document_loaders/base 31,a7
document_loaders/fs/buffer 4t
document_loaders/fs/chatgpt 64
document_loaders/fs/csv 4z
document_loaders/fs/directory 9x
document_loaders/fs/docx aa
document_loaders/fs/epub ak
document_loaders/fs/json fa,fb
document_loaders/fs/multi_file ia
document_loaders/fs/notion j8
document_loaders/fs/obsidian jc
document_loaders/fs/openai_whisper_audio ju
document_loaders/fs/pdf k8
document_loaders/fs/pptx kc
document_loaders/fs/srt nt
document_loaders/fs/text qq
document_loaders/fs/unstructured rn,rp
document_loaders/web/apify_dataset x
document_loaders/web/assemblyai 1e,1g,1i,1k
document_loaders/web/azure_blob_storage_container 1u
document_loaders/web/azure_blob_storage_file 1w
document_loaders/web/cheerio 7h
document_loaders/web/college_confidential 88
document_loaders/web/confluence 8n
document_loaders/web/figma bp
document_loaders/web/gitbook c9
document_loaders/web/github cb
document_loaders/web/hn eb
document_loaders/web/imsdb et
document_loaders/web/notionapi j5
document_loaders/web/notiondb j6
document_loaders/web/pdf t5
document_loaders/web/playwright ku
document_loaders/web/puppeteer lc
document_loaders/web/recursive_url m0
document_loaders/web/s3 no
document_loaders/web/searchapi o1
document_loaders/web/serpapi ob
document_loaders/web/sonix_audio om
document_loaders/web/sort_xyz_blockchain oo
document_loaders/web/youtube tj
document_transformers/html_to_text eh
document_transformers/mozilla_readability i9
document_transformers/openai_functions hl u,v
embeddings/base an,ap
embeddings/bedrock 4i
embeddings/cache_backed 50
embeddings/cloudflare_workersai 81
embeddings/cohere 85
embeddings/fake b5,b6,b7,b8,b9,ba,bc,bd,be,bf,bg,bh,bj,bk,oi,py
embeddings/googlepalm de
embeddings/googlevertexai dr
embeddings/gradient_ai du
embeddings/hf ek
embeddings/hf_transformers el
embeddings/llama_cpp gq
embeddings/minimax hp
embeddings/ollama jf
embeddings/openai jo
embeddings/tensorflow qn
embeddings/voyage sp
evaluation 9b,9c,am,g7,g8,kd,ke,kg,lf,rc,rd 2a
experimental/autogpt 1n,1o,1p
experimental/babyagi 2a,q3,q4,q5
experimental/chains/violation_of_expectations sl
experimental/chat_models/anthropic_functions t
experimental/chat_models/bittensor il
experimental/chat_models/ollama_functions ji
experimental/generative_agents c5,c6
experimental/hubs/makersuite/googlemakersuitehub ad,gw,gy
experimental/llms/bittensor im
experimental/masking h5,h6,me
experimental/multimodal_embeddings/googlevertexai dt
experimental/openai_assistant jm
experimental/openai_files jp
experimental/plan_and_execute 3o,3y,3z,5d,g2,gn,kq,kr
experimental/prompts/custom_format 9f
experimental/prompts/handlebars eg
experimental/tools/pyinterpreter le
graphs/neo4j_graph ir
hub  2n,2o
hub/node  2n,2o
indexes tx 21
llms/ai21 0
llms/aleph_alpha j
llms/base 3a,fw
llms/bedrock 4e
llms/bedrock/web 4d
llms/cloudflare_workersai 7z
llms/cohere 83
llms/fake bb
llms/fireworks bx
llms/googlepalm dd
llms/googlevertexai do
llms/googlevertexai/web dp
llms/gradient_ai dv
llms/hf ej
llms/llama_cpp gp
llms/load  2b
llms/ollama jd
llms/openai jj,jn,l7,l8
llms/portkey kv,kx
llms/raycast lm
llms/replicate mo
llms/sagemaker_endpoint 3v,nu
llms/watsonx_ai sr
llms/writer t9
llms/yandex tf
load  27
load/serializable o8
memory 2p,2w,3h,4u,4v,f0=ChatMessageHistory,89,8y,8z,90,av,i8,sa
memory/chat_memory 2p
memory/zep tr
output_parsers 17,8a,8b,9g,9n,ei,fh,fk,fm,fo,fr,gm,k2,k4,mf,mx,pj
output_parsers/expression b2,h7
prompts 3,2t,35,3p,3q,43,6m,70,8j,bm,bn,eo,gk,hk,kp,l9,o4,pe,q1
prompts/load  2d
retrievers/amazon_kendra m
retrievers/chaindesk 5f
retrievers/contextual_compression 8w
retrievers/databerry 9l
retrievers/document_compressors 30,a6
retrievers/document_compressors/chain_extract fy
retrievers/document_compressors/embeddings_filter ao
retrievers/ensemble au
retrievers/hyde eq 1x
retrievers/matryoshka_retriever h9
retrievers/metal hm
retrievers/multi_query ic
retrievers/multi_vector ig
retrievers/parent_document ki
retrievers/remote 65,mk,ml
retrievers/score_threshold ny
retrievers/self_query 48,4a,c3,o3
retrievers/self_query/chroma 7k
retrievers/self_query/functional c3
retrievers/self_query/pinecone ko
retrievers/self_query/supabase pv
retrievers/self_query/vectara s3
retrievers/self_query/weaviate t1
retrievers/supabase pt
retrievers/tavily_search_api qh
retrievers/time_weighted qu
retrievers/vectara_summary s1
retrievers/vespa sk
retrievers/zep ts
runnables my,n3,n5,n6,n7,n9,na,nb,nc,ne,nf,ng,nh,ni,nk,nl 0,1u
runnables/remote mm
schema 1=AIChatMessage,1,2,2f,3i=BaseChatMessage,2q,34,36,3g,3i,3j,3r,66,6k,6l,a3,c1,c2,c4,em=HumanChatMessage,em,en,pz=SystemChatMessage,pz,q0,r6,r7 7,2l
schema/document 33,h0
schema/output_parser 16,2x,3b,3n,47,4x,8b,9g,fj,fp,gm,h3,j9,k5,pd,pi,tc
schema/prompt_template  1s
schema/query_constructor 1c
schema/retriever 3s,3t
schema/runnable my,n3,n5,n6,n7,n9,na,nb,nc,ne,nf,ng,nh,ni,nk,nl 0,1u
schema/storage 40,42,f4
smith  2s
sql_db oq
storage/convex 93
storage/encoder_backed at m
storage/file_system gs
storage/in_memory f4
storage/ioredis m1
storage/upstash_redis rw
storage/vercel_kv se
stores/doc/base a4
stores/doc/gcs cu
stores/doc/in_memory f1,px
stores/file/in_memory f2
stores/file/node iz
stores/message/cassandra 58
stores/message/cloudflare_d1 7t
stores/message/convex 92
stores/message/dynamodb ai
stores/message/firestore bw
stores/message/in_memory f0=ChatMessageHistory
stores/message/ioredis m5
stores/message/momento hw
stores/message/mongodb i2
stores/message/planetscale ks
stores/message/redis m6
stores/message/upstash_redis rv
stores/message/xata td
text_splitter 5h,gi,h4,ly,qr,qy
tools 4,4k,4r,5e,9h,9k,ag,ah,d3,er,ff,fi,ft,lp,mp,mq,nz,o2,o9,oc,po,qz,s7,t6,t7,t8,tk,tl 2u
tools/aws_lambda 9
tools/aws_sfn 9v,o6,p4
tools/calculator 52
tools/chain 5e
tools/connery 8o,8p
tools/gmail cd,ce,cf,cg,ch
tools/google_calendar cp,cs
tools/google_places df
tools/retriever  14
tools/sql f6,go,lj,lk
tools/webbrowser t3
util/time  2t
vectorstores/analyticdb p
vectorstores/base nw,s5,s6,s8,s9
vectorstores/cassandra 5b
vectorstores/chroma 7i
vectorstores/clickhouse 7n
vectorstores/closevector/node 7q
vectorstores/closevector/web 7r
vectorstores/cloudflare_vectorize 7x
vectorstores/convex 94
vectorstores/elasticsearch al
vectorstores/faiss b3
vectorstores/googlevertexai ev,h8
vectorstores/hnswlib ec
vectorstores/lancedb g9
vectorstores/memory hh
vectorstores/milvus ho
vectorstores/momento_vector_index hx
vectorstores/mongo i7
vectorstores/mongodb_atlas hz
vectorstores/myscale ik
vectorstores/neo4j_vector it
vectorstores/opensearch jz
vectorstores/pgvector k9
vectorstores/pinecone kl
vectorstores/prisma l5
vectorstores/qdrant lh
vectorstores/redis ma
vectorstores/rockset mt,mu,mv
vectorstores/singlestore oj
vectorstores/supabase pw
vectorstores/tigris qt
vectorstores/typeorm rg,rh
vectorstores/typesense ri
vectorstores/usearch rj
vectorstores/vectara s0
vectorstores/vercel_postgres sf
vectorstores/voy so
vectorstores/weaviate sy
vectorstores/xata te
vectorstores/zep tt`,
};

// Written by `npm run catalog` from:
// @ibm-cloud/watsonx-ai 1.7.16, @langchain/anthropic 1.5.11, @langchain/aws 1.4.5, @langchain/azure-cosmosdb 0.2.8, @langchain/baidu-qianfan 1.0.1, @langchain/cerebras 1.0.4, @langchain/classic 1.0.50, @langchain/cloudflare 1.1.0, @langchain/cohere 1.0.5, @langchain/community 1.1.29, @langchain/core 1.4.0, @langchain/daytona 0.1.2, @langchain/deepseek 1.1.13, @langchain/exa 1.0.2, @langchain/google 0.2.6, @langchain/google-common 2.3.2, @langchain/google-gauth 2.3.2, @langchain/google-genai 2.3.2, @langchain/google-vertexai 2.3.2, @langchain/google-vertexai-web 2.3.0, @langchain/google-webauth 2.3.2, @langchain/groq 1.3.1, @langchain/langgraph 1.7.3, @langchain/langgraph-checkpoint 1.2.2, @langchain/langgraph-checkpoint-mongodb 1.4.1, @langchain/langgraph-checkpoint-postgres 1.0.5, @langchain/langgraph-checkpoint-redis 1.0.11, @langchain/langgraph-checkpoint-sqlite 1.0.4, @langchain/langgraph-sdk 1.15.0, @langchain/langgraph-supervisor 1.1.3, @langchain/langgraph-swarm 1.0.4, @langchain/mcp-adapters 1.1.4, @langchain/mistralai 1.2.0, @langchain/mongodb 1.3.1, @langchain/neo4j 0.1.13, @langchain/nomic 0.1.0, @langchain/ollama 1.3.0, @langchain/openai 1.6.0, @langchain/openrouter 0.4.11, @langchain/pinecone 1.0.3, @langchain/qdrant 1.0.3, @langchain/redis 1.1.2, @langchain/tavily 1.2.0, @langchain/textsplitters 1.0.2, @langchain/weaviate 1.0.1, @langchain/xai 1.4.15, @langchain/yandex 1.0.3, cheerio 1.2.0, deepagents 1.14.1, ibm-cloud-sdk-core 5.9.1, jsdom 26.1.0, langchain 1.5.14
// @langchain/community 0.3.59, @langchain/core 0.3.80, @langchain/langgraph 0.4.10, @langchain/langgraph-checkpoint 0.1.3, @langchain/langgraph-cua 0.0.5, @langchain/openai 0.6.17, @langchain/textsplitters 0.1.0, @langchain/weaviate 0.2.3, langchain 0.3.37
// @langchain/azure-openai 0.0.11, @langchain/community 0.0.57, @langchain/core 0.1.63, @langchain/openai 0.0.34, langchain 0.0.214

export const METHODS = 'initialize fromLLM completionWithRetry fromExistingIndex close delete end clear search create get parse addDocuments createIndex scrape update call ensureTableInDatabase fromConnString rawResults stop batch checkIndexExists deserialize ensureCollection format from fromExistingCollection fromLLMAndTools fromTemplate query setup start stream verifyConnectivity clearAllSessions count dropIndex generate getAllSessions getContext getMessages getState invoke listNamespaces load mdelete mget mset predict pull put run setContext similaritySearchByVector updateState yieldKeys add addAIChatMessage addAIMessage addDocument addGraphDocuments addMemory addMessage addMessages addPackage addUserMessage addVectors compressDocuments createCollection createFromUrl createHnswIndex createNewIndex createNewKeywordIndex createPrompt createSchema createTableIfNotExists deleteDocuments deleteIfExists deleteIndex deleteKeys doesIndexExist downloadFiles edit embedImage embedImageQuery embedMedia embedMediaQuery enhancedSchemaCypher ensureCollectionTableInDatabase ensureReadiness evaluateStringPairs evaluateStrings execute exists forcePull formatMessages fromActorCall fromActorTaskCall fromCluster fromDocuments fromExamples fromExistingGraph fromNamesAndDescriptions fromProps fromUrl fromZodSchema generatePrompt getAuth getClient getGraphAsync getNumTokens getNumTokensFromMessages getRelevantDocuments getStateHistory getSubgraphsAsync getTime glob grep imports init joinStream lazyLoad list listActions listKeys listModels loadAndSplit loadAsStream loadFromCloud ls maxMarginalRelevanceSearch outputProcessor plan predictMessages prune queryKendra queryKnowledgeBase read readRaw refreshSchema rerank retrieveExistingFtsIndex retrieveExistingIndex runAction screenshot setModel similaritySearch similaritySearchVectorWithScore similaritySearchVectorWithScoreAndEmbedding similaritySearchWithScore streamEvents transform uploadFiles write addDocumentsWithVectors addExample addFiles addModels addTask apply assign assistants.count assistants.create assistants.delete assistants.get assistants.getGraph assistants.getSchemas assistants.getSubgraphs assistants.getVersions assistants.search assistants.setLatest assistants.update azionFullTextSearch azionHybridSearch azionSimilaritySearch bulkUpdateState callPrompt callWithRetry cancel cancelMany captureSnapshot checkColumn checkIndexState clearCache completion computeAgentSummary constructScratchPad content convertPrediction convertPredictionChunk convertToGraphDocuments copy createAssistant createBatch createDocuments createFile createForThread crons.count crons.create crons.createForThread crons.delete crons.search crons.update deleteAssistant deleteCollection deleteFile deleteItem deleteThread destroy determinePublicAPIEndpoint drawMermaid drawMermaidPng embed embedDocuments embedQuery ensureParser ensurePartition evaluate evaluateAgentTrajectory executeTask fetch formatPromptValue fromAgentAndTools fromBytesStore fromComponents fromDataSource fromDataSourceParams fromId fromIndex fromLLMAndAPIDocs fromLLMAndPrompts fromLLMAndRetrievers fromLanguage fromLlm fromMessages fromMessagesAndSchema fromName fromOptionsParams fromPath fromPluginUrl fromPromptMessages fromPrompts fromRetrievers fromRunnables fromSerializableSchema fromTexts fromVectorStore generateDialogueResponse generateReaction generateToken getAccessToken getAction getAssistant getCalendarClient getDefaultOutputParser getDefaultPlanner getDefaultStepExecutor getDeltaChannelHistory getDeployedIndexId getEmbedding getEntityAction getEntityFromObservations getGmailClient getGraph getHistory getItem getJsonHeader getMemoriesUntilLimit getNextTasks getOrCreateCollection getPublicAPIEndpoint getResearch getSchemas getStatistics getStats getSubgraphs getSummary getTableInfo getTools getTopTasks getTuple getUserHomeDir getVersions getWorkDir global grabCollectionFields hasCollection hasValidPath hybridSearch hybridSearchVectorWithScore initializeConnections join kill listActionsAsString listFiles listResourceTemplates listResources loadAsIssues loadFromPython loadLazy loadMemoryVariables lookup mergeFrom mergePartialAndUserVariables mergeSplits moderateContent modifyAssistant openWebSocketStream parseMessages parsePartialResult parseResult parseResultWithPrompt parseSitemap parseThreads parseWithPrompt partial patchState predictNewSummary prepOutputs prepareForOutput previewAction previewAsString prioritizeTasks processResponse putItem putWrites readResource reload resolvePairwisePrompt resolvePrompt resolveTrajectoryPrompt results retrieveFile retrieveFileContent returnStoppedResponse route runAsString runs.cancel runs.cancelMany runs.create runs.createBatch runs.delete runs.get runs.join runs.joinStream runs.list runs.stream runs.wait save saveContext saveToCloud searchItems select selectExamples semanticHybridSearchVectorWithScore set setLatest setLoggingLevel setProperties setSearchConfig setupDatabase similaritySearchTextAndVectorWithScore similaritySearchVectorWithScoreAndMetadata similaritySearchVectorWithScores similaritySearchWithScoreAndVectorByVector splitDocuments splitText store store.deleteItem store.getItem store.listNamespaces store.putItem store.searchItems streamLog streamV2 summarizeRelatedMemories sweepExpiredItems tableExists threads.copy threads.count threads.create threads.delete threads.get threads.getHistory threads.getState threads.joinStream threads.patchState threads.prune threads.search threads.update threads.updateState transformDocuments upsert vectaraQuery wait withNewCollection';

export const PACKAGES = '@langchain/anthropic @langchain/aws @langchain/azure-cosmosdb @langchain/azure-openai @langchain/baidu-qianfan @langchain/cerebras @langchain/cloudflare @langchain/cohere @langchain/community @langchain/core @langchain/daytona @langchain/deepseek @langchain/exa @langchain/google @langchain/google-common @langchain/google-gauth @langchain/google-genai @langchain/google-vertexai @langchain/google-vertexai-web @langchain/google-webauth @langchain/groq @langchain/langgraph @langchain/langgraph-checkpoint @langchain/langgraph-checkpoint-mongodb @langchain/langgraph-checkpoint-postgres @langchain/langgraph-checkpoint-redis @langchain/langgraph-checkpoint-sqlite @langchain/langgraph-sdk @langchain/mcp-adapters @langchain/mistralai @langchain/mongodb @langchain/neo4j @langchain/nomic @langchain/ollama @langchain/openai @langchain/openrouter @langchain/pinecone @langchain/qdrant @langchain/redis @langchain/tavily @langchain/textsplitters @langchain/weaviate @langchain/xai @langchain/yandex deepagents langchain';

export const CLASSES = `AI21 e428 g6
AIMessage h009 3l
AIMessageChunk h009 3m
AIMessagePromptTemplate j029 up
AIPluginTool s428 rq  6o*
AIStudioFileDownloadConnection 000e dc
AIStudioFileUploadConnection 000e dk
AIStudioMediaBlob 000e hm
APIChain 42219 2n  6e
AWSLambda s428 ao
AWSSfnToolkit 0008
AbstractGoogleLLMConnection 001e cq
Agent 11119 40 57 22,n*,s,73
AgentActionOutputParser i0319 3q
AgentExecutor 12219 2n  67
AgentMultiActionOutputParser i0319 3q
AgentRunnableSequence o2219 o0  6s
AgentTrajectoryEvaluator 41319 g9 63
AirtableLoader f408 34 8c*
AlephAlpha e428 g6
AlibabaTongyiEmbeddings c408 au
AmazonKendraRetriever l421 3v 3s
AmazonKendraRetriever l428 3v 3s
AmazonKnowledgeBaseRetriever l421 3v 3t
AmazonKnowledgeBaseRetriever l428 3v 3t
AnalyticDBVectorStore t408 sw 1x,24,5p,6 3*
AnalyzeDocumentChain 42219 2n
AndFilter 00012 c2
AnnotationRoot 000l
AnthropicFunctions 64219 2u
AnyValue 000l 2o
ApiKeyGoogleAuth 000e cs
ApifyDatasetLoader f408 34  2p*,2q*
ApifyDatasetLoader f4019 35  2p*,2q*
ArcjetRedact 6228 2u
ArcjetRedact e228 g6
ArxivRetriever l428 3v
AssemblyAILoader f118 34
AssemblyAILoader f1119 35
AssistantsClient 840r 2y 10,9,5,a,7c,7l,7o,7v,8,9x,f
AstraDBChatMessageHistory 5408 3j  0*
AstraDBVectorStore t408 sw 0 3*
AsymmetricStructuredOutputParser i039 3q 3o
AsymmetricStructuredOutputParser i0319 3q 3o
AsyncBatchedStore q20m 44 k
AsyncCaller 0009
AsyncGeneratorWithSetup 0009
AttributeInfo 00019
AttributeInfo 00019
AudioSubtitleLoader f408 9d
AudioSubtitleLoader f4019 9e
AudioTranscriptLoader f408 9d
AudioTranscriptLoader f4019 9e
AudioTranscriptParagraphsLoader f408 9d
AudioTranscriptParagraphsLoader f4019 9e
AudioTranscriptSentencesLoader f408 9d
AudioTranscriptSentencesLoader f4019 9e
AuroraDsqlChatMessageHistory 5408 3j 6
Auth 000r
AutoGPT 12019  1g s
AutoGPTOutputParser i0219 3q
AutoGPTPrompt j0219 2w
AzionRetriever l428 3v
AzionVectorStore t408 sw 4t,4u,4v,a1 0*
AzureAISearchVectorStore t408 sw 82,9v
AzureBlobStorageContainerLoader f408 34
AzureBlobStorageContainerLoader f4019 35
AzureBlobStorageFileLoader f408 34
AzureBlobStorageFileLoader f4019 35
AzureChatOpenAI 6423 2u 34
AzureChatOpenAI 642y 6y
AzureChatOpenAICompletions 642y 6z
AzureChatOpenAIResponses 642y 70
AzureCosmosDBMongoChatMessageHistory 5402 3j z,13,14,1h
AzureCosmosDBMongoDBSemanticCache 2402 2i 7
AzureCosmosDBMongoDBVectorStore t402 sw m,4,d,27
AzureCosmosDBNoSQLSemanticCache 2402 2i 7
AzureCosmosDBNoSQLVectorStore t402 sw
AzureCosmosDBVectorStore t408 sw m,4,d,27
AzureCosmsosDBNoSQLChatMessageHistory 5402 3j z,13,14,1h
AzureOpenAI e423 3d
AzureOpenAI e42y jx
AzureOpenAIEmbeddings c403 au
AzureOpenAIEmbeddings c40y k2
BM25Retriever l328 3v  2s
BabyAGI 42219 2n 4f,64,7h,7s,8z 1
BackedBlobStore q20e 4o
BaiduQianfanEmbeddings c404 au
BaiduQianfanEmbeddings c408 au
BaseAgent 11119 oq 8w,9b
BaseCache 2119  8e,f
BaseCache 211m  7,a,9w
BaseCallbackHandler 3019 2l
BaseCallbackHandlerMethodsClass 0019
BaseCallbackManager 3019
BaseChain 41319 3f 4g,g,8v,1g n*
BaseChannel 001l
BaseChatGoogle 613d 2u
BaseChatGoogleVertexAI 6428 2u  59,5a
BaseChatIflytekXinghuo 6138 2u 55,8k
BaseChatMemory g1119 3k 7
BaseChatMessageHistory 5119 oq 1m,1n,1r,1s,1u,7,15
BaseChatModel 6139 3h g,4x,12,af*
BaseChatOpenAI 613y 2u 34,8i
BaseChatPromptTemplate j039 3t 2o
BaseCheckpointSaver 711m  5s,a,76,7t,3f*,1f,92
BaseClient 000r
BaseConversationSummaryMemory g1119 2s 8u
BaseCumulativeTransformOutputParser i039 4a 8m
BaseDecisionModel n139 nl
BaseDocumentCompressor a119  1w
BaseDocumentCompressor a1119  1w
BaseDocumentLoader f119 ae
BaseDocumentLoader f1119 af
BaseDocumentTransformer b039 nl aw
BaseEntityStore 00119 oq
BaseExampleSelector 0019 oq
BaseFileStore 00119 oq
BaseGoogleEmbeddings c11e au
BaseGoogleSearchOutputParser i03e 3e
BaseGoogleVertexAI e428 3d
BaseLLM e139 3h g,12
BaseLLMOutputParser i039 nl 8n,8o
BaseLangChain n139 nl
BaseLangGraphError 000l
BaseLanguageModel e139 3f 2z,33,1d,3q n*
BaseLanguageModelInterface e139 ns 2z,33,1d,3q
BaseListChatMessageHistory 5119 oq 1m,1n,1r,1s,1u,7,15
BaseMemory g119  8d,9q
BaseMessage h019 oq
BaseMessageChunk h019 3l
BaseMessagePromptTemplate j039 nl 2o
BaseMessageStringPromptTemplate j039 3n p
BaseMultiActionAgent 11119 2h 3p
BaseOutputParser i039 3e b,8r
BasePlanner 00119
BasePromptSelector 0019
BasePromptTemplate j039 nl p,66,8g,8s n*
BasePromptValue 0019 oq
BaseRetriever l139 nl 35
BaseRetrieverInterface l139 ns 35
BaseRunManager 3009
BaseSageMakerContentHandler 0018
BaseSandbox 00118
BaseSingleActionAgent 11119 2h 3p
BaseStepContainer 00119
BaseStepExecutor 00119
BaseStore q119 oq 1a,1b,1c,1k*
BaseStore q11m  l,5,a,18,1f,8
BaseStoreInterface q119  1a,1b,1c,1k*
BaseStringPromptTemplate j039 3t
BaseTavilyAPIWrapper 00113
BaseToolkit 0019
BaseTracer 3019 2k
BaseTransformOutputParser i039 3q
BaseTranslator 0019 td
BaseTranslator 00119 te
BasicTranslator 0009 4b
BasicTranslator 00019 4c
Bedrock e428 4g
Bedrock e428 g6
Bedrock e4219 4g
BedrockChat 6428 4j
BedrockChat 6428 2u
BedrockEmbeddings c401 au
BedrockEmbeddings c408 au
BinaryOperatorAggregate 000l 2o
BingSerpAPI s428 rq
BlobStore q11e 43 65,80,a8
BlobStoreAIStudioFile q40f 4q
BlobStoreAIStudioFileBase q11e 4r
BlobStoreGoogle q11e 4o
BlobStoreGoogleCloudStorage q40f 4t
BlobStoreGoogleCloudStorageBase q11e 4r
BraveSearch s428 rq
BrowserbaseLoader f408 34 3e*
BufferLoader f1119 34
BufferMemory g2019 2s
BufferWindowMemory g2019 2s
ByteDanceDoubaoEmbeddings c408 au
BytesOutputParser i029 4a
CSVLoader f308 rg
CSVLoader f3019 rg
CacheBackedEmbeddings c2019 au  68
Calculator s328 rq
Calculator s3219 rq
CallbackManager 3009 2m
CallbackManagerForChainRun 3009 3x
CallbackManagerForLLMRun 3009 3x
CallbackManagerForRetrieverRun 3009 3x
CallbackManagerForToolRun 3009 3x
CassandraChatMessageHistory 5408 3j
CassandraClientFactory 0008
CassandraKVStore q408 43
CassandraStore t408 sw 8 3*
CassandraTable 8408  5,31,9t,ax
ChainStepExecutor 00019 42
ChainTool s2219 ao
ChaindeskRetriever l428 3v
Channel 000l
ChannelRegistry 000r
CharacterTextSplitter r0214 rh
ChatAgent 12019 c
ChatAgentOutputParser i0219 d
ChatAlibabaTongyi 6428 2u 2
ChatAnthropic 6420 5r
ChatAnthropic 64219 2u
ChatAnthropicMessages 6420 2u
ChatBaiduQianfan 6424 2u 2
ChatBaiduWenxin 6428 2u 2,6z
ChatBedrockConverse 6421 2u
ChatCerebras 6425 2u
ChatCloudflareWorkersAI 6426 ow
ChatCloudflareWorkersAI 6428 ow
ChatCohere 6427 2u
ChatConnection 000e b
ChatConversationalAgent 12019 c
ChatConversationalAgentOutputParser i0219 d
ChatConversationalAgentOutputParserWithRetries i2219 d  1
ChatDeepInfra 6428 2u 2
ChatDeepSeek 642b 6z
ChatFireworks 6428 6z
ChatFriendli 6428 2u
ChatGPTLoader f308 rg
ChatGPTLoader f3019 rg
ChatGPTPluginRetriever l4219 n3
ChatGenerationChunk 0009 cc
ChatGoogle 642d 2p
ChatGoogle 642f 6e
ChatGoogle 642j 6e
ChatGoogleBase 613e 2u
ChatGoogleGenerativeAI 642g 2u 2
ChatGoogleNode 642d 2p
ChatGooglePaLM 6428 2u
ChatGoogleVertexAI 6428 2q
ChatGoogleVertexAI 6428 2q
ChatGroq 642k 2u 2
ChatIflytekXinghuo 6428 2r
ChatIflytekXinghuo 6428 2r
ChatLlamaCpp 63a8 ow  0*
ChatMessage h009 3l
ChatMessageChunk h009 3m
ChatMessagePromptTemplate j029 3o  t
ChatMinimax 6428 2u 2
ChatMistralAI 642t 2u 2
ChatModelStream 0009
ChatMoonshot 6428 2u 2
ChatNovitaAI 6428 6z
ChatOllama 6428 ow
ChatOllama 642x 2u 1e
ChatOpenAI 642y 2v 2
ChatOpenAICompletions 642y 2v 2
ChatOpenAIResponses 642y 2v 2
ChatOpenRouter 642z 2u
ChatPerplexity 6428 2u
ChatPrem 6428 2u 2
ChatPromptTemplate j029 2w  6j,6p,t
ChatPromptValue 0009 3u
ChatTencentHunyuan 6428 77
ChatTencentHunyuan 6428 2u 2
ChatTencentHunyuan 6428 77
ChatTogetherAI 6428 6z
ChatVectorDBQAChain 42219 2n  1
ChatVertexAI 642h 6c
ChatVertexAI 642i 6d
ChatWatsonx 6428 2u 2
ChatWebLLM 63a8 ow 0,94
ChatXAI 64216 6z
ChatXAIResponses 64216 2u
ChatYandexGPT 6428 2u
ChatYandexGPT 64217 2u
ChatZhipuAI 6428 2u 2
CheerioWebBaseLoader f408 34 e
CheerioWebBaseLoader f4019 35 e
Chroma t408 sw o r*
ChromaTranslator 0008 4b
ChromaTranslator 00019 4e
ChromeAI e3a8 g6
ClearToolUsesEdit 00019
ClickHouseStore t408 sw  3*
Client 840r  4i,4j,4k,4l,4m,4n,4o,4p,4q,4r,4s,5i,5j,5k,5l,5m,5n,9e,9f,9g,9h,9i,9j,9k,9l*,9m,9n*,9o,a9,aa,ab,ac,ad,aj,ak,al,am,an,ao,ap,aq*,ar,as,at,au,av
CloseVector t118 oe 9r
CloseVectorNode t248 7t  3l*
CloseVectorWeb t248 7t  3l*
CloudflareD1MessageHistory 5406 3j
CloudflareD1MessageHistory 5408 3j
CloudflareKVCache 2406 2i
CloudflareKVCache 2408 2i
CloudflareVectorizeStore t406 sw  3*
CloudflareVectorizeStore t408 sw  3*
CloudflareWorkersAI e426 g6
CloudflareWorkersAI e428 g6
CloudflareWorkersAIEmbeddings c406 au
CloudflareWorkersAIEmbeddings c408 au
Cohere e427 g6
Cohere e428 g6
CohereEmbeddings c407 au 5x
CohereEmbeddings c408 au
CohereRerank a407 32 3x
CollegeConfidentialLoader f408 7k
CollegeConfidentialLoader f4019 7l
CombinedMemory g2019 2s
CombiningOutputParser i0219 3q
CommaSeparatedListOutputParser i029 gw
Command 000l 8h
CommandInstance 000l
Comparison 0009 c1
CompiledGraph d22l lh
CompiledStateGraph d22l 8j
ComplexJsonStream 000e g4
CompositeBackend 00018
ConditionalPromptSelector 0009 3s
ConfigurableModel 64219 2u
ConfigurationError 00018
ConfluencePagesLoader f408 34
ConfluencePagesLoader f4019 35
ConneryAction s428 qb
ConneryService 8408  70,3g,40
ConneryToolkit 0008
ConsoleCallbackHandler 3009 49
ConstitutionalChain 42219 2n  1
ConstitutionalPrinciple 00019
ContextHubBackend 00018
ContextOverflowError 0009 gk
ContextualCompressionRetriever l2219 3v
ConversationChain 42219 g7
ConversationSummaryBufferMemory g2019 2z 3r
ConversationSummaryMemory g2019 2z
ConversationTokenBufferMemory g2019 2s
ConversationalRetrievalQAChain 42219 2n  1
ConvexChatMessageHistory 5408 3j
ConvexKVStore q408 43
ConvexVectorStore t408 sw
CouchbaseDocumentLoader f408 34 3e*
CouchbaseQueryVectorStore t408 sw d,1i 0*
CouchbaseSearchVectorStore t408 sw 1i 0*
CouchbaseVectorStore t408 sw 1i 0*
CreateTranscriptLoader f118 11
CreateTranscriptLoader f1119 12
CriteriaEvalChain 42219 gf  1*,96
CriteriaResultOutputParser i0219 3e
CronsClient 840r 2y 10,9,5h,5,8,f
CustomFilter 00012 c2
CustomFormatPromptTemplate j0219 lo
CustomListOutputParser i029 gw
CustomStreamOrchestrator 000r
DadJokeAPI s428 rq
DallEAPIWrapper s42y rq
DataBlobStore q30e 4o
DataForSeoAPISearch s428 rq 98
DataberryRetriever l428 3v
DatadogLLMObsTracer 3008 49
DatetimeOutputParser i0219 3q
DaytonaSandbox 840a 3z 4,5,2a,2b,2l,7u,7w,39,3a,0,85,3m,3u,3v,w,k,49,4a 9*,6c*,6l*
DaytonaSandboxError 000a od
DeepAgent 11118 m6
DeepInfraEmbeddings c408 au
DeepInfraLLM e428 g6
DefaultGeminiSafetyHandler 000e
DeltaChannel 000l 2o
DeltaSnapshot 000m
DeltaValue 000l
DescribeExecutionAWSSfnTool s428 rq
DictPromptTemplate n029 nl p
DirectoryLoader f3019 34
DiscordChannelSearchTool s428 rq
DiscordGetGuildsTool s428 rq
DiscordGetMessagesTool s428 rq
DiscordGetTextChannelsTool s428 rq
DiscordSendMessagesTool s428 rq
Docstore q118  1l,8
Docstore q1119  1l,8
Document 9009
DocumentCompressorPipeline a2019 33
DocumentLoader f119  19,3j
DocumentLoader f1119  19,3j
DocxLoader f308 4w b
DocxLoader f3019 4w b
DriaRetriever l428 3v
DriveFileReadConnection 0008 d8
DriveFileReadConnection 00019 da
DuckDuckGoSearch s428 rq
DynamicBarrierValue 000l 2o
DynamicStructuredTool s229 qb
DynamicTool s229 rq
DynamoDBChatMessageHistory 5408 3j
EPubLoader f308 34
EPubLoader f3019 35
ElasticVectorSearch t408 sw 26,29 3*
EmbeddingDistanceEvalChain 42219 pz
Embeddings c119 aw
EmbeddingsFilter a2019 33
EmbeddingsInterface c119  5y,5z
EmptyChannelError 000l 3g
EmptyContentError 000g gk
EmptyInputError 000l 3g
EncoderBackedStore q2019 43
EnsembleRetriever l2219 3v
EntityMemory g2019 2s
EphemeralValue 000l 2o
EvalChain 41319 2n
ExaFindSimilarResults s42c rq
ExaRetriever l42c 3v
ExaSearchResults s42c rq
Expression 0019
ExpressionParser i0219 3q 60
FaissStore t248 oe 8f 6d*,8b*
FakeBuiltModel 6329 2u
FakeChatMessageHistory 5309 2t
FakeChatModel 6329 2u
FakeEmbeddings c309 au
FakeLLM e329 g6
FakeListChatMessageHistory 5309 3j
FakeListChatModel 6329 2u
FakeListLLM e3219 g6
FakeRetriever l329 3v
FakeRunnable n329 nl
FakeSplitIntoListParser i029 3q
FakeStreamingChatModel 6329 2u
FakeStreamingLLM e329 g6
FakeTool s329 qb
FakeToolCallingModel 63219 2u
FakeTracer 3009 49
FakeVectorStore t209 sw  3*
FetchStreamTransport 000r
FetchStreamTransport 000r
FewShotChatMessagePromptTemplate j029 2w
FewShotPromptTemplate j029 46
FigmaFileLoader f408 34
FigmaFileLoader f4019 35
FileSystemChatMessageHistory 5308 3j z,13,14,1h
FilesystemBackend 00018
FilterBuilder 000p
FilterDirective 0019 b8
FilterExpression 00112
FireCrawlLoader f408 34
FirestoreChatMessageHistory 5408 3j
Fireworks e428 jx
FireworksEmbeddings c408 au
FluentRedisVectorStore t4012 sw 53,d,11
Friendli e428 g6
FunctionMessage h009 3l
FunctionMessageChunk h009 3m
FunctionalTranslator 0009 4b
GenerationChunk 0009
GenerativeAgent 42219 2n 1q,56,6w,6x,79,7a,7p,ag
GenerativeAgentMemory g2019 3k 1q,7g
GeoFilter 00012 c2
GitbookLoader f408 7k
GitbookLoader f4019 7l
GithubRepoLoader f408 34 3k*
GithubRepoLoader f4019 35 3k*
GmailBaseTool s138 qb 7b
GmailCreateDraft s428 ck
GmailGetMessage s428 ck
GmailGetThread s428 ck
GmailSearch s428 ck 8l,8q
GmailSendMessage s428 ck
GoogleAIConnection 001e dh
GoogleAISafetyError 000e
GoogleAbstractedFetchClient 001e
GoogleBaseLLM e13e g6
GoogleCalendarBase s428 rq 30,72
GoogleCalendarBase s4219 rq 30
GoogleCalendarCreateTool s428 cu
GoogleCalendarCreateTool s4219 cv
GoogleCalendarDeleteTool s428 cu
GoogleCalendarViewTool s428 cu
GoogleCalendarViewTool s4219 cv
GoogleCloudStorageDocstore q408 ab 1o
GoogleCloudStorageDocstore q4019 aa 1o
GoogleCloudStorageDownloadConnection 000e dc
GoogleCloudStorageLoader f408 34
GoogleCloudStorageRawConnection 000e dd
GoogleCloudStorageUploadConnection 000e dk
GoogleCloudStorageUri 000e
GoogleConnection 0018
GoogleConnection 001e
GoogleConnection 00119
GoogleCustomSearch s428 rq
GoogleDownloadConnection 001e dh
GoogleDownloadRawConnection 001e do
GoogleEmbeddings c40f 3a
GoogleEmbeddings c40j 3a
GoogleGenerativeAIEmbeddings c40g au
GoogleHostConnection 001e d9
GoogleLLM e42f ct
GoogleLLM e42j ct
GoogleMultipartUploadConnection 001e dh
GooglePaLM e428 g6
GooglePaLMEmbeddings c408 au
GooglePlacesAPI s428 rq
GoogleRawConnection 001e dh
GoogleRequestCallbackHandler 301d 2k
GoogleRequestCallbackHandler 301e 2k
GoogleRequestLogger 300d dp
GoogleRequestLogger 300e dq
GoogleRequestRecorder 300d dp
GoogleRequestRecorder 300e dq
GoogleRoutesAPI s428 qb
GoogleVertexAI e428 3c
GoogleVertexAI e428 3c
GoogleVertexAIChatMessage 0008
GoogleVertexAIEmbeddings c408 au
GoogleVertexAIMultimodalEmbeddings c408 au 2c,2d,2e,2f
GoogleVertexAIMultimodalEmbeddings c4019 au 2c,2d,2e,2f
GradientEmbeddings c408 au 42
GradientLLM e428 g6 42
Graph 0009
Graph p20l
GraphBubbleUp 000l 3g
GraphCallbackHandler 300l 2k
GraphCypherQAChain 4228 2n  1
GraphCypherQAChain 422v 2n  1
GraphCypherQAChain 42219 2n  1
GraphDocument 0008 oq
GraphDocument 000v oq
GraphDrained 000l e6
GraphInterrupt 000l e6
GraphRecursionError 000l 3g
GraphRunStream 000l
GraphValueError 000l 3g
HNLoader f408 7k
HNLoader f4019 7l
HNSWLib t248 oe
HTMLWebBaseLoader f408 34
HTTPException 000r
HanaDB t408 sw 52,1z,0,a5,ai
HandlebarsPromptTemplate j0219 9j
HtmlToTextTransformer b028 ha
HttpAgentServerAdapter 000r
HttpResponseOutputParser i0219 4a
HuggingFaceInference e428 g6
HuggingFaceInferenceEmbeddings c408 au
HuggingFaceTransformersEmbeddings c388 au
HumanMessage h009 3l
HumanMessageChunk h009 3m
HumanMessagePromptTemplate j029 up
HybridRetrievalStrategy 0008
HydeRetriever l2219 sz
IFTTTWebhook s428 rq
IMSDBLoader f408 7k
IMSDBLoader f4019 7l
IPFSDatastoreChatMessageHistory 5208 3j
IdDocument 9008 ac
ImagePromptTemplate j029 3t
ImagePromptValue 0009 3u
InMemoryCache 2309 2i  7x
InMemoryCache 230m 2j
InMemoryChatMessageHistory 5309 3j
InMemoryDocstore q3019 ab 1a,1b,1c,1k*
InMemoryFileStore 00019 39
InMemoryRecordManager k308 me
InMemoryStore q309 43
InMemoryStore q30m 44
InfoSqlTool s2219 rq
InvalidNamespaceError 000m
InvalidUpdateError 000l 3g
IterableReadableStream 0009
IterableReadableStream 000r
JSONLinesLoader f3019 rg
JSONLoader f3019 rg
JinaEmbeddings c408 au
JiraDocumentConverter 0008
JiraProjectLoader f408 34 8a
JsonGetValueTool s3219 rq
JsonKeyOutputFunctionsParser i029 3e
JsonKeyOutputFunctionsParser i0219 3e
JsonListKeysTool s3219 rq
JsonMarkdownStructuredOutputParser i029 q5
JsonMarkdownStructuredOutputParser i0219 q6
JsonOutputFunctionsParser i029 30
JsonOutputFunctionsParser i0219 30
JsonOutputKeyToolsParser i029 g0
JsonOutputKeyToolsParser i0219 3e
JsonOutputParser i029 30
JsonOutputToolsParser i029 30
JsonOutputToolsParser i0219 3e
JsonPlusSerializer 000m
JsonSpec 00019 oq
JsonStream 000e
JsonToolkit 00019 48
LLM e139 3d
LLMChain 42219 2n 1d
LLMChainExtractor a2019 33  1
LLMEvalChain 41319 g7
LLMGraphTransformer 0208  5b,90
LLMPairwiseStringEvaluator 41319 g9 2j
LLMPlanner 00019 3r
LLMRouterChain 42219 ne  1
LLMSingleActionAgent 12019 40
LLMStringEvaluator 41319 g9 2k
LLMonitorHandler 3008 2k
LabeledCriteriaEvalChain 42219 9f
LabeledPairwiseStringEvalChain 42219 ks
LanceDB t208 sw
LangChainError 0009
LangChainTracer 3009 49
LangChainTracerV1 3009 49
LangSmithLoader f409 34
LangSmithSandbox 84018 3z 51,4,5,2a,2b,2l,39,3a,3m,3u,3v,w,k,49,4a 9*
LanggraphZodMetaRegistry 000l
LastValue 000l 2o
LastValueAfterFinish 000l 2o
LatexTextSplitter r0214 mg
LayerupSecurity e428 g6
LengthBasedExampleSelector 0009 38
LibSQLVectorStore t408 sw
ListOutputParser i039 4a
ListStepContainer 00019 41
ListTablesSqlTool s2219 rq
LlamaCpp e3a8 g6  0*
LlamaCppEmbeddings c388 au  0*
LocalFileCache 23019 2i  9*
LocalFileStore q3019 43  6n*
LocalShellBackend 00018 bz
LogStreamCallbackHandler 3009 49
MakerSuiteHub 8408  2n,1e
MakerSuiteHub 84019  2n,1e
MakerSuitePrompt 0008
MakerSuitePrompt 00019
MapReduceDocumentsChain 42219 2n
MappingDocumentTransformer b039 36
MariaDBStore t408 sw 6,2h,h 0*
MarkdownGoogleSearchOutputParser i02e 3b
MarkdownListOutputParser i029 gw
MarkdownTextSplitter r0214 mg
MaskingParser 00019
MaskingTransformer 00119
MasterHandler 00019 je
MatchingEngine t408 sw 5u,77,7j
MatryoshkaRetriever l2219 sz
MediaAssembler 000r
MediaAssemblyError 000r
MediaBlob 000e oq
MediaManager 000e
Mem0Memory g408 2s
MemgraphGraph 8408 j5
MemgraphGraph 840v j6
MemorySaver 730m 2x
MemoryStore q30m fe
MemoryVectorStore t2019 sw  3*
MessageAssembler 000r
MessageGeminiSafetyHandler 000e 9y
MessageGraph p20l po
MessageTupleManager 000r
MessagesPlaceholder j029 3n
MetadataTagger b2219 ha
MetalRetriever l428 3v
MiddlewareError 00019
Milvus t408 sw 1x,o,61,7y,7z,9z r*
MinimaxEmbeddings c408 au
MistralAI e42t g6 2
MistralAIEmbeddings c40t au
MockAsyncLocalStorage 0009
ModelAbortError 0009 gk
ModelRefusalError 0009 gk
MomentoCache 2408 2i  2w*
MomentoChatMessageHistory 5408 3j  2w*
MomentoVectorIndex t408 sw
MongoDBAtlasSemanticCache 240u 2i 7,78
MongoDBAtlasVectorSearch t408 sw
MongoDBAtlasVectorSearch t40u sw
MongoDBCache 240u 2i 7
MongoDBChatMessageHistory 5408 3j
MongoDBChatMessageHistory 540u 3j
MongoDBSaver 740n 2x v
MongoDBStore q40n 44 w,k i*
MongoDBStore q40u 43
MongoVectorStore t4019 sw
MotorheadMemory g408 2s 3c
MozillaReadabilityTransformer b028 ha
MultiFileLoader f3019 34
MultiPromptChain 42219 is  6f,6q
MultiQueryRetriever l2219 3v  1
MultiRetrievalQAChain 42219 is  6g,6r
MultiRouteChain 42219 2n
MultiServerMCPClient 840s  4,31,7r,83,88,89,93,9y
MultiVectorRetriever l2219 3v
MultipleStructuredOutputsError 00019
MultipleSubgraphsError 000l 3g
MultipleToolsBoundError 00019
MyScaleStore t408 sw  3*
NIBittensorChatModel 64219 2u
NIBittensorLLM e4219 g6
NamedBarrierValue 000l 2o
NamedBarrierValueAfterFinish 000l 2o
Neo4jChatMessageHistory 5408 3j 4,y 0*
Neo4jChatMessageHistory 540v 3j 4,y 0*
Neo4jGraph 8408  1p,4,2g,u,3w,y 0*
Neo4jGraph 840v  1p,4,2g,u,3w,y 0*
Neo4jVectorStore t408 sw 4,20,21,u,3y,3z 2u*,3*,0*
Neo4jVectorStore t40v sw 4,20,21,u,3y,3z 2u*,3*,0*
NeonPostgres t408 sw h 0*
Node 0008 oq
Node 000v oq
NodeError 000l
NodeFileStore 00019 39
NodeHandler 00119
NodeInterrupt 000l ee
NodeTimeoutError 000l 3g
NomicEmbeddings c40w au
NotionAPILoader f408 34
NotionAPILoader f4019 35
NotionDBLoader f4019 35
NotionLoader f308 a4
NotionLoader f3019 a4
NumberedListOutputParser i029 gw
NumericFilter 00012 c2
ObsidianLoader f308 a4
ObsidianLoader f3019 a4
Ollama e428 g6
Ollama e42x g6
OllamaEmbeddings c408 au
OllamaEmbeddings c40x au
OllamaFunctions 6428 2u
OllamaFunctions 64219 2u
OpenAI e42y 3d 2
OpenAIAgent 12019 c
OpenAIAgentTokenBufferMemory g2019 2s 15
OpenAIAssistantRunnable n4219 nl 5o,71,8j 5d*
OpenAIChat e42y g6 2
OpenAIEmbeddings c40y au
OpenAIFiles 84019 oq 5g,5q,87,99,9a
OpenAIFunctionsAgentOutputParser i0219 d
OpenAIModerationChain 44219 2n
OpenAIToolsAgentOutputParser i0219 f
OpenAIWhisperAudio f408 4w
OpenAIWhisperAudio f4019 4w
OpenApiToolkit 00019 n9
OpenRouterAuthError 000z kb
OpenRouterError 000z gk
OpenRouterRateLimitError 000z kb
OpenSearchVectorStore t408 sw 26,29 3*
Operation 0009 c1
OrFilter 00012 c2
OutputFixingParser i2219 3q  1
OutputFunctionsParser i029 3e
OutputFunctionsParser i0219 3e
OutputParserException 0009
Overwrite 000l
PDFLoader f308 4w b
PDFLoader f3019 4w b
PGVectorStore t408 sw 1z,6,2h,h,7i,a4 0*
PIIDetectionError 00019
PPTXLoader f308 4w b
PPTXLoader f3019 4w b
PairwiseEmbeddingDistanceEvalChain 42219 kt
PairwiseStringEvalChain 42219 gb  1*,95
PairwiseStringEvaluator 41319 b4 2j
PairwiseStringResultOutputParser i0219 3e
ParentCommand 000l e6
ParentDocumentRetriever l2219 iu c
PartialRunnable n22l nl
PendingRunsTracker 000r
PineconeEmbeddings c4010 au
PineconeStore t408 sw  3*
PineconeStore t4010 sw  3*
PineconeTranslator 00010 4d
PineconeTranslator 00019 4e
PipelinePromptTemplate j029 3t
PlanAndExecuteAgentExecutor 42219 2n  s*,74*,75
PlanOutputParser i0219 3q
PlanetScaleChatMessageHistory 5408 3j
PlaywrightWebBaseLoader f408 34 e
PlaywrightWebBaseLoader f4019 35 e
Portkey e428 3d
PortkeyChat 6428 2u
PortkeySession 0008
PostgresChatMessageHistory 5408 3j 6
PostgresRecordManager k408 mf 6
PostgresSaver 740o 2x 6,v i
PostgresStore q40o 44 7n,v,w,k,ah i
Pregel d22l kx 4w,54,32,16,36*,37*,1j
PregelNode n22l no
PremEmbeddings c408 au
PrismaVectorStore t408 sw 4b,4e
PromptLayerChatOpenAI 64219 6y
PromptLayerOpenAI e4219 jx
PromptLayerOpenAIChat e4219 k1
PromptTemplate j029 46  2t,t
ProtocolError 000r
ProtocolSseTransportAdapter 000r
ProtocolWebSocketTransportAdapter 000r
ProviderStrategy 00019
PuppeteerWebBaseLoader f408 34 e,41
PuppeteerWebBaseLoader f4019 35 e,41
PythonInterpreterTool s328 rq 1t 0*
PythonInterpreterTool s3219 rq 1t 0*
QAEvalChain 42219 g7 62 6i
QdrantTranslator 0008 4b
QdrantVectorStore t408 sw o r*
QdrantVectorStore t4011 sw o r*
QueryCheckerTool s2219 rq
QuerySqlTool s2219 rq
QueryTransformer 00019
RaycastAI e428 g6
ReActSingleInputOutputParser i0219 d
ReactAgent 12019  5v,5w,17,x,47*
ReadFileTool s3219 qb
ReadThroughBlobStore q20e 4o
ReadableAbstractStream 000e
ReadableJsonStream 000e m9
ReadableSseJsonStream 000e m9
ReadableSseStream 000e m9
ReasoningContentStream 0009
RecordManager k119 oq 23,28,2m,38,3h,f
RecordManagerInterface k119  23,28,2m,38,3h,f
RecursiveCharacterTextSplitter r0214 rh  6h
RecursiveUrlLoader f408 34
RecursiveUrlLoader f4019 35
RedisByteStore q408 43
RedisCache 2408 2i
RedisCache 24012 2i
RedisCache 24019 2i
RedisChatMessageHistory 5408 3j
RedisChatMessageHistory 5408 3j 2i
RedisChatMessageHistory 54012 3j 2i
RedisSaver 740p 2x 6 2r*,2x*
RedisStore q40p  l,4,5,a,7m,18,1f,8,v 2r*,i*
RedisVectorStore t408 sw m,d,11
RedisVectorStore t4012 sw m,d,11,a3
ReducedValue 000l
RefineDocumentsChain 42219 2n
RegexMaskingTransformer 00019 hg
RegexParser i0219 3q
Relationship 0008 oq
Relationship 000v oq
RemoteException 000l 3g
RemoteGraph d42l nl 32,16,36*,37*,1j
RemoteLangChainRetriever l4219 n3
RemoteRetriever l138 3v
RemoteRunnable n429 nl
RemoveMessage h009 3l
Replicate e428 g6
RequestsGetTool s4219 rq
RequestsPostTool s4219 rq
RequestsToolkit 00019 48
RetrievalQAChain 42219 2n  1
RocksetStore t408 sw 5t b0*
RocksetStoreDestroyedError 0008 nd
RocksetStoreError 0008
RouterChain 41319 2n 9c
RouterOutputParser i0219 fu
RouterRunnable m229 nl
RunCollectorCallbackHandler 3009 49
RunControl 000l
RunLog 0009 nk
RunLogPatch 0009
Runnable n139 oq l,17,x,47*,ae*,48*
RunnableAgent 12019 nv
RunnableAssign n229 nl
RunnableBinding n229 nl
RunnableBranch n229 nl  q
RunnableCallable n22l nl
RunnableEach n229 nl
RunnableInterface n139  l,17,x,48*
RunnableLambda n229 nl  q
RunnableMap n229 nl  q
RunnableMultiActionAgent 12019 3p
RunnableParallel n229 nu
RunnablePassthrough n229 nl  4h
RunnablePick n029 nl
RunnableRetry n229 no
RunnableSequence o229 nl  q
RunnableToolLike s229 no
RunnableWithFallbacks n229 nl
RunnableWithMessageHistory n229 no
RunsClient 840r 2y 4z,50,9,5e,5,a,84,3d*,3f,x*,az
S3Loader f408 34
S3Loader f4019 35
SERPGoogleScholarAPITool s428 rq
SERPGoogleTrendsTool s428 rq
SQLiteRecordManager k308 mf
SRTLoader f308 rg
SRTLoader f3019 rg
SageMakerEndpoint e428 g6
SandboxError 00018
SaveableVectorStore t119 sw 9p 19*
SchemaMetaRegistry 000l
ScoreThresholdRetriever l2219 sz  6v
SearchApi s428 rq
SearchApiLoader f408 34
SearchApiLoader f4019 35
SearxngSearch s428 rq
SelfQueryRetriever l2219 3v  1
SemanticSimilarityExampleSelector 0209 38 4c,9u 2t*
Send 000l
SendTaskSuccessAWSSfnTool s428 rq
SequentialChain 42219 2n
Serializable 0019
SerpAPI s428 rq
SerpAPILoader f408 34
SerpAPILoader f4019 35
Serper s428 rq
ShallowRedisSaver 740p 2x 6 2x*
SimpleChatModel 6139 2u
SimpleGoogleSearchOutputParser i02e 3b
SimpleSequentialChain 42219 2n
SimpleWebBlobStore q40e 4o
SingleRunExtractor 3009 49
SingleStoreVectorStore t408 sw 24,6,a0,a2
SitemapLoader f408 7k 8p
SonixAudioTranscriptionLoader f408 34
SonixAudioTranscriptionLoader f4019 35
SortXYZBlockchainLoader f408 34
SortXYZBlockchainLoader f4019 35
SpiderLoader f408 34
SqlDatabase 82019 oq 7q,1g 6b*,6m*
SqlDatabaseChain 42219 2n
SqlToolkit 00019 48
SqliteSaver 730q 2x  i
SseJsonStream 000e pd
SseStream 000e
StackExchangeAPI s428 rq
StagehandActTool s428 pj
StagehandExtractTool s428 qb
StagehandNavigateTool s428 pj
StagehandObserveTool s428 pj
StagehandToolBase s138 rq
StagehandToolkit 0008 48
StandardSchemaOutputParser i029 3q  6t
StartExecutionAWSSfnTool s428 rq
StateBackend 00018
StateGraph p20l e5
StateGraphInputError 000l 3g
StateSchema 000l
StoreBackend 00018
StoreClient 840r 2y 5r,7e,18,91,9s
StreamChannel 000l
StreamController 000r
StreamError 000r
StreamManager 000r
StreamOrchestrator 000r
StreamStore 000r
StringEvaluator 41319 b4 2k
StringOutputParser i029 4a
StringPromptValue 0009 3u
StructuredChatAgent 12019 c
StructuredChatOutputParser i0219 d
StructuredChatOutputParserWithRetries i2219 d  1
StructuredOutputParser i029 3q  2v,2y
StructuredOutputParser i0219 3q  2v,2y
StructuredOutputParsingError 00019
StructuredPrompt j029 74  6k
StructuredQuery 0009 b8
StructuredQueryOutputParser i0219 17  69
StructuredTool s139 3f g
StructuredToolInterface s139 ns g
StuffDocumentsChain 42219 2n
SubagentDiscovery 000r
SubagentManager 000r
SubgraphDiscovery 000r
SubgraphRunStream 000l eg
SubscriptionHandle 000r
SupabaseHybridSearch l428 3v
SupabaseTranslator 0008 4b
SupabaseTranslator 00019 4c
SupabaseVectorStore t408 sw  3*
SynchronousInMemoryDocstore 03019
SyntheticEmbeddings c309 au
SystemMessage h009 3l
SystemMessageChunk h009 3m
SystemMessagePromptTemplate j029 up
TagFilter 00012 c2
TaskCreationChain 42219 g7  1
TaskExecutionChain 42219 g7  1
TaskPrioritizationChain 42219 g7  1
TaskadeProjectLoader f408 34
TavilyCrawl s4213 qb
TavilyCrawlAPIWrapper 84013 47 j
TavilyExtract s4213 qb
TavilyExtractAPIWrapper 84013 47 j
TavilyGetResearch s4213 qb
TavilyMap s4213 qb
TavilyMapAPIWrapper 84013 47 j
TavilyResearch s4213 qb
TavilyResearchAPIWrapper 84013 47 7k,j
TavilySearch s4213 qb
TavilySearchAPIRetriever l428 3v
TavilySearchAPIWrapper 84013 47 j
TavilySearchResults s428 rq
TencentHunyuanEmbeddings c408 rb
TencentHunyuanEmbeddings c408 au
TencentHunyuanEmbeddings c408 rb
TensorFlowEmbeddings c388 au
TextContentStream 0009
TextFilter 00012 c2
TextLoader f3019 34
TextSplitter r0314 36 5f,8h,a6,a7
ThreadStream 000r
ThreadsClient 840r 2y 5c,10,9,5,a,7d,16,3d*,8t,3r,8,f,1j
TigrisVectorStore t408 sw  3*
TimeWeightedVectorStoreRetriever l2219 3v c
TimestampFilter 00012 c2
TogetherAI e428 g6 2
TogetherAIEmbeddings c408 au
TokenTextSplitter r0214 rh
Tool s139 qb
ToolCallLimitExceededError 00019
ToolCallsStream 0009
ToolExecutor n22l no
ToolInputParsingException 0009
ToolInterface s139 qc
ToolInvocationError 00019
ToolMessage h009 3l
ToolMessageChunk h009 3m
ToolNode n22l nq
ToolStrategy 00019
Topic 000l 2o
TraceGroup 0009
TrajectoryEvalChain 42219 h  1*,97
TrajectoryOutputParser i0219 3e
TransformChain 42219 2n
TurbopufferVectorStore t408 sw 4y
TypeORMVectorStore t408 sw h 6a*,3*
TypeORMVectorStoreDocument 9008 ac
Typesense t408 sw 25
USearch t248 oe
UnknownInterruptError 000l 3g
UnreachableNodeError 000l 3g
UnstructuredDirectoryLoader f408 a4
UnstructuredDirectoryLoader f4019 a4
UnstructuredLoader f408 34 3b
UnstructuredLoader f4019 35 3b
UntrackedValue 000l
UntrackedValueChannel 000l 2o
UpstashRatelimitError 0008
UpstashRatelimitHandler 3008 2k
UpstashRedisCache 2408 2i
UpstashRedisChatMessageHistory 5408 3j
UpstashRedisStore q408 43
UpstashVectorStore t408 sw  3*
UsageMetadataStream 0009
Validator 0009
VectaraStore t408 sw 4d,25,7f,ay
VectaraSummaryRetriever l428 3v
VectaraTranslator 0008 4b
VectaraTranslator 00019 4c
VectorDBQAChain 42219 2n  1
VectorStore t119 oq c,1v,5,3n,43,44,46 2s*,6u*
VectorStoreInterface t119 oq c,1v,5,3n,43,44,46
VectorStoreQATool s2219 rq
VectorStoreRetriever l229 3v c
VectorStoreRetrieverInterface l139 3w c
VectorStoreRetrieverMemory g2019 3k
VectorStoreRouterToolkit 00019 48
VectorStoreToolkit 00019 48
VercelKVCache 2408 2i
VercelKVStore q408 43
VercelPostgres t408 sw 6,h 0*
VertexAI e42h di
VertexAI e42i dj
VertexAIEmbeddings c40h de
VertexAIEmbeddings c40i df
VespaRetriever l428 n3
ViolationOfExpectationsChain 42219 2n  1
Visitor 0019
Visitor 00119
VoyVectorStore t208 sw
VoyageEmbeddings c408 au
VoyageEmbeddings c40u au
WatsonxAI e428 g6 6y
WatsonxEmbeddings c408 au 3i
WatsonxLLM e428 3d 2,3i
WatsonxRerank a408 32 3x
WatsonxTool s428 qb
WatsonxToolkit 0008 48
WeaviateDocument 90015 ac
WeaviateStore t408 sw 45 3*,0*
WeaviateStore t4015 sw 12,81,45 3*,0*
WeaviateTranslator 00015 4b
WeaviateTranslator 00019 4c
WebBaseLoader f118 ae
WebBrowser s4219 rq
WebPDFLoader f308 34
WebPDFLoader f3019 35
WikipediaQueryRun s428 rq 58
WolframAlphaTool s428 rq
WriteFileTool s3219 qb
Writer e428 g6
XMLAgent 12019 40  22,s
XMLAgentOutputParser i0219 d
XMLOutputParser i029 30
XataChatMessageHistory 5408 3j
XataVectorSearch t408 sw
YandexGPT e428 g6
YandexGPT e4217 g6
YandexGPTEmbeddings c4017 au
YoutubeLoader f408 34  1y
YoutubeLoader f4019 35  1y
ZapierNLARunAction s4219 rq
ZapierNLAWrapper 84019 oq 3g,86,8x,8y,40,9d
ZapierToolKit 00019 48
ZepCloudChatMessageHistory 5408 2t
ZepCloudMemory g408 2s
ZepCloudRetriever l428 3v
ZepCloudVectorStore t408 sw  3c*
ZepMemory g408 2s
ZepRetriever l428 3v
ZepVectorStore t408 sw
ZeroShotAgent 12019 c
ZeroShotAgentOutputParser i0219 d
ZhipuAIEmbeddings c408 au
_HashedDocument 0009
_StringImageMessagePromptTemplate j029 3n p t`;

export const FUNCTIONS = `_coerceToRunnable n20 nl
addActiveAgentRouter p20 po
addNotificationMetadata h00 ev
applyHeadlessToolResumeCommand 001
assembleStructuredOutputPipeline n20 nl
assembledMessageToBaseMessage h00 3l
assembledToBaseMessage h00 3l
awaitAllCallbacks 001
calculateMaxTokens 001
channelsFromCheckpoint 001
coerceMessageLikeToMessage h00 3l
collapseDocs 901 ac
condenseMem0MemoryIntoHumanMessage h00 ev
condenseZepMemoryIntoHumanMessage h00 ev
consumeCallback 001
convertCompletionsDeltaToBaseMessageChunk h00 3m
convertCompletionsMessageToBaseMessage h00 3l
convertResponsesMessageToAIMessage h00 1
convertToChunk h00
createAWSSfnAgent 120 e
createAgent 120 m6
createAgentExecutor d20 8k
createContentParser i00 3q
createConversationalRetrievalAgent 121 e
createCua d20 8k
createDeepAgent 120 9v
createDocumentStoreFromByteStore q20 b0
createExtractionChain 420 g7
createExtractionChainFromZod 420 g7
createFunctionCallingExecutor d20 8k
createFunctionCallingParser i00 3e
createHandoffTool s20 an
createHistoryAwareRetriever n21 nl
createJsonAgent 120 e
createMetadataTagger b20 hz
createMetadataTaggerFromZod b20 hz
createOpenAIFnRunnable n20 nl
createOpenAIFunctionsAgent o21 g
createOpenAIToolsAgent o21 g
createOpenAPIChain 421 op
createOpenApiAgent 120 e
createReactAgent d20 8k
createReactAgent o21 g
createRetrievalChain n21 nl
createRetrieverTool s20 an
createSqlAgent 120 e
createSqlQueryChain o21 o0
createStructuredChatAgent o21 g
createStructuredOutputChain 420 g7
createStructuredOutputChainFromZod 420 g7
createStructuredOutputRunnable n20 nl
createStuffDocumentsChain o21 o0
createSubAgent 120 m6
createSupervisor p20 po
createSwarm p20 po
createTaggingChain 420 g7
createTaggingChainFromZod 420 g7
createToolCallingAgent o20 g
createVectorStoreAgent 120 e
createVectorStoreRouterAgent 120 e
createXmlAgent o21 g
customTool s20 ao
defaultTextSplitter 001
dispatchCustomEvent 001
encodingForModel 001
ensureHandler 300 2k
entrypoint d20 lh
executeHeadlessTool 001
fakeModel 630 bb
formatDocument 001
getBytes 001
getCallbackManagerForConfig 001
getChatModelByClassName 001
getEncoding 001
getInstance 001
getPromptTemplateFromKey j00 3t
getRuntimeEnvironment 001
getTracingCallbackHandler 301 gm
getTracingV2CallbackHandler 301 gl
handleHeadlessToolInterrupt 001
index 021
initChatModel 641 8o
initializeAgentExecutor 121 e
initializeAgentExecutorWithOptions 121 e
interopParseAsync 001
interopSafeParseAsync 001
load 001
loadAgent 121 c
loadChain 421 2n
loadEvaluator 001
loadLLM e21 3h
loadMcpTools 041
loadPrompt j01 3t
loadQAChain 420
loadQAMapReduceChain 420 h9
loadQARefineChain 420 mv
loadQAStuffChain 420 qd
loadQueryConstructorChain 420 g7
loadQueryConstructorRunnable n20 nl
loadSummarizationChain 420
mapStoredMessageToChatMessage h00
pipeGeneratorWithSetup 001
pull n01 nl
push 041
pushMessage h00 3l
raceWithSignal 001
resolveBackend 001
runOnDataset 021
sleep 001
stopInstance 001
toMessageClass h00 3l
tool s20
traceAsGroup 001
withAgentName n20 ns`;

export const MODULES: Readonly<Record<string, string>> = {
  '@langchain/anthropic': ' 5p,5r',
  '@langchain/aws': ' l,n,4k,5u',
  '@langchain/azure-cosmosdb': ' 21,22,23,24,25,27',
  '@langchain/azure-openai': ' 1x,28,2a',
  '@langchain/baidu-qianfan': ' 2f,5s',
  '@langchain/cerebras': ' 5v',
  '@langchain/classic': `agents c,d,e,g,3p,40,5m,5n,60,61,62,g5,ge,jy,k9,n9,nm,q2,q3,q4,48=Toolkit,t2,t3,u1,ul,um x,11,12,14,16,1b,1l,1m,1n,1o,2a,2b
agents/load  2f
agents/openai/output_parser k4,k6
agents/react/output_parser m5
agents/toolkits g5,jz,k9,n9,t2,t3 n,x,14,18,1m,1n
agents/toolkits/sql pa 19
agents/xml/output_parser u2
cache/file_system h1
chains 8,q,2n,7a,8w,8x,91,95,g7,gd,h9,ip,ir,is,k5,mv,na,ne,op,oy,qd,s5,sv r,s,13,1j,1k,2l,2m,2n,2o,2r
chains/combine_documents  1f
chains/combine_documents/reduce  b
chains/graph_qa/cypher ea
chains/history_aware_retriever  w
chains/load  2g
chains/openai_functions  r,s,10,13,1e,1j,1k
chains/query_constructor 1b,m3,qa 2q
chains/query_constructor/ir 4b,4d,8i,b8,c1,cb,ke,q9,td
chains/retrieval  17
chains/sql_db p9 1a
chat_models/universal 8o 20,29
document ac
document_loaders/base 34,ae
document_loaders/fs/buffer 4w
document_loaders/fs/directory a4
document_loaders/fs/json fk,fl
document_loaders/fs/multi_file io
document_loaders/fs/text rg
document_transformers/openai_functions hz y,z
embeddings/cache_backed 53
embeddings/fake bc,bd,be,bf,bg,bh,bj,bk,bl,bm,bn,bo,bq,br,p0,qo
evaluation 9f,9g,at,gh,gi,kr,ks,ku,lx,s3,s4 2h
experimental/autogpt 1n,1o,1p
experimental/babyagi 2d,qt,qu,qv
experimental/chains/violation_of_expectations tc
experimental/generative_agents cd,ce
experimental/masking hf,hg,mw
experimental/openai_assistant k0
experimental/openai_files k3
experimental/plan_and_execute 3r,41,42,5g,gc,gx,l5,l6
experimental/prompts/custom_format 9j
experimental/prompts/handlebars eo
hub  2u,2v
hub/node  2u,2v
indexes uo 28
load  2e
load/serializable oq
memory 2s,2z,3k,4x,4y,f9=ChatMessageHistory,8d,92,93,94,b2,t1
memory/chat_memory 2s
output_parsers 17,8e,8f,9k,9s,er,fr,fu,fw,fy,g1,gw,kg,ki,mx,nf,q6
output_parsers/expression b9,hh
retrievers/contextual_compression 90
retrievers/document_compressors 33,ad
retrievers/document_compressors/chain_extract g8
retrievers/document_compressors/embeddings_filter av
retrievers/ensemble b1
retrievers/hyde ez 23
retrievers/matryoshka_retriever hj
retrievers/multi_query iq
retrievers/multi_vector iu
retrievers/parent_document kw
retrievers/score_threshold og
retrievers/self_query 4b,4d,cb,ol
retrievers/self_query/functional cb
retrievers/time_weighted rl
schema/prompt_template  1x
schema/query_constructor 1c
smith  2z
sql_db p8
storage/encoder_backed b0 q
storage/file_system h2
storage/in_memory fd
stores/doc/base ab
stores/doc/in_memory fa,qn
stores/file/in_memory fb
stores/file/node jd
stores/message/in_memory f9=ChatMessageHistory
text_splitter 5l,gs,he,mg,rh,rp
tools 5h,an,ao,fp,fs,g3,m7,n7,n8,qb,rq,sy,tz
tools/chain 5h
tools/retriever  18
tools/sql ff,gy,m1,m2
tools/webbrowser tu
util/time  30
vectorstores/memory ht`,
  '@langchain/cloudflare': ' 5w,7w,7y,80,82,84',
  '@langchain/cohere': ' 5y,86,88,8a',
  '@langchain/community': `agents/toolkits/aws_sfn a j
agents/toolkits/base 48=Toolkit
agents/toolkits/connery 8u
agents/toolkits/ibm tm,tn
agents/toolkits/stagehand pf,pg,ph,pi,pk
caches/cloudflare_kv 7z
caches/ioredis mk
caches/momento i9
caches/upstash_redis sl
caches/vercel_kv t4
callbacks/handlers/llmonitor gg
callbacks/handlers/upstash_ratelimit sj,sk
chains/graph_qa/cypher e8
chat_models/alibaba_tongyi 5o
chat_models/arcjet y
chat_models/baiduwenxin 5t
chat_models/bedrock 4i,4i=ChatBedrock
chat_models/bedrock/web 4j,4j=ChatBedrock
chat_models/cloudflare_workersai 5x
chat_models/deepinfra 63
chat_models/fireworks 65
chat_models/friendli 66
chat_models/googlepalm 6h
chat_models/googlevertexai 6i,dy
chat_models/googlevertexai/web 6j,dy
chat_models/ibm 7d
chat_models/iflytek_xinghuo 6l
chat_models/iflytek_xinghuo/web 6m
chat_models/llama_cpp 6n
chat_models/minimax 6r
chat_models/moonshot 6u
chat_models/novita 6v
chat_models/ollama 6w
chat_models/perplexity 72
chat_models/portkey lb
chat_models/premai 73
chat_models/tencent_hunyuan 76
chat_models/tencent_hunyuan/web 78
chat_models/togetherai 79
chat_models/webllm 7e
chat_models/yandex 7h
chat_models/zhipuai 7j
document_compressors/ibm tl
document_loaders/fs/chatgpt 67
document_loaders/fs/csv 51
document_loaders/fs/docx ag
document_loaders/fs/epub aq
document_loaders/fs/notion jl
document_loaders/fs/obsidian jp
document_loaders/fs/openai_whisper_audio k7
document_loaders/fs/pdf kl
document_loaders/fs/pptx kp
document_loaders/fs/srt oa
document_loaders/fs/unstructured sd,sf
document_loaders/web/airtable i
document_loaders/web/apify_dataset w
document_loaders/web/assemblyai 1d,1f,1h,1j
document_loaders/web/azure_blob_storage_container 1t
document_loaders/web/azure_blob_storage_file 1v
document_loaders/web/browserbase 4v
document_loaders/web/cheerio 7k
document_loaders/web/college_confidential 8b
document_loaders/web/confluence 8q
document_loaders/web/couchbase 99
document_loaders/web/figma bw
document_loaders/web/firecrawl c3
document_loaders/web/gitbook cg
document_loaders/web/github ci
document_loaders/web/google_cloud_storage d4
document_loaders/web/hn ei
document_loaders/web/html el,tt
document_loaders/web/imsdb f1
document_loaders/web/jira fn,fo
document_loaders/web/notionapi ji
document_loaders/web/pdf tv
document_loaders/web/playwright l8
document_loaders/web/puppeteer lt
document_loaders/web/recursive_url mh
document_loaders/web/s3 o5
document_loaders/web/searchapi oi
document_loaders/web/serpapi os
document_loaders/web/sitemap p2
document_loaders/web/sonix_audio p3
document_loaders/web/sort_xyz_blockchain p5
document_loaders/web/spider p7
document_loaders/web/taskade qw
document_loaders/web/youtube u9
document_transformers/html_to_text ep
document_transformers/mozilla_readability in
embeddings/alibaba_tongyi k
embeddings/baidu_qianfan 2g
embeddings/bedrock 4l
embeddings/bytedance_doubao 4z
embeddings/cloudflare_workersai 85
embeddings/cohere 89
embeddings/deepinfra 9w
embeddings/fireworks c6
embeddings/googlepalm dm
embeddings/googlevertexai dz
embeddings/gradient_ai e2
embeddings/hf et
embeddings/hf_transformers eu
embeddings/huggingface_transformers eu
embeddings/ibm tj
embeddings/jina fm
embeddings/llama_cpp h0
embeddings/minimax i3
embeddings/ollama jt
embeddings/premai lj
embeddings/tencent_hunyuan ra
embeddings/tencent_hunyuan/web rc
embeddings/tensorflow rd
embeddings/togetherai ro
embeddings/voyage tg
embeddings/zhipuai un
experimental/callbacks/handlers/datadog 9r
experimental/chat_models/ollama_functions jv
experimental/graph_transformers/llm ga
experimental/hubs/makersuite/googlemakersuitehub aj,h5,h7
experimental/llms/chrome_ai 7p
experimental/multimodal_embeddings/googlevertexai e0
experimental/tools/pyinterpreter lv
graphs/document eb,ja,my
graphs/memgraph_graph hp
graphs/neo4j_graph j5
indexes/base me,mf
indexes/memory fc
indexes/postgres le
indexes/sqlite o9
llms/ai21 0
llms/aleph_alpha j
llms/arcjet z
llms/bedrock 4f
llms/bedrock/web 4g
llms/cloudflare_workersai 83
llms/cohere 87
llms/deepinfra 9x
llms/fireworks c5
llms/friendli c8
llms/googlepalm dl
llms/googlevertexai dw
llms/googlevertexai/web dx
llms/gradient_ai e3
llms/hf es
llms/ibm tk
llms/layerup_security gt
llms/llama_cpp gz
llms/ollama jr
llms/portkey la,lc
llms/raycast m4
llms/replicate n6
llms/sagemaker_endpoint 3y,oc
llms/togetherai rn
llms/watsonx_ai ti
llms/writer u0
llms/yandex u6
load  2e
load/serializable oq
memory/chat_memory 2s
memory/mem0 ho c
memory/motorhead_memory im
memory/zep ui d
memory/zep_cloud uf d
retrievers/amazon_kendra m
retrievers/amazon_knowledge_base o
retrievers/arxiv 10
retrievers/azion_edgesql 1q
retrievers/bm25 2c
retrievers/chaindesk 5i
retrievers/databerry 9q
retrievers/dria ai
retrievers/metal i0
retrievers/remote n3
retrievers/self_query/qdrant ly
retrievers/supabase qj
retrievers/tavily_search_api r7
retrievers/vectara_summary ss
retrievers/vespa tb
retrievers/zep uj
retrievers/zep_cloud ug
storage/cassandra 5d
storage/convex 97
storage/ioredis mj
storage/upstash_redis sn
storage/vercel_kv t5
stores/doc/base aa
stores/doc/gcs d1
stores/doc/in_memory fa,qn
stores/message/astradb 14
stores/message/aurora_dsql 1l
stores/message/cassandra 5b
stores/message/cloudflare_d1 7x
stores/message/convex 96
stores/message/dynamodb ap
stores/message/file_system by
stores/message/firestore c4
stores/message/in_memory f9=ChatMessageHistory
stores/message/ioredis mn
stores/message/ipfs_datastore f3
stores/message/momento ia
stores/message/mongodb ig
stores/message/neo4j j3
stores/message/planetscale l7
stores/message/postgres ld
stores/message/redis mo
stores/message/upstash_redis sm
stores/message/xata u4
stores/message/zep_cloud ue
structured_query/chroma 7n
structured_query/qdrant ly
structured_query/supabase qk
structured_query/vectara st
tools/aiplugin 4
tools/aws_lambda 9
tools/aws_sfn a2,oo,pm
tools/bingserpapi 4n
tools/brave_search 4u
tools/calculator 54
tools/connery 8s,8t
tools/dadjokeapi 9m
tools/dataforseo_api_search 9p
tools/discord a5,a6,a7,a8,a9
tools/duckduckgo_search al
tools/dynamic an,ao
tools/gmail cl,cm,cn,co,cp
tools/google_calendar cw,cy,cz
tools/google_custom_search db
tools/google_places dn
tools/google_routes dv
tools/google_scholar o7
tools/google_trends o8
tools/ifttt f0
tools/searchapi oh
tools/searxng_search ok
tools/serpapi or
tools/serper ou
tools/stackexchange pe
tools/tavily_search r9
tools/wikipedia_query_run tx
tools/wolframalpha ty
utils/cassandra 5c,5f
utils/event_source_parse  1y
vectorstores/analyticdb p
vectorstores/astradb 15
vectorstores/azion_edgesql 1r
vectorstores/azure_aisearch 1s
vectorstores/azure_cosmosdb 26
vectorstores/cassandra 5e
vectorstores/chroma 7m
vectorstores/clickhouse 7r
vectorstores/closevector/node 7u
vectorstores/closevector/web 7v
vectorstores/cloudflare_vectorize 81
vectorstores/convex 98
vectorstores/couchbase 9c
vectorstores/couchbase_query 9a
vectorstores/couchbase_search 9b
vectorstores/elasticsearch as,ey
vectorstores/faiss ba
vectorstores/googlevertexai f4,hi
vectorstores/hanavector en
vectorstores/hnswlib ek
vectorstores/lancedb gj
vectorstores/libsql gv
vectorstores/mariadb hb
vectorstores/milvus i2
vectorstores/momento_vector_index ib
vectorstores/mongodb_atlas id
vectorstores/myscale iy
vectorstores/neo4j_vector j7
vectorstores/neon j9
vectorstores/opensearch kd
vectorstores/pgvector kn
vectorstores/pinecone l0
vectorstores/prisma lk
vectorstores/qdrant lz
vectorstores/redis ms
vectorstores/rockset nb,nc,nd
vectorstores/singlestore p1
vectorstores/supabase qm
vectorstores/tigris rk
vectorstores/turbopuffer s6
vectorstores/typeorm s7,s8
vectorstores/typesense s9
vectorstores/upstash so
vectorstores/usearch sa
vectorstores/vectara sr
vectorstores/vercel_postgres t6
vectorstores/voy tf
vectorstores/weaviate tp
vectorstores/xata u5
vectorstores/zep uk
vectorstores/zep_cloud uh`,
  '@langchain/core': `caches 2i,f7
callbacks/base 2k
callbacks/dispatch  1r
callbacks/dispatch/web  1r
callbacks/manager 2m,3x,56,57,58,59,5a,s2 1t,34
callbacks/promises  7,e
chat_history 2t,3j,f9
decisions 31
document_loaders/base 34,ae
document_loaders/langsmith gn
documents 36,ac,ha
embeddings au,aw
errors 8z,gk,i7,i8
example_selectors 38,3s,8n,gu,om
indexing me,mf,uo 28
language_models/base 3f,3h,3i 8
language_models/chat_models 2u,ow
language_models/llms 3d,g6
language_models/stream 6t,md,re,rs,sp
language_models/structured_output  4,m,u
load  2e
load/serializable oq
memory 3k
messages 1,2,3l,3m,6o,6p,c9,ca,ev,ew,n5,qp,qq,rx,ry 2,a,i,1q,2s
messages/tool rx,ry
output_parsers 16,30,3e,3q,4a,50,8f,9k,ft,fz,gw,hd,jn,kj,pl,q0,q5,u3
output_parsers/openai_functions fq,fv,kh
output_parsers/openai_tools fx,g0
outputs 6a,cc
prompt_values 3u,75,f6,q1
prompts 3,2w,3n,3o,3t,46,6q,74,a3,bu,bv,ex,f5,hy,l4,lo,q8,qr
retrievers 3v,3w
retrievers/document_compressors 32
runnables ng,nl,nn,no,np,nr,ns,nt,nu,nw,nx,ny,nz,o0,o1,o2,o3 0,1z,2x
runnables/graph e4
runnables/remote n4
singletons i6
stores 43,45,fd
structured_query 4b,4d,8i,b8,c1,cb,ke,q9,td
testing bb 1w
tools 48,an,ao,qb,qc,rq,ru,rv 33
tracers/base 49
tracers/console 8v
tracers/initialize  25,26
tracers/log_stream h4,nj,nk
tracers/run_collector nh
tracers/tracer_langchain gl
tracers/tracer_langchain_v1 gm
utils/async_caller 19
utils/env  24
utils/event_source_parse  1y
utils/json_schema sq
utils/stream 1a,fi 2t
utils/testing bc,bd,be,bf,bg,bh,bj,bk,bl,bm,bn,bo,bq,br,p0,qo
utils/tiktoken  1s,21
utils/types  2c,2d
vectorstores oe,sw,sx,sz,t0`,
  '@langchain/daytona': ' 9t,9u',
  '@langchain/deepseek': ' 64',
  '@langchain/exa': ' b5,b6,b7',
  '@langchain/google': ` 6b,dp,dr,dt
node 6g=ChatGoogle,dp,dr,dt`,
  '@langchain/google-common': ` b,v,3a,3b,5z,6e,8l,cq,cr,cs,ct,d9,dh,do,dq,ds,du,g4,hc,m9,ma,mb,mc,ox,pc,pd
experimental/media 5,6,7,4q,4r,4t,d3,d5,d6,d7,dc,dd,dk
experimental/utils/media_core 2e,4o,9o,hm,hn,m8,oz
utils 8l,9y,cr,g4,hv,m9,ma,mb,mc,pc,pd`,
  '@langchain/google-gauth': ` 4p,4s,6c,de,di
utils 8l,9y,cr,g4,hv,m9,ma,mb,mc,pc,pd`,
  '@langchain/google-genai': ' 6f,ay,dg',
  '@langchain/google-vertexai': ` 7b,t7,t9
utils 8l,9y,cr,g4,hv,m9,ma,mb,mc,pc,pd`,
  '@langchain/google-vertexai-web': ` 7c,t8,ta
utils 8l,9y,cr,g4,hv,m9,ma,mb,mc,pc,pd`,
  '@langchain/google-webauth': ` 6d,df,dj
utils 8l,9y,cr,g4,hv,m9,ma,mb,mc,pc,pd`,
  '@langchain/groq': ' 6k',
  '@langchain/langgraph': ` s,u,18,2o,2x,3g,44,4m,6t=ChatModelStreamImpl,8g,8h,8j,8k,9z,a1,am,ax,az,b3,pt=EventLog,e5,e6,e7,ed,ee,ef,eg,eh,fe,fh,gq,hr,hw,iw,j1,jc,jf,jg,kk,kv,lh,li,mu,n0,ni,on,po,pp,pq,pt,qh,s1,sb,sc,sh,si 1u,2w
channels u,2o,4m,9z,am,b3,gq,gr,j1,j2,s1,si 9
prebuilt rt,rz l,t,15,35
pregel 5j,lh
remote n1
stream pt=EventLog,pt
web s,u,18,2o,2x,3g,44,4m,6t=ChatModelStreamImpl,8g,8h,8j,8k,9z,a1,am,ax,az,b3,pt=EventLog,e5,e6,e7,ed,ee,ef,eg,eh,fe,fh,gq,hr,hw,iw,j1,jc,jf,jg,kk,kv,lh,li,mu,n0,ni,on,po,pp,pq,pt,qh,s1,sb,sc,sh,si 1u,2w
zod gp,of`,
  '@langchain/langgraph-checkpoint': ' 18,2j,2x,44,a0,f8,fe,fg,g2,hr,hs',
  '@langchain/langgraph-checkpoint-mongodb': ' ii,ij',
  '@langchain/langgraph-checkpoint-postgres': ` lf
store lg`,
  '@langchain/langgraph-checkpoint-redis': ` mq
shallow ov
store c0,mr`,
  '@langchain/langgraph-checkpoint-sqlite': ' pb',
  '@langchain/langgraph-cua': `  o
utils  22,31`,
  '@langchain/langgraph-sdk': ` 7s,eq,hk,hl,hu,lp,lq,lr,pv,qi,ri 3,1v,27
auth 1m,em
client 13,2y,7s,9h,eq,hk,hl,hu,lp,lq,lr,o4,ps,qi,ri,rj
react bs,qf 1v,27
stream 5k,hk,hl,pu,py,qe,qg 5,6
ui 9l,bt,hx,ky,pv,pw,px,qf 32
utils fj`,
  '@langchain/langgraph-supervisor': '  v,1h,35',
  '@langchain/langgraph-swarm': '  1,v,1i',
  '@langchain/mcp-adapters': ' it 2j',
  '@langchain/mistralai': ' 6s,i4,i5',
  '@langchain/mongodb': ' ic,ie,if,ih,ik,th',
  '@langchain/neo4j': ' e9,ec,hq,j4,j6,j8,jb,mz',
  '@langchain/nomic': ' jh',
  '@langchain/ollama': ' 6x,js,ju',
  '@langchain/openai': ' 1y,1z,20,29,2b,2v,6y,6z,70,9n,jx,k1,k2 f,g,h,1p',
  '@langchain/openrouter': ' 71,ka,kb,kc',
  '@langchain/pinecone': ' kz,l1,l2',
  '@langchain/qdrant': ' m0',
  '@langchain/redis': ' r,9i,c2,c7,cf,jo,kf,ml,mp,mt,c7=RedisVectorStoreAdvanced,qs,rf,rm',
  '@langchain/tavily': ' qx,qy,qz,r0,r1,r2,r3,r4,r5,r6,r8',
  '@langchain/textsplitters': ' 5l,gs,he,mg,rh,rp',
  '@langchain/weaviate': ' to,tq,tr',
  '@langchain/xai': ' 7f,7g',
  '@langchain/yandex': ` 7i,u7,u8
chat_models 7i
embeddings u8
llms u7`,
  'deepagents': ` 3z,8m,8p,8y,9v,bz,go,h3,od,pn,pr p,1g,2y
browser 3z,8m,8p,8y,9v,go,od,pn,pr p,2y
node 3z,8m,8p,8y,9v,bz,go,h3,od,pn,pr p,1g,2y`,
  'langchain': ` 1,2,3l,3m,7q,ac,an,ao,bp,ev,ew,fd,i1,iv,ix,ko,ls,m6,q7,qb,qp,qq,rq,rr,rw,rx,ry,s0 k,1w,29,33
agents c,d,e,g,3p,40,5m,5n,60,61,62,g5,ge,jy,k9,n9,nm,q2,q3,q4,48=Toolkit,t2,t3,u1,ud,ul,um x,11,12,14,16,1b,1l,1m,1n,1o,2a,2b
agents/load  2f
agents/openai/output_parser k4,k6
agents/react/output_parser m5
agents/toolkits g5,jz,k9,n9,t2,t3,ud n,x,14,18,1m,1n
agents/toolkits/aws_sfn a j
agents/toolkits/connery 8u
agents/toolkits/sql pa 19
agents/xml/output_parser u2
base_language 3f,3h,3i 8
browser 1,2,3l,3m,7q,ac,an,ao,bp,ev,ew,fd,i1,iv,ix,ko,ls,m6,q7,qb,qp,qq,rq,rr,rw,rx,ry,s0 k,1w,29,33
cache f7
cache/cloudflare_kv 7z
cache/file_system h1
cache/ioredis mk
cache/momento i9
cache/redis mm
cache/upstash_redis sl
callbacks 2k,49,56,57,58,59,5a,8v,gl,nh,s2 7,e,26,34
callbacks/handlers/llmonitor gg
chains 8,q,2n,7a,8w,8x,91,95,g7,gd,h9,ip,ir,is,k5,mv,na,ne,op,oy,qd,s5,sv r,s,13,1j,1k,2l,2m,2n,2o,2r
chains/combine_documents  1f
chains/combine_documents/reduce  b
chains/graph_qa/cypher ea
chains/history_aware_retriever  w
chains/load  2g
chains/openai_functions  r,s,10,13,1c,1d,1e,1j,1k
chains/query_constructor 1b,m3,qa 2p,2q
chains/query_constructor/ir 4b,4d,8i,b8,c1,cb,ke,q9,td
chains/retrieval  17
chains/sql_db p9 1a
chat_models/anthropic 5q
chat_models/baiduwenxin 5t
chat_models/base 2u,ow
chat_models/bedrock 4i,4i=ChatBedrock
chat_models/bedrock/web 4j,4j=ChatBedrock
chat_models/cloudflare_workersai 5x
chat_models/fake bh
chat_models/fireworks 65
chat_models/googlepalm 6h
chat_models/googlevertexai 6i,dy
chat_models/googlevertexai/web 6j,dy
chat_models/iflytek_xinghuo 6l
chat_models/iflytek_xinghuo/web 6m
chat_models/llama_cpp 6n
chat_models/minimax 6r
chat_models/ollama 6w
chat_models/openai 6y,ll
chat_models/portkey lb
chat_models/universal 8o 20,29
chat_models/yandex 7h
document ac
document_loaders/base 34,ae
document_loaders/fs/buffer 4w
document_loaders/fs/chatgpt 68
document_loaders/fs/csv 52
document_loaders/fs/directory a4
document_loaders/fs/docx ah
document_loaders/fs/epub ar
document_loaders/fs/json fk,fl
document_loaders/fs/multi_file io
document_loaders/fs/notion jm
document_loaders/fs/obsidian jq
document_loaders/fs/openai_whisper_audio k8
document_loaders/fs/pdf km
document_loaders/fs/pptx kq
document_loaders/fs/srt ob
document_loaders/fs/text rg
document_loaders/fs/unstructured se,sg
document_loaders/web/apify_dataset x
document_loaders/web/assemblyai 1e,1g,1i,1k
document_loaders/web/azure_blob_storage_container 1u
document_loaders/web/azure_blob_storage_file 1w
document_loaders/web/cheerio 7l
document_loaders/web/college_confidential 8c
document_loaders/web/confluence 8r
document_loaders/web/figma bx
document_loaders/web/gitbook ch
document_loaders/web/github cj
document_loaders/web/hn ej
document_loaders/web/imsdb f2
document_loaders/web/notionapi jj
document_loaders/web/notiondb jk
document_loaders/web/pdf tw
document_loaders/web/playwright l9
document_loaders/web/puppeteer lu
document_loaders/web/recursive_url mi
document_loaders/web/s3 o6
document_loaders/web/searchapi oj
document_loaders/web/serpapi ot
document_loaders/web/sonix_audio p4
document_loaders/web/sort_xyz_blockchain p6
document_loaders/web/youtube ua
document_transformers/html_to_text ep
document_transformers/mozilla_readability in
document_transformers/openai_functions hz y,z
embeddings/base au,aw
embeddings/bedrock 4l
embeddings/cache_backed 53
embeddings/cloudflare_workersai 85
embeddings/cohere 89
embeddings/fake bc,bd,be,bf,bg,bh,bj,bk,bl,bm,bn,bo,bq,br,p0,qo
embeddings/googlepalm dm
embeddings/googlevertexai dz
embeddings/gradient_ai e2
embeddings/hf et
embeddings/hf_transformers eu
embeddings/llama_cpp h0
embeddings/minimax i3
embeddings/ollama jt
embeddings/openai k2
embeddings/tensorflow rd
embeddings/voyage tg
evaluation 9f,9g,at,gh,gi,kr,ks,ku,lx,s3,s4 2h
experimental/autogpt 1n,1o,1p
experimental/babyagi 2d,qt,qu,qv
experimental/chains/violation_of_expectations tc
experimental/chat_models/anthropic_functions t
experimental/chat_models/bittensor iz
experimental/chat_models/ollama_functions jw
experimental/generative_agents cd,ce
experimental/hubs/makersuite/googlemakersuitehub ak,h6,h8
experimental/llms/bittensor j0
experimental/masking hf,hg,mw
experimental/multimodal_embeddings/googlevertexai e1
experimental/openai_assistant k0
experimental/openai_files k3
experimental/plan_and_execute 3r,41,42,5g,gc,gx,l5,l6
experimental/prompts/custom_format 9j
experimental/prompts/handlebars eo
experimental/tools/pyinterpreter lw
graphs/neo4j_graph j5
hub  2u,2v
hub/node  2u,2v
indexes uo 28
llms/ai21 0
llms/aleph_alpha j
llms/base 3d,g6
llms/bedrock 4h
llms/bedrock/web 4g
llms/cloudflare_workersai 83
llms/cohere 87
llms/fake bi
llms/fireworks c5
llms/googlepalm dl
llms/googlevertexai dw
llms/googlevertexai/web dx
llms/gradient_ai e3
llms/hf es
llms/llama_cpp gz
llms/load  2i
llms/ollama jr
llms/openai jx,k1,lm,ln
llms/portkey la,lc
llms/raycast m4
llms/replicate n6
llms/sagemaker_endpoint 3y,oc
llms/watsonx_ai ti
llms/writer u0
llms/yandex u6
load  2e
load/serializable oq
memory 2s,2z,3k,4x,4y,f9=ChatMessageHistory,8d,92,93,94,b2,im,t1
memory/chat_memory 2s
memory/zep ui
output_parsers 17,8e,8f,9k,9s,er,fr,fu,fw,fy,g1,gw,kg,ki,mx,nf,q6
output_parsers/expression b9,hh
prompts 3,2w,38,3s,3t,46,6q,74,8n,bu,bv,ex,gu,hy,l4,lo,om,q1,qr
prompts/load  2k
retrievers/amazon_kendra m
retrievers/chaindesk 5i
retrievers/contextual_compression 90
retrievers/databerry 9q
retrievers/document_compressors 33,ad
retrievers/document_compressors/chain_extract g8
retrievers/document_compressors/embeddings_filter av
retrievers/ensemble b1
retrievers/hyde ez 23
retrievers/matryoshka_retriever hj
retrievers/metal i0
retrievers/multi_query iq
retrievers/multi_vector iu
retrievers/parent_document kw
retrievers/remote 69,n2,n3
retrievers/score_threshold og
retrievers/self_query 4b,4d,cb,ol
retrievers/self_query/chroma 7o
retrievers/self_query/functional cb
retrievers/self_query/pinecone l3
retrievers/self_query/supabase ql
retrievers/self_query/vectara su
retrievers/self_query/weaviate ts
retrievers/supabase qj
retrievers/tavily_search_api r7
retrievers/time_weighted rl
retrievers/vectara_summary ss
retrievers/vespa tb
retrievers/zep uj
runnables ng,nl,nn,no,np,nr,ns,nt,nu,nw,nx,ny,nz,o0,o2,o3 0,1z
runnables/remote n4
schema 1=AIChatMessage,1,2,2i,3l=BaseChatMessage,2t,37,39,3j,3l,3m,3u,6a,6o,6p,aa,c9,ca,cc,ev=HumanChatMessage,ev,ew,qp=SystemChatMessage,qp,qq,rx,ry a,2s
schema/document 36,ha
schema/output_parser 16,30,3e,3q,4a,50,8f,9k,ft,fz,gw,hd,jn,kj,q0,q5,u3
schema/prompt_template  1x
schema/query_constructor 1c
schema/retriever 3v,3w
schema/runnable ng,nl,nn,no,np,nr,ns,nt,nu,nw,nx,ny,nz,o0,o2,o3 0,1z
schema/storage 43,45,fd
smith  2z
sql_db p8
storage/convex 97
storage/encoder_backed b0 q
storage/file_system h2
storage/in_memory fd
storage/ioredis mj
storage/upstash_redis sn
storage/vercel_kv t5
stores/doc/base ab
stores/doc/gcs d2
stores/doc/in_memory fa,qn
stores/file/in_memory fb
stores/file/node jd
stores/message/cassandra 5b
stores/message/cloudflare_d1 7x
stores/message/convex 96
stores/message/dynamodb ap
stores/message/firestore c4
stores/message/in_memory f9=ChatMessageHistory
stores/message/ioredis mn
stores/message/momento ia
stores/message/mongodb ig
stores/message/planetscale l7
stores/message/redis mo
stores/message/upstash_redis sm
stores/message/xata u4
text_splitter 5l,gs,he,mg,rh,rp
tools 4,4n,4u,5h,9m,9p,an,ao,db,f0,fp,fs,g3,m7,n7,n8,oh,ok,or,ou,qb,rq,sy,tx,ty,tz,ub,uc 33
tools/aws_lambda 9
tools/aws_sfn a2,oo,pm
tools/calculator 55
tools/chain 5h
tools/connery 8s,8t
tools/gmail cl,cm,cn,co,cp
tools/google_calendar cx,d0
tools/google_places dn
tools/retriever  18
tools/sql ff,gy,m1,m2
tools/webbrowser tu
util/time  30
vectorstores/analyticdb p
vectorstores/base oe,sw,sx,sz,t0
vectorstores/cassandra 5e
vectorstores/chroma 7m
vectorstores/clickhouse 7r
vectorstores/closevector/node 7u
vectorstores/closevector/web 7v
vectorstores/cloudflare_vectorize 81
vectorstores/convex 98
vectorstores/elasticsearch as
vectorstores/faiss ba
vectorstores/googlevertexai f4,hi
vectorstores/hnswlib ek
vectorstores/lancedb gj
vectorstores/memory ht
vectorstores/milvus i2
vectorstores/momento_vector_index ib
vectorstores/mongo il
vectorstores/mongodb_atlas id
vectorstores/myscale iy
vectorstores/neo4j_vector j7
vectorstores/opensearch kd
vectorstores/pgvector kn
vectorstores/pinecone l0
vectorstores/prisma lk
vectorstores/qdrant lz
vectorstores/redis ms
vectorstores/rockset nb,nc,nd
vectorstores/singlestore p1
vectorstores/supabase qm
vectorstores/tigris rk
vectorstores/typeorm s7,s8
vectorstores/typesense s9
vectorstores/usearch sa
vectorstores/vectara sr
vectorstores/vercel_postgres t6
vectorstores/voy tf
vectorstores/weaviate tp
vectorstores/xata u5
vectorstores/zep uk`,
};

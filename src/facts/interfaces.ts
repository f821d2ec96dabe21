import type { ClassEntry, Kind } from './catalog.ts';

/** LangChain interfaces and type aliases that occur in annotations; classes are in the catalogue. */
const kinds: Readonly<Record<string, Kind>> = {
  BaseLanguageModelInterface: 'llm',
  BaseRetrieverInterface: 'retriever',
  EmbeddingsInterface: 'embeddings',
  LanguageModelLike: 'chatModel',
  RunnableInterface: 'runnable',
  RunnableToolLike: 'tool',
  StructuredToolInterface: 'tool',
  ToolInterface: 'tool',
  VectorStoreInterface: 'vectorStore',
  VectorStoreRetrieverInterface: 'retriever',
};

/** The entry of an interface, in the form of an abstract class. */
export function findInterface(name: string): ClassEntry | undefined {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined) return undefined;
  return {
    type: 'class',
    name,
    ref: `@langchain/core#${name}`,
    kind,
    net: 'abstract',
    loads: null,
    abstract: true,
    runnable: kind !== 'embeddings' && kind !== 'vectorStore',
    bases: [],
    asyncMethods: new Map(),
    statics: new Map(),
  };
}

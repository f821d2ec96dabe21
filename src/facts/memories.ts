/** A class that stores data in the memory of the process. Proof: `memory-saver-grows`. */
export interface Memory {
  readonly classes: readonly string[];
  readonly packages: readonly string[];
  /** What it stores for each key. */
  readonly what: string;
  /** A class that stores the same in a database. */
  readonly durable: string;
}

export const memories: readonly Memory[] = [
  {
    classes: ['InMemorySaver', 'MemorySaver'],
    packages: ['@langchain/langgraph', '@langchain/langgraph-checkpoint', 'langchain'],
    what: 'thread',
    durable: 'PostgresSaver',
  },
  // The one of @langchain/core holds bytes, like a cache.
  {
    classes: ['InMemoryStore'],
    packages: ['@langchain/langgraph', '@langchain/langgraph-checkpoint', 'langchain'],
    what: 'item',
    durable: 'PostgresStore',
  },
  {
    classes: ['ChatMessageHistory', 'InMemoryChatMessageHistory'],
    packages: ['@langchain/classic', '@langchain/community', '@langchain/core', 'langchain'],
    what: 'history',
    durable: 'PostgresChatMessageHistory',
  },
];

/** Options of graphs and agents that take such a store. */
export const memoryOptions = ['checkpointer', 'checkpointSaver', 'store'];

/** A class that keeps what it is given in the memory of the process. Proof: `memory-saver-grows`. */
export interface Memory {
  readonly classes: readonly string[];
  readonly packages: readonly string[];
  /** What it keeps one of for each key. */
  readonly what: string;
  /** A class that keeps it in a database. */
  readonly durable: string;
}

export const memories: readonly Memory[] = [
  {
    classes: ['InMemorySaver', 'MemorySaver'],
    packages: ['@langchain/langgraph', '@langchain/langgraph-checkpoint', 'langchain'],
    what: 'thread',
    durable: 'PostgresSaver',
  },
  // The one of @langchain/core holds bytes, as a cache does.
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

/** Options of graphs and agents that hold one. */
export const memoryOptions = ['checkpointer', 'checkpointSaver', 'store'];

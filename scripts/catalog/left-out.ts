/** A package of LangChain that the catalogue has no entry for. */
export interface LeftOut {
  /** The version that was looked at. */
  readonly version: string;
  readonly reason: string;
}

export const leftOut: Readonly<Record<string, LeftOut>> = {
  '@langchain/azure-openai': {
    version: '0.0.11',
    reason: 'retired: its classes are found under their names in @langchain/openai',
  },
  '@langchain/langgraph-api': { version: '1.5.1', reason: 'a server of its own, which applications do not call' },
  '@langchain/langgraph-cli': { version: '1.5.1', reason: 'a command' },
  '@langchain/langgraph-cua': {
    version: '0.0.5',
    reason: 'one function that returns a graph, for LangGraph 0.2, and a machine for each thread within it',
  },
  '@langchain/langgraph-ui': { version: '1.5.1', reason: 'a bundler of components' },
  '@langchain/node-vfs': {
    version: '0.1.4',
    reason: 'a sandbox on the machine itself: a process for each command, and none that stays',
  },
  '@langchain/quickjs': { version: '0.6.4', reason: 'a middleware over WebAssembly: no connection and no request' },
  '@langchain/react': { version: '1.1.0', reason: 'hooks for browsers over @langchain/langgraph-sdk' },
  '@langchain/svelte': { version: '1.0.29', reason: 'stores for browsers over @langchain/langgraph-sdk' },
};

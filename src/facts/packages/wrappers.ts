/**
 * Functions of packages that return their function argument, which runs as often and with the same arguments as before.
 */
export const wrappers: readonly {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly argument: number;
}[] = [
  { sources: ['@langchain/langgraph', '@langchain/langgraph/web'], names: ['task'], argument: 1 },
  { sources: ['async'], names: ['asyncify', 'reflect'], argument: 0 },
  { sources: ['bluebird'], names: ['method'], argument: 0 },
  { sources: ['express-async-handler'], names: ['default'], argument: 0 },
  { sources: ['langsmith', 'langsmith/traceable'], names: ['traceable'], argument: 0 },
  // Results of `cache()` last for one request.
  { sources: ['react'], names: ['cache', 'useCallback', 'default.cache', 'default.useCallback'], argument: 0 },
];

/** The settings that the blocks of the documentation are linted with. Only concurrency-budget, on whose page they stand, reads the budget. */
export const docSettings = { langchain: { budget: { workers: 8, limit: 50, pools: { pg: 100 } } } };

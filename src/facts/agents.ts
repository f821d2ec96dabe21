/** A function that makes an agent of which each model step calls `bindTools` on the model. */
interface AgentFactory {
  readonly package: string;
  readonly name: string;
  /** The option that takes the model. */
  readonly model: string;
  readonly takesMiddleware: boolean;
}

/** Proof: `agents-limited-by-model`, `agents-not-limited-by-model`, `agents-limited-by-middleware`. */
export const agentFactories: readonly AgentFactory[] = [
  { package: 'langchain', name: 'createAgent', model: 'model', takesMiddleware: true },
  { package: 'deepagents', name: 'createDeepAgent', model: 'model', takesMiddleware: true },
  { package: '@langchain/langgraph', name: 'createReactAgent', model: 'llm', takesMiddleware: false },
];

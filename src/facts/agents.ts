/** A function that creates an agent in which each model step calls `bindTools` on the model. */
interface AgentFactory {
  readonly package: string;
  readonly name: string;
  /** The option that takes the model. */
  readonly model: string;
  readonly takesMiddleware: boolean;
}

/** The default attempts of a retry middleware and of a LangGraph retry policy. */
export const defaultAttempts = { middleware: 3, policy: 3 } as const;

/**
 * The version of `langchain` from which on `modelRetryMiddleware` passes `maxRetries: 0` to the calls that it retries.
 * Proof: `model-retry-middleware`, `model-retry-middleware-early`.
 */
export const switchesRetriesOff = '1.5.9';

/** Proof: `agents-limited-by-model`, `agents-not-limited-by-model`, `agents-limited-by-middleware`. */
export const agentFactories: readonly AgentFactory[] = [
  { package: 'langchain', name: 'createAgent', model: 'model', takesMiddleware: true },
  { package: 'deepagents', name: 'createDeepAgent', model: 'model', takesMiddleware: true },
  { package: '@langchain/langgraph', name: 'createReactAgent', model: 'llm', takesMiddleware: false },
];

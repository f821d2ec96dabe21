import { type FrameworkRow } from './row.ts';

/** Its tools and nodes are read by tools.ts. */
export const langchain: FrameworkRow = {
  name: 'LangChain',
  unit: 'tool call',
  parameters: [{ names: /^ToolRuntime$/u }],
};

export const langgraph: FrameworkRow = {
  name: 'LangGraph',
  unit: 'graph step',
  parameters: [{ names: /^LangGraphRunnableConfig$/u }],
  functions: [{ names: /^GraphNode$/u }],
};

/** Frameworks that run tools, and steps of graphs. */
export const toolFrameworks: readonly FrameworkRow[] = [
  {
    name: 'MCP',
    unit: 'tool call',
    calls: [
      {
        form: 'method',
        sources: /^@modelcontextprotocol\/(?:sdk|server)(?:\/|$)|^(?:mcp-handler|@vercel\/mcp-adapter)$/u,
        shared: true,
        names: /^(?:prompt|registerPrompt|registerResource|registerTool|resource|setRequestHandler|tool)$/u,
      },
      {
        form: 'method',
        sources: /^(?:fastmcp|@punkpeye\/fastmcp)$/u,
        shared: true,
        names: /^add(?:Prompt|Resource|ResourceTemplate|Tool)$/u,
        keys: /^(?:execute|load)$/u,
        keysOnly: true,
      },
      {
        form: 'method',
        sources: /^(?:fastmcp|@punkpeye\/fastmcp)$/u,
        shared: true,
        names: /^addTools$/u,
        keys: /^execute$/u,
        keysOnly: true,
      },
    ],
  },
  {
    name: 'AI SDK',
    unit: 'tool call',
    calls: [
      { form: 'function', sources: /^ai$/u, names: /^(?:dynamicTool|tool)$/u, keys: /^execute$/u, keysOnly: true },
      {
        form: 'function',
        sources: /^@openai\/agents(?:-core)?$/u,
        names: /^tool$/u,
        keys: /^execute$/u,
        keysOnly: true,
      },
      {
        form: 'function',
        sources: /^@mastra\/core(?:\/|$)/u,
        names: /^create(?:Step|Tool)$/u,
        keys: /^execute$/u,
        keysOnly: true,
      },
    ],
  },
  {
    name: 'CopilotKit',
    unit: 'tool call',
    calls: [
      {
        form: 'new',
        sources: /^@copilotkit\/runtime$/u,
        names: /^CopilotRuntime$/u,
        keys: /^actions\.handler$/u,
        depth: 2,
        keysOnly: true,
      },
    ],
  },
  {
    name: 'Genkit',
    unit: 'request',
    calls: [
      { form: 'method', sources: /^(?:genkit|@genkit-ai\/\w+)$/u, shared: true, names: /^define(?:Flow|Tool)$/u },
    ],
  },
  langchain,
  langgraph,
];

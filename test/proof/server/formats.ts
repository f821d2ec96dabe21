import { crc32 } from 'node:zlib';

interface ToolCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What the model says. */
export interface Answer {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  /** A streamed answer is sent piece by piece. */
  readonly chunks: readonly (string | Uint8Array)[];
  /** Where a client leaves a rejection to nobody when a stream breaks off. */
  readonly mustEnd?: boolean;
}

/** A request as one of the formats understands it. */
export interface Format {
  readonly name: string;
  readonly prompt: string;
  readonly isStreamed: boolean;
  answer(answer: Answer): Reply;
  fail(status: number): Reply;
}

type Body = Readonly<Record<string, unknown>>;
type Reader = (path: string, body: Body) => Omit<Format, 'name'>;

const USAGE = { input: 3, output: 5 };
const VECTOR = [0.25, 0.5, 0.125];

const formats: readonly { readonly name: string; readonly path: RegExp; readonly read: Reader }[] = [
  { name: 'openai-chat', path: /\/chat\/completions$/u, read: readOpenAIChat },
  { name: 'mistral-fim', path: /\/fim\/completions$/u, read: readMistralFim },
  { name: 'openai-completions', path: /\/completions$/u, read: readOpenAICompletions },
  { name: 'openai-responses', path: /\/responses$/u, read: readOpenAIResponses },
  { name: 'openai-embeddings', path: /\/embeddings$/u, read: readOpenAIEmbeddings },
  { name: 'anthropic-messages', path: /\/v1\/messages$/u, read: readAnthropic },
  { name: 'gemini', path: /:(?:stream)?generateContent$/iu, read: readGemini },
  { name: 'gemini-embed', path: /:(?:embedContent|batchEmbedContents)$/u, read: readGeminiEmbeddings },
  { name: 'ollama-chat', path: /\/api\/chat$/u, read: readOllama },
  { name: 'ollama-generate', path: /\/api\/generate$/u, read: readOllama },
  { name: 'ollama-embed', path: /\/api\/embed(?:dings)?$/u, read: readOllamaEmbeddings },
  { name: 'bedrock-converse', path: /\/converse(?:-stream)?$/u, read: readBedrock },
  { name: 'watsonx', path: /\/ml\/v1\/text\/(?:chat|generation)(?:_stream)?$/u, read: readWatsonx },
  { name: 'remote-runnable', path: /\/(?:invoke|batch)$/u, read: readRemoteRunnable },
  { name: 'weaviate', path: /\/v1\/(?:meta|\.well-known\/[\w-]+)$/u, read: readDatabase },
  { name: 'qdrant', path: /\/collections(?:\/[\w/-]+)?$/u, read: readDatabase },
  { name: 'page', path: /\.html$/u, read: readPage },
];

/** The format of a request by its path; null when none has it. */
export function findFormat(url: string, body: unknown): Format | null {
  const [path = ''] = url.split('?', 1);
  const format = formats.find((candidate) => candidate.path.test(path));
  return format
    ? { name: format.name, ...format.read(path, typeof body === 'object' && body !== null ? (body as Body) : {}) }
    : null;
}

// ── OpenAI, Mistral, Groq, xAI, DeepSeek, Cerebras ───────────────────────────────────────────────────────────────────

function readOpenAIChat(_path: string, body: Body): Omit<Format, 'name'> {
  const isStreamed = body['stream'] === true;
  const common = { id: createId('chatcmpl'), created: 1, model: 'model' };
  const usage = {
    prompt_tokens: USAGE.input,
    completion_tokens: USAGE.output,
    total_tokens: USAGE.input + USAGE.output,
  };
  return {
    prompt: readMessages(body['messages']),
    isStreamed,
    fail: failAsJson,
    answer({ text, toolCalls }) {
      const calls = toolCalls.map(({ name, args }, index) => ({
        index,
        id: createId('call'),
        type: 'function',
        function: { name, arguments: JSON.stringify(args) },
      }));
      const extra = calls.length > 0 ? { tool_calls: calls } : {};
      const finish_reason = calls.length > 0 ? 'tool_calls' : 'stop';
      if (!isStreamed)
        return json({
          ...common,
          object: 'chat.completion',
          choices: [{ index: 0, message: { role: 'assistant', content: text, ...extra }, finish_reason }],
          usage,
        });
      const chunk = (delta: object, reason: string | null): object => ({
        ...common,
        object: 'chat.completion.chunk',
        choices: [{ index: 0, delta, finish_reason: reason }],
      });
      return events([
        chunk({ role: 'assistant', content: '' }, null),
        ...split(text).map((content) => chunk({ content }, null)),
        ...(calls.length > 0 ? [chunk(extra, null)] : []),
        { ...chunk({}, finish_reason), usage },
        '[DONE]',
      ]);
    },
  };
}

/** The answer to a prompt and a suffix has the form of a chat's. */
function readMistralFim(path: string, body: Body): Omit<Format, 'name'> {
  return { ...readOpenAIChat(path, body), prompt: readText(body['prompt']) };
}

function readOpenAICompletions(_path: string, body: Body): Omit<Format, 'name'> {
  const isStreamed = body['stream'] === true;
  const common = { id: createId('cmpl'), object: 'text_completion', created: 1, model: 'model' };
  const prompts = Array.isArray(body['prompt']) ? body['prompt'].map(String) : [readText(body['prompt'])];
  return {
    prompt: prompts.join('\n'),
    isStreamed,
    fail: failAsJson,
    answer({ text }) {
      if (isStreamed)
        return events([
          ...split(text).map((piece) => ({ ...common, choices: [{ index: 0, text: piece, finish_reason: null }] })),
          '[DONE]',
        ]);
      return json({
        ...common,
        choices: prompts.map((_prompt, index) => ({ index, text, finish_reason: 'stop' })),
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      });
    },
  };
}

function readOpenAIResponses(_path: string, body: Body): Omit<Format, 'name'> {
  const isStreamed = body['stream'] === true;
  return {
    prompt: typeof body['input'] === 'string' ? body['input'] : readMessages(body['input']),
    isStreamed,
    fail: failAsJson,
    answer({ text, toolCalls }) {
      const message = {
        type: 'message',
        id: createId('msg'),
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text, annotations: [] }],
      };
      const calls = toolCalls.map(({ name, args }) => ({
        type: 'function_call',
        id: createId('fc'),
        call_id: createId('call'),
        name,
        arguments: JSON.stringify(args),
        status: 'completed',
      }));
      const response = {
        id: createId('resp'),
        object: 'response',
        created_at: 1,
        model: 'model',
        status: 'completed',
        error: null,
        output: [message, ...calls],
        usage: {
          input_tokens: USAGE.input,
          output_tokens: USAGE.output,
          total_tokens: USAGE.input + USAGE.output,
          input_tokens_details: {},
          output_tokens_details: {},
        },
      };
      if (!isStreamed) return json(response);
      const list = [
        { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
        {
          type: 'response.output_item.added',
          output_index: 0,
          item: { ...message, status: 'in_progress', content: [] },
        },
        ...split(text).map((delta) => ({
          type: 'response.output_text.delta',
          item_id: message.id,
          output_index: 0,
          content_index: 0,
          delta,
        })),
        { type: 'response.output_item.done', output_index: 0, item: message },
        { type: 'response.completed', response },
      ];
      return events(
        list.map((event, sequence_number) => ({ ...event, sequence_number })),
        (event) => event.type,
      );
    },
  };
}

function readOpenAIEmbeddings(_path: string, body: Body): Omit<Format, 'name'> {
  const inputs = Array.isArray(body['input']) ? body['input'].map(String) : [readText(body['input'])];
  const embedding =
    body['encoding_format'] === 'base64' ? Buffer.from(Float32Array.from(VECTOR).buffer).toString('base64') : VECTOR;
  return {
    prompt: inputs.join('\n'),
    isStreamed: false,
    fail: failAsJson,
    answer: () =>
      json({
        id: 'emb-1',
        object: 'list',
        model: 'model',
        data: inputs.map((_input, index) => ({ object: 'embedding', index, embedding })),
        usage: { prompt_tokens: 1, completion_tokens: 0, total_tokens: 1 },
      }),
  };
}

// ── Anthropic ────────────────────────────────────────────────────────────────────────────────────────────────────────

function readAnthropic(_path: string, body: Body): Omit<Format, 'name'> {
  const isStreamed = body['stream'] === true;
  return {
    prompt: readMessages(body['messages']),
    isStreamed,
    fail: (status) => json({ type: 'error', error: { type: 'api_error', message: `failed with ${status}` } }, status),
    answer({ text, toolCalls }) {
      const tools = toolCalls.map(({ name, args }) => ({ type: 'tool_use', id: createId('toolu'), name, input: args }));
      const message = {
        id: createId('msg'),
        type: 'message',
        role: 'assistant',
        model: 'model',
        content: [{ type: 'text', text }, ...tools],
        stop_reason: tools.length > 0 ? 'tool_use' : 'end_turn',
        stop_sequence: null,
        usage: { input_tokens: USAGE.input, output_tokens: USAGE.output },
      };
      if (!isStreamed) return json(message);
      return events(
        [
          { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
          { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
          ...split(text).map((piece) => ({
            type: 'content_block_delta',
            index: 0,
            delta: { type: 'text_delta', text: piece },
          })),
          { type: 'content_block_stop', index: 0 },
          {
            type: 'message_delta',
            delta: { stop_reason: 'end_turn', stop_sequence: null },
            usage: { output_tokens: USAGE.output },
          },
          { type: 'message_stop' },
        ],
        (event) => event.type,
      );
    },
  };
}

// ── Gemini ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function readGemini(path: string, body: Body): Omit<Format, 'name'> {
  const isStreamed = path.includes(':stream');
  return {
    prompt: readMessages(body['contents']),
    isStreamed,
    fail: failAsJson,
    answer({ text, toolCalls }) {
      const calls = toolCalls.map(({ name, args }) => ({ functionCall: { name, args } }));
      const reply = (parts: readonly object[], finishReason?: string): object => ({
        candidates: [
          { index: 0, content: { role: 'model', parts }, ...(finishReason === undefined ? {} : { finishReason }) },
        ],
        usageMetadata: {
          promptTokenCount: USAGE.input,
          candidatesTokenCount: USAGE.output,
          totalTokenCount: USAGE.input + USAGE.output,
        },
      });
      if (!isStreamed) return json(reply([{ text }, ...calls], 'STOP'));
      return {
        ...events([
          ...split(text).map((piece) => reply([{ text: piece }])),
          reply(calls.length > 0 ? calls : [{ text: '' }], 'STOP'),
        ]),
        mustEnd: true,
      };
    },
  };
}

function readGeminiEmbeddings(path: string, body: Body): Omit<Format, 'name'> {
  const requests = Array.isArray(body['requests']) ? (body['requests'] as unknown[]) : null;
  return {
    prompt: requests
      ? requests.map((request) => readMessages([(request as Body)['content']])).join('\n')
      : readMessages([body['content']]),
    isStreamed: false,
    fail: failAsJson,
    answer: () =>
      json(
        path.endsWith(':batchEmbedContents')
          ? { embeddings: (requests ?? []).map(() => ({ values: VECTOR })) }
          : { embedding: { values: VECTOR } },
      ),
  };
}

// ── Ollama ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function readOllama(path: string, body: Body): Omit<Format, 'name'> {
  const isStreamed = body['stream'] !== false;
  const isChat = path.endsWith('/chat');
  return {
    prompt: isChat ? readMessages(body['messages']) : readText(body['prompt']),
    isStreamed,
    fail: (status) => json({ error: `failed with ${status}` }, status),
    answer({ text, toolCalls }) {
      const calls = toolCalls.map(({ name, args }) => ({ function: { name, arguments: args } }));
      const piece = (content: string, isDone: boolean, extra: object = {}): object => ({
        model: 'model',
        created_at: '2026-01-01T00:00:00Z',
        ...(isChat ? { message: { role: 'assistant', content, ...extra } } : { response: content }),
        done: isDone,
        ...(isDone
          ? { done_reason: 'stop', total_duration: 1, prompt_eval_count: USAGE.input, eval_count: USAGE.output }
          : {}),
      });
      const extra = calls.length > 0 ? { tool_calls: calls } : {};
      if (!isStreamed) return json(piece(text, true, extra));
      const pieces = [...split(text).map((content) => piece(content, false)), piece('', true, extra)];
      return { status: 200, type: 'application/x-ndjson', chunks: pieces.map((each) => `${JSON.stringify(each)}\n`) };
    },
  };
}

function readOllamaEmbeddings(_path: string, body: Body): Omit<Format, 'name'> {
  const inputs = Array.isArray(body['input']) ? body['input'].map(String) : [readText(body['input'] ?? body['prompt'])];
  return {
    prompt: inputs.join('\n'),
    isStreamed: false,
    fail: (status) => json({ error: `failed with ${status}` }, status),
    answer: () => json({ model: 'model', embeddings: inputs.map(() => VECTOR), embedding: VECTOR }),
  };
}

// ── Bedrock ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function readBedrock(path: string, body: Body): Omit<Format, 'name'> {
  const isStreamed = path.endsWith('/converse-stream');
  return {
    prompt: readMessages(body['messages']),
    isStreamed,
    fail: (status) => json({ message: `failed with ${status}` }, status),
    answer({ text, toolCalls }) {
      const usage = { inputTokens: USAGE.input, outputTokens: USAGE.output, totalTokens: USAGE.input + USAGE.output };
      const tools = toolCalls.map(({ name, args }) => ({
        toolUse: { toolUseId: createId('tool'), name, input: args },
      }));
      const stopReason = tools.length > 0 ? 'tool_use' : 'end_turn';
      if (!isStreamed)
        return json({
          output: { message: { role: 'assistant', content: [{ text }, ...tools] } },
          stopReason,
          usage,
          metrics: { latencyMs: 1 },
        });
      return {
        status: 200,
        type: 'application/vnd.amazon.eventstream',
        chunks: [
          awsEvent('messageStart', { role: 'assistant' }),
          ...split(text).map((piece) =>
            awsEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: piece } }),
          ),
          awsEvent('contentBlockStop', { contentBlockIndex: 0 }),
          awsEvent('messageStop', { stopReason }),
          awsEvent('metadata', { usage, metrics: { latencyMs: 1 } }),
        ],
      };
    },
  };
}

/** One message of the format `application/vnd.amazon.eventstream`: lengths, checksum, headers, payload, checksum. */
function awsEvent(type: string, payload: object): Uint8Array {
  const headers = Buffer.concat(
    Object.entries({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }).map(
      ([name, value]) => {
        const length = Buffer.alloc(3);
        length.writeUInt8(7, 0);
        length.writeUInt16BE(Buffer.byteLength(value), 1);
        return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), length, Buffer.from(value)]);
      },
    ),
  );
  const body = Buffer.from(JSON.stringify(payload));
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + headers.length + body.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const message = Buffer.concat([prelude, checksum(prelude), headers, body]);
  return Buffer.concat([message, checksum(message)]);
}

function checksum(bytes: Uint8Array): Buffer {
  const result = Buffer.alloc(4);
  result.writeUInt32BE(crc32(bytes), 0);
  return result;
}

// ── Watsonx, RemoteRunnable, databases, web pages
// ───────────────────────────────────────────────────────────────────────────────

function readWatsonx(path: string, body: Body): Omit<Format, 'name'> {
  return {
    prompt: path.endsWith('/chat') ? readMessages(body['messages']) : readText(body['input']),
    isStreamed: false,
    fail: (status) => json({ errors: [{ code: 'error', message: `failed with ${status}` }] }, status),
    answer({ text }) {
      if (path.endsWith('/generation'))
        return json({
          model_id: 'model',
          created_at: 'now',
          results: [{ generated_text: text, generated_token_count: 1, input_token_count: 1, stop_reason: 'eos_token' }],
        });
      return json({
        id: createId('chat'),
        model_id: 'model',
        created: 1,
        choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      });
    },
  };
}

function readRemoteRunnable(_path: string, body: Body): Omit<Format, 'name'> {
  const input = body['input'] ?? body['inputs'];
  return {
    prompt: readText(input),
    isStreamed: false,
    fail: failAsJson,
    answer: ({ text }) => json({ output: Array.isArray(input) ? input.map(() => text) : text }),
  };
}

/** As much of Weaviate and Qdrant as it takes to see how long their clients wait. */
function readDatabase(path: string): Omit<Format, 'name'> {
  return {
    prompt: path,
    isStreamed: false,
    fail: failAsJson,
    answer: () => json({ version: '1.30.0', result: [], status: 'ok', time: 0 }),
  };
}

function readPage(path: string): Omit<Format, 'name'> {
  return {
    prompt: path,
    isStreamed: false,
    fail: failAsJson,
    answer: ({ text }) => ({
      status: 200,
      type: 'text/html',
      chunks: [`<!doctype html><title>Page</title><body><p>${text}</p></body>`],
    }),
  };
}

// ── shared ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function json(value: object, status = 200): Reply {
  return { status, type: 'application/json', chunks: [JSON.stringify(value)] };
}

function failAsJson(status: number): Reply {
  return json({ error: { message: `failed with ${status}`, type: 'error', code: status } }, status);
}

/** Server-sent events. */
function events<Event extends object>(list: readonly (Event | string)[], name?: (event: Event) => string): Reply {
  return {
    status: 200,
    type: 'text/event-stream',
    chunks: list.map((event) =>
      typeof event === 'string'
        ? `data: ${event}\n\n`
        : `${name ? `event: ${name(event)}\n` : ''}data: ${JSON.stringify(event)}\n\n`,
    ),
  };
}

let ids = 0;

/** Programs tell messages and tool calls apart by their ids. */
function createId(prefix: string): string {
  ids += 1;
  return `${prefix}_${ids}`;
}

/** A streamed text comes in two pieces. */
function split(text: string): readonly string[] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}

/** The text of the last message. */
function readMessages(messages: unknown): string {
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined;
  if (typeof last !== 'object' || last === null) return '';
  const { content, parts } = last as Body;
  return readText(content ?? parts);
}

function readText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map((part) => readText(part)).join('');
  if (typeof content === 'object' && content !== null)
    return readText((content as Body)['text'] ?? (content as Body)['input']);
  return '';
}

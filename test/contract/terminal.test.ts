import { expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { ALL_RULES, lint } from './linter.ts';

/** A message fits the terminal where names are of usual length. */
const LONGEST = 160;

const imports = code`
  import { ChatAnthropic } from '@langchain/anthropic';
  import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
  import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
  import { PostgresStore } from '@langchain/langgraph-checkpoint-postgres/store';
  import { MongoDBStore } from '@langchain/langgraph-checkpoint-mongodb';
  import { AzureChatOpenAI, ChatOpenAI } from '@langchain/openai';
`;

const handler = (body: string): string => code`
  ${imports}
  import express from 'express';
  const app = express();
  const model = new ChatAnthropic({ model: 'claude-sonnet-4-5' });
  app.post('/answers', async (req, res) => {
    const controller = new AbortController();
    req.on('close', () => controller.abort());
    ${body}
  });
`;

test.each([
  ['request_timeout on Gemini', 'new ChatGoogleGenerativeAI({ request_timeout: 60 })', 'request_timeout'],
  ['timeout on Gemini', 'new ChatGoogleGenerativeAI({ timeout: 60_000 })', 'ignores `timeout`'],
  ['fetch', 'new AzureChatOpenAI({ timeout: 600_000 })', '300 s'],
  ['fetch of Anthropic', 'new ChatAnthropic({ clientOptions: { timeout: 600_000 } })', '300 s'],
  ['retries of the SDK', 'new AzureChatOpenAI({ configuration: { maxRetries: 0 } })', 'maxRetries: 0'],
  ['PostgresSaver', 'PostgresSaver.fromConnString(process.env.DATABASE_URL)', 'has no limits'],
  ['PostgresStore', 'PostgresStore.fromConnString(process.env.DATABASE_URL)', 'has no limits'],
  ['MongoDBStore', 'MongoDBStore.fromConnString(process.env.DATABASE_URL)', 'has no limits'],
  ['a stream', "new ChatOpenAI().stream('hi', { timeout: 5000 })", 'whole answer'],
  ['a short stream', "new ChatOpenAI().stream('hi', { timeout: 20 })", 'whole answer'],
])('%s', (_name, expression, said) => {
  check(`${imports}\nexport const made = ${expression};`, said);
});

test.each([
  ['a signal', 'res.json(await model.invoke(req.body.question));', '{ signal: controller.signal }'],
  ['a stream', 'for await (const chunk of await model.stream(req.body.text)) res.write(chunk.text);', 'to its end'],
])('%s in a handler', (_name, body, said) => {
  check(handler(body), said);
});

test('a signal of the handler, in a function of the file', () => {
  check(
    code`
      ${imports}
      const model = new ChatAnthropic({ model: 'claude-sonnet-4-5' });
      const answer = async (question: string) => (await model.invoke(question)).text;
      export async function POST(request: Request) {
        request.signal.throwIfAborted();
        return Response.json(await answer(await request.text()));
      }
    `,
    'of the handler',
  );
});

/** That one message says this, and that none is too long. */
function check(text: string, said: string): void {
  const messages = lint(text, { filename: 'app/api/chat/route.ts', rules: ALL_RULES }).map(({ message }) => message);
  expect(messages.filter((message) => message.includes(said))).not.toEqual([]);
  expect(messages.filter(({ length }) => length > LONGEST)).toEqual([]);
}

import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { ChatOpenAI } from '@langchain/openai';
import { createAgent } from 'langchain';
import { planDetails, serviceStatus } from './tools.js';
import type { Ticket } from './types.js';

const model = new ChatOpenAI({ model: 'gpt-4.1-mini', maxRetries: 2, timeout: 60_000 });
const translation = ChatPromptTemplate.fromTemplate('Translate into {language}:\n{body}').pipe(model).pipe(new StringOutputParser());
const helper = createAgent({ model, tools: [planDetails, serviceStatus] });

export async function translateAll(tickets: Ticket[], language: string) {
  return translation.batch(
    tickets.map(({ body }) => ({ body, language })),
    { configurable: { maxConcurrency: 4 } },
  );
}

export async function translateOne(ticket: Ticket, language: string) {
  return translation.invoke({ body: ticket.body, language }, { tags: ['translation'], runName: 'translate' });
}

export async function suggestPlan(ticket: Ticket) {
  model.bindTools([planDetails]);
  return model.invoke(`Which plan does this customer need?\n${ticket.body}`);
}

export async function checkStatus(ticket: Ticket) {
  const { messages } = await helper.invoke({ messages: [{ role: 'user', content: ticket.body }] }, { maxConcurrency: 1 });
  return messages.at(-1)?.text;
}

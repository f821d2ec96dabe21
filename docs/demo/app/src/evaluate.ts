import { ChatOpenAI } from '@langchain/openai';
import { ticketSchema, type Ticket } from './types.js';

const CANDIDATES = ['gpt-4.1', 'gpt-4.1-mini', 'gpt-4.1-nano'];

/** How often each model gives the label that a person gave. */
export async function compareModels(labelled: { ticket: Ticket; label: string }[]) {
  const accuracy = new Map<string, number>();
  for (const name of CANDIDATES) {
    const model = new ChatOpenAI({ model: name, temperature: 0, maxRetries: 3, timeout: 60_000 });
    const replies = await model.batch(
      labelled.map(({ ticket }) => `One word for this ticket: ${ticketSchema.parse(ticket).subject}`),
      { maxConcurrency: 4 },
    );
    const right = replies.filter((reply, i) => reply.text.trim() === labelled[i]?.label);
    accuracy.set(name, right.length / labelled.length);
  }
  return accuracy;
}

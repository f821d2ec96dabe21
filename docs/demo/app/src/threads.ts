import type { ChatOpenAI } from '@langchain/openai';
import pLimit from 'p-limit';
import type { Ticket } from './types.js';

/** Summaries of ticket threads, for the list that agents see. */
export class ThreadSummaries {
  private readonly limit = pLimit(4);

  constructor(private readonly llm: ChatOpenAI) {}

  async forBoard(tickets: Ticket[]) {
    return Promise.all(tickets.map((ticket) => this.summarize(ticket)));
  }

  async forExport(tickets: Ticket[]) {
    return Promise.all(tickets.map((ticket) => this.limit(() => this.summarize(ticket))));
  }

  async forHandover(tickets: Ticket[]) {
    const summaries = [];
    for (const ticket of tickets) {
      summaries.push(await this.summarize(ticket));
    }
    return summaries;
  }

  private async summarize({ id, messages }: Ticket) {
    const thread = messages.map(({ author, text }) => `${author}: ${text}`).join('\n');
    const summary = await this.llm.invoke([
      ['system', 'One sentence: what the customer wants and what is still open.'],
      ['human', thread],
    ]);
    return { id, summary: summary.text };
  }
}

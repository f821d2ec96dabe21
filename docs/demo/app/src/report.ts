import { Annotation, END, Send, START, StateGraph } from '@langchain/langgraph';
import { ChatOpenAI } from '@langchain/openai';
import type { Ticket } from './types.js';

const model = new ChatOpenAI({ model: 'gpt-4.1-mini', maxRetries: 2, timeout: 60_000 });

const Report = Annotation.Root({
  tickets: Annotation<Ticket[]>,
  findings: Annotation<string[]>({ reducer: (all, more) => all.concat(more), default: () => [] }),
  report: Annotation<string>,
});

const graph = new StateGraph(Report)
  .addNode('read', async ({ ticket }: { ticket: Ticket }) => {
    const finding = await model.invoke(`What went wrong for this customer?\n${ticket.body}`);
    return { findings: [finding.text] };
  })
  .addNode('write', async ({ findings }: typeof Report.State) => {
    const report = await model.invoke(`Write the weekly report from these findings:\n${findings.join('\n')}`);
    return { report: report.text };
  })
  .addConditionalEdges(START, ({ tickets }) => tickets.map((ticket) => new Send('read', { ticket })), ['read'])
  .addEdge('read', 'write')
  .addEdge('write', END)
  .compile();

export async function weeklyReport(tickets: Ticket[]): Promise<string> {
  const { report } = await graph.invoke({ tickets });
  return report;
}

export async function monthlyReport(tickets: Ticket[]): Promise<string> {
  const { report } = await graph.invoke({ tickets }, { maxConcurrency: 8 });
  return report;
}

/** Tells the team what is going on. */
export function postSummaries(read: () => Promise<Ticket[]>, post: (text: string) => Promise<void>): NodeJS.Timeout {
  return setInterval(async () => {
    const tickets = await read();
    const summary = await model.invoke(`What do these tickets have in common?\n${tickets.map(({ body }) => body).join('\n')}`);
    await post(summary.text);
  }, 30_000);
}

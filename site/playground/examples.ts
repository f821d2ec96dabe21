import { readBlocks, settings } from '../../scripts/doc-blocks.ts';
import type { State } from './state.ts';

const models = `import { ChatOpenAI } from '@langchain/openai';

export const model = new ChatOpenAI({ model: 'gpt-4o', timeout: 30 });
`;

const tickets = `import { model } from './models.js';

interface Ticket {
  readonly text: string;
}

export async function triage(tickets: Ticket[]) {
  return Promise.all(tickets.map((ticket) => model.invoke(ticket.text)));
}

export async function reply(ticket: Ticket) {
  const answer = model.invoke(\`Answer politely: \${ticket.text}\`);
  return { answer: answer.content };
}
`;

const configuration = `{
  "rules": {},
  "settings": {}
}
`;

export const firstExample: State = {
  files: { 'src/tickets.ts': tickets, 'src/models.ts': models },
  active: 'src/tickets.ts',
  preset: 'recommended',
  configuration,
};

const pages = import.meta.glob<string>('../../docs/rules/*.md', { query: '?raw', import: 'default' });

/** The rules whose pages have an example. */
export const exampleNames: readonly string[] = Object.keys(pages).map(getRule);

/** The first wrong code on the page of a rule. */
export async function readExample(rule: string): Promise<State | null> {
  const load = Object.entries(pages).find(([page]) => getRule(page) === rule)?.[1];
  const block = readBlocks((await load?.()) ?? '').find(({ label }) => label === 'wrong');
  if (!block) return null;
  const rules = { [`langchain/${rule}`]: 'error' };
  return {
    files: { [block.filename]: `${block.text}\n` },
    active: block.filename,
    preset: 'recommended',
    configuration: `${JSON.stringify({ rules, settings }, null, 2)}\n`,
  };
}

function getRule(page: string): string {
  return page.replace(/^.*\/|\.md$/gu, '');
}

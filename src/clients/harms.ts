import { getTraits } from '../langchain/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { Client, Harm, Resource } from './client.ts';

/** The measured consequence of creating an instance per request or per item. */
const consequences: Readonly<Record<Harm, string>> = {
  agent: 'Each leaves its connections open.',
  cache: 'Each starts with an empty cache.',
  connection: 'Connections run out.',
  derivedLimit: '`maxConcurrency` limits each alone.',
  driver: 'Connections run out.',
  file: 'Each reopens the database file.',
  http: 'Sockets stay open for 10 seconds.',
  index: 'Each time, the whole index is read from disk.',
  limit: '`maxConcurrency` limits each alone.',
  mcp: 'Each leaves a child process or a session behind.',
  model: 'Instances share no limit or cache.',
  pool: 'Each opens a pool: connections run out.',
  poolClient: 'Each leaks a connection.',
  sandbox: 'Each leaves a machine running.',
  weights: "Each loads the model's weights.",
};

export function describeHarm(file: LangChainFile, { harm, value }: Client): string {
  const ignoresLimit = harm === 'model' && value && getTraits(file, value).ignoredOptions.includes('maxConcurrency');
  return ignoresLimit ? 'Instances share no cache.' : consequences[harm];
}

const byGravity: readonly Resource[] = ['pools', 'stores', 'limitedModels', 'models'];

/** The most harmful of several; the first of equals. */
export function findGravest<Item>(items: readonly Item[], getClient: (item: Item) => Client): Item | null {
  const rank = (item: Item): number => byGravity.indexOf(getClient(item).resource);
  return items.reduce<Item | null>((worst, item) => (worst === null || rank(item) < rank(worst) ? item : worst), null);
}

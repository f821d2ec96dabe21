import { getTraits } from '../langchain/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { Client, Harm, Resource } from './client.ts';

/** The measured consequence of creating an instance per request or per item. */
const consequences: Readonly<Record<Harm, string>> = {
  agent: 'Each leaves its connections open.',
  cache: 'Each starts with an empty cache.',
  connection: 'Each opens a connection until none are left.',
  derivedLimit: "The base model's `maxConcurrency` does not apply across them.",
  driver: 'Each opens connections until none are left.',
  file: 'Each reopens the database file.',
  http: 'Each leaves sockets open for 10 seconds.',
  index: 'Each time, the whole index is read from disk.',
  limit: '`maxConcurrency` limits each one separately.',
  mcp: 'Each leaves a child process or a session behind.',
  model: 'Instances share no limit or cache.',
  pool: 'Each opens a pool until no connections are left.',
  poolClient: 'Each leaks a pool connection until calls hang.',
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

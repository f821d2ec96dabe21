import { perText, perTextAsRead } from '../facts/embeddings.ts';
import { toRef } from '../facts/homes.ts';
import type { LangChainValue } from '../trace/value.ts';
import { getHeritage } from './traits.ts';

/** Whether `embedDocuments()` makes one request per text. */
export function embedsOneByOne(value: LangChainValue): boolean {
  const heritage = getHeritage(value);
  return [...perText, ...perTextAsRead].some(({ classes }) => classes.some((name) => heritage.includes(toRef(name))));
}

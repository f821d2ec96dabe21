import type { ClassRef } from '../facts/catalog.ts';
import { findRef } from '../facts/homes.ts';
import { inCommon, readTraits, type Traits } from '../facts/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { LangChainValue } from '../trace/value.ts';
import { findModelClass } from './model-class.ts';
import { getVersion } from './version.ts';

const known = new WeakMap<LangChainFile, WeakMap<LangChainValue, Traits>>();

/**
 * The traits of a value; those of all its classes in common, where it may be of several. The model of
 * `initChatModel('openai:…')` behaves like its provider's class, except where ConfigurableModel itself decides.
 */
export function getTraits(file: LangChainFile, value: LangChainValue): Traits {
  let values = known.get(file);
  if (!values) {
    values = new WeakMap();
    known.set(file, values);
  }
  let traits = values.get(value);
  if (!traits) {
    const version = getVersion(file);
    traits = [value, ...value.alternatives].map((each) => readTraits(getClasses(file, each), version)).reduce(inCommon);
    values.set(value, traits);
  }
  return traits;
}

/** The classes by which a value's traits are looked up, nearest first. */
function getClasses(file: LangChainFile, value: LangChainValue): readonly ClassRef[] {
  const heritage = getHeritage(value);
  const model = findModelClass(file, value);
  return model ? [...heritage.slice(0, 1), model.ref, ...model.bases] : heritage;
}

/** The class of a value and its bases, nearest first; none where it is unknown. */
export function getHeritage({ className, entry }: LangChainValue): readonly ClassRef[] {
  // For a factory, the class that it returns: `createDeepAgent()` returns a DeepAgent, which extends ReactAgent.
  const found = entry?.type === 'function' ? entry.returns : entry;
  if (found?.name === className) return [found.ref, ...found.bases];
  return [findRef(className)].filter((ref) => ref !== null);
}

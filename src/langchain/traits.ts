import { findExport } from '../facts/catalog.ts';
import { inCommon, readTraits, type Traits } from '../facts/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { LangChainValue } from '../trace/value.ts';
import { getModelClass } from './model-class.ts';
import { getVersion } from './version.ts';

const known = new WeakMap<LangChainFile, WeakMap<LangChainValue, Traits>>();

/**
 * How a value behaves. For one that may be of several classes, what they have in common. The model of
 * `initChatModel('openai:…')` behaves as its provider's class, but for what ConfigurableModel itself decides.
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

/** The classes that a value's behaviour is looked up by, nearest first. */
function getClasses(file: LangChainFile, value: LangChainValue): readonly string[] {
  // Of a factory, the class it returns: `createDeepAgent()` gives a DeepAgent, which extends ReactAgent.
  const entry = value.entry?.type === 'function' ? findExport(value.module, value.className) : value.entry;
  const bases = entry?.type === 'class' && entry.name === value.className ? entry.bases : [];
  const model = getModelClass(file, value);
  return model ? [value.className, ...model] : [value.className, ...bases];
}

import type { Edit } from '../fix/edit.ts';
import { addAllToArgument, type Properties, setProperties, setProperty, write } from '../fix/objects.ts';
import type { LangChainFile } from '../trace/file.ts';
import { findOption, readObject } from '../trace/options.ts';
import type { Pool } from './pools.ts';

/**
 * Adds properties to the options of a pool; a dotted name leads into a nested object (`extra.max`). Null where the
 * options cannot be edited.
 */
export function addPoolOptions(
  file: LangChainFile,
  { node, options, index }: Pool,
  values: Properties,
): readonly Edit[] | null {
  const object = options && readObject(file, options);
  const { name, inner } = split(values);
  if (!object)
    return index === null
      ? null
      : addAllToArgument(file, node, index, name === null ? inner : { [name]: write(inner) });
  if (name === null) return setProperties(file, object, inner);
  const option = findOption(file, object, name);
  if (option.is === 'absent') return setProperty(file, object, name, write(inner));
  const nested = option.is === 'given' ? readObject(file, option.value) : null;
  return nested && setProperties(file, nested, inner);
}

/** The options as they are written: `max: 10`, `extra: { max: 10 }`. */
export function describePoolOptions(values: Properties): string {
  const { name, inner } = split(values);
  const written = write(inner);
  return name === null ? written.slice(2, -2) : `${name}: ${written}`;
}

/** `extra.max` and `extra.connectionTimeoutMillis`: both belong in `extra`. */
function split(values: Properties): { readonly name: string | null; readonly inner: Properties } {
  const [first = ''] = Object.keys(values);
  const dot = first.indexOf('.');
  if (dot === -1) return { name: null, inner: values };
  return {
    name: first.slice(0, dot),
    inner: Object.fromEntries(Object.entries(values).map(([path, value]) => [path.slice(dot + 1), value])),
  };
}

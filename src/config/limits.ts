import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainCall } from '../langchain/calls.ts';
import { getParts } from '../langchain/parts.ts';
import { getMutations } from '../trace/changes.ts';
import type { LangChainFile } from '../trace/file.ts';
import { readLimitNumber } from '../trace/numbers.ts';
import { findOption, isUndefined, type Option } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import { getMapped } from './configured.ts';

/** Whether an option sets a limit: a number other than Infinity, or one that cannot be resolved. */
export function isLimit(file: LangChainFile, option: Option): boolean {
  if (option.is !== 'given') return option.is === 'unknown';
  return !isUndefined(file, option.value) && readLimitNumber(file, option.value) !== Infinity;
}

/** Whether a `withConfig` on a value, or on a step of it, sets or may set `maxConcurrency`. */
export function isLimitedByConfig(file: LangChainFile, value: LangChainValue): boolean {
  return getParts(value).some(({ builder, node }) => {
    if ((builder !== 'withConfig' && builder !== 'bind') || node.type !== AST_NODE_TYPES.CallExpression) return false;
    return isLimit(file, findOption(file, node.arguments[0], 'maxConcurrency'));
  });
}

/** A runnable config that visibly sets no limit. */
interface UnlimitedConfig {
  /** The object literal for a limit: the config, or the first one of a list; null when the call has no config. */
  readonly object: TSESTree.ObjectExpression | null;
  readonly isList: boolean;
  /** The constant of the file that holds it, as the call names it. */
  readonly constant: TSESTree.Identifier | null;
}

/** Places where a limit has no effect: that is reported instead of a missing one. */
const misplaced = ['max_concurrency', 'configurable.maxConcurrency', 'configurable.max_concurrency'];

/** The config of a call without `maxConcurrency`; null when it sets one, or cannot be resolved. */
export function findUnlimitedConfig(file: LangChainFile, { node }: LangChainCall): UnlimitedConfig | null {
  const [, config, batchOptions] = node.arguments;
  if (node.arguments.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return null;
  // The third argument of `batch` is deprecated, but works.
  if (batchOptions && isLimit(file, findOption(file, batchOptions, 'maxConcurrency'))) return null;
  if (!config || isUndefined(file, config)) return { object: null, isList: false, constant: null };
  const written = unwrap(config);
  switch (written.type) {
    case AST_NODE_TYPES.ObjectExpression:
      return isUnlimited(file, written) ? { object: written, isList: false, constant: null } : null;
    case AST_NODE_TYPES.ArrayExpression:
      return findFirstUnlimited(file, written.elements);
    case AST_NODE_TYPES.CallExpression:
      return findFirstUnlimited(file, getMapped(file, written) ?? []);
    case AST_NODE_TYPES.Identifier:
      return findUnlimitedConstant(file, written);
    default:
      return null;
  }
}

/** `const config = { tags: ['night'] };`, which nothing gives a limit. */
function findUnlimitedConstant(file: LangChainFile, constant: TSESTree.Identifier): UnlimitedConfig | null {
  const variable = file.scopes.findVariable(constant);
  const definition = variable?.defs[0];
  if (!variable || definition?.type !== 'Variable' || definition.parent.kind !== 'const') return null;
  const { init } = definition.node;
  const object = init && unwrap(init);
  if (definition.node.id !== definition.name || object?.type !== AST_NODE_TYPES.ObjectExpression) return null;
  if (getMutations(variable).some(({ identifier }) => mayLimit(identifier))) return null;
  return isUnlimited(file, object) ? { object, isList: false, constant } : null;
}

/** Whether a change of an object may be one of its limit: not in `config.tags.push(…)`. */
function mayLimit(object: TSESTree.Node): boolean {
  const { parent } = object;
  const key = parent?.type === AST_NODE_TYPES.MemberExpression ? getKeyName(parent) : null;
  return key === null || key === 'maxConcurrency';
}

function isUnlimited(file: LangChainFile, config: TSESTree.ObjectExpression): boolean {
  return (
    !isLimit(file, findOption(file, config, 'maxConcurrency')) &&
    misplaced.every((path) => findOption(file, config, path).is === 'absent')
  );
}

/** In a list of configs, only the limit of the first one counts. */
function findFirstUnlimited(file: LangChainFile, configs: readonly (TSESTree.Node | null)[]): UnlimitedConfig | null {
  const objects = configs
    .map((config) => config && unwrap(config))
    .filter((config) => config?.type === AST_NODE_TYPES.ObjectExpression);
  const [first] = objects;
  if (!first || objects.length < configs.length || !objects.every((config) => isUnlimited(file, config))) return null;
  return { object: first, isList: true, constant: null };
}

import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { type ClassEntry, findExport } from '../facts/catalog.ts';
import { namePrefixes, providers } from '../facts/providers.ts';
import type { LangChainFile } from '../trace/file.ts';
import { findOption } from '../trace/options.ts';
import { createValue, getBase, type LangChainValue } from '../trace/value.ts';

/** The provider's class that `initChatModel()` wraps; null for another value, or when the model cannot be read. */
export function findModelClass(file: LangChainFile, value: LangChainValue): ClassEntry | null {
  if (value.className !== 'ConfigurableModel') return null;
  const call = value.builder === null ? value.node : getBase(value).node;
  if (call.type !== AST_NODE_TYPES.CallExpression) return null;
  const provider = findProvider(file, call);
  return provider === null ? null : findProviderClass(provider);
}

/**
 * The model that a string names, as an instance of its provider's class: `'openai:gpt-4o'`. A default is for the caller
 * to override.
 */
export function findNamedModel(file: LangChainFile, node: TSESTree.Node): LangChainValue | null {
  const name = isDefault(file, node) ? null : readString(file, node);
  const provider = name === null ? null : readProvider(name);
  const entry = provider === null ? null : findProviderClass(provider);
  const source = provider === null ? undefined : providers[provider]?.[0];
  if (!entry || source === undefined) return null;
  return createValue({ entry, module: { package: source, subpath: '' }, node, origin: 'factory', certain: true });
}

/** Whether a value stands for a string that names a model. */
export function isNamedModel({ node, origin }: LangChainValue): boolean {
  return origin === 'factory' && node.type !== AST_NODE_TYPES.CallExpression;
}

function findProviderClass(provider: string): ClassEntry | null {
  const [source, className] = (Object.hasOwn(providers, provider) ? providers[provider] : undefined) ?? [];
  if (source === undefined || className === undefined) return null;
  const entry = findExport({ package: source, subpath: '' }, className);
  return entry?.type === 'class' ? entry : null;
}

function findProvider(file: LangChainFile, call: TSESTree.CallExpression): string | null {
  const options = findOption(file, call.arguments[1], 'modelProvider');
  if (options.is === 'given') return readString(file, options.value);
  const model = call.arguments[0] && readString(file, call.arguments[0]);
  return options.is === 'unknown' || model === undefined || model === null ? null : readProvider(model);
}

/** `openai` of `openai:gpt-4o` and of `gpt-4o`. */
function readProvider(model: string): string | null {
  const [prefix = ''] = model.split(':', 1);
  if (prefix !== model && Object.hasOwn(providers, prefix)) return prefix;
  return namePrefixes.find(([pattern]) => pattern.test(model))?.[1] ?? null;
}

/** `model` of `({ model = 'openai:gpt-4o' }) => …` */
function isDefault(file: LangChainFile, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  const variable = file.of(node).scopes.findVariable(expression);
  return variable?.defs[0]?.name.parent.type === AST_NODE_TYPES.AssignmentPattern;
}

/** A string, or the part of it that is known: `openai:${name}`. */
function readString(file: LangChainFile, node: TSESTree.Node): string | null {
  const trace = file.trace(node);
  if (trace.type !== 'literal') return null;
  if (trace.node.type === AST_NODE_TYPES.Literal) return typeof trace.node.value === 'string' ? trace.node.value : null;
  return trace.node.quasis[0]?.value.cooked ?? null;
}

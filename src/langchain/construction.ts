import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName } from '../ast/calls.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../trace/file.ts';
import { findOption, type Option, unknown } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import { isNamedModel } from './model-class.ts';

/**
 * An option of a value's construction, looked up through `bindTools`, `withConfig` and other builders that keep the
 * instance's fields.
 */
export function findConstructorOption(file: LangChainFile, value: LangChainValue, path: string): Option {
  const construction = getConstruction(value);
  if (!construction) return unknown;
  if (isNamedModel(construction)) return { is: 'absent' };
  const options = getOptionsArgument(construction);
  return options === 'unknown' ? unknown : findOption(file, options, path);
}

const keepsInstance = new Set([
  'bind',
  'bindTools',
  'withConfig',
  'withFallbacks',
  'withListeners',
  'withRetry',
  'withStructuredOutput',
]);

/**
 * The construction of a value: the `new`, the factory or the static factory, below builders that keep the instance;
 * null for a value that is annotated, inherited, or built otherwise.
 */
export function getConstruction(value: LangChainValue): LangChainValue | null {
  let current = value;
  while (current.builder !== null) {
    if (!keepsInstance.has(current.builder) || !current.base) return null;
    current = current.base;
  }
  return current.origin === 'annotation' || current.origin === 'this' ? null : current;
}

/** The index of the options in the arguments of a static factory. */
const staticPositions: Readonly<Record<string, number>> = { fromDocuments: 2, fromTexts: 3 };

/** The options argument of a construction; null when there is none, `unknown` when it cannot be resolved. */
export function getOptionsArgument(value: LangChainValue): TSESTree.Node | 'unknown' | null {
  const { node } = value;
  if (node.type !== AST_NODE_TYPES.NewExpression && node.type !== AST_NODE_TYPES.CallExpression) return 'unknown';
  if (value.origin === 'heritage' && hasConstructor(value)) return 'unknown';
  const index = getOptionsIndex(value);
  const before = node.arguments.slice(0, index + 1);
  if (before.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return 'unknown';
  return before[index] ?? null;
}

/** The index of a construction's options argument. */
export function getOptionsIndex({ kind, node, origin }: LangChainValue): number {
  if (node.type !== AST_NODE_TYPES.NewExpression && node.type !== AST_NODE_TYPES.CallExpression) return 0;
  if (origin === 'factory') return kind === 'chatModel' ? 1 : 0;
  if (origin === 'static' && node.type === AST_NODE_TYPES.CallExpression) {
    const name = kind === 'retriever' ? null : getMethodName(node);
    return (name !== null && Object.hasOwn(staticPositions, name) ? staticPositions[name] : undefined) ?? 1;
  }
  if (kind === 'chatModel') return isText(node.arguments[0]) ? 1 : 0;
  return kind === 'loader' || kind === 'recordManager' || kind === 'vectorStore' ? 1 : 0;
}

/** `new ChatOpenAI('gpt-4o', options)` */
function isText(node: TSESTree.Node | undefined): boolean {
  return (
    node?.type === AST_NODE_TYPES.TemplateLiteral ||
    (node?.type === AST_NODE_TYPES.Literal && typeof node.value === 'string')
  );
}

function hasConstructor({ classNode }: LangChainValue): boolean {
  return (
    classNode?.body.body.some(
      (member) => member.type === AST_NODE_TYPES.MethodDefinition && member.kind === 'constructor',
    ) ?? false
  );
}

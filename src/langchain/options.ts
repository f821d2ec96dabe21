import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { getMemberWrites } from '../ast/properties.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../file.ts';
import type { LangChainValue } from './value.ts';

/** An option of an options object. `unknown`: it may be there, in a part that cannot be read. */
export type Option =
  | { readonly is: 'absent' }
  | { readonly is: 'given'; readonly property: TSESTree.Property; readonly value: TSESTree.Node }
  | { readonly is: 'unknown' };

const absent: Option = { is: 'absent' };
const unknown: Option = { is: 'unknown' };

/** The option at a dotted path (`configuration.timeout`) of an options object: a literal, a constant that holds one, or one that is spread into it. */
export function findOption(file: LangChainFile, object: TSESTree.Node | null | undefined, path: string): Option {
  if (!object || isUndefined(file, object)) return absent;
  const alternatives = getAlternatives(object);
  if (alternatives) return alternatives.every((each) => findOption(file, each, path).is === 'absent') ? absent : unknown;
  const literal = readObject(file, object);
  if (!literal) return unknown;
  const [key = '', ...rest] = path.split('.');
  const option = findOwn(file, literal, key, path);
  if (option.is === 'absent' && isDefault(file, object, literal)) return unknown;
  if (option.is !== 'given' || rest.length === 0) return option;
  return findOption(file, option.value, rest.join('.'));
}

/** The objects of `c ? { … } : {}` and of `c && { … }`. */
function getAlternatives(node: TSESTree.Node): readonly TSESTree.Node[] | null {
  const expression = unwrap(node);
  if (expression.type === AST_NODE_TYPES.ConditionalExpression) return [expression.consequent, expression.alternate];
  return expression.type === AST_NODE_TYPES.LogicalExpression && expression.operator === '&&' ? [expression.right] : null;
}

/** Whether an object only stands for one that a caller leaves out: `(options = {}) => new Pool(options)`. */
function isDefault(file: LangChainFile, object: TSESTree.Node, literal: TSESTree.ObjectExpression): boolean {
  const expression = unwrap(object);
  if (expression === literal) return false;
  const isParameter = expression.type === AST_NODE_TYPES.Identifier && file.scopes.findVariable(expression)?.defs[0]?.type === 'Parameter';
  return isParameter || wrapped(literal).parent?.type === AST_NODE_TYPES.AssignmentPattern;
}

function findOwn(file: LangChainFile, object: TSESTree.ObjectExpression, key: string, path: string): Option {
  for (const property of object.properties.toReversed()) {
    if (property.type === AST_NODE_TYPES.SpreadElement) {
      const spread = findOption(file, property.argument, key);
      // `...(c ? { configuration: { baseURL } } : {})` says nothing about `configuration.timeout`.
      if (spread.is === 'absent' || (spread.is === 'unknown' && path !== key && findOption(file, property.argument, path).is === 'absent')) continue;
      return spread;
    }
    const name = getKeyName(property);
    if (name === null || (name === key && property.kind !== 'init')) return unknown;
    if (name === key) return { is: 'given', property, value: property.value };
  }
  return absent;
}

/** The literal object that an expression holds; null when it cannot be seen, or when the constant that holds it is written to. */
export function readObject(file: LangChainFile, node: TSESTree.Node): TSESTree.ObjectExpression | null {
  const expression = unwrap(node);
  if (expression.type === AST_NODE_TYPES.ObjectExpression) return expression;
  if (isMutated(file, expression)) return null;
  const trace = file.trace(expression);
  return trace.type === 'object' ? trace.node : null;
}

/** `options.timeout = 60_000` */
function isMutated(file: LangChainFile, node: TSESTree.Node): boolean {
  if (node.type !== AST_NODE_TYPES.Identifier) return false;
  const variable = file.scopes.findVariable(node);
  return variable !== null && getMemberWrites(variable).size > 0;
}

/** `undefined`, `null`, `void 0` */
export function isUndefined(file: LangChainFile, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type === AST_NODE_TYPES.UnaryExpression) return expression.operator === 'void';
  if (expression.type === AST_NODE_TYPES.Literal) return expression.raw === 'null';
  return expression.type === AST_NODE_TYPES.Identifier && expression.name === 'undefined' && (file.scopes.findVariable(expression)?.defs.length ?? 0) === 0;
}

/** The option of the construction that a value comes from, looked for through `bindTools`, `withConfig` and other builders that keep the instance's fields. */
export function findConstructorOption(file: LangChainFile, value: LangChainValue, path: string): Option {
  const construction = getConstruction(value);
  if (!construction) return unknown;
  const options = getOptionsArgument(construction);
  return options === 'unknown' ? unknown : findOption(file, options, path);
}

const keepsInstance = new Set(['bind', 'bindTools', 'withConfig', 'withFallbacks', 'withListeners', 'withRetry', 'withStructuredOutput']);

/** What a value was built from: the `new`, the factory or the static factory, below builders that keep the instance; null for one that is annotated, inherited, or built otherwise. */
export function getConstruction(value: LangChainValue): LangChainValue | null {
  let current = value;
  while (current.builder !== null) {
    if (!keepsInstance.has(current.builder) || !current.base) return null;
    current = current.base;
  }
  return current.origin === 'annotation' || current.origin === 'this' ? null : current;
}

/** Which argument of a static factory holds the options. */
const staticPositions: Readonly<Record<string, number>> = { fromDocuments: 2, fromTexts: 3 };

/** The options argument of a construction; null when there is none, `unknown` when it cannot be told. */
export function getOptionsArgument(value: LangChainValue): TSESTree.Node | 'unknown' | null {
  const { node } = value;
  if (node.type !== AST_NODE_TYPES.NewExpression && node.type !== AST_NODE_TYPES.CallExpression) return 'unknown';
  if (value.origin === 'heritage' && hasConstructor(value)) return 'unknown';
  const position = getOptionsPosition(value);
  const before = node.arguments.slice(0, position + 1);
  if (before.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return 'unknown';
  return before[position] ?? null;
}

/** As which argument a construction takes its options. */
export function getOptionsPosition({ kind, node, origin }: LangChainValue): number {
  if (node.type !== AST_NODE_TYPES.NewExpression && node.type !== AST_NODE_TYPES.CallExpression) return 0;
  if (origin === 'factory') return kind === 'chatModel' ? 1 : 0;
  if (origin === 'static' && node.type === AST_NODE_TYPES.CallExpression) {
    const callee = unwrap(node.callee);
    const name = callee.type === AST_NODE_TYPES.MemberExpression ? getKeyName(callee) : null;
    return (name !== null && Object.hasOwn(staticPositions, name) ? staticPositions[name] : undefined) ?? 1;
  }
  if (kind === 'chatModel') return isText(node.arguments[0]) ? 1 : 0;
  return kind === 'loader' || kind === 'recordManager' || kind === 'vectorStore' ? 1 : 0;
}

/** `new ChatOpenAI('gpt-4o', options)` */
function isText(node: TSESTree.Node | undefined): boolean {
  return node?.type === AST_NODE_TYPES.TemplateLiteral || (node?.type === AST_NODE_TYPES.Literal && typeof node.value === 'string');
}

function hasConstructor({ classNode }: LangChainValue): boolean {
  return classNode?.body.body.some((member) => member.type === AST_NODE_TYPES.MethodDefinition && member.kind === 'constructor') ?? false;
}

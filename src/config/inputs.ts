import type { TSESTree } from '@typescript-eslint/utils';
import { findProperty, getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { Nature } from '../facts/ignored-settings.ts';
import { getOptionsArgument } from '../langchain/construction.ts';
import { getParts } from '../langchain/parts.ts';
import { type LangChainFile, perKey } from '../trace/file.ts';
import { isAnywhere } from '../trace/nodes.ts';
import { foldNumber } from '../trace/numbers.ts';
import { findOption, readObject } from '../trace/options.ts';
import { getBase, type LangChainValue } from '../trace/value.ts';
import { readSchemaKeys } from './configurable.ts';

/**
 * Whether a value certainly does not read a name from its input: no variable of its prompt, no channel of its state.
 */
export function ignoresInput(file: LangChainFile, value: LangChainValue, name: string): boolean {
  return [value, ...value.alternatives].every((each) => ignoresInputAlone(file, each, name));
}

function ignoresInputAlone(file: LangChainFile, value: LangChainValue, name: string): boolean {
  const [first] = value.steps ?? [];
  if (first) return first.is === 'yes' && first.value.kind === 'prompt' && !mentions(file, first.value, name);
  const channels = readChannels(file, value);
  return channels !== null && !channels.includes(name);
}

/** Whether a prompt's text contains a name, as a variable or as a placeholder for messages. */
function mentions(file: LangChainFile, prompt: LangChainValue, name: string): boolean {
  const word = new RegExp(`\\b${name}\\b`, 'u');
  return getParts(prompt).some(({ node }) => {
    if (word.test(file.getText(node))) return true;
    return isAnywhere(file, node, (inner) => {
      const trace = inner.type === AST_NODE_TYPES.Identifier ? file.trace(inner) : null;
      return trace?.type === 'literal' && word.test(file.getText(trace.node));
    });
  });
}

/** The channels of a graph's state; null when they cannot be resolved. */
function readChannels(file: LangChainFile, value: LangChainValue): readonly string[] | null {
  const root = getBase(value);
  const { node } = root;
  if (root.kind === 'stateGraph' && root.origin === 'new' && node.type === AST_NODE_TYPES.NewExpression) {
    return node.arguments[0] ? readSchemaKeys(file, node.arguments[0]) : null;
  }
  if (root.origin !== 'factory' || !agentFactories.has(root.className)) return null;
  const options = getOptionsArgument(root);
  if (options === null || options === 'unknown') return null;
  // Middleware may add to the state.
  const isPlain = ['middleware', 'stateSchema'].every((key) => findOption(file, options, key).is === 'absent');
  return isPlain ? ['messages'] : null;
}

/** What `createAgent` and `createReactAgent` return. */
const agentFactories: ReadonlySet<string> = new Set(['CompiledStateGraph', 'ReactAgent']);

// ── what a value visibly is ──────────────────────────────────────────────────────────────────────────────────────────

export function isOfNature(file: LangChainFile, node: TSESTree.Node, nature: Nature): boolean {
  switch (nature) {
    case 'handlers':
      return areHandlers(file, node);
    case 'number':
      return foldNumber(file, node) !== null;
    case 'signal':
      return isSignal(file, node, 3);
    case 'streamMode':
      return isStreamMode(file, node);
    case 'thread': {
      const object = readObject(file, node);
      return object !== null && findProperty(object, 'thread_id') !== null;
    }
  }
}

/** `[new ConsoleCallbackHandler()]`, `[{ handleLLMNewToken() {} }]` */
function areHandlers(file: LangChainFile, node: TSESTree.Node): boolean {
  const trace = file.trace(node);
  if (trace.type !== 'array') return isManager(file, node);
  const { elements } = trace.node;
  return (
    elements.length > 0 &&
    elements.every(
      (element) => element !== null && element.type !== AST_NODE_TYPES.SpreadElement && isHandler(file, element),
    )
  );
}

function isManager(file: LangChainFile, node: TSESTree.Node): boolean {
  const resolution = file.resolve(node);
  return resolution.is === 'yes' && resolution.value.kind === 'callback';
}

function isHandler(file: LangChainFile, node: TSESTree.Node): boolean {
  const trace = file.trace(node);
  switch (trace.type) {
    case 'langchain':
      return trace.value.kind === 'callback';
    case 'instance':
      return /(?:Callback|Handler|Tracer)$/u.test(trace.of.name);
    case 'object':
      return trace.node.properties.some(
        (property) => property.type === AST_NODE_TYPES.Property && /^handle[A-Z]/u.test(getKeyName(property) ?? ''),
      );
    default:
      return false;
  }
}

const streamModes: ReadonlySet<string> = new Set(['custom', 'debug', 'messages', 'tasks', 'updates', 'values']);

const isStreamMode = perKey({ onCycle: false, tooDeep: false }, namesStreamModes);

function namesStreamModes(file: LangChainFile, node: TSESTree.Node): boolean {
  const trace = file.trace(node);
  if (trace.type === 'array')
    return (
      trace.node.elements.length > 0 &&
      trace.node.elements.every((element) => element !== null && isStreamMode(file, element))
    );
  return (
    trace.type === 'literal' &&
    trace.node.type === AST_NODE_TYPES.Literal &&
    typeof trace.node.value === 'string' &&
    streamModes.has(trace.node.value)
  );
}

/** An AbortSignal: created by `AbortSignal`, of an AbortController, of a request, or annotated. */
function isSignal(file: LangChainFile, node: TSESTree.Node, depth: number): boolean {
  const expression = unwrap(node);
  if (depth === 0) return false;
  switch (expression.type) {
    case AST_NODE_TYPES.CallExpression: {
      const callee = file.trace(expression.callee);
      return callee.type === 'global' && /^AbortSignal\.(?:abort|any|timeout)$/u.test(callee.name);
    }
    case AST_NODE_TYPES.ConditionalExpression:
      return isSignal(file, expression.consequent, depth - 1) || isSignal(file, expression.alternate, depth - 1);
    case AST_NODE_TYPES.LogicalExpression:
      return isSignal(file, expression.left, depth - 1) || isSignal(file, expression.right, depth - 1);
    case AST_NODE_TYPES.MemberExpression:
      return getKeyName(expression) === 'signal' && hasSignal(file, expression.object, depth);
    case AST_NODE_TYPES.Identifier:
      return isSignalVariable(file, expression, depth);
    default:
      return false;
  }
}

/** Types and classes whose `signal` is an AbortSignal, and names that no other object with a `signal` usually has. */
const signalOwners: ReadonlySet<string> = new Set(['AbortController', 'NextRequest', 'Request']);
const signalOwnerName = /^(?:req|request)$|(?:^|abort)controller$/iu;

function hasSignal(file: LangChainFile, node: TSESTree.Node, depth: number): boolean {
  const expression = unwrap(node);
  if (depth === 0) return false;
  if (expression.type === AST_NODE_TYPES.NewExpression)
    return expression.callee.type === AST_NODE_TYPES.Identifier && signalOwners.has(expression.callee.name);
  if (expression.type === AST_NODE_TYPES.MemberExpression) return signalOwnerName.test(getKeyName(expression) ?? '');
  if (expression.type !== AST_NODE_TYPES.Identifier) return false;
  if (signalOwnerName.test(expression.name)) return true;
  const declared = findDeclared(file, expression);
  if (!declared) return false;
  const { init, type } = declared;
  return (type !== null && signalOwners.has(type)) || (init !== null && hasSignal(file, init, depth - 1));
}

function isSignalVariable(file: LangChainFile, identifier: TSESTree.Identifier, depth: number): boolean {
  const declared = findDeclared(file, identifier);
  if (!declared) return false;
  if (declared.type === 'AbortSignal') return true;
  if (declared.init) return isSignal(file, declared.init, depth - 1);
  // `const { signal } = new AbortController()`
  return declared.from !== null && declared.key === 'signal' && hasSignal(file, declared.from, depth);
}

interface Declared {
  /** The name of the written type. */
  readonly type: string | null;
  readonly init: TSESTree.Node | null;
  /** The value that it is destructured from, and the key. */
  readonly from: TSESTree.Node | null;
  readonly key: string | null;
}

function findDeclared(file: LangChainFile, identifier: TSESTree.Identifier): Declared | null {
  const definition = file.scopes.findVariable(identifier)?.defs[0];
  if (definition?.name.type !== AST_NODE_TYPES.Identifier) return null;
  const { name, node } = definition;
  const property = name.parent.type === AST_NODE_TYPES.Property ? name.parent : null;
  const key = property && getKeyName(property);
  const type =
    getTypeName(name.typeAnnotation?.typeAnnotation) ??
    (property && key !== null ? getMemberTypeName(property.parent, key) : null);
  if (node.type !== AST_NODE_TYPES.VariableDeclarator) return { type, init: null, from: null, key };
  return node.id === name
    ? { type, init: node.init, from: null, key: null }
    : { type, init: null, from: node.init, key };
}

/** `AbortSignal` of `AbortSignal | undefined` */
function getTypeName(type: TSESTree.TypeNode | undefined): string | null {
  if (type?.type === AST_NODE_TYPES.TSUnionType)
    return type.types.map(getTypeName).find((name) => name !== null) ?? null;
  return type?.type === AST_NODE_TYPES.TSTypeReference && type.typeName.type === AST_NODE_TYPES.Identifier
    ? type.typeName.name
    : null;
}

/** The type of a key in `{ signal }: { signal: AbortSignal }`. */
function getMemberTypeName(pattern: TSESTree.Node, key: string): string | null {
  const type = pattern.type === AST_NODE_TYPES.ObjectPattern ? pattern.typeAnnotation?.typeAnnotation : undefined;
  if (type?.type !== AST_NODE_TYPES.TSTypeLiteral) return null;
  const member = type.members.find(
    (each) => each.type === AST_NODE_TYPES.TSPropertySignature && getKeyName(each) === key,
  );
  return member?.type === AST_NODE_TYPES.TSPropertySignature
    ? getTypeName(member.typeAnnotation?.typeAnnotation)
    : null;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type Call, getMemberRoot, isArgumentOf } from '../../ast/calls.ts';
import { getKeyName, isClass, unwrap, wrapped } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { builders } from '../../facts/builders.ts';
import { parseSpecifier } from '../../facts/catalog.ts';
import { remoteMethods } from '../../facts/methods.ts';
import { scalarOptions } from '../../facts/scalars.ts';
import { isEnvironmentRead, isFixed, isNeverWritten } from '../../flow/lifetime/fixed.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import { getNodes, isAnywhere } from '../../trace/nodes.ts';
import { mayWriteEnvironment } from './calls.ts';
import { onlyReadsEnvironment } from './environment.ts';
import type { Place } from './place.ts';

// The conditions for creating a value once instead of once per pass. Each of them lists what is known to be safe, and
// anything else makes the fix a suggestion.

// ── the class ───────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Whether a value, and the results of its builders, are of a class of LangChain itself: a class of the project may have
 * its own constructor and state, and a mocked one counts its instances.
 */
export function isOfOwnClass(file: LangChainFile, node: TSESTree.Node): boolean {
  const base = getBase(node);
  if (base.type === AST_NODE_TYPES.Identifier) return isOwnConstant(file, base);
  const trace = base.type === AST_NODE_TYPES.NewExpression ? file.trace(base) : null;
  if (base.type !== AST_NODE_TYPES.NewExpression || trace?.type !== 'langchain' || trace.value.node !== base)
    return false;
  if (trace.value.origin !== 'new' || trace.value.classNode || mocksLangChain(file)) return false;
  const callee = unwrap(base.callee);
  const root = getMemberRoot(callee);
  const variable = file.scopes.findVariable(root);
  return isImportedAsSuch(file, callee) && variable !== null && isOnlyConstructed(variable, callee);
}

/** `new X(…)` of `new X(…).bindTools(…)` */
function getBase(node: TSESTree.Node): TSESTree.Node {
  let value = unwrap(node);
  while (value.type === AST_NODE_TYPES.CallExpression) {
    const callee = unwrap(value.callee);
    if (callee.type !== AST_NODE_TYPES.MemberExpression || !builders.has(getKeyName(callee) ?? '')) return value;
    value = unwrap(callee.object);
  }
  return value;
}

/** `model` of `model.bindTools(…)`, if it is never changed. */
function isOwnConstant(file: LangChainFile, node: TSESTree.Identifier): boolean {
  const variable = file.scopes.findVariable(node);
  const definition = variable?.defs[0];
  if (!variable || definition?.type !== 'Variable' || definition.node.id !== definition.name) return false;
  const { init } = definition.node;
  if (!init || !isNeverWritten(variable) || unwrap(init).type !== AST_NODE_TYPES.NewExpression) return false;
  const isExported = definition.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration;
  return !isExported && isOfOwnClass(file, init) && isOnlyCalled(file, variable);
}

/**
 * Whether the class is imported under its own name, and from LangChain itself rather than through `settings.langchain`.
 */
function isImportedAsSuch(file: LangChainFile, callee: TSESTree.Node): boolean {
  const ref = file.findExport(callee);
  const { classes, modules } = file.settings;
  return (
    ref !== null &&
    parseSpecifier(ref.source) !== null &&
    !Object.values(modules).includes(ref.source) &&
    !Object.values(classes).some(({ name }) => name === ref.name)
  );
}

/** Whether a class is only constructed, extended, and named as a type. */
function isOnlyConstructed({ references }: TSESLint.Scope.Variable, callee: TSESTree.Node): boolean {
  const name = callee.type === AST_NODE_TYPES.MemberExpression ? getKeyName(callee) : null;
  return references.every(({ identifier, init, isTypeReference, isValueReference }) => {
    if (init === true || (isTypeReference && !isValueReference)) return true;
    return name === null ? isConstructed(wrapped(identifier)) : isConstructedMember(wrapped(identifier), name);
  });
}

/** The other exports of a namespace may be used in any way. */
function isConstructedMember(namespace: TSESTree.Node, name: string): boolean {
  const member = namespace.parent;
  if (member?.type !== AST_NODE_TYPES.MemberExpression || member.object !== namespace) return false;
  const key = getKeyName(member);
  if (key === 'default') return isConstructedMember(wrapped(member), name);
  return key !== null && (key !== name || isConstructed(wrapped(member)));
}

function isConstructed(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case AST_NODE_TYPES.NewExpression:
      return parent.callee === node;
    case AST_NODE_TYPES.BinaryExpression:
      return parent.operator === 'instanceof' && parent.right === node;
    case AST_NODE_TYPES.TSQualifiedName:
    case AST_NODE_TYPES.TSTypeQuery:
      return true;
    default:
      return isClass(parent) && parent.superClass === node;
  }
}

/** `vi.mock('@langchain/openai')` */
const mocksLangChain = perFile((file) =>
  getNodes(file).some((node) => {
    if (node.type !== AST_NODE_TYPES.CallExpression) return false;
    const [first] = node.arguments;
    const callee = unwrap(node.callee);
    if (callee.type !== AST_NODE_TYPES.MemberExpression || !/mock/iu.test(getKeyName(callee) ?? '')) return false;
    return first?.type === AST_NODE_TYPES.Literal && parseSpecifier(String(first.value)) !== null;
  }),
);

// ── what it is made of ──────────────────────────────────────────────────────────────────────────────────────────────

/** Whether all arguments of a construction and its builders are the same each time. */
export function isOfFixedValues(file: LangChainFile, node: TSESTree.Node): boolean {
  return !callsEval(file) && isMadeOfFixedValues(file, node);
}

/** Code in `eval` may write to any variable. */
const callsEval = perFile(({ sourceCode }) => /\beval\b/u.test(sourceCode.text));

function isMadeOfFixedValues(file: LangChainFile, node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type !== AST_NODE_TYPES.NewExpression && value.type !== AST_NODE_TYPES.CallExpression) return false;
  if (!value.arguments.every((argument) => isFixedValue(file, argument))) return false;
  if (value.type === AST_NODE_TYPES.NewExpression) return true;
  const callee = unwrap(value.callee);
  const receiver = callee.type === AST_NODE_TYPES.MemberExpression ? unwrap(callee.object) : null;
  return receiver?.type === AST_NODE_TYPES.Identifier || (receiver !== null && isMadeOfFixedValues(file, receiver));
}

/** How many constants may lead to one another. */
const maxConstants = 20;

/**
 * A primitive that is the same each time, `process.env.X`, an object or array literal of these, or a constant that
 * holds one of them or a LangChain value and is never exposed to other code.
 */
function isFixedValue(file: LangChainFile, node: TSESTree.Node, depth = maxConstants): boolean {
  const value = unwrap(node);
  if (depth === 0) return false;
  switch (value.type) {
    case AST_NODE_TYPES.ArrayExpression:
      return value.elements.every((element) => element !== null && isFixedValue(file, element, depth - 1));
    case AST_NODE_TYPES.ObjectExpression:
      return value.properties.every(
        (property) =>
          property.type === AST_NODE_TYPES.Property &&
          property.kind === 'init' &&
          !property.method &&
          !property.computed &&
          getKeyName(property) !== '__proto__' &&
          (isFixedScalar(file, property) || isFixedValue(file, property.value, depth - 1)),
      );
    case AST_NODE_TYPES.MemberExpression:
      return isEnvironmentRead(file, value);
    case AST_NODE_TYPES.Identifier:
      return isFixed(file, value) || isFixedConstant(file, value, depth - 1);
    default:
      return isFixed(file, value);
  }
}

/** `{ model: name }` */
function isFixedScalar(file: LangChainFile, property: TSESTree.Property): boolean {
  const value = unwrap(property.value);
  if (value.type !== AST_NODE_TYPES.Identifier || !scalarOptions.has(getKeyName(property) ?? '')) return false;
  const variable = file.scopes.findVariable(value);
  return variable !== null && isNeverWritten(variable);
}

function isFixedConstant(file: LangChainFile, node: TSESTree.Identifier, depth: number): boolean {
  const variable = file.scopes.findVariable(node);
  const definition = variable?.defs[0];
  if (!variable || definition?.type !== 'Variable' || definition.node.id !== definition.name) return false;
  const { init } = definition.node;
  if (!init || !isNeverWritten(variable)) return false;
  // The value itself is the same each time, whatever it contains.
  if (file.trace(init).type === 'langchain') return true;
  const isLiteral = ['ArrayExpression', 'ObjectExpression'].includes(unwrap(init).type);
  return isLiteral && isFixedValue(file, init, depth) && isOnlyGiven(file, variable, definition.parent);
}

/** Whether an object is passed only to LangChain's own constructors and builders, which do not change it. */
function isOnlyGiven(
  file: LangChainFile,
  { references }: TSESLint.Scope.Variable,
  { parent }: TSESTree.VariableDeclaration,
): boolean {
  if (parent.type === AST_NODE_TYPES.ExportNamedDeclaration) return false;
  return references.every(({ identifier, init, isTypeReference, isValueReference }) => {
    if (init === true || (isTypeReference && !isValueReference)) return true;
    const call = getReceivingCall(wrapped(identifier));
    const trace = call && file.trace(call);
    return trace?.type === 'langchain' && trace.value.node === call && trace.value.classNode === null;
  });
}

/** The call that receives a node as an argument, or inside a literal argument. */
function getReceivingCall(node: TSESTree.Node): Call | null {
  const { parent } = node;
  switch (parent?.type) {
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      return isArgumentOf(parent, node) ? parent : null;
    case AST_NODE_TYPES.ArrayExpression:
    case AST_NODE_TYPES.ObjectExpression:
      return getReceivingCall(wrapped(parent));
    case AST_NODE_TYPES.Property:
      return parent.value === node && parent.parent.type === AST_NODE_TYPES.ObjectExpression
        ? getReceivingCall(wrapped(parent.parent))
        : null;
    case AST_NODE_TYPES.SpreadElement:
      return parent.parent.type === AST_NODE_TYPES.ObjectExpression ||
        parent.parent.type === AST_NODE_TYPES.ArrayExpression
        ? getReceivingCall(wrapped(parent.parent))
        : null;
    default:
      return null;
  }
}

// ── the environment ─────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Whether the environment variables that a constructor reads are the same each time: the file does not write to them,
 * and, if the key is one of them, no code in between may do so.
 */
export function isEnvironmentFixed(file: LangChainFile, moved: TSESTree.Node, { statement }: Place): boolean {
  if (!onlyReadsEnvironment(file)) return false;
  return !readsEnvironment(file, moved) || !mayWriteEnvironment(file, statement);
}

function readsEnvironment(file: LangChainFile, moved: TSESTree.Node): boolean {
  return (
    !isAnywhere(file, moved, (node) => node.type === AST_NODE_TYPES.Property && isKey(file, node)) ||
    isAnywhere(file, moved, (node) => isEnvironmentRead(file, node))
  );
}

/** `apiKey: 'sk-…'`, `apiKey` of `(apiKey: string)`; without a value, that of the environment is used. */
function isKey(file: LangChainFile, property: TSESTree.Property): boolean {
  const value = unwrap(property.value);
  if (!/api_?key$/iu.test(getKeyName(property) ?? '')) return false;
  if (value.type === AST_NODE_TYPES.Literal) return Boolean(value.value);
  const name = value.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(value)?.defs[0]?.name : null;
  return (
    name?.type === AST_NODE_TYPES.Identifier &&
    !name.optional &&
    name.typeAnnotation?.typeAnnotation.type === AST_NODE_TYPES.TSStringKeyword
  );
}

// ── its uses ────────────────────────────────────────────────────────────────────────────────────────────────────────

const callMethods: ReadonlySet<string> = new Set(
  [remoteMethods.chatModel, remoteMethods.embeddings, remoteMethods.retriever].flatMap((methods) => methods ?? []),
);

/**
 * Whether an instance is only called, used to derive others, and passed to LangChain's own constructors. Any other use
 * may compare or change it, and then each pass needs its own.
 */
export function isOnlyCalled(file: LangChainFile, { references }: TSESLint.Scope.Variable): boolean {
  return references.every(
    ({ identifier, init }) => init === true || isCalled(wrapped(identifier)) || isBuiltIn(file, identifier),
  );
}

/** `model.invoke(…)`, `limit(…)`, but not `model.callbacks.push(…)`. */
function isCalled(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (parent?.type === AST_NODE_TYPES.CallExpression) return parent.callee === node;
  if (parent?.type !== AST_NODE_TYPES.MemberExpression || parent.object !== node) return false;
  const name = getKeyName(parent) ?? '';
  const call = wrapped(parent).parent;
  const isCall = call?.type === AST_NODE_TYPES.CallExpression && unwrap(call.callee) === parent;
  return isCall && name !== 'addDocuments' && (callMethods.has(name) || builders.has(name));
}

/** `prompt.pipe(model)`, `createAgent({ model })`, `RunnableSequence.from([prompt, model])` */
function isBuiltIn(file: LangChainFile, node: TSESTree.Node): boolean {
  const call = getReceivingCall(wrapped(node));
  return call !== null && file.trace(call).type === 'langchain';
}

import type { TSESTree } from '@typescript-eslint/utils';
import { findProperty, getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import { findConstructorOption } from '../langchain/construction.ts';
import { getParts } from '../langchain/parts.ts';
import type { Cut } from '../memo.ts';
import { findConstant } from '../trace/constants.ts';
import { type LangChainFile, perFile, perKey } from '../trace/file.ts';
import { findOption, readObject } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';

/** Whether code of this file reads a key of a config's `configurable`, or declares it for a graph. */
export function readsConfigurable(file: LangChainFile, key: string): boolean {
  const { isOpen, keys } = getReadKeys(file);
  return isOpen || keys.has(key);
}

/**
 * Whether a model in the value may take fields from `configurable`, as that of `initChatModel(name, {
 * configurableFields })` does. A value that runs functions may call any such model of the file.
 */
export function mayBeConfigurable(file: LangChainFile, value: LangChainValue): boolean {
  const parts = getParts(value);
  const models = parts.filter(({ className }) => className === 'ConfigurableModel');
  if (models.some((model) => isConfigurableModel(file, model))) return true;
  return runsFunctions(value) && file.sourceCode.text.includes('configurableFields');
}

function isConfigurableModel(file: LangChainFile, model: LangChainValue): boolean {
  if (findConstructorOption(file, model, 'configurableFields').is !== 'absent') return true;
  // Without a name, model and provider come from `configurable`; the other fields do not.
  return model.origin === 'annotation';
}

/** Whether a value contains, or may contain, functions that receive the config: nodes, tools, lambdas. */
export function runsFunctions(value: LangChainValue): boolean {
  return getParts(value).some(({ kind, steps }) => {
    if (steps?.some((step) => step.is !== 'yes') === true) return true;
    return !closedKinds.has(kind) && !(kind === 'sequence' && steps !== null);
  });
}

const closedKinds: ReadonlySet<string> = new Set([
  'chain',
  'chatModel',
  'embeddings',
  'llm',
  'parser',
  'prompt',
  'retriever',
  'vectorStore',
]);

interface ReadKeys {
  readonly keys: ReadonlySet<string>;
  /** Whether a `configurable` is passed to code that is out of sight. */
  readonly isOpen: boolean;
}

const getReadKeys = perFile((file): ReadKeys => {
  const keys = new Set<string>();
  let isOpen = false;

  /** Reads the use of an expression that holds a `configurable`. */
  function readUse(node: TSESTree.Node, depth: number): void {
    const { parent } = node;
    if (!parent) return;
    switch (parent.type) {
      case AST_NODE_TYPES.MemberExpression: {
        if (parent.object !== node || isWritten(parent)) return;
        const key = getKeyName(parent);
        if (key === null) isOpen = true;
        else if (!isWrittenBack(parent, key)) keys.add(key);
        return;
      }
      case AST_NODE_TYPES.AwaitExpression:
      case AST_NODE_TYPES.ChainExpression:
      case AST_NODE_TYPES.LogicalExpression:
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.TSAsExpression:
      case AST_NODE_TYPES.TSNonNullExpression:
      case AST_NODE_TYPES.TSSatisfiesExpression:
      case AST_NODE_TYPES.TSTypeAssertion:
        if (parent.type !== AST_NODE_TYPES.ConditionalExpression || parent.test !== node) readUse(parent, depth);
        return;
      case AST_NODE_TYPES.VariableDeclarator:
        if (parent.init === node) readTarget(parent.id, depth);
        return;
      case AST_NODE_TYPES.AssignmentExpression:
        if (parent.right === node) readTarget(parent.left, depth);
        return;
      // Passed on as the `configurable` of another config: read where that one is used.
      case AST_NODE_TYPES.SpreadElement:
        return;
      case AST_NODE_TYPES.Property:
        if (getKeyName(parent) !== 'configurable') isOpen = true;
        return;
      case AST_NODE_TYPES.BinaryExpression:
      case AST_NODE_TYPES.ExpressionStatement:
      case AST_NODE_TYPES.IfStatement:
      case AST_NODE_TYPES.UnaryExpression:
        return;
      case AST_NODE_TYPES.CallExpression:
        if (!isLogging(file, parent)) isOpen = true;
        return;
      default:
        isOpen = true;
    }
  }

  /** Reads the keys that a pattern or variable takes out of a `configurable`. */
  function readTarget(target: TSESTree.Node, depth: number): void {
    switch (target.type) {
      case AST_NODE_TYPES.AssignmentPattern:
        readTarget(target.left, depth);
        return;
      case AST_NODE_TYPES.ObjectPattern:
        for (const property of target.properties) {
          const key = property.type === AST_NODE_TYPES.Property ? getKeyName(property) : null;
          if (key === null) isOpen = true;
          else keys.add(key);
        }
        return;
      case AST_NODE_TYPES.Identifier: {
        const variable = file.scopes.findVariable(target);
        if (!variable || depth === 0) isOpen = true;
        else
          for (const reference of variable.references) if (reference.isRead()) readUse(reference.identifier, depth - 1);
        return;
      }
      default:
        isOpen = true;
    }
  }

  walk(file.program, file.sourceCode.visitorKeys, (node) => {
    if (node.type === AST_NODE_TYPES.MemberExpression && getKeyName(node) === 'configurable') {
      if (!isWritten(node)) readUse(node, 3);
    } else if (node.type === AST_NODE_TYPES.ObjectPattern) {
      const property = node.properties.find(
        (each) => each.type === AST_NODE_TYPES.Property && getKeyName(each) === 'configurable',
      );
      if (property?.type === AST_NODE_TYPES.Property) readTarget(property.value, 3);
    } else if (node.type === AST_NODE_TYPES.NewExpression && node.arguments[1]) {
      const declared = readDeclared(file, node, node.arguments[1]);
      if (declared === null) isOpen = true;
      for (const key of declared ?? []) keys.add(key);
    }
    return true;
  });
  return { keys, isOpen };
});

/** `config.configurable.timeout = 60_000` */
function isWritten(member: TSESTree.MemberExpression): boolean {
  return member.parent.type === AST_NODE_TYPES.AssignmentExpression && member.parent.left === member;
}

/** `config.configurable.timeout = config.configurable.timeout ?? 60_000` */
function isWrittenBack(read: TSESTree.Node, key: string): boolean {
  for (let node = read, { parent } = read; parent && !isFunction(node); node = parent, { parent } = node) {
    if (parent.type !== AST_NODE_TYPES.AssignmentExpression || parent.right !== node) continue;
    const left = unwrap(parent.left);
    if (left.type !== AST_NODE_TYPES.MemberExpression || getKeyName(left) !== key) return false;
    const holder = unwrap(left.object);
    return holder.type === AST_NODE_TYPES.MemberExpression && getKeyName(holder) === 'configurable';
  }
  return false;
}

/** `console.log(…)`, and `JSON.stringify(…)`, which goes into a log. */
export function isLogging(file: LangChainFile, { callee }: TSESTree.CallExpression): boolean {
  const trace = file.trace(callee);
  return trace.type === 'global' && (trace.name.startsWith('console.') || trace.name === 'JSON.stringify');
}

/**
 * The keys of `new StateGraph(State, Configuration)`; null when they cannot be resolved, none for another construction.
 */
function readDeclared(
  file: LangChainFile,
  node: TSESTree.NewExpression,
  schema: TSESTree.Node,
): readonly string[] | null {
  const graph = file.resolve(node);
  if (graph.is !== 'yes' || graph.value.kind !== 'stateGraph') return [];
  const options = readObject(file, schema);
  if (!options) return readSchemaKeys(file, schema);
  const context = findOption(file, options, 'context');
  const declared = context.is === 'given' ? context : findOption(file, options, 'contextSchema');
  if (declared.is === 'absent') return [];
  return declared.is === 'given' ? readSchemaKeys(file, declared.value) : null;
}

const notSeen: Cut<readonly string[] | null> = { onCycle: null, tooDeep: null };

/**
 * The keys of `Annotation.Root({ … })`, of `z.object({ … })`, and of `{ channels: { … } }`; null for a schema that
 * cannot be resolved.
 */
export const readSchemaKeys = perKey(notSeen, computeSchemaKeys);

function computeSchemaKeys(file: LangChainFile, schema: TSESTree.Node): readonly string[] | null {
  const trace = file.trace(schema);
  if (trace.type === 'export') return messageStates.has(trace.export.name) ? ['messages'] : null;
  if (trace.type === 'object') {
    const channels = findProperty(trace.node, 'channels');
    return channels && readKeys(file, channels.value);
  }
  const made = unwrap(findConstant(file, schema) ?? schema);
  const fields = made.type === AST_NODE_TYPES.CallExpression && makesSchema(file, made) ? made.arguments[0] : undefined;
  return fields ? readKeys(file, fields) : null;
}

function makesSchema(file: LangChainFile, { callee }: TSESTree.CallExpression): boolean {
  const trace = file.trace(callee);
  if (trace.type !== 'export') return false;
  const { name, source } = trace.export;
  return source.startsWith('zod')
    ? /(?:^|\.)object$/u.test(name)
    : name === 'Annotation.Root' && parseSpecifier(source)?.package === '@langchain/langgraph';
}

const messageStates: ReadonlySet<string> = new Set(['MessagesAnnotation', 'MessagesZodMeta', 'MessagesZodState']);

const readKeys = perKey(notSeen, computeKeys);

function computeKeys(file: LangChainFile, fields: TSESTree.Node): readonly string[] | null {
  const object = readObject(file, fields);
  if (!object) return null;
  const keys = new Set<string>();
  for (const property of object.properties) {
    if (property.type === AST_NODE_TYPES.SpreadElement) {
      const spread = readSpread(file, property.argument);
      if (!spread) return null;
      for (const key of spread) keys.add(key);
      continue;
    }
    const key = getKeyName(property);
    if (key === null) return null;
    keys.add(key);
  }
  return [...keys];
}

/** `...MessagesAnnotation.spec`, `...State.spec`, `...MessagesZodState.shape` */
function readSpread(file: LangChainFile, argument: TSESTree.Node): readonly string[] | null {
  const member = unwrap(argument);
  if (member.type !== AST_NODE_TYPES.MemberExpression || !['shape', 'spec'].includes(getKeyName(member) ?? ''))
    return readKeys(file, argument);
  return readSchemaKeys(file, member.object);
}

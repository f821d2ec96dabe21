import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findFieldValue } from './fields.ts';
import { type LangChainFile, perKey } from './file.ts';
import { findOption } from './options.ts';

/** Whether an expression is a variable of the environment, or a number made of one. */
export function isEnvironment(file: LangChainFile, node: TSESTree.Node): boolean {
  return findEnvironment(file, node) !== null;
}

/**
 * Where the environment is read of which a value is made: `process.env.X`, `import.meta.env.X`, `Deno.env.get('X')`,
 * the `X` of `const { X } = process.env`, also in `Number(process.env.X)`, `process.env.X!`,
 * `Math.max(1, +process.env.X)`.
 */
export function findEnvironment(file: LangChainFile, node: TSESTree.Node): TSESTree.Node | null {
  return findRead(file, unwrap(node));
}

const findRead = perKey<TSESTree.Node, TSESTree.Node | null>({ onCycle: null, tooDeep: null }, read);

function read(file: LangChainFile, expression: TSESTree.Node): TSESTree.Node | null {
  switch (expression.type) {
    case AST_NODE_TYPES.UnaryExpression:
      return expression.operator === '+' ? findEnvironment(file, expression.argument) : null;
    case AST_NODE_TYPES.CallExpression:
      return readCall(file, expression);
    case AST_NODE_TYPES.MemberExpression: {
      if (isEnvironmentObject(file, expression.object)) return expression;
      const value = findFieldValue(file, expression) ?? findMember(file, expression);
      return value && findEnvironment(file, value);
    }
    case AST_NODE_TYPES.Identifier:
      return readConstant(file, expression);
    default:
      return null;
  }
}

/** `settings.limit` */
function findMember(file: LangChainFile, member: TSESTree.MemberExpression): TSESTree.Node | null {
  const name = getKeyName(member);
  const option = name === null ? null : findOption(file, member.object, name);
  return option?.is === 'given' ? option.value : null;
}

function readCall(file: LangChainFile, call: TSESTree.CallExpression): TSESTree.Node | null {
  const [argument] = call.arguments;
  if (!argument) return null;
  if (isNumberFunction(file, call.callee)) return findEnvironment(file, argument);
  const callee = file.trace(call.callee);
  if (callee.type !== 'global') return null;
  if (callee.name === 'Deno.env.get') return call;
  if (!/^Math\.(?:ceil|floor|max|min|round|trunc)$/u.test(callee.name)) return null;
  return call.arguments.map((each) => findEnvironment(file, each)).find((each) => each !== null) ?? null;
}

function readConstant(file: LangChainFile, identifier: TSESTree.Identifier): TSESTree.Node | null {
  const definition = file.scopes.findVariable(identifier)?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || !definition.node.init) return null;
  const { id, init } = definition.node;
  if (id.type === AST_NODE_TYPES.Identifier) return findEnvironment(file, init);
  const { parent } = definition.name;
  const isPlain = parent.type === AST_NODE_TYPES.Property && parent.value === definition.name && parent.parent === id;
  return isPlain && isEnvironmentObject(file, init) ? parent : null;
}

/** `process.env`, `Bun.env`, `import.meta.env` */
export function isEnvironmentObject(file: LangChainFile, node: TSESTree.Node): boolean {
  const object = unwrap(node);
  if (object.type === AST_NODE_TYPES.MemberExpression && unwrap(object.object).type === AST_NODE_TYPES.MetaProperty)
    return getKeyName(object) === 'env';
  const trace = file.trace(object);
  return (
    (trace.type === 'global' && (trace.name === 'process.env' || trace.name === 'Bun.env')) ||
    (trace.type === 'export' && trace.export.source === 'process')
  );
}

export function isNumberFunction(file: LangChainFile, callee: TSESTree.Node): boolean {
  const trace = file.trace(callee);
  return (
    trace.type === 'global' &&
    ['Number', 'Number.parseFloat', 'Number.parseInt', 'parseFloat', 'parseInt'].includes(trace.name)
  );
}

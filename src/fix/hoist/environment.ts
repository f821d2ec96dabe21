import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName, getRoot } from '../../ast/calls.ts';
import { getKeyName, unwrap, wrapped } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { walk } from '../../ast/walk.ts';
import { processMembers, stubbingMethods } from '../../facts/environment.ts';
import { purePackages } from '../../facts/pure.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';

/** Words through which a file may reach the environment. */
const mentions = /\b(?:process|globalThis|global|window|self|Deno|Bun|replaceProperty|stubEnv|unstubAllEnvs)\b/u;

/**
 * Whether a file only reads the environment by name: `process.env.X`, `const { X } = process.env`. Any other reference
 * could write to it.
 */
export const onlyReadsEnvironment = perFile((file): boolean => {
  if (!mentions.test(file.sourceCode.text)) return true;
  let onlyReads = true;
  walk(file.program, file.sourceCode.visitorKeys, (node) => {
    onlyReads &&= isHarmless(file, node);
    return onlyReads;
  });
  return onlyReads;
});

function isHarmless(file: LangChainFile, node: TSESTree.Node): boolean {
  switch (node.type) {
    case AST_NODE_TYPES.Identifier:
      return isHarmlessName(file, node);
    case AST_NODE_TYPES.CallExpression: {
      const callee = unwrap(node.callee);
      return callee.type !== AST_NODE_TYPES.MemberExpression || !stubbingMethods.has(getKeyName(callee) ?? '');
    }
    // `require('node:process')`
    case AST_NODE_TYPES.Literal:
      return !/^(?:node:)?process$/u.test(String(node.value)) || !isLoaded(node);
    default:
      return true;
  }
}

function isLoaded({ parent }: TSESTree.Node): boolean {
  if (parent?.type === AST_NODE_TYPES.ImportExpression) return true;
  if (parent?.type !== AST_NODE_TYPES.CallExpression) return false;
  const name = getMethodName(parent);
  return unwrap(parent.callee).type === AST_NODE_TYPES.Identifier || name === 'getBuiltinModule' || name === 'require';
}

function isHarmlessName(file: LangChainFile, node: TSESTree.Identifier): boolean {
  const reference = file.scopes.findReference(node);
  if (!reference) return true;
  const variable = file.scopes.findVariable(node);
  const imported = variable && file.imports.findExport(variable);
  if (imported?.source === 'process') {
    if (imported.name === 'default') return isProcessUse(file, node);
    return imported.name === 'env' ? isRead(file, node) : processMembers.has(imported.name);
  }
  const isGlobal = !variable || variable.defs.length === 0;
  return !isGlobal || isGlobalUse(file, node, node.name);
}

/** Whether a use of a global, or of a member of the global object, leaves the environment alone. */
function isGlobalUse(file: LangChainFile, node: TSESTree.Node, name: string): boolean {
  switch (name) {
    case 'process':
      return isProcessUse(file, node);
    case 'Bun':
      return isMemberUse(node, (key, member) => key !== 'env' || isRead(file, member));
    case 'Deno':
      return isMemberUse(
        node,
        (key, member) => key !== 'env' || isMemberUse(member, (method) => readingMethods.has(method)),
      );
    case 'global':
    case 'globalThis':
    case 'self':
    case 'window':
      return isMemberUse(node, (key, member) => isGlobalUse(file, member, key));
    default:
      return true;
  }
}

const readingMethods: ReadonlySet<string> = new Set(['get', 'has', 'toObject']);

function isProcessUse(file: LangChainFile, node: TSESTree.Node): boolean {
  return isMemberUse(node, (key, member) => (key === 'env' ? isRead(file, member) : processMembers.has(key)));
}

function isMemberUse(
  node: TSESTree.Node,
  accepts: (key: string, member: TSESTree.MemberExpression) => boolean,
): boolean {
  const object = wrapped(node);
  const { parent } = object;
  if (parent?.type === AST_NODE_TYPES.UnaryExpression) return parent.operator === 'typeof';
  if (parent?.type === AST_NODE_TYPES.TSTypeQuery || parent?.type === AST_NODE_TYPES.TSQualifiedName) return true;
  if (parent?.type !== AST_NODE_TYPES.MemberExpression || parent.object !== object) return false;
  const key = getKeyName(parent);
  return key !== null && accepts(key, parent);
}

const listingFunctions: ReadonlySet<string> = new Set([
  'JSON.stringify',
  'Object.entries',
  'Object.fromEntries',
  'Object.keys',
  'Object.values',
]);

/** Whether a use of the environment only reads its variables. */
function isRead(file: LangChainFile, node: TSESTree.Node): boolean {
  const environment = wrapped(node);
  const { parent } = environment;
  switch (parent?.type) {
    case AST_NODE_TYPES.MemberExpression:
      return parent.object === environment && !isWritten(parent);
    case AST_NODE_TYPES.VariableDeclarator:
      return (
        parent.id.type === AST_NODE_TYPES.ObjectPattern &&
        parent.id.properties.every(({ type }) => type === AST_NODE_TYPES.Property)
      );
    case AST_NODE_TYPES.BinaryExpression:
      return parent.operator === 'in' && parent.right === environment;
    case AST_NODE_TYPES.SpreadElement:
      return parent.parent.type === AST_NODE_TYPES.ObjectExpression;
    case AST_NODE_TYPES.CallExpression:
      return parent.callee !== environment && isReader(file, parent);
    case AST_NODE_TYPES.TSQualifiedName:
    case AST_NODE_TYPES.TSTypeQuery:
      return true;
    default:
      return false;
  }
}

/** `Object.keys(process.env)`, `schema.parse(process.env)` */
function isReader(file: LangChainFile, { callee }: TSESTree.CallExpression): boolean {
  const trace = file.trace(callee);
  if (trace.type === 'global') return listingFunctions.has(trace.name);
  const made = file.trace(getRoot(callee));
  const source = made.type === 'export' ? made.export.source : made.type === 'instance' ? made.of.source : '';
  return purePackages.has(source);
}

/** Whether a member is a target rather than a value: assigned, deleted, or bound by a pattern or a loop. */
function isWritten(member: TSESTree.Node): boolean {
  const target = wrapped(member);
  const { parent } = target;
  switch (parent?.type) {
    case AST_NODE_TYPES.ArrayPattern:
    case AST_NODE_TYPES.RestElement:
    case AST_NODE_TYPES.UpdateExpression:
      return true;
    case AST_NODE_TYPES.AssignmentExpression:
    case AST_NODE_TYPES.AssignmentPattern:
    case AST_NODE_TYPES.ForInStatement:
    case AST_NODE_TYPES.ForOfStatement:
      return parent.left === target;
    case AST_NODE_TYPES.Property:
      return parent.value === target && parent.parent.type === AST_NODE_TYPES.ObjectPattern;
    case AST_NODE_TYPES.UnaryExpression:
      return parent.operator === 'delete';
    default:
      return false;
  }
}

import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import type { LangChainFile } from '../trace/file.ts';

/**
 * Whether an object literal has a written type that may not allow further properties: `const config: Config = { … }`.
 */
export function isHeld(file: LangChainFile, object: TSESTree.ObjectExpression): boolean {
  for (let { parent } = object as TSESTree.Node; parent; { parent } = parent) {
    if (passing.has(parent.type)) continue;
    if ('typeAnnotation' in parent && 'expression' in parent) {
      if (isClosed(file, parent.typeAnnotation)) return true;
    } else return isClosed(file, findType(file, parent));
  }
  return false;
}

/** Parents whose value includes that of the literal. */
const passing: ReadonlySet<string> = new Set([
  AST_NODE_TYPES.ArrayExpression,
  AST_NODE_TYPES.ConditionalExpression,
  AST_NODE_TYPES.LogicalExpression,
  AST_NODE_TYPES.ObjectExpression,
  AST_NODE_TYPES.Property,
  AST_NODE_TYPES.ReturnStatement,
  AST_NODE_TYPES.SequenceExpression,
  AST_NODE_TYPES.SpreadElement,
]);

/** The written type of a value's target, if any. */
function findType({ scopes }: LangChainFile, target: TSESTree.Node): TSESTree.Node | null | undefined {
  switch (target.type) {
    case AST_NODE_TYPES.AssignmentExpression: {
      const variable = scopes.findVariable(target.left);
      return variable?.identifiers.map(({ typeAnnotation }) => typeAnnotation).find(Boolean);
    }
    case AST_NODE_TYPES.AssignmentPattern:
      return target.left.typeAnnotation;
    case AST_NODE_TYPES.BlockStatement:
      return isFunction(target.parent) ? target.parent.returnType : null;
    case AST_NODE_TYPES.PropertyDefinition:
      return target.typeAnnotation;
    case AST_NODE_TYPES.VariableDeclarator:
      return target.id.typeAnnotation;
    default:
      return isFunction(target) ? target.returnType : null;
  }
}

/** Types from packages allow the properties that the packages document. */
const ownModule = /^(?:[#.~]|@\/)/u;

function isClosed(file: LangChainFile, type: TSESTree.Node | null | undefined): boolean {
  switch (type?.type) {
    case undefined:
    case AST_NODE_TYPES.TSAnyKeyword:
    case AST_NODE_TYPES.TSObjectKeyword:
    case AST_NODE_TYPES.TSUnknownKeyword:
      return false;
    case AST_NODE_TYPES.TSTypeAnnotation:
      return isClosed(file, type.typeAnnotation);
    case AST_NODE_TYPES.TSTypeReference: {
      if (type.typeName.type !== AST_NODE_TYPES.Identifier) return true;
      const variable = file.scopes.findVariable(type.typeName);
      const imported = variable && file.imports.findExport(variable);
      if (imported) return ownModule.test(imported.source);
      const { name } = type.typeName;
      if (name === 'Partial' || name === 'Readonly') return isClosed(file, type.typeArguments?.params[0]);
      return name !== 'const' && name !== 'Record';
    }
    default:
      return true;
  }
}

/** Whether the written type of a value may be one of promises: true unless it is visibly another type. */
export function mayBePromise(file: LangChainFile, type: TSESTree.TypeNode | undefined): boolean {
  switch (type?.type) {
    case undefined:
    case AST_NODE_TYPES.TSAnyKeyword:
    case AST_NODE_TYPES.TSStringKeyword:
    case AST_NODE_TYPES.TSUnknownKeyword:
      return false;
    case AST_NODE_TYPES.TSTypeReference: {
      const variable = file.scopes.findVariable(type.typeName);
      const imported = variable && file.imports.findExport(variable);
      return !imported || parseSpecifier(imported.source) === null;
    }
    default:
      return true;
  }
}

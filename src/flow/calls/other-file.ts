import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type Call, findRequired } from '../../ast/calls.ts';
import { getExportName } from '../../ast/exports.ts';
import { getKeyName, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { getMember } from '../../project/declarations.ts';
import type { Mark } from '../../project/summary.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { isWholeModule } from '../../trace/imports.ts';
import { findCalledAnywhere } from './anywhere.ts';
import { type Callee, findCallees, findCreated } from './call-graph.ts';

/**
 * What a call of this file runs in another one, if it leads to a mark: one of several functions for `(local ? askA :
 * askB)(q)`, a constructor and the initialisers of fields for `new Answers()`.
 */
export function findOutgoing(file: LangChainFile, node: Call, mark: Mark): readonly Callee[] {
  if (!mayLeadTo(file, node, mark)) return [];
  const created = findCreated(file, node);
  const callees = [...findCallees(file, node), ...(created ? [created] : [])];
  if (callees.length > 0) return callees.filter((callee) => !file.owns(callee));
  // The function may be in a file from which LangChain is out of reach.
  const fn = mark === 'client' ? null : findCalledAnywhere(file, node, mark);
  return fn ? [fn] : [];
}

/**
 * A cheap check, by the origin of the callee's first name, whether a call may run a function of another file that leads
 * to a mark: most do not.
 */
export function mayLeadTo(file: LangChainFile, node: Call, mark: Mark): boolean {
  return mayNameIn(file, unwrap(node.callee), mark, maxAliases);
}

/** How many variables a name may pass through. */
export const maxAliases = 4;

export function mayNameIn(file: LangChainFile, expression: TSESTree.Node, mark: Mark, aliases: number): boolean {
  let root = expression;
  let member: string | null = null;
  while (
    root.type === AST_NODE_TYPES.MemberExpression ||
    root.type === AST_NODE_TYPES.CallExpression ||
    root.type === AST_NODE_TYPES.NewExpression ||
    root.type === AST_NODE_TYPES.AwaitExpression
  ) {
    member = root.type === AST_NODE_TYPES.MemberExpression ? getKeyName(root) : null;
    root = unwrap(
      root.type === AST_NODE_TYPES.MemberExpression
        ? root.object
        : root.type === AST_NODE_TYPES.AwaitExpression
          ? root.argument
          : root.callee,
    );
  }
  if (root.type === AST_NODE_TYPES.ExportSpecifier) {
    const { source } = root.parent;
    return source !== null && file.leadsTo(source.value, getExportName(root.local), mark);
  }
  if (root.type === AST_NODE_TYPES.ExportAllDeclaration) return file.leadsTo(root.source.value, null, mark);
  if (root.type === AST_NODE_TYPES.ThisExpression) return true;
  const choices = aliases > 0 ? getChoices(root) : [];
  if (choices.length > 0) return choices.some((each) => mayNameIn(file, unwrap(each), mark, aliases - 1));
  const name = root.type === AST_NODE_TYPES.Identifier || root.type === AST_NODE_TYPES.JSXIdentifier ? root : null;
  const variable = name && aliases > 0 ? file.scopes.findVariable(name) : null;
  if (variable && file.imports.findExport(variable)) return importLeadsTo(file, variable, member, mark);
  const definition = variable?.defs[0];
  switch (definition?.type) {
    case 'Parameter':
      return mayBeTypedBy(file, definition.name, mark);
    case 'Variable': {
      const specifier = findRequired(definition.node.init);
      if (specifier !== null) return file.leadsTo(specifier, null, mark);
      return (
        mayBeTypedBy(file, definition.name, mark) ||
        (definition.node.init !== null && mayNameIn(file, unwrap(definition.node.init), mark, aliases - 1))
      );
    }
    default:
      return false;
  }
}

/** `local ? askA : askB`, `{ a: askA, b: askB }` */
function getChoices(node: TSESTree.Node): readonly TSESTree.Node[] {
  switch (node.type) {
    case AST_NODE_TYPES.ConditionalExpression:
      return [node.consequent, node.alternate];
    case AST_NODE_TYPES.LogicalExpression:
      return [node.left, node.right];
    case AST_NODE_TYPES.ObjectExpression:
      return node.properties.flatMap((each) => (each.type === AST_NODE_TYPES.Property ? [each.value] : []));
    default:
      return [];
  }
}

/** `service: AnswerService` of an imported class. */
function mayBeTypedBy(file: LangChainFile, name: TSESTree.Node, mark: Mark): boolean {
  const type = name.type === AST_NODE_TYPES.Identifier ? name.typeAnnotation?.typeAnnotation : undefined;
  if (type?.type !== AST_NODE_TYPES.TSTypeReference || type.typeName.type !== AST_NODE_TYPES.Identifier) return false;
  const variable = file.scopes.findVariable(type.typeName);
  return variable !== null && importLeadsTo(file, variable, null, mark);
}

/** @param member What is taken of the import, if it is known. */
function importLeadsTo(
  file: LangChainFile,
  variable: TSESLint.Scope.Variable,
  member: string | null,
  mark: Mark,
): boolean {
  const imported = file.imports.findExport(variable);
  if (!imported) return false;
  const whole = { specifier: imported.source, name: isWholeModule(variable) ? null : imported.name };
  const { name, specifier } = getMember(whole, member);
  return file.leadsTo(specifier, name, mark);
}

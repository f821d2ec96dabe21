import type { TSESTree } from '@typescript-eslint/utils';
import { getKeyName, unwrap } from './nodes.ts';
import { AST_NODE_TYPES } from './types.ts';

/**
 * The target of an export: a node of the file (an identifier, an expression or a declaration), or an export of another
 * module.
 */
export type ExportBinding =
  { readonly node: TSESTree.Node } | { readonly source: string; readonly name: string | null };

/** The exports of a file, read from its top-level statements. */
export interface Exports {
  readonly named: ReadonlyMap<string, ExportBinding>;
  /** The modules of `export * from`. */
  readonly all: readonly string[];
  /** The values of `module.exports =` and `export =`. */
  readonly whole: readonly TSESTree.Node[];
}

/**
 * @returns The last binding of each name; a binding whose `name` is null stands for the whole module (`export * as
 * tools from`).
 */
export function readExports(program: TSESTree.Program): Exports {
  const named = new Map<string, ExportBinding>();
  const all: string[] = [];
  const whole: TSESTree.Node[] = [];
  for (const statement of program.body) {
    switch (statement.type) {
      case AST_NODE_TYPES.ExportAllDeclaration:
        if (statement.exported)
          named.set(getExportName(statement.exported), { source: statement.source.value, name: null });
        else all.push(statement.source.value);
        break;
      case AST_NODE_TYPES.ExportDefaultDeclaration:
        named.set('default', { node: statement.declaration });
        break;
      case AST_NODE_TYPES.ExportNamedDeclaration:
        for (const { exported, local } of statement.specifiers) {
          named.set(
            getExportName(exported),
            statement.source ? { source: statement.source.value, name: getExportName(local) } : { node: local },
          );
        }
        if (statement.declaration)
          for (const id of getDeclared(statement.declaration)) named.set(id.name, { node: id });
        break;
      case AST_NODE_TYPES.TSExportAssignment:
        whole.push(statement.expression);
        break;
      case AST_NODE_TYPES.ExpressionStatement:
        readAssignment(statement.expression, named, whole);
        break;
      default:
    }
  }
  return { named, all, whole };
}

export function getExportName(name: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return name.type === AST_NODE_TYPES.Identifier ? name.name : name.value;
}

function getDeclared(declaration: TSESTree.NamedExportDeclarations): readonly TSESTree.Identifier[] {
  if (declaration.type === AST_NODE_TYPES.VariableDeclaration)
    return declaration.declarations.flatMap(({ id }) => getBound(id));
  return 'id' in declaration && declaration.id?.type === AST_NODE_TYPES.Identifier ? [declaration.id] : [];
}

/** The identifiers that a pattern binds. */
function getBound(pattern: TSESTree.Node): readonly TSESTree.Identifier[] {
  switch (pattern.type) {
    case AST_NODE_TYPES.Identifier:
      return [pattern];
    case AST_NODE_TYPES.AssignmentPattern:
      return getBound(pattern.left);
    case AST_NODE_TYPES.ArrayPattern:
      return pattern.elements.flatMap((element) => (element ? getBound(element) : []));
    case AST_NODE_TYPES.ObjectPattern:
      return pattern.properties.flatMap((property) =>
        getBound(property.type === AST_NODE_TYPES.Property ? property.value : property.argument),
      );
    case AST_NODE_TYPES.RestElement:
      return getBound(pattern.argument);
    default:
      return [];
  }
}

/**
 * `module.exports = …`, `exports.model = …`, `module.exports.model = …`, and chains of them: `exports = module.exports
 * = createApp`.
 */
function readAssignment(expression: TSESTree.Node, named: Map<string, ExportBinding>, whole: TSESTree.Node[]): void {
  const targets: TSESTree.Node[] = [];
  let value = expression;
  for (; value.type === AST_NODE_TYPES.AssignmentExpression && value.operator === '='; value = unwrap(value.right))
    targets.push(unwrap(value.left));
  for (const target of targets) {
    if (target.type !== AST_NODE_TYPES.MemberExpression) continue;
    const name = getKeyName(target);
    if (isExportsObject(target)) whole.push(value);
    else if (name !== null && isExportsObject(unwrap(target.object))) named.set(name, { node: value });
  }
}

/** `module.exports`, or `exports` unless it is reassigned itself. */
function isExportsObject(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.Identifier) return node.name === 'exports';
  return (
    node.type === AST_NODE_TYPES.MemberExpression &&
    node.object.type === AST_NODE_TYPES.Identifier &&
    node.object.name === 'module' &&
    getKeyName(node) === 'exports'
  );
}

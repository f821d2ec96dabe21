import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from './types.ts';
import { walk } from './walk.ts';

const types: ReadonlySet<string> = new Set(Object.values(AST_NODE_TYPES));

/**
 * The list of statements that a node holds; null for any other node. Nodes that component parsers add to such a list,
 * such as the markup, are left out.
 */
export function getStatements(node: TSESTree.Node): readonly TSESTree.Node[] | null {
  switch (node.type) {
    case AST_NODE_TYPES.BlockStatement:
    case AST_NODE_TYPES.Program:
    case AST_NODE_TYPES.StaticBlock:
    case AST_NODE_TYPES.TSModuleBlock:
      return node.body;
    case AST_NODE_TYPES.SwitchCase:
      return node.consequent;
    default:
      return null;
  }
}

/** Whether a node is a statement of a list, and not a node that a component parser added. */
export function isListed(statement: TSESTree.Node): boolean {
  // The parent of a program is null in ESLint.
  const list = statement.parent ? getStatements(statement.parent) : null;
  return types.has(statement.type) && (list?.includes(statement) ?? false);
}

/** The listed statement that begins at an offset: the outermost if there are several. */
export function findStatementAt(
  { ast, visitorKeys }: Pick<TSESLint.SourceCode, 'ast' | 'visitorKeys'>,
  offset: number,
): TSESTree.Node | null {
  let statements = statementsAt.get(ast);
  if (!statements) {
    statements = readStatements(ast, visitorKeys);
    statementsAt.set(ast, statements);
  }
  return statements.get(offset) ?? null;
}

const statementsAt = new WeakMap<TSESTree.Program, ReadonlyMap<number, TSESTree.Node>>();

function readStatements(
  program: TSESTree.Program,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): ReadonlyMap<number, TSESTree.Node> {
  const statements = new Map<number, TSESTree.Node>();
  walk(program, visitorKeys, (node) => {
    for (const statement of getStatements(node) ?? []) {
      const [start] = statement.range;
      if (types.has(statement.type) && !statements.has(start)) statements.set(start, statement);
    }
    return true;
  });
  return statements;
}

/**
 * Whether no code after a statement is reached, whichever way the statement takes: it returns, throws, or continues
 * with the next pass.
 * @param isExit Which statements count as leaving, if not every jump.
 */
export function leaves(
  statement: TSESTree.Node,
  isExit: (statement: TSESTree.Node) => boolean = ({ type }) => jumps.has(type),
): boolean {
  if (statement.type === AST_NODE_TYPES.IfStatement) {
    const { alternate, consequent } = statement;
    return alternate !== null && leaves(consequent, isExit) && leaves(alternate, isExit);
  }
  return getStatements(statement)?.some((each) => leaves(each, isExit)) ?? isExit(statement);
}

const jumps: ReadonlySet<AST_NODE_TYPES> = new Set([
  AST_NODE_TYPES.BreakStatement,
  AST_NODE_TYPES.ContinueStatement,
  AST_NODE_TYPES.ReturnStatement,
  AST_NODE_TYPES.ThrowStatement,
]);

/** Whether the code after a statement cannot be parsed as a continuation of it, with or without a semicolon. */
export function isClosed(sourceCode: Readonly<TSESLint.SourceCode>, statement: TSESTree.Node): boolean {
  if (sourceCode.getLastToken(statement)?.value === ';') return true;
  switch (statement.type) {
    case AST_NODE_TYPES.BlockStatement:
    case AST_NODE_TYPES.ClassDeclaration:
    case AST_NODE_TYPES.FunctionDeclaration:
    case AST_NODE_TYPES.SwitchStatement:
    case AST_NODE_TYPES.TryStatement:
    case AST_NODE_TYPES.TSEnumDeclaration:
    case AST_NODE_TYPES.TSInterfaceDeclaration:
      return true;
    case AST_NODE_TYPES.TSModuleDeclaration:
      return Boolean(statement.body);
    case AST_NODE_TYPES.ForInStatement:
    case AST_NODE_TYPES.ForOfStatement:
    case AST_NODE_TYPES.ForStatement:
    case AST_NODE_TYPES.LabeledStatement:
    case AST_NODE_TYPES.WhileStatement:
    case AST_NODE_TYPES.WithStatement:
      return isClosed(sourceCode, statement.body);
    case AST_NODE_TYPES.IfStatement:
      return isClosed(sourceCode, statement.alternate ?? statement.consequent);
    case AST_NODE_TYPES.ExportDefaultDeclaration:
    case AST_NODE_TYPES.ExportNamedDeclaration:
      return statement.declaration !== null && isClosed(sourceCode, statement.declaration);
    default:
      return false;
  }
}

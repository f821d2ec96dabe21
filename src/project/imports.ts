import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getExportName } from '../ast/exports.ts';
import { getKeyName } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { getMember } from './declarations.ts';
import { findCalledModules, type ModuleExport, summarise } from './summary.ts';

/** Files whose tree holds their imports at the top: in a component they may stand anywhere. */
const script = /\.[cm]?[jt]sx?$/u;

export function isScript(file: string): boolean {
  return script.test(file);
}

export function mayHoldJsx(file: string): boolean {
  return file.endsWith('x') || /\.[cm]?js$/u.test(file);
}

/** What a file that is parsed takes from other modules or hands on. */
export function readImportedExports(file: string, program: TSESTree.Program, text: string): readonly ModuleExport[] {
  if (!isScript(file)) {
    const { all, imports, passedOn } = summarise(text);
    return [...imports, ...passedOn.values(), ...all.map((specifier) => ({ specifier, name: null }))];
  }
  const called = findCalledModules(text).map((specifier) => ({ specifier, name: null }));
  return [...program.body.flatMap(readImported), ...readReexported(program), ...called];
}

function readImported(statement: TSESTree.ProgramStatement): readonly ModuleExport[] {
  return statement.type === AST_NODE_TYPES.ImportDeclaration
    ? statement.specifiers.map((each) => ({ specifier: statement.source.value, name: getImported(each) }))
    : [];
}

/** What the code of a file uses of those that it imports by declarations: `Workspace.get` for a member of an export. */
export function readUsedImports({ scopes }: TSESLint.Scope.ScopeManager): readonly ModuleExport[] {
  return scopes
    .filter(({ type }) => type === 'module')
    .flatMap(({ variables }) => variables)
    .flatMap(({ defs: [definition], references }) =>
      definition?.type === 'ImportBinding' && definition.parent.type === AST_NODE_TYPES.ImportDeclaration
        ? readUses(definition.node as TSESTree.ImportClause, definition.parent.source.value, references)
        : [],
    );
}

function readUses(
  specifier: TSESTree.ImportClause,
  source: string,
  references: readonly TSESLint.Scope.Reference[],
): readonly ModuleExport[] {
  const imported = { specifier: source, name: getImported(specifier) };
  const members = new Set(references.map(({ identifier }) => getUsedMember(identifier)));
  return [...members].map((member) => getMember(imported, member));
}

/** Null for a use as a whole, and where the engine has not set the parents of nodes yet. */
function getUsedMember(identifier: TSESTree.Node): string | null {
  const { parent } = identifier as { readonly parent?: TSESTree.Node };
  return parent?.type === AST_NODE_TYPES.MemberExpression && parent.object === identifier ? getKeyName(parent) : null;
}

/** What a file hands on of other modules. */
export function readReexported({ body }: TSESTree.Program): readonly ModuleExport[] {
  return body.flatMap(readPassedOn);
}

function readPassedOn(statement: TSESTree.ProgramStatement): readonly ModuleExport[] {
  switch (statement.type) {
    case AST_NODE_TYPES.ExportAllDeclaration:
      return [{ specifier: statement.source.value, name: null }];
    case AST_NODE_TYPES.ExportNamedDeclaration: {
      const { source } = statement;
      return source
        ? statement.specifiers.map(({ local }) => ({ specifier: source.value, name: getExportName(local) }))
        : [];
    }
    default:
      return [];
  }
}

/** Null for the module as a whole. */
function getImported(specifier: TSESTree.ImportClause): string | null {
  switch (specifier.type) {
    case AST_NODE_TYPES.ImportDefaultSpecifier:
      return 'default';
    case AST_NODE_TYPES.ImportNamespaceSpecifier:
      return null;
    case AST_NODE_TYPES.ImportSpecifier:
      return getExportName(specifier.imported);
  }
}

import type { TSESTree } from '@typescript-eslint/utils';
import { getExportName } from '../ast/exports.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
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

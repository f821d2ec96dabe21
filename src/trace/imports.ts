import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { findRequired, getLastName } from '../ast/calls.ts';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import type { Scopes } from '../ast/scopes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { parseSpecifier } from '../facts/catalog.ts';
import { type ExportRef, isOneOf } from '../facts/export-ref.ts';
import { findStandIn, namesThirdParty } from '../facts/third-party.ts';
import { isRelative } from '../project/locate.ts';
import type { Settings } from '../settings.ts';
import { isReassigned } from './changes.ts';

/**
 * What a file imports, in terms of packages: `settings.langchain.modules` and `classes` are applied, what a runtime
 * adds to a package's name is dropped.
 */
export interface Imports {
  /** Whether any string of the file is a LangChain specifier: imported, required or mentioned. */
  readonly hasLangChain: boolean;
  /**
   * Whether one of these packages may be imported: told by the import declarations, and never denied where `require()`
   * or `import()` stands.
   */
  mayImport(sources: ReadonlySet<string>): boolean;
  /** The package that a specifier stands for. */
  getSource(specifier: string): string;
  /**
   * The export that an imported variable is bound to, also one that `require()` or `import()` takes from a file of the
   * project; null for a variable that is no import.
   */
  findExport(variable: TSESLint.Scope.Variable): ExportRef | null;
  /**
   * The export `name` of what an export holds, as {@link getMember} says, or the class of LangChain that it stands for.
   */
  getMember(ref: ExportRef, name: string): ExportRef;
  /** Whether it is imported by `import type` and so is nothing at run time. */
  isTypeOnly(variable: TSESLint.Scope.Variable): boolean;
}

type Mapped = Pick<Settings, 'classes' | 'modules'>;

const quotedSpecifier =
  /['"`]((?:npm:\/?|https:\/\/(?:cdn\.jsdelivr\.net\/npm|cdn\.skypack\.dev|esm\.run|esm\.sh|unpkg\.com)\/(?:v\d{1,4}\/|\*)?)?(?:@langchain\/|langchain|deepagents)[^'"`\s]*)['"`]/gu;
/** What a runtime, or a server of packages, puts before a package's name. */
const host =
  /^(?:npm:\/?|jsr:\/?|https:\/\/(?:cdn\.jsdelivr\.net\/npm|cdn\.skypack\.dev|esm\.run|esm\.sh|unpkg\.com)\/(?:v\d{1,4}\/|\*)?)((?:@[^/]+\/)?[^/@?]+)(?:@[^/?]+)?(?:\/\+esm)?(\/[^?]*)?/u;

export function readImports(
  sourceCode: Pick<TSESLint.SourceCode, 'ast' | 'text'>,
  { classes, modules }: Mapped,
): Imports {
  const getSource = (specifier: string): string =>
    (Object.hasOwn(modules, specifier) ? modules[specifier] : undefined) ?? getPackageSpecifier(specifier);
  return {
    hasLangChain: mentionsLangChain(sourceCode.text, { classes, modules }),
    mayImport: (sources) =>
      sourceCode.ast.body.some(
        (node) =>
          node.type === AST_NODE_TYPES.TSImportEqualsDeclaration ||
          (node.type === AST_NODE_TYPES.ImportDeclaration && sources.has(getSource(node.source.value))),
      ) || /\b(?:import|require)\s*\(/u.test(sourceCode.text),
    getSource,
    findExport: (variable) => {
      const definition = variable.defs[0];
      if (definition?.type === 'Variable') return readRequired(variable, definition.node);
      if (definition?.type !== 'ImportBinding') return null;
      const ref = readBinding(definition.node, definition.parent, getSource);
      return ref && toLangChain(ref, classes);
    },
    getMember: (ref, name) => toLangChain(getMember(ref, name), classes),
    isTypeOnly: (variable) => variable.defs.some(({ node, parent }) => isType(node) || isType(parent)),
  };
}

/**
 * Whether a text names a module of LangChain. Search the text, not the tree: the answer is needed for every file, and
 * `require()` and `import()` can stand anywhere in it.
 */
export function mentionsLangChain(text: string, { classes, modules }: Mapped): boolean {
  if (text.includes('langchain') || text.includes('deepagents')) {
    for (const match of text.matchAll(quotedSpecifier)) {
      if (match[1] !== undefined && parseSpecifier(getPackageSpecifier(match[1]))) return true;
    }
  }
  return (
    Object.entries(modules).some(
      ([specifier, target]) => text.includes(specifier) && parseSpecifier(target) !== null,
    ) ||
    namesThirdParty(text) ||
    namesMapped(text, classes)
  );
}

/** Whether a text names a class of `settings.langchain.classes`. */
export function namesMapped(text: string, classes: Settings['classes']): boolean {
  return Object.keys(classes).some((name) => text.includes(name));
}

/** A class of another package, not of a file of the project, which shows what it extends. */
function toLangChain(ref: ExportRef, classes: Settings['classes']): ExportRef {
  if (ref.name === 'default' || /^[./]/u.test(ref.source) || parseSpecifier(ref.source)) return ref;
  return classes[ref.name] ?? findStandIn(ref) ?? ref;
}

/**
 * `node:fs` is `fs`; Deno's `npm:@langchain/openai@0.6`, `https://esm.sh/v135/@langchain/openai@0.6?target=es2022` and
 * `https://cdn.jsdelivr.net/npm/@langchain/openai@0.6/+esm` are `@langchain/openai`.
 */
function getPackageSpecifier(specifier: string): string {
  const name = host.exec(specifier);
  return name ? `${name[1] ?? ''}${name[2] ?? ''}` : specifier.replace(/^node:/u, '');
}

function isType(node: TSESTree.Node | null | undefined): boolean {
  return node !== null && node !== undefined && 'importKind' in node && node.importKind === 'type';
}

function readBinding(
  node: TSESTree.Node,
  parent: TSESTree.Node | null | undefined,
  getSource: Imports['getSource'],
): ExportRef | null {
  if (node.type === AST_NODE_TYPES.TSImportEqualsDeclaration) {
    if (node.moduleReference.type !== AST_NODE_TYPES.TSExternalModuleReference) return null;
    return { source: getSource(node.moduleReference.expression.value), name: 'default' };
  }
  if (parent?.type !== AST_NODE_TYPES.ImportDeclaration) return null;
  const source = getSource(parent.source.value);
  if (node.type !== AST_NODE_TYPES.ImportSpecifier) return { source, name: 'default' };
  return { source, name: node.imported.type === AST_NODE_TYPES.Identifier ? node.imported.name : node.imported.value };
}

/** `ask` of `const { ask } = require('./chat')`, unless it is assigned to later. */
function readRequired(variable: TSESLint.Scope.Variable, { id, init }: TSESTree.VariableDeclarator): ExportRef | null {
  const source = findRequired(init);
  if (source === null || !isRelative(source) || isReassigned(variable)) return null;
  if (id.type === AST_NODE_TYPES.Identifier) return id.typeAnnotation ? null : { source, name: 'default' };
  const property =
    id.type === AST_NODE_TYPES.ObjectPattern
      ? id.properties.find(({ value }) => value === variable.defs[0]?.name)
      : undefined;
  const name = property?.type === AST_NODE_TYPES.Property ? getKeyName(property) : null;
  return name === null ? null : { source, name };
}

/** Whether an imported variable stands for a module and not for one of its exports. */
export function isWholeModule({ defs: [definition] }: TSESLint.Scope.Variable): boolean {
  const node = definition?.node;
  return node?.type === AST_NODE_TYPES.VariableDeclarator
    ? node.id.type === AST_NODE_TYPES.Identifier
    : node?.type !== AST_NODE_TYPES.ImportSpecifier && node?.type !== AST_NODE_TYPES.ImportDefaultSpecifier;
}

/** How far aliases are followed by {@link mayNameExport}. */
const maxAliases = 5;

/**
 * A cheap check, by the origin of its first name, whether an expression may name an export: it rules out nearly every
 * callee of a file.
 */
export function mayNameExport(scopes: Scopes, node: TSESTree.Node, aliases = maxAliases): boolean {
  const expression = unwrap(node);
  switch (expression.type) {
    case AST_NODE_TYPES.MemberExpression:
      return mayNameExport(scopes, expression.object, aliases);
    case AST_NODE_TYPES.Identifier: {
      const definition = scopes.findVariable(expression)?.defs[0];
      if (definition?.type === 'ImportBinding') return true;
      if (definition?.type !== 'Variable' || aliases === 0) return false;
      const { init } = definition.node;
      return init ? mayNameExport(scopes, init, aliases - 1) : definition.parent.kind !== 'const';
    }
    case AST_NODE_TYPES.CallExpression:
      // `require('fs')`, `__importStar(require('fs'))`
      return (
        expression.arguments.length === 1 &&
        expression.callee.type !== AST_NODE_TYPES.Super &&
        /require|import|toESM/iu.test(getLastName(expression.callee) ?? '')
      );
    case AST_NODE_TYPES.AwaitExpression:
      return mayNameExport(scopes, expression.argument, aliases);
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.ImportExpression:
    case AST_NODE_TYPES.LogicalExpression:
    case AST_NODE_TYPES.ObjectExpression:
      return true;
    default:
      return false;
  }
}

/**
 * The export `name` of what an export holds: `promises` then `readFile` is `promises.readFile`; the default export and
 * the module stand for one another.
 */
function getMember(ref: ExportRef, name: string): ExportRef {
  return ref.name === 'default' ? { source: ref.source, name } : { source: ref.source, name: `${ref.name}.${name}` };
}

/** Whether it is one of these exports: any of the sources' when no names are given. */
export function isExport(
  ref: ExportRef,
  sources: string | readonly string[],
  names?: string | readonly string[],
): boolean {
  return isOneOf(ref.source, sources) && (names === undefined || isOneOf(ref.name, names));
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isExport } from '../trace/imports.ts';
import { awaitCall } from './await.ts';
import type { Edit } from './edit.ts';
import { allowAwaitAtOnce } from './make-async.ts';

/**
 * Writes a call of `node:fs` or Deno as the awaited call of `node:fs/promises`: `readFileSync(path)` as `await
 * readFile(path)`, with its import, and `fs.readFileSync(path)` as `await fs.promises.readFile(path)`. Null where
 * nothing can be awaited, or the name is taken.
 */
export function awaitPromiseForm(
  file: LangChainFile,
  call: TSESTree.CallExpression,
  name: string,
): readonly Edit[] | null {
  const { callee } = call;
  const allowed = getEnclosingFunction(call) && allowAwaitAtOnce(file, call);
  if (!allowed) return null;
  // A file descriptor is not a `FileHandle`.
  if (call.arguments[0]?.type === AST_NODE_TYPES.Literal && typeof call.arguments[0].value === 'number') return null;
  const named =
    callee.type === AST_NODE_TYPES.Identifier ? nameFunction(file, callee, name) : nameMember(file, callee, name);
  const awaited = named && awaitCall(file, call);
  return awaited && [...allowed, ...named.declared, ...awaited, { range: callee.range, text: named.text }];
}

interface Named {
  readonly text: string;
  readonly declared: readonly Edit[];
}

/** `fs.readFileSync` */
function nameMember(file: LangChainFile, callee: TSESTree.Node, name: string): Named | null {
  if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.computed || callee.optional) return null;
  const module = file.trace(callee.object);
  if (module.type === 'global' && module.name.endsWith('Deno'))
    return { text: `${file.sourceCode.getText(callee.object)}.${name}`, declared: [] };
  if (module.type !== 'export' || !isExport(module.export, 'fs', 'default')) return null;
  return { text: `${file.sourceCode.getText(callee.object)}.promises.${name}`, declared: [] };
}

/** `readFileSync`, imported by name. */
function nameFunction(file: LangChainFile, callee: TSESTree.Identifier, name: string): Named | null {
  const visible = getVisible(file, callee);
  const same = visible.get(name);
  if (same) return isPromised(file, same, name) ? { text: name, declared: [] } : null;
  for (const [alias, variable] of visible) {
    if (isPromised(file, variable, name)) return { text: alias, declared: [] };
    const ref = file.imports.isTypeOnly(variable) ? null : file.imports.findExport(variable);
    if (ref && (isExport(ref, 'fs/promises', 'default') || isExport(ref, 'fs', 'promises')))
      return { text: `${alias}.${name}`, declared: [] };
  }
  const declared = declare(file, visible.get(callee.name), name);
  return declared && { text: name, declared: [declared] };
}

function isPromised(file: LangChainFile, variable: TSESLint.Scope.Variable, name: string): boolean {
  const ref = file.imports.isTypeOnly(variable) ? null : file.imports.findExport(variable);
  return ref !== null && isExport(ref, 'fs/promises', name);
}

/** The variables in scope at a node. */
export function getVisible(
  { sourceCode }: LangChainFile,
  node: TSESTree.Node,
): ReadonlyMap<string, TSESLint.Scope.Variable> {
  const visible = new Map<string, TSESLint.Scope.Variable>();
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(node); scope; scope = scope.upper) {
    for (const [name, variable] of scope.set) if (!visible.has(name)) visible.set(name, variable);
  }
  return visible;
}

/** Imports or requires the name where `node:fs` is imported or required. */
function declare(file: LangChainFile, variable: TSESLint.Scope.Variable | undefined, name: string): Edit | null {
  const definition = variable?.defs[0];
  if (definition?.type === 'ImportBinding' && definition.parent.type === AST_NODE_TYPES.ImportDeclaration) {
    const last = findNamedImport(file);
    if (last) return { range: [last.range[1], last.range[1]], text: `, ${name}` };
  }
  const isNamed = definition?.type === 'ImportBinding' || getPattern(variable) !== null;
  return isNamed
    ? declareBeside(file, variable, name, (source) => source.replace(/fs(?=['"`]$)/u, 'fs/promises'))
    : null;
}

/** `{ readFileSync }` of `const { readFileSync } = require('fs');` */
export function getPattern(variable: TSESLint.Scope.Variable | undefined): TSESTree.ObjectPattern | null {
  const definition = variable?.defs[0];
  return definition?.type === 'Variable' && definition.node.id.type === AST_NODE_TYPES.ObjectPattern
    ? definition.node.id
    : null;
}

/**
 * Imports or requires a name of another module on the line below the import of a variable; null where there is none.
 */
export function declareBeside(
  file: LangChainFile,
  variable: TSESLint.Scope.Variable | undefined,
  name: string,
  toModule: (source: string) => string,
): Edit | null {
  const definition = variable?.defs[0];
  const { sourceCode } = file;
  if (definition?.type === 'ImportBinding' && definition.parent.type === AST_NODE_TYPES.ImportDeclaration) {
    const module = toModule(sourceCode.getText(definition.parent.source));
    return insertBehind(file, definition.parent, `import { ${name} } from ${module}`);
  }
  if (
    definition?.type !== 'Variable' ||
    definition.parent.parent.type !== AST_NODE_TYPES.Program ||
    definition.parent.declarations.length !== 1
  )
    return null;
  const required = definition.node.init?.type === AST_NODE_TYPES.CallExpression ? definition.node.init : null;
  const source = required?.arguments[0];
  if (!required || source?.type !== AST_NODE_TYPES.Literal) return null;
  const module = toModule(sourceCode.getText(source));
  const text = `${definition.parent.kind} { ${name} } = ${sourceCode.getText(required.callee)}(${module})`;
  return insertBehind(file, definition.parent, text);
}

/** The last name that the file imports from `node:fs/promises`. */
function findNamedImport(file: LangChainFile): TSESTree.ImportSpecifier | null {
  for (const statement of file.program.body) {
    if (
      statement.type !== AST_NODE_TYPES.ImportDeclaration ||
      statement.importKind === 'type' ||
      file.imports.getSource(statement.source.value) !== 'fs/promises'
    )
      continue;
    const last = statement.specifiers.at(-1);
    if (last?.type === AST_NODE_TYPES.ImportSpecifier) return last;
  }
  return null;
}

/** A statement on the next line, with the existing semicolon style. */
function insertBehind({ sourceCode }: LangChainFile, statement: TSESTree.Node, text: string): Edit {
  const semicolon = sourceCode.getText(statement).endsWith(';') ? ';' : '';
  return { range: [statement.range[1], statement.range[1]], text: `\n${text}${semicolon}` };
}

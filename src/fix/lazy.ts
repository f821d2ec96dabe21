import type { TSESTree } from '@typescript-eslint/utils';
import { getModuleStatement } from '../ast/ancestors.ts';
import { unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import { isAnywhere, isImportBinding } from '../trace/nodes.ts';
import type { Edit } from './edit.ts';
import { getIndent } from './text.ts';
import { isTypeScript } from './typescript.ts';

/** A value kept in a module variable, created on first use. */
interface LazyCache {
  readonly name: string;
  readonly edits: readonly Edit[];
}

/**
 * Writes `(name ??= value)` in place of a construction and declares `let name` at the top of the module. For an
 * asynchronous factory it keeps the promise, because two concurrent first requests would otherwise create two values,
 * and clears it when it is rejected. Null where an operand belongs to one instance of a class, and where the type of
 * the value has no name.
 * @param base The variable's name; a number is added when the file uses it already.
 */
export function cacheLazily(
  file: LangChainFile,
  construction: TSESTree.CallExpression | TSESTree.NewExpression,
  base: string,
): LazyCache | null {
  const type = getType(file, construction);
  if (type === null || readsThis(file, construction)) return null;
  const name = findFreeName(file, base);
  const [open, close] = mayStandBare(construction) ? ['', ''] : ['(', ')'];
  return {
    name,
    edits: [
      declare(file, construction, `let ${name}${isTypeScript(file) ? `: ${type} | undefined` : ''};`),
      { range: [construction.range[0], construction.range[0]], text: `${open}${name} ??= ` },
      { range: [construction.range[1], construction.range[1]], text: `${forget(file, construction, name)}${close}` },
    ],
  };
}

/** `.catch((error) => { opening = undefined; throw error; })`, for a promised value. */
function forget(file: LangChainFile, construction: TSESTree.Node, name: string): string {
  if (!isPromised(file, construction)) return '';
  const error = isTypeScript(file) ? '(error: unknown)' : '(error)';
  const indent = getIndent(file.sourceCode.lines[construction.loc.start.line - 1]);
  return `.catch(${error} => {\n${indent}  ${name} = undefined;\n${indent}  throw error;\n${indent}})`;
}

/** Whether a construction returns a promise of the value: `await PGVectorStore.initialize()`. */
export function isPromised(file: LangChainFile, construction: TSESTree.Node): boolean {
  const trace = file.trace(construction);
  return trace.type === 'langchain'
    ? trace.promised
    : wrapped(construction).parent?.type === AST_NODE_TYPES.AwaitExpression;
}

/** The type of the value, from its construction; null where it cannot be named at the top of the module. */
function getType(file: LangChainFile, value: TSESTree.CallExpression | TSESTree.NewExpression): string | null {
  if (value.typeArguments) return null;
  const callee = unwrap(value.callee);
  if (callee.type !== AST_NODE_TYPES.Identifier && callee.type !== AST_NODE_TYPES.MemberExpression) return null;
  const text = file.sourceCode.getText(callee);
  if (!/^[\w$]+(?:\.[\w$]+)*$/u.test(text)) return null;
  const [root = ''] = text.split('.');
  if (
    !file.sourceCode.scopeManager?.scopes.some(
      (scope) => scope.block.type === AST_NODE_TYPES.Program && scope.set.has(root),
    )
  )
    return null;
  if (value.type === AST_NODE_TYPES.CallExpression)
    return isOfClass(file, value, root) ? `Promise<${root}>` : `ReturnType<typeof ${text}>`;
  return isImportBinding(file, callee) ? text : `InstanceType<typeof ${text}>`;
}

/** `PGVectorStore.initialize()`, which returns a promise of a `PGVectorStore`. */
function isOfClass(file: LangChainFile, value: TSESTree.Node, name: string): boolean {
  const trace = file.trace(value);
  return (
    trace.type === 'langchain' && trace.promised && trace.value.origin === 'static' && trace.value.className === name
  );
}

function readsThis(file: LangChainFile, value: TSESTree.Node): boolean {
  return isAnywhere(file, value, ({ type }) => type === AST_NODE_TYPES.ThisExpression || type === AST_NODE_TYPES.Super);
}

const getFreeNames = perFile(() => new Map<string, string>());

function findFreeName(file: LangChainFile, base: string): string {
  const known = getFreeNames(file);
  let name = known.get(base);
  for (let count = 1; name === undefined; count++) {
    const candidate = count === 1 ? base : `${base}${String(count)}`;
    if (!new RegExp(`\\b${candidate}\\b`, 'u').test(file.sourceCode.text)) name = candidate;
  }
  known.set(base, name);
  return name;
}

/** Whether an assignment may stand there without parentheses and still read well. */
function mayStandBare(value: TSESTree.Node): boolean {
  const outer = wrapped(value);
  if (outer !== value) return false;
  const { parent } = value;
  switch (parent?.type) {
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      return parent.callee !== value;
    case AST_NODE_TYPES.Property:
    case AST_NODE_TYPES.ReturnStatement:
    case AST_NODE_TYPES.VariableDeclarator:
      return true;
    default:
      return false;
  }
}

/** After the imports, or else above the statement that contains the value. */
function declare(file: LangChainFile, value: TSESTree.Node, declaration: string): Edit {
  const lastImport = file.program.body.findLast((statement) => statement.type === AST_NODE_TYPES.ImportDeclaration);
  if (lastImport) {
    // Including the comment on its line; another statement on the line stays below.
    const rest =
      /^[\t ]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/u.exec(file.sourceCode.text.slice(lastImport.range[1]))?.[0] ?? '';
    const offset = lastImport.range[1] + rest.length;
    return { range: [offset, offset], text: `\n\n${declaration}` };
  }
  const [offset] = getModuleStatement(value).range;
  return { range: [offset, offset], text: `${declaration}\n\n` };
}

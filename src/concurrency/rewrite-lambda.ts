import { isNameKnown } from '../ast/scope-names.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { type ModuleId, parseSpecifier } from '../facts/catalog.ts';
import type { Edit } from '../fix/edit.ts';
import { hasType, isTypePath } from '../fix/list-type.ts';
import { type MappedAll, readMappedAll, usesOwnContext, writeList } from '../fix/mapped.ts';
import { isTypeScript } from '../fix/typescript.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { type LangChainFile, perFile } from '../trace/file.ts';
import type { FanOut } from './fan-out.ts';

/**
 * The same for any callback: `RunnableLambda.from(callback).batch(docs, { maxConcurrency: 5 })`, which keeps the
 * control flow of each element.
 */
export function findLambdaRewrite(file: LangChainFile, fanOut: FanOut, limit: number): readonly Edit[] | null {
  const mapped = readMappedAll(file, fanOut);
  // A lambda consumes a stream that its function returns.
  if (!mapped || fanOut.start.call.returns === 'asyncIterable' || fanOut.start.call.method === 'stream') return null;
  const callback = writeCallback(file, mapped);
  const importing = callback === null ? null : importLambda(file);
  if (callback === null || !importing) return null;
  const list = writeList(file, mapped.list, mapped.isFrom);
  const text = `${importing.name}.from(${callback}).batch(${list}, { maxConcurrency: ${String(limit)} })`;
  return [...importing.edits, { range: mapped.node.range, text }];
}

// ── the lambda ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** The callback as a function of one typed parameter; null when it takes more, or its type has no name here. */
function writeCallback(file: LangChainFile, { callback, isFrom, list }: MappedAll): string | null {
  const fn = resolveFunction(file, callback);
  if (
    !fn ||
    fn.generator ||
    fn.typeParameters ||
    fn.params.length > 1 ||
    fn.params.some((parameter) => parameter.type === AST_NODE_TYPES.RestElement)
  )
    return null;
  const text = file.sourceCode.getText(callback);
  // A named function has its own types.
  if (fn !== callback) return callback.type === AST_NODE_TYPES.Identifier ? text : null;
  if (fn.type !== AST_NODE_TYPES.ArrowFunctionExpression && usesOwnContext(file, fn)) return null;
  const [parameter] = fn.params;
  if (!parameter || !isTypeScript(file) || hasType(parameter)) return text;
  if (isFrom || !isTypePath(list) || parameter.type === AST_NODE_TYPES.AssignmentPattern) return null;
  const typed = `${file.sourceCode.getText(parameter)}: (typeof ${file.sourceCode.getText(list)})[number]`;
  const isBare = file.sourceCode.getTokenBefore(parameter)?.value !== '(';
  const start = parameter.range[0] - fn.range[0];
  const end = parameter.range[1] - fn.range[0];
  return `${text.slice(0, start)}${isBare ? `(${typed})` : typed}${text.slice(end)}`;
}

const runnables = '@langchain/core/runnables';

/** The file's name for RunnableLambda, with the import where that is missing; null where it cannot be imported. */
const importLambda = perFile((file): { readonly name: string; readonly edits: readonly Edit[] } | null => {
  const { body } = file.program;
  const imports = body.filter((statement) => statement.type === AST_NODE_TYPES.ImportDeclaration);
  for (const declaration of imports) {
    if (declaration.source.value !== runnables || declaration.importKind === 'type') continue;
    for (const specifier of declaration.specifiers) {
      if (specifier.type !== AST_NODE_TYPES.ImportSpecifier || specifier.importKind === 'type') continue;
      if (specifier.imported.type === AST_NODE_TYPES.Identifier && specifier.imported.name === 'RunnableLambda')
        return { name: specifier.local.name, edits: [] };
    }
  }
  const last = imports.at(-1);
  const model = imports.find(({ source }) => hasCoreAsPeer(parseSpecifier(source.value)));
  if (!last || !model || isNameTaken(file, 'RunnableLambda')) return null;
  const beside = imports
    .find(
      ({ importKind, source, specifiers }) =>
        source.value === runnables &&
        importKind !== 'type' &&
        specifiers.at(-1)?.type === AST_NODE_TYPES.ImportSpecifier,
    )
    ?.specifiers.at(-1);
  if (beside) return { name: 'RunnableLambda', edits: [insertAt(beside.range[1], ', RunnableLambda')] };
  const quote = model.source.raw.charAt(0);
  const end = file.sourceCode.getLastToken(last)?.value === ';' ? ';' : '';
  return {
    name: 'RunnableLambda',
    edits: [insertAt(last.range[1], `\nimport { RunnableLambda } from ${quote}${runnables}${quote}${end}`)],
  };
});

/**
 * Whether @langchain/core is certainly installed with the module. It is a peer of `langchain` from 1.0 on, the first
 * version whose main entry can be imported; the `langchain/…` modules are older.
 */
function hasCoreAsPeer(module: ModuleId | null): boolean {
  return (
    module !== null &&
    (module.package.startsWith('@langchain/') ||
      module.package === 'deepagents' ||
      (module.package === 'langchain' && module.subpath === ''))
  );
}

function insertAt(offset: number, text: string): Edit {
  return { range: [offset, offset], text };
}

function isNameTaken({ program, sourceCode }: LangChainFile, name: string): boolean {
  const scope = sourceCode.scopeManager?.acquire(program);
  return !scope || isNameKnown(scope, name);
}

import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { type Call, isCall, isMethodCall } from '../ast/calls.ts';
import { getDecorators, getEnclosingClass, getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { getCallSites } from '../flow/calls/call-graph.ts';
import { findRoot } from '../project/root.ts';
import type { LangChainFile } from '../trace/file.ts';
import { getPath, type Handler } from './handler.ts';

const words =
  /^(?:archiv\w*|crawl\w*|embed|import\w*|index(?:er|ing)?|ingest\w*|init|initiali[sz]e|migrat\w*|populate|rebuild|refresh|reindex|scrap\w*|seed\w*|setup|sync\w*|train\w*|upload\w*|vectori[sz]e)$/u;
/** In a path, these may name a folder of stores or loaders. */
const nameWords = /^(?:learn|load|remember|store)$/u;

/** How many of the last names of a path tell what its handlers are for: within the package, and without one. */
const maxNames = { inPackage: 4, alone: 2 };

/**
 * Whether a handler exists for indexing, by its name, its path, or the file's: `POST /api/ingest`, `seedDocuments()`.
 */
export function isIndexingHandler(file: LangChainFile, { node, reference }: Handler): boolean {
  const path = getPlace(file.of(node));
  // `index.ts` says nothing; in Next.js, the folder of a route is the route.
  const folder = /(?:^|\/)([^/]+)\/route\.\w+$/u.exec(path)?.[1] ?? '';
  const names = [
    ...getNames(node),
    ...getRoute(file, reference),
    ...getRoute(file, node),
    ...getPrefixes(file, reference),
    folder,
  ].flatMap(splitWords);
  const places = [path.replace(/(?:^|\/)index\.\w+$/u, ''), getEnclosingClass(node)?.id?.name ?? ''].flatMap(
    splitWords,
  );
  return names.some((word) => words.test(word) || nameWords.test(word)) || places.some((word) => words.test(word));
}

/** The end of a file's path, as far as the project named it: the folders around its package have names of their own. */
function getPlace(file: LangChainFile): string {
  const names = getPath(file).split('/');
  const root = file.settings.crossFile ? findRoot(names.slice(0, -1)) : null;
  const own = root === null ? names.slice(-maxNames.alone) : names.slice(root).slice(-maxNames.inPackage);
  return own.join('/');
}

function splitWords(text: string): readonly string[] {
  return text.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/u).map((word) => word.toLowerCase());
}

function getNames(fn: Handler['node']): readonly string[] {
  const { id, parent } = fn;
  if (id) return [id.name];
  switch (parent.type) {
    case AST_NODE_TYPES.VariableDeclarator:
      return parent.id.type === AST_NODE_TYPES.Identifier ? [parent.id.name] : [];
    case AST_NODE_TYPES.MethodDefinition:
      return [
        getKeyName(parent) ?? '',
        ...getDecorators(parent).flatMap(({ expression }) =>
          expression.type === AST_NODE_TYPES.CallExpression ? expression.arguments.flatMap(getText) : [],
        ),
      ];
    case AST_NODE_TYPES.Property:
    case AST_NODE_TYPES.PropertyDefinition:
      return [getKeyName(parent) ?? ''];
    default:
      return [];
  }
}

/**
 * What a registration calls its handler, the nearest first: `/ingest` of `app.post('/ingest', handler)`, `ingest_files`
 * of `tool(fn, { name: 'ingest_files' })`, else the names that it is kept under: `ingest` of `router({ ingest:
 * procedure.mutation(fn) })`, `upload` of `const upload = client.action(fn)`.
 */
function getRoute(file: LangChainFile, reference: TSESTree.Node): readonly string[] {
  const kept: string[] = [];
  for (
    let inner = reference, current = reference.parent;
    current && !isFunction(current);
    inner = current, current = current.parent
  ) {
    const texts = isCall(current) && current.callee !== inner ? getTexts(current) : [];
    if (texts.length > 0) return [...kept, ...texts];
    kept.push(...getKeptName(current, kept));
  }
  return [...kept, ...(reference.type === AST_NODE_TYPES.Identifier ? [file.getText(reference)] : [])];
}

/** A variable that holds a table of handlers says nothing about one of them. */
function getKeptName(node: TSESTree.Node, inner: readonly string[]): readonly string[] {
  if (node.type === AST_NODE_TYPES.Property) return [getKeyName(node) ?? ''];
  if (node.type !== AST_NODE_TYPES.VariableDeclarator || node.id.type !== AST_NODE_TYPES.Identifier) return [];
  return inner.length === 0 ? [node.id.name] : [];
}

const textOptions = /^(?:id|name|path|prefix|route|url)$/u;

/** The texts that a call gets, or the call of `route('/ingest')` before it. */
function getTexts(call: Call): readonly string[] {
  const texts = call.arguments.flatMap((argument) => [...getText(argument), ...getOptions(argument, textOptions)]);
  const callee = unwrap(call.callee);
  const before = callee.type === AST_NODE_TYPES.MemberExpression ? unwrap(callee.object) : null;
  return texts.length === 0 && before && isMethodCall(before, 'route') ? getTexts(before) : texts;
}

/** `/ingest` of `app.register((docs) => { docs.post('/', handler); }, { prefix: '/ingest' })`. */
function getPrefixes(file: LangChainFile, reference: TSESTree.Node): readonly string[] {
  const prefixes: string[] = [];
  for (let fn = getEnclosingFunction(reference); fn; fn = getEnclosingFunction(fn))
    for (const { argument, call } of getCallSites(file, fn))
      if (argument !== null) prefixes.push(...call.arguments.flatMap((each) => getOptions(each, /^prefix$/u)));
  return prefixes;
}

function getOptions(node: TSESTree.Node, names: RegExp): readonly string[] {
  if (node.type !== AST_NODE_TYPES.ObjectExpression) return [];
  return node.properties.flatMap((property) =>
    property.type === AST_NODE_TYPES.Property && names.test(getKeyName(property) ?? '') ? getText(property.value) : [],
  );
}

function getText(node: TSESTree.Node): readonly string[] {
  if (node.type === AST_NODE_TYPES.TemplateLiteral) return node.quasis.map(({ value }) => value.raw);
  return node.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' ? [node.value] : [];
}

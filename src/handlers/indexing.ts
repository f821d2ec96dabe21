import type { TSESTree } from '@typescript-eslint/utils';
import { getDecorators, getEnclosingClass, getKeyName, isFunction } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../trace/file.ts';
import { getPath, type Handler } from './handler.ts';

const words =
  /^(?:archiv\w*|crawl\w*|embed|import\w*|index(?:er|ing)?|ingest\w*|init|initiali[sz]e|migrat\w*|populate|rebuild|refresh|reindex|scrap\w*|seed\w*|setup|sync\w*|train\w*|upload\w*|vectori[sz]e)$/u;
/** In a path, these may name a folder of stores or loaders. */
const nameWords = /^(?:learn|load|remember|store)$/u;

/** How many of the last names of a file's path describe the purpose of its handlers. */
const maxNames = 4;

/**
 * Whether a handler exists for indexing, by its name, its path, or the file's: `POST /api/ingest`, `seedDocuments()`.
 */
export function isIndexingHandler(file: LangChainFile, { node, reference }: Handler): boolean {
  const path = getPath(file.of(node)).split('/').slice(-maxNames).join('/');
  // `index.ts` says nothing; in Next.js, the folder of a route is the route.
  const folder = /\/([^/]+)\/route\.\w+$/u.exec(path)?.[1] ?? '';
  const names = [...getNames(node), ...getRoute(file, reference), ...getRoute(file, node), folder].flatMap(splitWords);
  const places = [path.replace(/(?:^|\/)index\.\w+$/u, ''), getEnclosingClass(node)?.id?.name ?? ''].flatMap(
    splitWords,
  );
  return names.some((word) => words.test(word) || nameWords.test(word)) || places.some((word) => words.test(word));
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

/** `/ingest` of `app.post('/ingest', handler)`, `ingest_files` of `tool(fn, { name: 'ingest_files' })` */
function getRoute(file: LangChainFile, reference: TSESTree.Node): readonly string[] {
  for (let current = reference.parent; current && !isFunction(current); current = current.parent) {
    if (current.type === AST_NODE_TYPES.CallExpression || current.type === AST_NODE_TYPES.NewExpression) {
      const named = current.arguments
        .flatMap((argument) => (argument.type === AST_NODE_TYPES.ObjectExpression ? argument.properties : []))
        .flatMap((property) =>
          property.type === AST_NODE_TYPES.Property && getKeyName(property) === 'name' ? [property.value] : [],
        );
      const texts = [...current.arguments, ...named].flatMap(getText);
      if (texts.length > 0) return texts;
    }
  }
  return reference.type === AST_NODE_TYPES.Identifier ? [file.getText(reference)] : [];
}

function getText(node: TSESTree.Node): readonly string[] {
  return node.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' ? [node.value] : [];
}

import { isFunction } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { Edit } from '../fix/edit.ts';
import {
  findResult,
  isParameter,
  isPlainFunction,
  isSuspended,
  readMappedAll,
  readReceiver,
  writeInputs,
  writeList,
} from '../fix/mapped.ts';
import { hasMethod } from '../fix/receiver.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { RepeatedEmbedding } from './repeated.ts';

/**
 * `Promise.all(docs.map((doc) => embeddings.embedQuery(doc.text)))` as `embeddings.embedDocuments(docs.map((doc) =>
 * doc.text))`. Null where the callback does more than that call, or where the embeddings differ per element.
 */
export function findEmbedDocumentsRewrite(
  file: LangChainFile,
  { call, isDirect, perItem }: RepeatedEmbedding,
): readonly Edit[] | null {
  const { callback, node: map } = perItem;
  const all = map.parent;
  if (
    !isDirect ||
    !isFunction(callback) ||
    map.type !== AST_NODE_TYPES.CallExpression ||
    all.type !== AST_NODE_TYPES.CallExpression
  )
    return null;
  const mapped = readMappedAll(file, { kind: 'combinator', map: { call: map, callback }, node: all });
  if (!mapped || !hasMethod(file, call.receiver, 'embedDocuments')) return null;
  const { input, node, optional } = call;
  const isPlain =
    call.method === 'embedQuery' && !optional && input !== null && node.arguments.length === 1 && !node.typeArguments;
  if (!isPlain || findResult(callback) !== node || !isPlainFunction(file, callback) || isSuspended(file, input))
    return null;
  const receiver = readReceiver(file, call, callback);
  const inputs = isParameter(file, callback, input, mapped.list)
    ? writeList(file, mapped.list, mapped.isFrom)
    : writeInputs(file, mapped.list, callback, input, mapped.isFrom);
  const text = `${receiver ?? ''}embedDocuments(${inputs})`;
  if (receiver === null || (text.startsWith('(') && all.parent.type === AST_NODE_TYPES.ExpressionStatement))
    return null;
  return [{ range: all.range, text }];
}

import { type FunctionNode, isFunction, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { awaitCall } from '../fix/await.ts';
import type { Edit } from '../fix/edit.ts';
import { allowAwait } from '../fix/make-async.ts';
import { usesOwnContext } from '../fix/mapped.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isInOwnCode } from '../trace/nodes.ts';
import type { FanOut } from './fan-out.ts';

/** `await model.invoke(doc).then(show);` in the loop. */
export function findAwaitRewrite(file: LangChainFile, { added }: FanOut): readonly Edit[] | null {
  if (added?.type !== AST_NODE_TYPES.CallExpression) return null;
  const allowed = allowAwait(file, added);
  const awaited = allowed && awaitCall(file, added);
  return awaited && [...allowed, ...awaited];
}

/** `docs.forEach(async (doc) => { … });` as `for (const doc of docs) { … }`. */
export function findLoopRewrite(file: LangChainFile, { list, map, node }: FanOut): readonly Edit[] | null {
  const statement = wrapped(node).parent;
  const fn = map?.callback;
  if (!list || !isFunction(fn) || statement?.type !== AST_NODE_TYPES.ExpressionStatement || !isPlain(file, fn))
    return null;
  const body = writeBody(file, fn);
  const allowed = body === null ? null : allowAwait(file, node);
  const [item] = fn.params;
  if (!allowed || !item) return null;
  const head = `for (const ${file.sourceCode.getText(item)} of ${file.sourceCode.getText(list)})`;
  return [...allowed, { range: statement.range, text: `${head} ${body ?? ''}` }];
}

/** Whether it takes the element alone, as a pattern that a loop can bind, and returns early nowhere. */
function isPlain(file: LangChainFile, fn: FunctionNode): boolean {
  const [item, ...others] = fn.params;
  if (!item || others.length > 0 || fn.generator || fn.typeParameters) return false;
  if (item.type === AST_NODE_TYPES.AssignmentPattern || item.type === AST_NODE_TYPES.RestElement) return false;
  if ('typeAnnotation' in item && item.typeAnnotation) return false;
  return fn.type === AST_NODE_TYPES.ArrowFunctionExpression || !usesOwnContext(file, fn);
}

function writeBody(file: LangChainFile, fn: FunctionNode): string | null {
  const { sourceCode } = file;
  if (fn.body.type !== AST_NODE_TYPES.BlockStatement) {
    const value = unwrap(fn.body);
    const waits = value.type === AST_NODE_TYPES.AwaitExpression;
    return `${waits ? '' : 'await '}${sourceCode.getText(fn.body)};`;
  }
  // The statements of a function that does not wait would have to wait one by one.
  const returnsEarly = isInOwnCode(file, fn.body, ({ type }) => type === AST_NODE_TYPES.ReturnStatement);
  return fn.async && !returnsEarly ? sourceCode.getText(fn.body) : null;
}

import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, getMethodName, isArgumentOf, isCall } from '../ast/calls.ts';
import { isFunction } from '../ast/nodes.ts';
import { belongsToPass } from '../flow/lifetime/closing.ts';
import type { LangChainFile } from '../trace/file.ts';
import { type Client, findClient, getBaseConstruction } from './client.ts';
import { findRecipients } from './recipients.ts';
import { findRepetitions, type Repetition } from './repetitions.ts';

/** Where a client is rebuilt for each item although one would do. */
export function findClientRepetitions(file: LangChainFile, client: Client): readonly Repetition[] {
  // A client that is changed per item, or closed again, is not the same each time.
  if (belongsToPass(file, client.node, client.harm === 'index')) return [];
  const repetitions = findRepetitions(file, client.node, getOperands(client));
  // Of nested constructions the outermost is reported, and of a pool and the store on it, the store.
  const isReportedElsewhere =
    repetitions.length > 0 &&
    findOuterClients(file, client).some((outer) => findClientRepetitions(file, outer).length > 0);
  return isReportedElsewhere ? [] : repetitions;
}

/** The expressions that a client is made of, without the documents that a store is filled with. */
function getOperands({ decisive, harm, node }: Client): readonly TSESTree.Node[] {
  if (harm === 'derivedLimit') return decisive;
  const factory = getMethodName(node);
  return harm === 'index'
    ? decisive
    : node.arguments.slice(factory === 'fromDocuments' ? 1 : factory === 'fromTexts' ? 2 : 0);
}

/** The clients that this one is passed to; for a derived model, the one that it is derived from. */
function findOuterClients(file: LangChainFile, client: Client): readonly Client[] {
  const base = getBaseConstruction(client);
  const calls = [
    ...findOuterCalls(client.node),
    ...(client.resource === 'pools' ? findRecipients(file, client.node) : []),
    ...(base && isCall(base) ? [base] : []),
  ];
  return calls.flatMap((call) => (call === client.node ? [] : (findClient(file, call) ?? [])));
}

function findOuterCalls(node: Call): readonly Call[] {
  const calls: Call[] = [];
  for (
    let current: TSESTree.Node | undefined = node.parent;
    current && !isFunction(current);
    current = current.parent
  ) {
    if (isCall(current) && isArgumentOf(current, node)) calls.push(current);
  }
  return calls;
}

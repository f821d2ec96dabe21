import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../file.ts';
import { findOpener, type PoolOptions } from '../langchain/connections.ts';
import { findOption, getOptionsArgument, readObject, type Option } from '../langchain/options.ts';
import type { Call } from './call-graph.ts';
import { findClientHere, findConnection } from './clients.ts';

/** A pool of connections that LangChain works with, where it is made. */
export interface Pool {
  readonly node: Call;
  /** As the code names what makes it: `Pool`, `MongoClient`, `PGVectorStore.initialize`. */
  readonly name: string;
  readonly options: PoolOptions;
  /** For a factory that takes no options of the pool, what does. */
  readonly settings: { readonly size: Option; readonly wait: Option } | { readonly instead: (limits: string) => string };
  /** The literal that holds its options; null when there is none, or when it does not stand in the construction. */
  readonly object: TSESTree.ObjectExpression | null;
  /** Whether the construction has no options at all. */
  readonly isBare: boolean;
  /** The variable or field that holds it. */
  readonly variable: string | null;
}

/** The pool that a call or construction makes, alone or for a store, saver, history or record manager of LangChain; null for one that LangChain does not get. */
export function findPool(file: LangChainFile, node: Call): Pool | null {
  const client = findClientHere(file, node);
  if (!client || (client.resource !== 'pools' && client.resource !== 'stores')) return null;
  const found = client.value ? readConnection(file, node) : readOpener(file, node);
  return found && { node, name: client.name, variable: getVariable(node), ...found };
}

type Found = Pick<Pool, 'isBare' | 'object' | 'options' | 'settings'>;

function readOpener(file: LangChainFile, node: Call): Found | null {
  const trace = file.trace(node);
  const options = trace.type === 'instance' ? findOpener(trace.of)?.pool : undefined;
  if (!options || node.arguments.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return null;
  const { argument, driver } = options;
  const given = node.arguments[argument];
  // Of TypeORM's drivers this is the one whose options are known.
  if (trace.type === 'instance' && trace.of.source === 'typeorm' && !isPostgres(file, given)) return null;
  // mongodb://host/?maxPoolSize=20
  const text = driver === 'mongodb' && node.arguments[0] ? file.getText(node.arguments[0]) : '';
  return { options, ...readSettings(file, given, options, text) };
}

function readConnection(file: LangChainFile, node: Call): Found | null {
  const trace = file.trace(node);
  const value = trace.type === 'langchain' ? trace.value : null;
  const pool = value && findConnection(node, value)?.pool;
  if (!pool) return null;
  const { option, options } = pool;
  if (option === null) return { options, settings: { instead: pool.instead }, object: null, isBare: false };
  const argument = getOptionsArgument(value);
  const given = argument === 'unknown' || argument === null ? null : findOption(file, argument, option);
  if (given?.is !== 'given' || (options.size.includes('extra.max') && !isPostgres(file, given.value))) return null;
  // `connectionOptions: process.env.DATABASE_URL`
  if (!readObject(file, given.value)) return null;
  return { options, ...readSettings(file, given.value, options, '') };
}

function readSettings(file: LangChainFile, given: TSESTree.Node | undefined, { size, wait }: PoolOptions, text: string): Pick<Found, 'isBare' | 'object' | 'settings'> {
  const read = (paths: readonly string[]): Option => {
    if (paths.some((path) => text.includes(path))) return { is: 'unknown' };
    const options = paths.map((path) => findOption(file, given, path));
    return options.find(({ is }) => is === 'given') ?? options.find(({ is }) => is === 'unknown') ?? { is: 'absent' };
  };
  const written = given ? unwrap(given) : null;
  return { settings: { size: read(size), wait: read(wait) }, object: written?.type === AST_NODE_TYPES.ObjectExpression ? written : null, isBare: given === undefined };
}

function isPostgres(file: LangChainFile, options: TSESTree.Node | undefined): boolean {
  const type = findOption(file, options, 'type');
  const value = type.is === 'given' ? unwrap(type.value) : null;
  return value?.type === AST_NODE_TYPES.Literal && value.value === 'postgres';
}

/** `pool` of `const pool = new Pool()` and of `this.pool = new Pool()`. */
function getVariable(node: Call): string | null {
  const value = wrapped(node);
  const outer = value.parent?.type === AST_NODE_TYPES.AwaitExpression ? wrapped(value.parent) : value;
  const { parent } = outer;
  switch (parent?.type) {
    case AST_NODE_TYPES.VariableDeclarator:
      return parent.id.type === AST_NODE_TYPES.Identifier ? parent.id.name : null;
    case AST_NODE_TYPES.PropertyDefinition:
      return parent.key.type === AST_NODE_TYPES.Identifier ? parent.key.name : null;
    case AST_NODE_TYPES.AssignmentExpression: {
      const target = parent.left.type === AST_NODE_TYPES.MemberExpression ? parent.left.property : parent.left;
      return target.type === AST_NODE_TYPES.Identifier ? target.name : null;
    }
    default:
      return null;
  }
}

import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../ast/calls.ts';
import { getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { getPoolLimits, type PoolLimits } from '../facts/connections.ts';
import { getOptionsArgument } from '../langchain/construction.ts';
import { findConstant } from '../trace/constants.ts';
import type { LangChainFile } from '../trace/file.ts';
import { findOption, isUndefined, type Option, readObject } from '../trace/options.ts';
import { type Client, findClientHere } from './client.ts';

/** A pool that a LangChain class uses: passed to it, or opened by it. */
export interface Pool {
  readonly node: Call;
  readonly limits: PoolLimits;
  /** The object that holds its options, or the expression in its place; null when there is none. */
  readonly options: TSESTree.Node | null;
  /** The index of the argument that takes them; null where an option of LangChain's class does. */
  readonly index: number | null;
  /** As the code names it: `pg.Pool`, `postgresConnectionOptions`, `PostgresSaver.fromConnString`. */
  readonly name: string;
  /**
   * Its other names, the nearest first: the variable or field that holds it, LangChain's class that opens it, the
   * driver's package, the database.
   */
  readonly names: readonly string[];
  /** The node to report: the options, or else the construction. */
  readonly at: TSESTree.Node | null;
  /** For a pool that takes no options: the construction to write instead. */
  readonly instead: string | null;
}

/** The pool that a call or `new` opens; null for anything else, and when its limits are unknown. */
export function findPool(file: LangChainFile, node: Call): Pool | null {
  const client = findClientHere(file, node);
  return client && readPool(file, client);
}

/** The pool that a client is or opens. */
export function readPool(file: LangChainFile, client: Client): Pool | null {
  const { node } = client;
  if (!client.pool || node.arguments.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return null;
  const { options, instead = null } = client.pool;
  if (options === null) return createPool(file, client, { options: null, index: null, at: null, instead });
  if (typeof options === 'string') return findInStore(file, client, options);
  const argument = node.arguments[options];
  if (!argument || isUndefined(file, argument))
    return createPool(file, client, { options: null, index: options, at: null, instead });
  return createPool(file, client, { options: argument, index: options, at: argument, instead });
}

/** `new PGVectorStore(embeddings, { postgresConnectionOptions: { … } })` */
function findInStore(file: LangChainFile, client: Client, name: string): Pool | null {
  const given = client.value && getOptionsArgument(client.value);
  const option = given && given !== 'unknown' ? findOption(file, given, name) : null;
  if (option?.is !== 'given') return null;
  return createPool(
    file,
    { ...client, name },
    {
      options: option.value,
      index: null,
      at: file.owns(option.property) ? option.property.key : null,
      instead: null,
    },
  );
}

function createPool(
  file: LangChainFile,
  { name, node, pool, value }: Client,
  where: Pick<Pool, 'at' | 'instead' | 'options' | 'index'>,
): Pool | null {
  const limits = pool && getPoolLimits(pool, readText(file, where.options, 'type'));
  const names = limits ? [getHolder(node), value?.className, ...limits.names] : [];
  return limits && { node, limits, name, names: names.filter((each) => typeof each === 'string'), ...where };
}

function readText(file: LangChainFile, object: TSESTree.Node | null, name: string): string | null {
  const option = findOption(file, object, name);
  const trace = option.is === 'given' ? file.trace(option.value) : null;
  return trace?.type === 'literal' && trace.node.type === AST_NODE_TYPES.Literal && typeof trace.node.value === 'string'
    ? trace.node.value
    : null;
}

const absent: Option = { is: 'absent' };
const unknown: Option = { is: 'unknown' };

/**
 * The limit that one of these options sets. `unknown`: there may be one, in a part or a connection string that cannot
 * be read.
 */
export function findPoolLimit(
  file: LangChainFile,
  { limits, node, options, index }: Pool,
  names: readonly string[],
): Option {
  const [url] = node.arguments;
  if (limits.inUrl && url && names.some((name) => mentions(file, url, `${name}=`))) return unknown;
  if (options === null) return absent;
  const objects = readObjects(file, options);
  // `new PostgresStore({ connectionOptions: 'postgres://…' })`
  if (objects.length === 0) return index === null && isText(file, options) ? absent : unknown;
  const found = objects
    .flatMap((object) => names.map((name) => findOption(file, object, name)))
    .filter((option) => option.is !== 'given' || !isUndefined(file, option.value));
  const given = found.find((option) => option.is === 'given');
  if (given) return objects.length === 1 ? given : unknown;
  return found.some((option) => option.is === 'unknown') ? unknown : absent;
}

/**
 * The objects that the options may be: `process.env.DATABASE_URL ? { connectionString } : { host, user, password }`.
 */
function readObjects(file: LangChainFile, options: TSESTree.Node): readonly TSESTree.Node[] {
  if (readObject(file, options)) return [options];
  const trace = file.trace(options);
  return trace.type === 'union' ? trace.of.flatMap((each) => (each.type === 'object' ? [each.node] : [])) : [];
}

/** Whether the visible text of a connection string contains a parameter. */
function mentions(file: LangChainFile, node: TSESTree.Node, part: string): boolean {
  return file
    .getText(findConstant(file, node) ?? node)
    .toLowerCase()
    .includes(part.toLowerCase());
}

function isText(file: LangChainFile, node: TSESTree.Node): boolean {
  const trace = file.trace(node);
  return trace.type === 'literal' || (trace.type === 'global' && trace.name.startsWith('process.env.'));
}

/** The variable, field or property that holds the created value; null when nothing does. */
function getHolder(node: TSESTree.Node): string | null {
  const value = wrapped(node);
  const { parent } = value;
  switch (parent?.type) {
    case AST_NODE_TYPES.VariableDeclarator:
      return parent.id.type === AST_NODE_TYPES.Identifier ? parent.id.name : null;
    case AST_NODE_TYPES.AssignmentExpression: {
      const target = unwrap(parent.left);
      return target.type === AST_NODE_TYPES.Identifier
        ? target.name
        : target.type === AST_NODE_TYPES.MemberExpression
          ? getKeyName(target)
          : null;
    }
    case AST_NODE_TYPES.Property:
    case AST_NODE_TYPES.PropertyDefinition:
      return parent.value === value ? getKeyName(parent) : null;
    case AST_NODE_TYPES.AwaitExpression:
    case AST_NODE_TYPES.LogicalExpression:
      return getHolder(parent);
    default:
      return null;
  }
}

import type { TSESTree } from '@typescript-eslint/utils';
import { getEnclosingClass, getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findExport, parseSpecifier } from '../facts/catalog.ts';
import type { ExportRef } from '../facts/export-ref.ts';
import { foreignTimeouts } from '../facts/packages/timeouts.ts';
import { findCall, type LangChainCall } from '../langchain/calls.ts';
import { getOptionsArgument } from '../langchain/construction.ts';
import { ignoresKey } from '../langchain/ignores.ts';
import { getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isExport } from '../trace/imports.ts';
import { findOption, type Option, readObject } from '../trace/options.ts';
import { createValue, type LangChainValue } from '../trace/value.ts';
import { streamMethods } from './streaming.ts';

/**
 * The work that the timeout applies to: a model (or a value that runs one), an embedding or a search, loading a page,
 * or anything else, such as a database.
 */
type TimedWork = 'embedding' | 'load' | 'model' | 'other';

/** The least time, in milliseconds, that no-low-timeout accepts by default. */
export const leastTimes = { embeddings: 3000, model: 10_000 };

/** A timeout in the code. */
export interface Timeout {
  /**
   * The option's property, or the assigned member: `timeout: 20`, `signal: AbortSignal.timeout(20)`,
   * `graph.stepTimeout`.
   */
  readonly node: TSESTree.Node;
  /** The expression that holds the time. */
  readonly value: TSESTree.Node;
  readonly option: string;
  readonly unit: 'ms' | 's';
  readonly work: TimedWork;
  /** What the timeout is set on, in words for messages: "`ChatOpenAI`", "the graph step". */
  readonly subject: string;
  /** The same as a value; null for a graph step and for other packages. */
  readonly receiver: LangChainValue | null;
  /** Whether it is the deadline of a stream as a whole. */
  readonly ofStream: boolean;
}

/**
 * Where LangGraph takes the timeout of a step: a number, or a policy with `runTimeout` and `idleTimeout`. Proof:
 * `graph-node-timeout`.
 */
const graphFunctions: readonly { readonly names: readonly string[]; readonly argument: number }[] = [
  { names: ['entrypoint', 'task'], argument: 0 },
  { names: ['Send'], argument: 2 },
];
const graphMethods: Readonly<Record<string, number>> = { addNode: 2, setNodeDefaults: 0 };
const policyKeys = ['runTimeout', 'idleTimeout'];

/** The timeouts that a construction, a call or an assignment sets. */
export function findTimeouts(file: LangChainFile, node: TSESTree.Node): readonly Timeout[] {
  switch (node.type) {
    case AST_NODE_TYPES.AssignmentExpression:
      return readAssignment(file, node);
    case AST_NODE_TYPES.NewExpression:
      return [...readConstruction(file, node), ...readGraphFunction(file, node), ...readForeign(file, node)];
    case AST_NODE_TYPES.CallExpression:
      if (node.callee.type === AST_NODE_TYPES.Super) return readSuper(file, node);
      return [
        ...readCall(file, node),
        ...readMethod(file, node),
        ...readConstruction(file, node),
        ...readGraphFunction(file, node),
        ...readForeign(file, node),
      ];
    default:
      return [];
  }
}

/**
 * Whether the config of a call has a timeout, here or bound by `withConfig`: it runs while the call waits for its turn.
 */
export function hasDeadline(file: LangChainFile, { node, receiver }: LangChainCall): boolean {
  const bound = getParts(receiver).filter((part) => part.builder === 'withConfig');
  return [node, ...bound.map((part) => part.node)].some((each) => findTimeouts(file, each).length > 0);
}

// ── constructors ─────────────────────────────────────────────────────────────────────────────────────────────────────

function readConstruction(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): readonly Timeout[] {
  // Most calls are not constructions, and the callee shows that more cheaply than the result.
  const ref = file.findExport(node.callee);
  const isLangChain = ref
    ? parseSpecifier(ref.source) !== null
    : node.type === AST_NODE_TYPES.NewExpression && file.trace(node.callee).type === 'class';
  if (!isLangChain) return [];
  const trace = file.trace(node);
  if (trace.type !== 'langchain' || trace.value.node !== node || trace.value.builder !== null) return [];
  return readOptions(file, trace.value, getOptionsArgument(trace.value));
}

/** `super({ timeout: 20 })` in the constructor of a class that extends one of LangChain's. */
function readSuper(file: LangChainFile, node: TSESTree.CallExpression): readonly Timeout[] {
  const classNode = getEnclosingClass(node);
  const parent = classNode?.superClass ? file.trace(classNode.superClass) : null;
  const module = parent?.type === 'export' ? parseSpecifier(parent.export.source) : null;
  const entry = module && parent?.type === 'export' ? findExport(module, parent.export.name) : undefined;
  if (!module || entry?.type !== 'class') return [];
  const value = createValue({ entry, module, origin: 'new', node, certain: true });
  return readOptions(file, value, getOptionsArgument(value));
}

function readOptions(
  file: LangChainFile,
  value: LangChainValue,
  options: TSESTree.Node | 'unknown' | null,
): readonly Timeout[] {
  if (options === 'unknown' || options === null) return [];
  const work = getWork(value);
  return getTraits(file, value).timeouts.flatMap(({ option, unit }) => {
    const set = findNested(file, options, option.split('.'));
    if (set.is !== 'given') return [];
    return [
      {
        node: set.property,
        value: set.value,
        option,
        unit,
        work,
        subject: `\`${value.entry?.type === 'function' ? value.entry.name : value.className}\``,
        receiver: value,
        ofStream: false,
      },
    ];
  });
}

/**
 * An option, including those of a client constructed inline: `requestHandler: new NodeHttpHandler({ requestTimeout: 20
 * })`.
 */
function findNested(file: LangChainFile, options: TSESTree.Node, [key = '', ...rest]: readonly string[]): Option {
  const option = findOption(file, options, key);
  if (option.is !== 'given' || rest.length === 0) return option;
  const made = file.trace(option.value);
  const fields =
    made.type === 'instance' && made.node.type === AST_NODE_TYPES.NewExpression ? made.node.arguments[0] : option.value;
  return fields ? findNested(file, fields, rest) : { is: 'absent' };
}

function getWork({ kind }: LangChainValue): TimedWork {
  switch (kind) {
    case 'embeddings':
    case 'retriever':
    case 'vectorStore':
      return 'embedding';
    case 'loader':
      return 'load';
    case 'tool':
      return 'other';
    default:
      return 'model';
  }
}

// ── runnable configs ─────────────────────────────────────────────────────────────────────────────────────────────────

function readCall(file: LangChainFile, node: TSESTree.CallExpression): readonly Timeout[] {
  const call = findCall(file, node);
  // A timeout without effect is reported as such.
  if (!call?.remote || !call.config || ignoresKey(call.receiver, call.method, 'timeout')) return [];
  const subject = describe(file, call.receiverNode);
  const timed = {
    work: getWork(call.receiver),
    subject,
    receiver: call.receiver,
    ofStream: streamMethods.has(call.method),
  };
  const configs = unwrap(call.config);
  const each =
    configs.type === AST_NODE_TYPES.ArrayExpression
      ? configs.elements.filter((element) => element !== null)
      : [configs];
  return each.flatMap((config) => readConfig(file, config, timed));
}

/** `model.withConfig({ timeout: 500 })`, and `bind` of 0.x; a step of a graph. */
function readMethod(file: LangChainFile, node: TSESTree.CallExpression): readonly Timeout[] {
  const callee = unwrap(node.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return [];
  const name = getKeyName(callee);
  if (name === null) return [];
  if (name === 'withConfig' || name === 'bind') {
    const bound = file.resolve(node);
    const [config] = node.arguments;
    if (bound.is !== 'yes' || bound.value.builder !== name || !config) return [];
    if (bound.value.base && ignoresKey(bound.value.base, name, 'timeout')) return [];
    const subject = describe(file, callee.object);
    return readConfig(file, config, { work: getWork(bound.value), subject, receiver: bound.value, ofStream: false });
  }
  const argument = Object.hasOwn(graphMethods, name) ? graphMethods[name] : undefined;
  const policies = argument === undefined ? undefined : node.arguments[argument];
  if (!policies) return [];
  const graph = file.resolve(callee.object);
  return graph.is === 'yes' && graph.value.kind === 'stateGraph' ? readPolicy(file, policies, 'the graph step') : [];
}

type Timed = Pick<Timeout, 'ofStream' | 'receiver' | 'subject' | 'work'>;

function readConfig(file: LangChainFile, config: TSESTree.Node, timed: Timed): readonly Timeout[] {
  const timeout = findOption(file, config, 'timeout');
  const signal = findOption(file, config, 'signal');
  return [
    ...(timeout.is === 'given'
      ? [{ ...timed, node: timeout.property, value: timeout.value, option: 'timeout', unit: 'ms' as const }]
      : []),
    ...(signal.is === 'given' ? readSignal(file, signal.property, signal.value, timed) : []),
  ];
}

/** `AbortSignal.timeout(n)`, even in a constant or in `AbortSignal.any([…])`. */
function readSignal(
  file: LangChainFile,
  property: TSESTree.Property,
  signal: TSESTree.Node,
  timed: Timed,
): readonly Timeout[] {
  return findSignalCalls(file, signal, 3).map((call) => {
    const isHere =
      property.range[0] <= call.range[0] &&
      call.range[1] <= property.range[1] &&
      property.loc.start.line < property.loc.end.line;
    return {
      ...timed,
      node: isHere ? call : property,
      value: call.arguments[0] ?? call,
      option: 'AbortSignal.timeout',
      unit: 'ms',
    };
  });
}

function findSignalCalls(file: LangChainFile, node: TSESTree.Node, depth: number): readonly TSESTree.CallExpression[] {
  const expression = unwrap(node);
  if (depth === 0) return [];
  if (expression.type === AST_NODE_TYPES.Identifier) {
    const definition = file.scopes.findVariable(expression)?.defs[0];
    const init =
      definition?.type === 'Variable' &&
      definition.parent.kind === 'const' &&
      definition.node.id.type === AST_NODE_TYPES.Identifier
        ? definition.node.init
        : null;
    return init ? findSignalCalls(file, init, depth - 1) : [];
  }
  if (expression.type !== AST_NODE_TYPES.CallExpression) return [];
  const callee = file.trace(expression.callee);
  if (callee.type !== 'global') return [];
  if (callee.name === 'AbortSignal.timeout') return [expression];
  const list =
    callee.name === 'AbortSignal.any' && expression.arguments[0] ? file.trace(expression.arguments[0]) : null;
  if (list?.type !== 'array') return [];
  return list.node.elements.flatMap((element) => (element ? findSignalCalls(file, element, depth - 1) : []));
}

// ── LangGraph ────────────────────────────────────────────────────────────────────────────────────────────────────────

function readGraphFunction(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): readonly Timeout[] {
  const ref = file.findExport(node.callee);
  if (!ref || parseSpecifier(ref.source)?.package !== '@langchain/langgraph') return [];
  const { name } = ref;
  if (name === 'Pregel') return readNumber(file, node.arguments[0], 'stepTimeout', 'the graph step');
  const argument = graphFunctions.find(({ names }) => names.includes(name))?.argument;
  const policies = argument === undefined ? undefined : node.arguments[argument];
  return policies ? readPolicy(file, policies, name === 'Send' ? 'the graph step' : `the ${name}`) : [];
}

function readPolicy(file: LangChainFile, policies: TSESTree.Node, subject: string): readonly Timeout[] {
  const timeout = readObject(file, policies) && findOption(file, policies, 'timeout');
  if (timeout?.is !== 'given') return [];
  if (!readObject(file, timeout.value)) return readNumber(file, policies, 'timeout', subject);
  return policyKeys.flatMap((key) => readNumber(file, timeout.value, key, subject));
}

function readNumber(
  file: LangChainFile,
  options: TSESTree.Node | undefined,
  key: string,
  subject: string,
): readonly Timeout[] {
  const option = findOption(file, options, key);
  if (option.is !== 'given') return [];
  return [
    {
      node: option.property,
      value: option.value,
      option: key,
      unit: 'ms',
      work: 'model',
      subject,
      receiver: null,
      ofStream: false,
    },
  ];
}

/** `graph.stepTimeout = 500`, `model.timeout = 20` */
function readAssignment(file: LangChainFile, node: TSESTree.AssignmentExpression): readonly Timeout[] {
  const { left, operator, right } = node;
  if (operator !== '=' || left.type !== AST_NODE_TYPES.MemberExpression) return [];
  const option = getKeyName(left);
  if (option === null || !/timeout/iu.test(option)) return [];
  const target = file.resolve(left.object);
  if (target.is !== 'yes') return [];
  const { kind } = target.value;
  const isStep = option === 'stepTimeout' && kind === 'graph';
  const known = isStep
    ? { unit: 'ms' as const }
    : getTraits(file, target.value).timeouts.find((each) => each.option === option);
  return known
    ? [
        {
          node: left,
          value: right,
          option,
          unit: known.unit,
          work: getWork(target.value),
          subject: describe(file, left.object),
          receiver: target.value,
          ofStream: false,
        },
      ]
    : [];
}

// ── clients of other packages ────────────────────────────────────────────────────────────────────────────────────────

function readForeign(file: LangChainFile, node: TSESTree.CallExpression | TSESTree.NewExpression): readonly Timeout[] {
  if (node.arguments.length === 0) return [];
  const used = findForeign(file, node);
  if (!used) return [];
  return foreignTimeouts
    .filter(
      ({ sources, names, methods }) =>
        isExport(used.ref, sources, names) &&
        (used.method === null ? methods === null : (methods?.includes(used.method) ?? false)),
    )
    .flatMap(({ argument, paths, unit }) => {
      const options = node.arguments[argument];
      return paths.flatMap((path) => {
        const option = options && findOption(file, options, path);
        if (option?.is !== 'given') return [];
        return [
          {
            node: option.property,
            value: option.value,
            option: path,
            unit,
            work: 'other' as const,
            subject: `\`${used.ref.name}\``,
            receiver: null,
            ofStream: false,
          },
        ];
      });
    });
}

function findForeign(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): { readonly ref: ExportRef; readonly method: string | null } | null {
  const callee = unwrap(node.callee);
  const traced = file.trace(callee);
  if (traced.type === 'export') return { ref: traced.export, method: null };
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return null;
  const client = file.trace(callee.object);
  return client.type === 'instance' ? { ref: client.of, method: getKeyName(callee) } : null;
}

function describe(file: LangChainFile, node: TSESTree.Node): string {
  const text = file.getText(node).replace(/\s+/gu, ' ');
  return `\`${text.length <= 30 ? text : `${text.slice(0, 29)}…`}\``;
}

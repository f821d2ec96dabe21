import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName, isMethodCall } from '../ast/calls.ts';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { modelBuilders } from '../facts/builders.ts';
import {
  callKeys,
  configurableKeys,
  constructorOptions,
  inputKeys,
  laterConfig,
  pythonKeys,
  pythonMethods,
} from '../facts/ignored-settings.ts';
import { findCall, type LangChainCall } from '../langchain/calls.ts';
import { findConstructorOption, getOptionsArgument } from '../langchain/construction.ts';
import { findWorkingOption, getAdvice, ignoresKey, isIgnoredBy, isMet, sendsConfig } from '../langchain/ignores.ts';
import { findModelClass } from '../langchain/model-class.ts';
import { getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import type { LangChainFile } from '../trace/file.ts';
import { mayNameExport } from '../trace/imports.ts';
import { getNodes } from '../trace/nodes.ts';
import { foldNumber } from '../trace/numbers.ts';
import { findOption, isUndefined, type Option, readObject } from '../trace/options.ts';
import type { LangChainValue } from '../trace/value.ts';
import { findLostLimit, getAgentAdvice } from './agent-limits.ts';
import { findInAgentsAndGraphs } from './agent-settings.ts';
import { findAssigned } from './assigned-keys.ts';
import { mayBeConfigurable, readsConfigurable, runsFunctions } from './configurable.ts';
import { type Configured, findConfigured, isOnlyUsedBy } from './configured.ts';
import { findIgnoredCallKeys } from './ignored-calls.ts';
import { findIgnoredOptions } from './ignored-options.ts';
import { type Cause, describeCall, differs, findSet, type Given, type Ineffective } from './ineffective-setting.ts';
import { ignoresInput, isOfNature } from './inputs.ts';
import { findInvalidLimit } from './limit-values.ts';
import { isLimit } from './limits.ts';
import { isTrue, streamMethods, streamsAlways } from './streaming.ts';

/** The settings of a call or construction that LangChain ignores. */
export function findIneffective(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): readonly Ineffective[] {
  const ofConstruction = [
    ...findInConstruction(file, node),
    ...findIgnoredOptions(file, node),
    ...findInAgents(file, node),
  ];
  if (node.type === AST_NODE_TYPES.NewExpression) return ofConstruction;
  const configured = findConfigured(file, node);
  const call = findCall(file, node);
  return [
    ...ofConstruction,
    ...findPerCall(file, node),
    ...findInAgentsAndGraphs(file, node),
    ...(call ? [...findPythonMethod(file, call), ...findBound(file, call), ...findInInput(file, call)] : []),
    ...(configured ? findInConfigs(file, configured) : []),
  ];
}

/** Whether a call has a `maxConcurrency` that it ignores: that is reported instead of a missing one. */
export function hasIneffectiveLimit(file: LangChainFile, node: TSESTree.CallExpression): boolean {
  const configured = findConfigured(file, node);
  return (
    configured !== null &&
    findInConfigs(file, configured).some(({ option }) => /(?:^|\.)(?:maxConcurrency|max_concurrency)$/u.test(option))
  );
}

// ── methods ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function findPythonMethod(
  file: LangChainFile,
  { method, node, receiver, written }: LangChainCall,
): readonly Ineffective[] {
  const callee = unwrap(node.callee);
  if (
    !pythonMethods.names.includes(written) ||
    callee.type !== AST_NODE_TYPES.MemberExpression ||
    isDeclared(file, written)
  )
    return [];
  return [
    {
      cause: 'pythonMethod',
      node: callee.property,
      option: written,
      subject: `\`${method}()\``,
      instead: method,
      at: node,
      object: null,
      value: null,
      receiver,
    },
  ];
}

/** Whether the file defines the method, in code or in a type: it names the method other than in a call. */
function isDeclared({ program }: LangChainFile, method: string): boolean {
  const tokens = program.tokens ?? [];
  return tokens.some(
    ({ value }, index) =>
      value.replaceAll(/['"`]/gu, '') === method &&
      !(isAccess(tokens[index - 1]) && ['(', ']'].includes(tokens[index + 1]?.value ?? '')),
  );
}

function isAccess(token: TSESTree.Token | undefined): boolean {
  return token !== undefined && ['.', '?.', '['].includes(token.value);
}

// ── configs ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function findInConfigs(file: LangChainFile, configured: Configured): readonly Ineffective[] {
  if (getParts(configured.receiver).some(sendsConfig)) return [];
  return [
    ...configured.configs.flatMap((config) => [
      ...findCallKeys(file, configured, config),
      ...findIgnoredCallKeys(file, configured, config),
      ...findPythonKeys(file, configured, config),
      ...findConfigurableKeys(file, configured, config),
    ]),
    ...findLaterConfigs(file, configured),
  ];
}

function findCallKeys(file: LangChainFile, configured: Configured, config: TSESTree.Node): readonly Ineffective[] {
  return callKeys.flatMap(({ cause, ignoredBy, key, methods }) => {
    const accepts = ({ method, receiver }: Configured): boolean =>
      methods.includes(method) && isIgnoredBy(ignoredBy, receiver);
    if (!accepts(configured)) return [];
    return (key === 'maxConcurrency' ? ['maxConcurrency', 'max_concurrency'] : [key]).flatMap((written) => {
      const option = findSet(file, config, written);
      if (!option || (key === 'maxConcurrency' && !isLimit(file, option))) return [];
      // Other calls that share the config may need it.
      if (
        option.property.parent.type !== AST_NODE_TYPES.ObjectExpression ||
        !isOnlyUsedBy(file, option.property.parent, accepts)
      )
        return [];
      return [
        describe(file, cause, configured, config, option, written, getCallAdvice(file, cause, configured) ?? key),
      ];
    });
  });
}

function findPythonKeys(file: LangChainFile, configured: Configured, config: TSESTree.Node): readonly Ineffective[] {
  const limitsOneCall = ignoresKey(configured.receiver, configured.method, 'maxConcurrency');
  return pythonKeys.flatMap(({ instead, key }) => {
    const option = findKey(file, config, key);
    if (!option || (limitsOneCall && instead === 'maxConcurrency')) return [];
    if (isRepeated(file, option, findKey(file, config, instead))) return [];
    return [describe(file, 'pythonKey', configured, config, option, key, instead)];
  });
}

function findConfigurableKeys(
  file: LangChainFile,
  configured: Configured,
  config: TSESTree.Node,
): readonly Ineffective[] {
  const { receiver } = configured;
  const isGiven = findOption(file, config, 'configurable').is === 'given';
  const mayBeAssigned = unwrap(config).type === AST_NODE_TYPES.Identifier;
  if (!(isGiven || mayBeAssigned) || mayBeConfigurable(file, receiver)) return [];
  return configurableKeys.flatMap(({ instead, isOwnData, key }) => {
    const option = findKey(file, config, `configurable.${key}`);
    if (!option || (isOwnData && runsFunctions(receiver)) || readsConfigurable(file, key)) return [];
    // The key also stands next to `configurable`, where it has its effect.
    if (isRepeated(file, option, findKey(file, config, instead))) return [];
    return [describe(file, 'configurable', configured, config, option, `configurable.${key}`, instead)];
  });
}

/** Whether the key that works is, or may be, set to the same value. */
function isRepeated(file: LangChainFile, dead: Setting, live: Setting | null): boolean {
  return live !== null && !differs(file, dead.value, live.value);
}

/** A key that a config has or is assigned. */
function findKey(file: LangChainFile, config: TSESTree.Node, path: string): Setting | null {
  return findSet(file, config, path) ?? findAssigned(file, config, path);
}

function findLaterConfigs(file: LangChainFile, configured: Configured): readonly Ineffective[] {
  const { configs, list, method, receiver } = configured;
  const [first, ...later] = configs;
  // A graph limits its own steps by the config of its input.
  if (list !== 'written' || method !== 'batch' || !first || getParts(receiver).some(({ kind }) => kind === 'graph'))
    return [];
  const leading = findOption(file, first, laterConfig.key);
  if (leading.is === 'unknown') return [];
  return later.flatMap((config) => {
    const option = findSet(file, config, laterConfig.key);
    if (!option || !isLimit(file, option)) return [];
    const isSame = leading.is === 'given' && file.getText(leading.value) === file.getText(option.value);
    return isSame ? [] : [describe(file, 'laterConfig', configured, config, option, laterConfig.key, laterConfig.key)];
  });
}

interface Setting {
  readonly property: TSESTree.Node;
  readonly value: TSESTree.Node;
}

function describe(
  file: LangChainFile,
  cause: Cause,
  { method, node, receiver, receiverNode }: Configured,
  config: TSESTree.Node,
  { property, value }: Setting,
  option: string,
  instead: string,
): Ineffective {
  return {
    cause,
    node: property,
    option,
    subject: describeCall(file, receiverNode, method),
    instead,
    at: node,
    object: config,
    value,
    receiver,
  };
}

/** A sentence without its full stop; null where the key belongs elsewhere. */
function getCallAdvice(file: LangChainFile, cause: Cause, { method, receiver }: Configured): string | null {
  if (cause === 'oneCall') return getLimitAdvice(file, receiver, streamMethods.has(method));
  if (cause !== 'mapReduce') return null;
  const model = findChainModel(file, receiver);
  return model && getTraits(file, model).honoursMaxConcurrency === false
    ? 'Run the documents in chunks, one after another'
    : 'Set it in the constructor of the model';
}

/** The model that `loadSummarizationChain(model)` is made with. */
function findChainModel(file: LangChainFile, { node }: LangChainValue): LangChainValue | null {
  const given =
    node.type === AST_NODE_TYPES.CallExpression && node.arguments[0] ? file.resolve(node.arguments[0]) : null;
  return given?.is === 'yes' ? given.value : null;
}

/** How to limit the calls of a value. */
function getLimitAdvice(file: LangChainFile, value: LangChainValue, isStreamed: boolean): string {
  const models = getParts(value).filter(({ kind }) => kind === 'chatModel' || kind === 'embeddings' || kind === 'llm');
  const [model] = models;
  if (isStreamed) return 'Read each stream to its end in p-limit';
  if (!model) return 'Limit the calls with `batch()` or p-limit';
  const isHonoured =
    models.every((each) => getTraits(file, each).honoursMaxConcurrency === true) &&
    !models.some((each) => streamsAlways(file, each));
  if (model.kind === 'embeddings') return 'Set it on the constructor';
  return isHonoured
    ? 'Set it on the model, or pass it to `batch()`'
    : 'Pass it to `batch()`, or limit the calls with p-limit';
}

// ── inputs ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const inputMethods: ReadonlySet<string> = new Set(['invoke', 'stream', 'streamEvents']);

function findInInput(
  file: LangChainFile,
  { config, input, method, node, receiver, receiverNode }: LangChainCall,
): readonly Ineffective[] {
  if (!input || !inputMethods.has(method) || (config && !isUndefined(file, config))) return [];
  if (node.arguments.some(({ type }) => type === AST_NODE_TYPES.SpreadElement) || !readObject(file, input)) return [];
  return inputKeys.flatMap(({ key, nature }) => {
    const option = findSet(file, input, key);
    if (!option || !isOfNature(file, option.value, nature) || !ignoresInput(file, receiver, key)) return [];
    return [
      {
        cause: 'input',
        node: option.property,
        option: key,
        subject: describeCall(file, receiverNode, method),
        instead: key,
        at: node,
        object: input,
        value: option.value,
        receiver,
      },
    ];
  });
}

// ── models and what is derived from them ─────────────────────────────────────────────────────────────────────────────

/** The calls of `batch` that a limit bound to ChatOpenAI does not reach. */
export function findUnreached(file: LangChainFile, limit: TSESTree.Node): readonly TSESTree.CallExpression[] {
  return getNodes(file).filter((node): node is TSESTree.CallExpression => {
    const call = isMethodCall(node, 'batch') ? findCall(file, node) : null;
    return call !== null && findBound(file, call).some((found) => found.node === limit);
  });
}

/** `new ChatOpenAI().withConfig({ maxConcurrency: 5 }).batch(inputs)`, also as a step of a sequence. */
function findBound(file: LangChainFile, { config, method, node, receiver }: LangChainCall): readonly Ineffective[] {
  if (
    method !== 'batch' ||
    (config && (!readObject(file, config) || isLimit(file, findOption(file, config, 'maxConcurrency'))))
  )
    return [];
  // A limit that reaches `batch` on the way takes precedence.
  const bound = getParts(receiver).filter(({ builder, kind }) => builder === 'withConfig' && kind !== 'graph');
  if (bound.some((part) => getTraits(file, part).withConfigLimitsBatch !== false && hasLimit(file, part))) return [];
  return bound.flatMap((part) => {
    const argument = getFirstArgument(part);
    const option = argument && findSet(file, argument, 'maxConcurrency');
    if (!option || !isLimit(file, option)) return [];
    return [
      {
        cause: 'bound',
        node: option.property,
        option: 'maxConcurrency',
        subject: `\`${part.className}\``,
        instead: 'maxConcurrency',
        at: node,
        object: argument,
        value: option.value,
        receiver: part,
      },
    ];
  });
}

function hasLimit(file: LangChainFile, part: LangChainValue): boolean {
  return isLimit(file, findOption(file, getFirstArgument(part), 'maxConcurrency'));
}

function getFirstArgument({ node }: LangChainValue): TSESTree.Node | null {
  return node.type === AST_NODE_TYPES.CallExpression ? (node.arguments[0] ?? null) : null;
}

/** `(await initChatModel(name, { maxConcurrency: 5 })).bindTools(tools)` */
function findPerCall(file: LangChainFile, node: TSESTree.CallExpression): readonly Ineffective[] {
  const builder = getMethodName(node);
  if (builder === null || !modelBuilders.has(builder)) return [];
  const derived = file.resolve(node);
  const base = derived.is === 'yes' && derived.value.builder === builder ? derived.value.base : null;
  if (!base || getTraits(file, base).derivedQueue !== 'perCall') return [];
  const option = findConstructorOption(file, base, 'maxConcurrency');
  if (option.is !== 'given' || !isLimit(file, option)) return [];
  return [
    {
      cause: 'perCall',
      node: option.property,
      option: 'maxConcurrency',
      subject: `\`${builder}()\``,
      instead: 'maxConcurrency',
      at: node,
      object: null,
      value: option.value,
      receiver: base,
    },
  ];
}

/** `createAgent({ model: new ChatOpenAI({ maxConcurrency: 5 }) })` */
function findInAgents(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): readonly Ineffective[] {
  if (!mayBeModel(file, node)) return [];
  const lost = findLostLimit(file, node);
  if (!lost) return [];
  const { agents, model, object, option } = lost;
  return [
    {
      cause: 'agents',
      node: option.property,
      option: 'maxConcurrency',
      subject: `\`${findModelClass(file, model)?.name ?? model.className}\``,
      instead: getAgentAdvice(agents),
      at: node,
      object,
      value: option.value,
      receiver: model,
    },
  ];
}

function mayBeModel(file: LangChainFile, { callee }: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const member = unwrap(callee);
  return (
    (member.type === AST_NODE_TYPES.MemberExpression && getKeyName(member) === 'withConfig') ||
    mayNameExport(file.scopes, callee)
  );
}

// ── constructors ─────────────────────────────────────────────────────────────────────────────────────────────────────

function findInConstruction(
  file: LangChainFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): readonly Ineffective[] {
  if (!mayNameExport(file.scopes, node.callee)) return [];
  const trace = file.trace(node);
  if (
    trace.type !== 'langchain' ||
    trace.value.node !== node ||
    trace.value.builder !== null ||
    trace.value.origin === 'heritage'
  )
    return [];
  const { value } = trace;
  const options = getOptionsArgument(value);
  if (options === null || options === 'unknown' || !readObject(file, options)) return [];
  const traits = getTraits(file, value);
  const ignored = new Set([
    ...traits.ignoredOptions,
    ...(traits.honoursMaxConcurrency === false ? ['maxConcurrency'] : []),
  ]);
  const subject = `\`${findModelClass(file, value)?.name ?? value.className}\``;
  const found: Ineffective[] = [];
  const add = (cause: Cause, path: string, option: Given, instead: string): void => {
    found.push({
      cause,
      node: option.property,
      option: path,
      subject,
      instead,
      at: node,
      object: options,
      value: option.value,
      receiver: value,
    });
  };
  for (const path of ignored) {
    const option = findSet(file, options, path);
    if (!option || isMet(path, foldNumber(file, option.value)?.value ?? null, traits)) continue;
    // A value that throws is not ignored.
    if (path === 'maxConcurrency' && (!isLimit(file, option) || findInvalidLimit(file, option.value)?.is === 'throws'))
      continue;
    // The option that works may be set as well.
    const working = findWorkingOption(path, traits);
    if (working === null || findOption(file, options, working).is !== 'given')
      add('ignored', path, option, getAdvice(path, traits));
  }
  for (const { beside, cause, ignores, option: path, value: only } of constructorOptions) {
    const option = ignores(traits) ? findSet(file, options, path) : null;
    if (!option || (only !== null && foldNumber(file, option.value)?.value !== only)) continue;
    if (beside !== null && (!isTrue(file, findOption(file, options, beside)) || !isLimit(file, option))) continue;
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (path !== name && isSame(file, findOption(file, options, name), only)) continue;
    add(cause, path, option, name);
  }
  return found;
}

/** Whether a working option is, or may be, set to the same value. */
function isSame(file: LangChainFile, option: Option, value: number | null): boolean {
  return option.is === 'unknown' || (option.is === 'given' && foldNumber(file, option.value)?.value === value);
}

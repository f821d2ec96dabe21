import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from '../ast/ancestors.ts';
import { contains, getKeyName, isFunction, unwrap, type FunctionNode } from '../ast/nodes.ts';
import { isNameKnown } from '../ast/scope-names.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import { perFile, type LangChainFile } from '../file.ts';
import type { FanOut } from '../flow/fan-out.ts';
import { resolveFunction } from '../flow/call-graph.ts';
import { runnableKinds } from '../langchain/builders.ts';
import type { LangChainCall } from '../langchain/calls.ts';
import { parseSpecifier, type ModuleId } from '../langchain/catalog.ts';
import { getParts } from '../langchain/parts.ts';
import { getTraits } from '../langchain/traits.ts';
import type { LangChainValue } from '../langchain/value.ts';
import type { Edit } from './offer.ts';
import { getArgumentText, getBodyParentheses } from './text.ts';

/** `Promise.all(docs.map(callback))`, all of it written in one expression. */
export interface MappedAll {
  readonly node: TSESTree.CallExpression;
  readonly list: TSESTree.Node;
  readonly callback: TSESTree.Node;
  /** `Array.from(docs, callback)` */
  readonly isFrom: boolean;
}

/** A rewrite to `batch`, and what may be different after it. */
export interface BatchRewrite {
  readonly edits: readonly Edit[];
  /** Reasons to ask first, by what they say. */
  readonly unless: Readonly<Record<string, boolean>>;
}

/** The limit to write for a value: a limit of 1 makes a graph drop work. */
export function getSafeLimit(file: LangChainFile, value: LangChainValue, limit: number): number {
  const parts = getParts(value);
  const mayDrop = parts.some((part) => getTraits(file, part).limitOfOneDropsWork === true || (part.steps ?? []).some((step) => step.is !== 'yes'));
  return mayDrop ? Math.max(2, limit) : limit;
}

/**
 * `Promise.all(docs.map((doc) => model.invoke(doc.text)))` as `model.batch(docs.map((doc) => doc.text), { maxConcurrency: 5 })`. Null where the
 * callback does more than that call, where the receiver has no `batch` or differs per element, and where the config of a call would mean something else for a batch.
 */
export function findBatchRewrite(file: LangChainFile, fanOut: FanOut, limit: number): BatchRewrite | null {
  const mapped = readMappedAll(file, fanOut);
  if (!mapped || !isFunction(mapped.callback)) return null;
  const { callback, isFrom, list } = mapped;
  const { call } = fanOut.start;
  const result = findResult(callback);
  if (result !== call.node || call.written !== 'invoke' || call.optional || !canBatch(file, call.receiver)) return null;
  const receiver = readReceiver(file, call, callback);
  const config = readConfig(file, call, callback, getSafeLimit(file, call.receiver, limit));
  if (receiver === null || config === null || !call.input || !isPlainFunction(file, callback) || waits(file, call.input)) return null;
  const isInput = isParameter(callback, call.input);
  const inputs = isInput ? writeList(file, list, isFrom) : writeInputs(file, list, callback, call.input, isFrom);
  const text = `${receiver}batch(${inputs}, ${config})`;
  if (text.startsWith('(') && mapped.node.parent.type === AST_NODE_TYPES.ExpressionStatement) return null;
  return {
    edits: [{ range: mapped.node.range, text }],
    unless: {
      'the receiver may be of another class, or of several steps': !isOneStep(call.receiver),
      'the callback uses the index': callback.params.length > 1,
      'the list is no array': isFrom || usesCollections(file),
      'an input that throws would no longer reject': callback.async && !isInput && !isInAwait(mapped.node),
    },
  };
}

/** The same for any callback: `RunnableLambda.from(callback).batch(docs, { maxConcurrency: 5 })`, which keeps the flow of each element. */
export function findLambdaRewrite(file: LangChainFile, fanOut: FanOut, limit: number): readonly Edit[] | null {
  const mapped = readMappedAll(file, fanOut);
  // A lambda consumes a stream that its function returns.
  if (!mapped || fanOut.start.call.returns === 'asyncIterable' || fanOut.start.call.method === 'stream') return null;
  const callback = writeCallback(file, mapped);
  const importing = callback === null ? null : importLambda(file);
  if (callback === null || !importing) return null;
  const text = `${importing.name}.from(${callback}).batch(${writeList(file, mapped.list, mapped.isFrom)}, { maxConcurrency: ${String(limit)} })`;
  return [...importing.edits, { range: mapped.node.range, text }];
}

export function readMappedAll(file: LangChainFile, { kind, map, node }: Pick<FanOut, 'kind' | 'map' | 'node'>): MappedAll | null {
  if (kind !== 'combinator' || !map || node.type !== AST_NODE_TYPES.CallExpression || node.typeArguments || node.optional) return null;
  const trace = file.trace(node.callee);
  if (trace.type !== 'global' || trace.name !== 'Promise.all' || node.arguments.length !== 1 || node.arguments[0] !== map.call) return null;
  const callee = unwrap(map.call.callee);
  if (map.call.typeArguments || map.call.optional || callee.type !== AST_NODE_TYPES.MemberExpression || callee.optional) return null;
  const [first, second] = map.call.arguments;
  if (map.call.arguments.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return null;
  if (second === undefined && first === map.callback && getKeyName(callee) === 'map' && callee.object.type !== AST_NODE_TYPES.ChainExpression) {
    return { node, list: callee.object, callback: map.callback, isFrom: false };
  }
  return first && second === map.callback && map.call.arguments.length === 2 ? { node, list: first, callback: map.callback, isFrom: true } : null;
}

/** Packages whose lists have a `map` and are iterated in another way, or are not made anew by `filter` as arrays are. */
const collections = /['"](?:@discordjs\/collection|discord\.js|eris|immutable)['"]/u;

export function usesCollections({ sourceCode }: LangChainFile): boolean {
  return collections.test(sourceCode.text);
}

// ── the callback ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a callback gives when it does nothing else; `await` in front of it changes nothing. */
export function findResult(callback: FunctionNode): TSESTree.Node | null {
  let value: TSESTree.Node | null = callback.body;
  if (value.type === AST_NODE_TYPES.BlockStatement) {
    const [statement, ...others] = value.body;
    value = statement?.type === AST_NODE_TYPES.ReturnStatement && others.length === 0 ? statement.argument : null;
  }
  return value?.type === AST_NODE_TYPES.AwaitExpression ? value.argument : value;
}

/** Whether its parameters and its `this` mean the same in an arrow function. */
export function isPlainFunction(file: LangChainFile, callback: FunctionNode): boolean {
  if (callback.generator || callback.typeParameters || callback.params.some((parameter) => parameter.type === AST_NODE_TYPES.RestElement)) return false;
  if (callback.params.length > 2) return false;
  return callback.type === AST_NODE_TYPES.ArrowFunctionExpression || !usesOwnContext(file, callback);
}

function usesOwnContext(file: LangChainFile, callback: FunctionNode): boolean {
  let uses = false;
  walk(callback.body, file.sourceCode.visitorKeys, (node) => {
    if (node.type === AST_NODE_TYPES.ThisExpression || (node.type === AST_NODE_TYPES.Identifier && node.name === 'arguments')) uses = true;
    return !uses;
  });
  return uses;
}

export function waits(file: LangChainFile, node: TSESTree.Node): boolean {
  let found = false;
  walk(node, file.sourceCode.visitorKeys, (inner) => {
    if (inner.type === AST_NODE_TYPES.AwaitExpression || inner.type === AST_NODE_TYPES.YieldExpression) found = true;
    return !found && !isFunction(inner);
  });
  return found;
}

export function isParameter({ params }: FunctionNode, input: TSESTree.Node): boolean {
  const [parameter] = params;
  return params.length === 1 && parameter?.type === AST_NODE_TYPES.Identifier && input.type === AST_NODE_TYPES.Identifier && input.name === parameter.name;
}

/** Whether the promise is awaited on the spot, so that an error is one wherever it is thrown. */
function isInAwait(node: TSESTree.Node): boolean {
  return node.parent?.type === AST_NODE_TYPES.AwaitExpression;
}

/** Whether an expression uses what the callback binds. */
function usesBindings(file: LangChainFile, node: TSESTree.Node, callback: FunctionNode): boolean {
  let uses = false;
  walk(node, file.sourceCode.visitorKeys, (inner) => {
    const variable = inner.type === AST_NODE_TYPES.Identifier ? file.scopes.findVariable(inner) : null;
    if (variable && contains(callback, variable.scope.block)) uses = true;
    return !uses;
  });
  return uses;
}

// ── the receiver ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether every class that the receiver may be has a `batch` that gives each input its own answer. Several classes have none that can be called. */
function canBatch(file: LangChainFile, receiver: LangChainValue): boolean {
  if (receiver.alternatives.length > 0 || !runnableKinds.has(receiver.kind)) return false;
  return getParts(receiver).every((part) => hasPlainBatch(file, part)) && getTraits(file, receiver).hasBatch !== false;
}

/** A batch of fallbacks runs again as a whole when one input fails: the others get answers of the fallback, too. */
function hasPlainBatch(file: LangChainFile, part: LangChainValue): boolean {
  return part.kind !== 'router' && getTraits(file, part).limitedBatchMixesRoutes !== true && part.builder !== 'withFallbacks' && part.className !== 'RunnableWithFallbacks';
}

const oneStepKinds = new Set(['chatModel', 'graph', 'llm', 'retriever']);
/** Builders that change nothing about how a batch runs. */
const transparentBuilders = new Set([
  'addConditionalEdges',
  'addEdge',
  'addNode',
  'addSequence',
  'asRetriever',
  'bindTools',
  'compile',
  'setConditionalEntryPoint',
  'setEntryPoint',
  'setFinishPoint',
]);

/** Whether it is certainly a model, retriever or graph: one step, so that no input waits for the others. */
function isOneStep(value: LangChainValue): boolean {
  if (!value.certain || value.optional || value.origin === 'heritage' || !oneStepKinds.has(value.kind) || value.steps) return false;
  for (let part: LangChainValue | null = value; part; part = part.base) {
    if (part.builder !== null && !transparentBuilders.has(part.builder)) return false;
  }
  return true;
}

/** `model.` of `model.invoke(doc)`, when it is the same for each element and reading it does nothing. */
export function readReceiver(file: LangChainFile, { node, receiverNode }: LangChainCall, callback: FunctionNode): string | null {
  const callee = unwrap(node.callee);
  if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.computed || node.callee !== callee) return null;
  if (!isPath(receiverNode) || usesBindings(file, receiverNode, callback)) return null;
  return file.sourceCode.text.slice(node.range[0], callee.property.range[0]);
}

/** `model`, `this.model`, `clients.model` */
function isPath(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  switch (expression.type) {
    case AST_NODE_TYPES.Identifier:
    case AST_NODE_TYPES.ThisExpression:
      return true;
    case AST_NODE_TYPES.MemberExpression:
      return !expression.computed && !expression.optional && isPath(expression.object);
    default:
      return false;
  }
}

// ── the config ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** For a batch these mean something else: a deadline for all, an id for the first, one thread for all. */
const perCallKeys = new Set(['configurable', 'runId', 'signal', 'timeout']);

/** The config of the batch; null when that of the calls is not the same constant for each. */
function readConfig(file: LangChainFile, call: LangChainCall, callback: FunctionNode, limit: number): string | null {
  const [, config, ...others] = call.node.arguments;
  const added = `maxConcurrency: ${String(limit)}`;
  if (others.length > 0 || call.node.typeArguments) return null;
  if (!config) return `{ ${added} }`;
  if (config.type !== AST_NODE_TYPES.ObjectExpression) return null;
  const names = config.properties.map((property) => (property.type === AST_NODE_TYPES.Property ? getKeyName(property) : null));
  if (names.some((name) => name === null || perCallKeys.has(name)) || !isConstant(config) || usesBindings(file, config, callback)) return null;
  const kept = config.properties.filter((_, index) => names[index] !== 'maxConcurrency').map((property) => file.sourceCode.getText(property));
  return `{ ${[...kept, added].join(', ')} }`;
}

/** Whether reading an expression again gives the same and does nothing. */
function isConstant(node: TSESTree.Node): boolean {
  switch (node.type) {
    case AST_NODE_TYPES.ObjectExpression:
      return node.properties.every((property) => property.type === AST_NODE_TYPES.Property && property.kind === 'init' && !property.computed && !property.method && isConstant(property.value));
    case AST_NODE_TYPES.ArrayExpression:
      return node.elements.every((element) => element !== null && isConstant(element));
    case AST_NODE_TYPES.TemplateLiteral:
      return node.expressions.every(isConstant);
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
      return isConstant(node.expression);
    case AST_NODE_TYPES.UnaryExpression:
      return isConstant(node.argument);
    case AST_NODE_TYPES.Identifier:
    case AST_NODE_TYPES.Literal:
      return true;
    case AST_NODE_TYPES.MemberExpression:
      return isPath(node);
    default:
      return false;
  }
}

// ── the inputs ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Methods and functions whose result is a new array. */
const arrayMethods = new Set(['concat', 'filter', 'flat', 'flatMap', 'map', 'slice', 'splice', 'split', 'toReversed', 'toSorted', 'toSpliced', 'with']);
const arrayFunctions = new Set(['Array', 'Array.from', 'Array.of', 'Object.entries', 'Object.getOwnPropertyNames', 'Object.keys', 'Object.values', 'Promise.all']);

type ListType = 'array' | 'readonly' | 'unknown';

/** How many constants or types may lead to one another; ends `const a = b; const b = a`. */
const maxConstants = 20;

/** Whether an expression is visibly an array, and one that may be changed. */
function getListType(file: LangChainFile, node: TSESTree.Node, depth = maxConstants): ListType {
  if (depth === 0) return 'unknown';
  if (node.type === AST_NODE_TYPES.TSAsExpression || node.type === AST_NODE_TYPES.TSSatisfiesExpression) return readType(file, node.typeAnnotation) ?? 'unknown';
  const expression = node.type === AST_NODE_TYPES.AwaitExpression ? unwrap(node.argument) : node;
  switch (expression.type) {
    case AST_NODE_TYPES.ArrayExpression:
      return 'array';
    case AST_NODE_TYPES.CallExpression: {
      const trace = file.trace(expression.callee);
      if (trace.type === 'global' && arrayFunctions.has(trace.name)) return 'array';
      const callee = unwrap(expression.callee);
      const isMethod = callee.type === AST_NODE_TYPES.MemberExpression && !callee.optional && arrayMethods.has(getKeyName(callee) ?? '');
      if (isMethod && trace.type !== 'export') return isIterator(file, callee.object) ? 'unknown' : 'array';
      const fn = resolveFunction(file, callee);
      return (fn?.returnType && readType(file, fn.returnType.typeAnnotation)) ?? 'unknown';
    }
    case AST_NODE_TYPES.Identifier: {
      const variable = file.scopes.findVariable(expression);
      return variable ? getVariableType(file, variable, depth - 1) : 'unknown';
    }
    case AST_NODE_TYPES.MemberExpression:
      return getFieldType(file, expression);
    case AST_NODE_TYPES.NewExpression: {
      const trace = file.trace(expression.callee);
      return trace.type === 'global' && trace.name === 'Array' ? 'array' : 'unknown';
    }
    default:
      return 'unknown';
  }
}

const iteratorMethods = new Set(['drop', 'entries', 'filter', 'flatMap', 'keys', 'map', 'matchAll', 'take', 'values']);

/** `byId.values()`, `byId.values().filter(…)` */
function isIterator(file: LangChainFile, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type !== AST_NODE_TYPES.CallExpression || file.trace(expression.callee).type === 'global') return false;
  const callee = unwrap(expression.callee);
  const name = callee.type === AST_NODE_TYPES.MemberExpression ? (getKeyName(callee) ?? '') : '';
  if (callee.type !== AST_NODE_TYPES.MemberExpression || !iteratorMethods.has(name)) return false;
  return name === 'filter' || name === 'flatMap' || name === 'map' ? isIterator(file, callee.object) : true;
}

function getVariableType(file: LangChainFile, variable: TSESLint.Scope.Variable, depth: number): ListType {
  const [definition] = variable.defs;
  if (variable.defs.length !== 1 || (definition?.type !== 'Variable' && definition?.type !== 'Parameter')) return 'unknown';
  const { name } = definition;
  if (name.type === AST_NODE_TYPES.Identifier && name.typeAnnotation) return (name.optional ? null : readType(file, name.typeAnnotation.typeAnnotation)) ?? 'unknown';
  if (definition.type === 'Parameter' || definition.node.id !== name || !definition.node.init) return 'unknown';
  if (variable.references.some((reference) => reference.isWrite() && reference.init !== true)) return 'unknown';
  return getListType(file, definition.node.init, depth);
}

/** `this.docs`, from its declaration. */
function getFieldType(file: LangChainFile, node: TSESTree.MemberExpression): ListType {
  const name = getKeyName(node);
  const classNode = node.object.type === AST_NODE_TYPES.ThisExpression ? getThisClass(node.object) : null;
  for (const member of classNode?.body.body ?? []) {
    if (member.type !== AST_NODE_TYPES.PropertyDefinition || getKeyName(member) !== name || member.optional) continue;
    const type = member.typeAnnotation ? readType(file, member.typeAnnotation.typeAnnotation) : null;
    return type === 'array' && member.readonly ? 'array' : (type ?? 'unknown');
  }
  return 'unknown';
}

function readType(file: LangChainFile, type: TSESTree.TypeNode, depth = maxConstants): ListType | null {
  if (depth === 0) return null;
  switch (type.type) {
    case AST_NODE_TYPES.TSArrayType:
    case AST_NODE_TYPES.TSTupleType:
      return 'array';
    case AST_NODE_TYPES.TSTypeOperator:
      return type.operator === 'readonly' ? 'readonly' : null;
    case AST_NODE_TYPES.TSTypeReference: {
      if (type.typeName.type !== AST_NODE_TYPES.Identifier) return null;
      const [argument] = type.typeArguments?.params ?? [];
      switch (type.typeName.name) {
        case 'Array':
          return 'array';
        case 'ReadonlyArray':
          return 'readonly';
        case 'Promise':
          return argument ? readType(file, argument, depth - 1) : null;
        // `as const`
        case 'const':
          return 'readonly';
        default: {
          const definition = file.scopes.findVariable(type.typeName)?.defs[0]?.node;
          return definition?.type === AST_NODE_TYPES.TSTypeAliasDeclaration && !definition.typeParameters ? readType(file, definition.typeAnnotation, depth - 1) : null;
        }
      }
    }
    default:
      return null;
  }
}

/** The list itself; a copy where `batch`, which takes a mutable array, may not get it. */
export function writeList(file: LangChainFile, list: TSESTree.Node, isFrom: boolean): string {
  if (isFrom) return `Array.from(${getArgumentText(file, list)})`;
  return getListType(file, list) === 'array' ? getArgumentText(file, list) : `[...${writeOperand(file, list)}]`;
}

/** `docs.map((doc) => doc.text)` */
export function writeInputs(file: LangChainFile, list: TSESTree.Node, callback: FunctionNode, input: TSESTree.Node, isFrom: boolean): string {
  const mapping = `${writeParameters(file, callback)} => ${writeBody(file, input)}`;
  if (isFrom || getListType(file, list) === 'unknown') return `Array.from(${getArgumentText(file, list)}, ${mapping})`;
  return `${writeOperand(file, list)}.map(${mapping})`;
}

/** With the parentheses that it needs before a `.`. */
function writeOperand(file: LangChainFile, node: TSESTree.Node): string {
  const text = file.sourceCode.getText(node);
  const isSimple = node.type === AST_NODE_TYPES.Identifier || node.type === AST_NODE_TYPES.MemberExpression || node.type === AST_NODE_TYPES.CallExpression || node.type === AST_NODE_TYPES.ArrayExpression;
  return isSimple ? text : `(${text})`;
}

function writeParameters({ sourceCode }: LangChainFile, { params }: FunctionNode): string {
  const [first] = params;
  const last = params.at(-1);
  if (!first || !last) return '()';
  const text = sourceCode.text.slice(first.range[0], last.range[1]);
  const isBare = first === last && first.type === AST_NODE_TYPES.Identifier && !first.typeAnnotation && sourceCode.getTokenBefore(first)?.value !== '(';
  return isBare ? text : `(${text})`;
}

function writeBody(file: LangChainFile, node: TSESTree.Node): string {
  return getBodyParentheses(file, node).join(file.sourceCode.getText(node));
}

// ── the lambda ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** The callback as a function of one typed parameter; null when it takes more, or when its type cannot be written. */
function writeCallback(file: LangChainFile, { callback, isFrom, list }: MappedAll): string | null {
  const fn = resolveFunction(file, callback);
  if (!fn || fn.generator || fn.typeParameters || fn.params.length > 1 || fn.params.some((parameter) => parameter.type === AST_NODE_TYPES.RestElement)) return null;
  const text = file.sourceCode.getText(callback);
  // A function from elsewhere has its types.
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

function hasType(parameter: TSESTree.Parameter): boolean {
  const target = parameter.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter;
  return 'typeAnnotation' in target && Boolean(target.typeAnnotation);
}

/** Whether `typeof` can name it. */
function isTypePath(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.Identifier || node.type === AST_NODE_TYPES.ThisExpression) return true;
  return node.type === AST_NODE_TYPES.MemberExpression && !node.computed && !node.optional && node.property.type === AST_NODE_TYPES.Identifier && isTypePath(node.object);
}

function isTypeScript({ filename }: LangChainFile): boolean {
  return /\.[cm]?tsx?$/u.test(filename);
}

const runnables = '@langchain/core/runnables';

/** How the file names RunnableLambda, and what imports it where that is missing; null where it cannot be imported. */
const importLambda = perFile((file): { readonly name: string; readonly edits: readonly Edit[] } | null => {
  const { body } = file.program;
  const imports = body.filter((statement) => statement.type === AST_NODE_TYPES.ImportDeclaration);
  for (const declaration of imports) {
    if (declaration.source.value !== runnables || declaration.importKind === 'type') continue;
    for (const specifier of declaration.specifiers) {
      if (specifier.type !== AST_NODE_TYPES.ImportSpecifier || specifier.importKind === 'type') continue;
      if (specifier.imported.type === AST_NODE_TYPES.Identifier && specifier.imported.name === 'RunnableLambda') return { name: specifier.local.name, edits: [] };
    }
  }
  const last = imports.at(-1);
  const model = imports.find(({ source }) => hasCoreAsPeer(parseSpecifier(source.value)));
  if (!last || !model || isNameTaken(file, 'RunnableLambda')) return null;
  const beside = imports.find(({ importKind, source, specifiers }) => source.value === runnables && importKind !== 'type' && specifiers.at(-1)?.type === AST_NODE_TYPES.ImportSpecifier)?.specifiers.at(-1);
  if (beside) return { name: 'RunnableLambda', edits: [insertAt(beside.range[1], ', RunnableLambda')] };
  const quote = model.source.raw.charAt(0);
  const end = file.sourceCode.getLastToken(last)?.value === ';' ? ';' : '';
  return { name: 'RunnableLambda', edits: [insertAt(last.range[1], `\nimport { RunnableLambda } from ${quote}${runnables}${quote}${end}`)] };
});

/** Whether @langchain/core is installed beside the module: `langchain` itself is importable from 1.0 on, whose peer it is; the `langchain/…` modules are older. */
function hasCoreAsPeer(module: ModuleId | null): boolean {
  return module !== null && (module.package.startsWith('@langchain/') || module.package === 'deepagents' || (module.package === 'langchain' && module.subpath === ''));
}

function insertAt(position: number, text: string): Edit {
  return { range: [position, position], text };
}

function isNameTaken({ program, sourceCode }: LangChainFile, name: string): boolean {
  const scope = sourceCode.scopeManager?.acquire(program);
  return !scope || isNameKnown(scope, name);
}

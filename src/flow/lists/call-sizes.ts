import type { TSESTree } from '@typescript-eslint/utils';
import { getLastName } from '../../ast/calls.ts';
import { type FunctionNode, getKeyName, isFunction, unwrap } from '../../ast/nodes.ts';
import { findReturns, findYields } from '../../ast/returns.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { arrayMethods } from '../../facts/array-methods.ts';
import { defaultDocuments, vectorStoreMethods } from '../../facts/methods.ts';
import { findCall, type LangChainCall } from '../../langchain/calls.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { readLimitNumber } from '../../trace/numbers.ts';
import { findOption } from '../../trace/options.ts';
import { resolveFunction } from '../calls/functions.ts';
import { findTaken, isChunker, isListedSource } from '../calls/limiters.ts';
import { getPerItems } from '../calls/per-item.ts';
import { isKeyWritten } from './list-uses.ts';
import { findOutputSchema, findValidation, type Keys } from './schemas.ts';
import { least, most, type Size, sum, times } from './size-arithmetic.ts';
import { getKeyCount } from './type-sizes.ts';

/** The source of the sizes of the lists in a call. */
interface ListSizes {
  /** The size of the value at a path in a node. */
  of(node: TSESTree.Node, path: Keys): Size;
  ofElements(elements: readonly (TSESTree.Node | null)[]): Size;
  /** The largest value that a number can have. */
  ofNumber(node: TSESTree.Node): Size;
  /** The size of the list at a path in the data that a schema describes. */
  ofSchema(schema: TSESTree.Node, path: Keys): Size;
}

/** The sizes of the lists that calls and constructions return. */
export class CallSizes {
  readonly #file: LangChainFile;
  readonly #sizes: ListSizes;

  constructor(file: LangChainFile, sizes: ListSizes) {
    this.#file = file;
    this.#sizes = sizes;
  }

  ofCall(node: TSESTree.CallExpression, path: Keys): Size {
    const call = findCall(this.#file, node);
    if (call) return this.#ofLangChainCall(call, path);
    const fn = resolveFunction(this.#file, node.callee);
    if (fn) return this.#ofResult(fn, path);
    const validation = findValidation(this.#file, node, path);
    const validated = validation && this.#sizes.ofSchema(validation.schema, validation.keys);
    if (validated !== null) return validated;
    const callee = unwrap(node.callee);
    const trace = this.#file.trace(callee);
    if (trace.type === 'global') {
      const size = this.#ofGlobalCall(trace.name, node, path);
      if (size !== undefined) return size;
    }
    if (isListedSource(this.#file, node)) return path.length === 0 ? this.#sizes.ofElements(node.arguments) : null;
    if (isChunker(this.#file, node)) return path[0] === '*' && path.length === 1 ? 'unseen' : null;
    const taken = findTaken(this.#file, node);
    if (taken) return path.length === 0 ? this.#sizes.ofNumber(taken) : null;
    const size = callee.type === AST_NODE_TYPES.MemberExpression ? this.#ofMethodCall(node, callee, path) : null;
    if (size !== null || trace.type !== 'export' || path.length !== 1 || path[0] !== '*') return size;
    // `for (const part of inParts(docs, 20))`, from another module: a list and a number suggest a split into parts.
    return isCountedCall(this.#file, node) ? 'unseen' : null;
  }

  #ofGlobalCall(name: string, node: TSESTree.CallExpression, path: Keys): Size | undefined {
    const [first, second] = node.arguments;
    switch (name.replace(/^globalThis\./u, '')) {
      case 'Array':
        return first && node.arguments.length === 1 && path.length === 0
          ? this.#sizes.ofNumber(first)
          : this.#sizes.ofElements(node.arguments);
      case 'Array.from':
        if (!first) return 0;
        return path.length > 0 && second ? this.#ofResultOf(second, path) : this.#sizes.of(first, path);
      case 'Array.of':
        return path.length === 0 ? this.#sizes.ofElements(node.arguments) : null;
      case 'Object.entries':
      case 'Object.keys':
      case 'Object.values':
        if (!first) return null;
        return path.length === 0 ? this.ofKeys(first) : null;
      case 'Object.freeze':
      case 'Promise.all':
      case 'Promise.allSettled':
      case 'Promise.resolve':
      case 'structuredClone':
        return first ? this.#sizes.of(first, path) : null;
      default:
        return undefined;
    }
  }

  /** `{ length: n }`, which `Array.from` accepts as a list. */
  ofLength(object: TSESTree.ObjectExpression): Size {
    const length = findOption(this.#file, object, 'length');
    return length.is === 'given' ? this.#sizes.ofNumber(length.value) : null;
  }

  /** The keys of a literal object or an enum. */
  ofKeys(node: TSESTree.Node): Size {
    const expression = unwrap(node);
    const variable = this.#file.scopes.findVariable(expression);
    const definition = variable?.defs[0]?.node;
    if (definition?.type === AST_NODE_TYPES.TSEnumDeclaration) return definition.body.members.length;
    const typed = findAnnotation(variable?.defs[0]?.name);
    const count = typed ? getKeyCount(this.#file, typed) : null;
    if (count !== null) return count;
    const trace = this.#file.trace(expression);
    if (trace.type !== 'object' || variable?.references.some(({ identifier }) => isKeyWritten(identifier))) return null;
    const hasSpread = trace.node.properties.some((property) => property.type === AST_NODE_TYPES.SpreadElement);
    return hasSpread ? null : trace.node.properties.length;
  }

  #ofMethodCall(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, path: Keys): Size {
    const name = getKeyName(callee);
    if (name === null) return null;
    const [first, second] = node.arguments;
    const method = arrayMethods.get(name);
    if (path.length > 0) {
      if (method?.keepsElements) return this.#sizes.of(callee.object, path);
      return name === 'map' && first && path[0] === '*' ? this.#ofResultOf(first, path) : null;
    }
    if (name === 'filter' && first) return least([this.#sizes.of(callee.object, []), this.#ofKeptIndexes(first)]);
    if (method?.keepsLength) return this.#sizes.of(callee.object, []);
    switch (name) {
      case 'slice':
      case 'subarray':
        return this.#ofSlice(callee.object, first, second);
      case 'splice':
      case 'toSpliced':
        return name === 'splice' && second ? this.#sizes.ofNumber(second) : null;
      case 'split':
        return second ? this.#sizes.ofNumber(second) : null;
      case 'limit':
      case 'take':
        return first ? this.#sizes.ofNumber(first) : null;
      case 'findMany':
        return this.#ofPage(first);
      case 'toArray':
        return this.#sizes.of(callee.object, []);
      case 'flatMap': {
        const fn = first && resolveFunction(this.#file, first);
        return fn ? times(this.#sizes.of(callee.object, []), this.#ofResult(fn, [])) : null;
      }
      case 'concat':
        return sum([
          this.#sizes.of(callee.object, []),
          ...node.arguments.map((argument) => this.#ofConcatenated(argument)),
        ]);
      default:
        return null;
    }
  }

  /** `findMany({ take: 5 })` of Prisma, `findMany({ limit: 5 })` of Drizzle. */
  #ofPage(options: TSESTree.Node | undefined): Size {
    const object = options && unwrap(options);
    if (object?.type !== AST_NODE_TYPES.ObjectExpression) return null;
    return least(
      ['limit', 'take'].map((name) => {
        const option = findOption(this.#file, object, name);
        return option.is === 'given' ? this.#sizes.ofNumber(option.value) : null;
      }),
    );
  }

  /** `filter((_, index) => index < 5)` */
  #ofKeptIndexes(callback: TSESTree.Node): Size {
    if (!isFunction(callback)) return null;
    const [, index] = callback.params;
    const [test, ...others] = findReturns(callback, this.#file.sourceCode.visitorKeys).map(unwrap);
    if (
      index?.type !== AST_NODE_TYPES.Identifier ||
      test?.type !== AST_NODE_TYPES.BinaryExpression ||
      others.length > 0
    )
      return null;
    const isIndex = test.left.type === AST_NODE_TYPES.Identifier && test.left.name === index.name;
    if (!isIndex || (test.operator !== '<' && test.operator !== '<=')) return null;
    const limit = this.#sizes.ofNumber(test.right);
    return typeof limit === 'number' && test.operator === '<=' ? limit + 1 : limit;
  }

  #ofConcatenated(node: TSESTree.Node): Size {
    return node.type === AST_NODE_TYPES.SpreadElement ? null : this.#sizes.of(node, []);
  }

  #ofSlice(list: TSESTree.Node, start: TSESTree.Node | undefined, end: TSESTree.Node | undefined): Size {
    const whole = this.#sizes.of(list, []);
    const from = start ? readLimitNumber(this.#file, start) : 0;
    if (!end) return from !== null && from < 0 ? least([whole, -from]) : whole;
    const to = readLimitNumber(this.#file, end);
    if (to === Infinity || (to !== null && to < 0)) return whole;
    if (from !== null && from >= 0)
      return least([whole, to === null ? this.#sizes.ofNumber(end) : Math.max(0, to - from)]);
    return least([whole, start && this.#isPage(start) ? 'unseen' : this.#ofRange(start, end)]);
  }

  /** `slice(offset, offset + 20)` */
  #ofRange(start: TSESTree.Node | undefined, end: TSESTree.Node): Size {
    const sum = unwrap(end);
    if (!start || sum.type !== AST_NODE_TYPES.BinaryExpression || sum.operator !== '+') return 'unseen';
    const text = this.#file.getText(start);
    const step = [sum.left, sum.right].find((side) => this.#file.getText(side) !== text);
    return step ? this.#sizes.ofNumber(step) : 'unseen';
  }

  /** Whether a loop pages through a list, one part per pass. */
  #isPage(start: TSESTree.Node): boolean {
    return getPerItems(this.#file, start).length > 0;
  }

  ofNew(node: TSESTree.NewExpression, path: Keys): Size {
    const trace = this.#file.trace(node.callee);
    const first = node.arguments[0];
    if (trace.type !== 'global') return null;
    if (trace.name === 'Array' && path.length === 0)
      return first && node.arguments.length === 1
        ? this.#sizes.ofNumber(first)
        : this.#sizes.ofElements(node.arguments);
    if (trace.name !== 'Set' && trace.name !== 'Map') return null;
    return first ? this.#sizes.of(first, path) : path.length === 0 ? 0 : null;
  }

  /** The list that a function of the file returns or yields. */
  #ofResult(fn: FunctionNode, path: Keys): Size {
    if (fn.generator)
      return path[0] === '*'
        ? most(findYields(fn, this.#file.sourceCode.visitorKeys).map((value) => this.#sizes.of(value, path.slice(1))))
        : null;
    const results = findReturns(fn, this.#file.sourceCode.visitorKeys);
    return results.length === 0 ? null : most(results.map((value) => this.#sizes.of(value, path)));
  }

  #ofResultOf(callback: TSESTree.Node, path: Keys): Size {
    const fn = resolveFunction(this.#file, callback);
    return fn ? this.#ofResult(fn, path.slice(1)) : null;
  }

  #ofLangChainCall(call: LangChainCall, path: Keys): Size {
    const schema = findOutputSchema(call.receiver);
    if (schema && call.method === 'invoke')
      return this.#sizes.ofSchema(schema, path) ?? this.#sizes.ofSchema(schema, path.slice(1));
    if (path.length > 0) return null;
    if (call.method === 'batch') return call.input ? this.#sizes.of(call.input, []) : null;
    const size = vectorStoreMethods.get(call.method)?.size;
    if (size && size.form !== 'either') return this.#ofDocuments(call.node.arguments[size.argument], size.form);
    if (call.receiver.kind !== 'retriever' || (call.method !== 'invoke' && call.method !== 'getRelevantDocuments'))
      return null;
    return this.#ofRetrieved(call);
  }

  #ofRetrieved({ receiver: { builder, node } }: LangChainCall): Size {
    if (node.type !== AST_NODE_TYPES.CallExpression && node.type !== AST_NODE_TYPES.NewExpression) return 'unseen';
    const options = node.arguments[0];
    if (builder === 'asRetriever')
      return this.#ofDocuments(options, isNumeric(this.#file, options) ? 'number' : 'options');
    const k = options ? findOption(this.#file, options, 'k') : null;
    return k?.is === 'given' ? this.#sizes.ofNumber(k.value) : 'unseen';
  }

  #ofDocuments(argument: TSESTree.Node | undefined, form: 'number' | 'options'): Size {
    if (!argument) return defaultDocuments;
    if (form === 'number') return this.#sizes.ofNumber(argument);
    const k = findOption(this.#file, argument, 'k');
    if (k.is === 'given') return this.#sizes.ofNumber(k.value);
    return k.is === 'absent' ? defaultDocuments : 'unseen';
  }
}

// ── syntax ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function findAnnotation(name: TSESTree.Node | undefined): TSESTree.TypeNode | null {
  return name?.type === AST_NODE_TYPES.Identifier ? (name.typeAnnotation?.typeAnnotation ?? null) : null;
}

function isNumeric(file: LangChainFile, node: TSESTree.Node | undefined): boolean {
  return node !== undefined && readLimitNumber(file, node) !== null;
}

function isCountedCall(file: LangChainFile, node: TSESTree.CallExpression): boolean {
  const second = node.arguments[1];
  if (node.arguments.length !== 2 || !second) return false;
  if (readLimitNumber(file, second) !== null) return true;
  return /size|limit|count|concurrency|batch|chunk|max/iu.test(getLastName(second) ?? '');
}

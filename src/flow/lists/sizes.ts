import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getThisClass } from '../../ast/ancestors.ts';
import { findParameterIndex, getArgument } from '../../ast/calls.ts';
import { contains, type FunctionNode, getKeyName, isFunction, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { arrayMethods } from '../../facts/array-methods.ts';
import { Answers, type Part, Parts } from '../../memo.ts';
import { getWrites, isReassigned } from '../../trace/changes.ts';
import { findConstant } from '../../trace/constants.ts';
import { type LangChainFile, perFile } from '../../trace/file.ts';
import { readLimitNumber } from '../../trace/numbers.ts';
import { getCallSites, isPrivate } from '../calls/call-graph.ts';
import { climb, findCallbackUse, findInlineRun, type PerItem } from '../calls/callbacks.ts';
import { getPerItems } from '../calls/per-item.ts';
import { CallSizes } from './call-sizes.ts';
import { findChecks } from './checks.ts';
import { type Addition, findKeys, getGrownFields, getListUses, isEmptyList } from './list-uses.ts';
import { findMaximum, findToolSchema, type Keys } from './schemas.ts';
import { least, most, type Size, sum, times } from './size-arithmetic.ts';
import { getTypeSize, type TypeSources } from './type-sizes.ts';

export const getSizes = perFile((file) => new Sizes(file));

/** The maximum length of a path: `node = node.next` extends it each time. */
const maxKeys = 20;

/** A list made from itself is not short; one that is too many steps away is undetermined. */
const cut = { onCycle: null, tooDeep: 'unseen' } as const;

/** Fields of a message with the calls that one answer of a model asked for. */
const dispatchFields = new Set(['toolCalls', 'tool_calls']);

class Sizes {
  readonly #file: LangChainFile;
  readonly #types: TypeSources;
  readonly #calls: CallSizes;
  readonly #sizes = new Answers<Part, Size>(cut);
  readonly #parts = new Parts<TSESTree.Node>();
  readonly #variables = new Answers<Part, Size>(cut);
  readonly #variableParts = new Parts<TSESLint.Scope.Variable>();
  readonly #numbers = new Answers<TSESTree.Node, Size>({ onCycle: 'unseen', tooDeep: 'unseen' });

  constructor(file: LangChainFile) {
    this.#file = file;
    this.#types = {
      file,
      ofSchema: (schema, path) => this.ofSchema(schema, path),
      ofNumber: (node) => this.ofNumber(node),
    };
    this.#calls = new CallSizes(file, this);
  }

  /** The size of the value at a path in a node. */
  of(node: TSESTree.Node, path: Keys): Size {
    const expression = unwrap(node);
    if (dispatchFields.has(path.at(-1) ?? '')) return 'unseen';
    if (path.length > maxKeys) return null;
    return this.#sizes.find(this.#parts.get(expression, path.join('\0')), () =>
      least([this.#compute(expression, path), ...(path.length === 0 ? this.#ofChecks(expression) : [])]),
    );
  }

  /** The checks of the code around or before a list. */
  #ofChecks(list: TSESTree.Node): readonly Size[] {
    if (list.type !== AST_NODE_TYPES.Identifier && list.type !== AST_NODE_TYPES.MemberExpression) return [];
    return findChecks(this.#file, list).map(({ isBelow, limit }) => {
      const size = this.ofNumber(limit);
      return typeof size === 'number' && isBelow ? size - 1 : size;
    });
  }

  ofPerItem({ iterated, node }: PerItem): Size {
    switch (node.type) {
      case AST_NODE_TYPES.ForInStatement:
        return this.#calls.ofKeys(node.right);
      case AST_NODE_TYPES.ForStatement:
        return node.test ? this.#ofTest(node.test) : null;
      case AST_NODE_TYPES.DoWhileStatement:
      case AST_NODE_TYPES.WhileStatement:
        return this.#ofTest(node.test);
      default:
        return iterated ? this.of(iterated, []) : null;
    }
  }

  /** How often a loop with a counter runs: `i < n`. */
  #ofTest(test: TSESTree.Node): Size {
    const condition = unwrap(test);
    if (condition.type === AST_NODE_TYPES.LogicalExpression && condition.operator === '&&')
      return least([this.#ofTest(condition.left), this.#ofTest(condition.right)]);
    if (
      condition.type !== AST_NODE_TYPES.BinaryExpression ||
      (condition.operator !== '<' && condition.operator !== '<=')
    )
      return null;
    const limit = this.ofNumber(condition.right);
    // `for (let start = 0; start <= end; …)` with `end` from elsewhere counts as `i < n`.
    return typeof limit === 'number' && condition.operator === '<=' ? limit + 1 : limit;
  }

  /** The largest value that a number can have, as a count of elements: a length is as large as its list. */
  ofNumber(node: TSESTree.Node): Size {
    return this.#numbers.find(unwrap(node), (expression) => this.#computeNumber(expression));
  }

  #computeNumber(expression: TSESTree.Node): Size {
    const value = readLimitNumber(this.#file, expression);
    if (value !== null) return value === Infinity ? null : value;
    switch (expression.type) {
      case AST_NODE_TYPES.MemberExpression: {
        const name = getKeyName(expression);
        return name === 'length' || name === 'size' ? this.of(expression.object, []) : 'unseen';
      }
      case AST_NODE_TYPES.BinaryExpression:
        return most([expression.left, expression.right].map((side) => this.ofNumber(side)));
      case AST_NODE_TYPES.Identifier: {
        const initial = findConstant(this.#file, expression);
        return initial ? this.ofNumber(initial) : 'unseen';
      }
      case AST_NODE_TYPES.CallExpression: {
        const trace = this.#file.trace(expression.callee);
        if (trace.type !== 'global' || !trace.name.startsWith('Math.')) return 'unseen';
        const sizes = expression.arguments.map((argument) => this.ofNumber(argument));
        return trace.name === 'Math.min' ? least(sizes) : most(sizes);
      }
      case AST_NODE_TYPES.ConditionalExpression:
        return most([this.ofNumber(expression.consequent), this.ofNumber(expression.alternate)]);
      default:
        return 'unseen';
    }
  }

  #compute(node: TSESTree.Node, path: Keys): Size {
    const [key, ...rest] = path;
    switch (node.type) {
      case AST_NODE_TYPES.ArrayExpression:
        return key === undefined ? this.ofElements(node.elements) : this.#ofElementsAt(node, key, rest);
      case AST_NODE_TYPES.ObjectExpression:
        return key === undefined ? this.#calls.ofLength(node) : this.#ofProperty(node, key, rest);
      case AST_NODE_TYPES.Identifier:
        return this.#ofIdentifier(node, path);
      case AST_NODE_TYPES.MemberExpression:
        return this.#ofMember(node, path);
      case AST_NODE_TYPES.AwaitExpression:
        return this.of(node.argument, path);
      case AST_NODE_TYPES.CallExpression:
        return this.#calls.ofCall(node, path);
      case AST_NODE_TYPES.NewExpression:
        return this.#calls.ofNew(node, path);
      case AST_NODE_TYPES.AssignmentExpression:
        return this.of(node.right, path);
      case AST_NODE_TYPES.ConditionalExpression:
        return most([this.of(node.consequent, path), this.of(node.alternate, path)]);
      case AST_NODE_TYPES.LogicalExpression:
        return node.operator === '&&'
          ? this.of(node.right, path)
          : most([this.of(node.left, path), this.of(node.right, path)]);
      default:
        return null;
    }
  }

  ofElements(elements: readonly (TSESTree.Node | null)[]): Size {
    return sum(
      elements.map((element) => (element?.type === AST_NODE_TYPES.SpreadElement ? this.of(element.argument, []) : 1)),
    );
  }

  #ofElementsAt(node: TSESTree.ArrayExpression, key: string, rest: Keys): Size {
    if (key !== '*') {
      const element = node.elements[Number(key)];
      return element && element.type !== AST_NODE_TYPES.SpreadElement ? this.of(element, rest) : null;
    }
    return most(
      node.elements.map((element) => {
        if (!element) return null;
        return element.type === AST_NODE_TYPES.SpreadElement
          ? this.of(element.argument, ['*', ...rest])
          : this.of(element, rest);
      }),
    );
  }

  #ofProperty(object: TSESTree.ObjectExpression, key: string, rest: Keys): Size {
    for (const property of object.properties.toReversed()) {
      if (property.type === AST_NODE_TYPES.SpreadElement) {
        const size = this.of(property.argument, [key, ...rest]);
        if (size !== null) return size;
      } else if (getKeyName(property) === key || key === '*') {
        return this.of(property.value, rest);
      }
    }
    return null;
  }

  // ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #ofIdentifier(node: TSESTree.Identifier, path: Keys): Size {
    const variable = this.#file.scopes.findVariable(node);
    const definition = variable?.defs[0];
    if (!variable) return null;
    if (definition?.type === 'ImportBinding') return this.#ofImported(node, path);
    return this.#variables.find(this.#variableParts.get(variable, path.join('\0')), () =>
      this.#ofDefined(variable, path),
    );
  }

  #ofDefined(variable: TSESLint.Scope.Variable, path: Keys): Size {
    const definition = variable.defs[0];
    switch (definition?.type) {
      case 'Variable':
        return this.#ofVariable(variable, definition.node, definition.name, path);
      case 'Parameter':
        return this.#ofParameter(variable, definition.node, definition.name, path);
      default:
        return null;
    }
  }

  #ofImported(node: TSESTree.Node, path: Keys): Size {
    const imported = this.#file.findImportedNode(node);
    return imported && this.of(imported, path);
  }

  #ofVariable(
    variable: TSESLint.Scope.Variable,
    declarator: TSESTree.VariableDeclarator,
    name: TSESTree.Node,
    path: Keys,
  ): Size {
    const annotated = this.#ofAnnotation(name, path);
    if (annotated !== null) return annotated;
    const way = findKeys(declarator.id, name);
    if (!way) return null;
    const loop = declarator.parent.parent;
    if (loop.type === AST_NODE_TYPES.ForOfStatement && loop.left === declarator.parent)
      return this.of(loop.right, ['*', ...way, ...path]);
    const writes = getWrites(variable);
    const values = writes.map(({ identifier }) =>
      identifier.parent.type === AST_NODE_TYPES.AssignmentExpression && identifier.parent.left === identifier
        ? identifier.parent.right
        : null,
    );
    if (values.includes(null)) return null;
    const initial = declarator.init ? [this.of(declarator.init, [...way, ...path])] : [];
    const sizes = [...initial, ...values.map((value) => (value ? this.of(value, path) : null))];
    if (sizes.length === 0) return null;
    const size = most(sizes);
    if (path.length > 0)
      return path[0] === '*'
        ? most([...(isEmptyList(declarator.init) ? [] : [size]), ...this.#grownElements(variable, path.slice(1))])
        : size;
    if (way.length > 0) return size;
    return getListUses(variable).isFlushed ? 'unseen' : this.#grown(variable, declarator, size);
  }

  /** Including the elements that are pushed to it. */
  #grown(variable: TSESLint.Scope.Variable, declarator: TSESTree.VariableDeclarator, size: Size): Size {
    const sizes: Size[] = [size];
    const { additions, isHandedOn } = getListUses(variable);
    // An empty list that is passed on is there to be filled.
    if (isHandedOn && isEmptyList(declarator.init)) return null;
    for (const addition of additions) sizes.push(this.#ofGrowth(addition, variable.scope.block));
    const total = sum(sizes);
    // An empty list to which nothing is added here is filled elsewhere.
    return total === 0 ? null : total;
  }

  #ofGrowth({ added, node }: Addition, block: TSESTree.Node): Size {
    return times(this.ofElements(added), this.#timesRun(node, block, new Set()));
  }

  /**
   * How often a place in a function is reached in one run of the function; null where other code can call a function in
   * between.
   */
  #timesRun(node: TSESTree.Node, block: TSESTree.Node, visited: ReadonlySet<FunctionNode>): Size {
    const perItems = getPerItems(this.#file, node).filter(
      (perItem) => contains(block, perItem.node) && block !== perItem.callback,
    );
    const own = perItems.reduce<Size>((size, perItem) => times(size, this.ofPerItem(perItem)), 1);
    const { top } = climb(this.#file, node);
    if (top === null || top === block || !contains(block, top)) return own;
    if (visited.has(top) || !isPrivate(this.#file, top)) return null;
    const calls = getCallSites(this.#file, top).map(({ argument, call }) => {
      const use = argument === null ? null : findCallbackUse(this.#file, call, argument);
      return times(
        use?.iterated ? this.of(use.iterated, []) : 1,
        this.#timesRun(call, block, new Set([...visited, top])),
      );
    });
    return times(own, sum(calls));
  }

  #grownElements(variable: TSESLint.Scope.Variable, path: Keys): Size[] {
    return getListUses(variable).additions.flatMap(({ added }) =>
      added.map((element) =>
        element.type === AST_NODE_TYPES.SpreadElement
          ? this.of(element.argument, ['*', ...path])
          : this.of(element, path),
      ),
    );
  }

  #ofParameter(variable: TSESLint.Scope.Variable, fn: TSESTree.Node, name: TSESTree.Node, path: Keys): Size {
    if (!isFunction(fn) || isReassigned(variable)) return null;
    const index = findParameterIndex(fn, name);
    const parameter = fn.params[index];
    const way = parameter && findKeys(parameter, name);
    if (!way) return null;
    const whole = [...way, ...path];
    return (
      this.#ofAnnotation(name, path) ??
      this.#ofAnnotation(parameter, whole) ??
      (index === 0 ? this.#ofToolInput(fn, whole) : null) ??
      this.#ofItem(fn, index, whole) ??
      this.#ofGiven(fn, index, whole)
    );
  }

  /** The input of a tool's function is what its schema allows. */
  #ofToolInput(fn: FunctionNode, path: Keys): Size {
    const schema = findToolSchema(this.#file, fn);
    return schema && this.ofSchema(schema, path);
  }

  /** `chunks.map((chunk) => …)` */
  #ofItem(fn: FunctionNode, index: number, path: Keys): Size {
    const run = findInlineRun(this.#file, fn);
    if (run?.use.times !== 'perItem' || !run.use.iterated) return null;
    const callee = run.site.call.type === AST_NODE_TYPES.CallExpression ? unwrap(run.site.call.callee) : null;
    const name = callee?.type === AST_NODE_TYPES.MemberExpression ? getKeyName(callee) : null;
    const element = arrayMethods.get(name ?? '')?.element === 'second' ? 1 : 0;
    return index === element ? this.of(run.use.iterated, ['*', ...path]) : null;
  }

  /** The arguments of the calls of a function that only this file can call. */
  #ofGiven(fn: FunctionNode, index: number, path: Keys): Size {
    if (!isPrivate(this.#file, fn)) return null;
    const sites = getCallSites(this.#file, fn);
    if (sites.length === 0) return null;
    return most(
      sites.map(({ argument, call }) => {
        if (argument !== null) {
          const use = index === 0 ? findCallbackUse(this.#file, call, argument) : null;
          return use?.iterated ? this.of(use.iterated, ['*', ...path]) : null;
        }
        const given = getArgument(call, index);
        return given && this.of(given, path);
      }),
    );
  }

  #ofMember(node: TSESTree.MemberExpression, path: Keys): Size {
    const name = getKeyName(node);
    if (name === null) return this.of(node.object, ['*', ...path]);
    if (path.length === 0 && dispatchFields.has(name)) return 'unseen';
    const trace = this.#file.trace(node);
    if (trace.type === 'array')
      return trace.node.elements.length === 0 || this.#isGrownField(node) ? null : this.of(trace.node, path);
    const typed = trace.type === 'typed' ? getTypeSize(this.#types, trace.node, path) : null;
    return typed ?? this.of(node.object, [name, ...path]);
  }

  #isGrownField(node: TSESTree.MemberExpression): boolean {
    const name = getKeyName(node);
    const classNode = node.object.type === AST_NODE_TYPES.ThisExpression ? getThisClass(node.object) : null;
    return classNode !== null && name !== null && getGrownFields(this.#file, classNode).has(name);
  }

  // ── types and schemas ────────────────────────────────────────────────────────────────────────────────────────────

  ofSchema(schema: TSESTree.Node, path: Keys): Size {
    const maximum = findMaximum(this.#file, schema, path);
    if (!maximum) return null;
    return unwrap(maximum).type === AST_NODE_TYPES.ArrayExpression ? this.of(maximum, []) : this.ofNumber(maximum);
  }

  #ofAnnotation(pattern: TSESTree.Node, path: Keys): Size {
    const target = pattern.type === AST_NODE_TYPES.AssignmentPattern ? pattern.left : pattern;
    if (!('typeAnnotation' in target) || target.typeAnnotation?.type !== AST_NODE_TYPES.TSTypeAnnotation) return null;
    return getTypeSize(this.#types, target.typeAnnotation.typeAnnotation, path);
  }
}

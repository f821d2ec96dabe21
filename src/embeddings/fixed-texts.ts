import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { type Call, getMemberRoot, getMethodName } from '../ast/calls.ts';
import { findForOf } from '../ast/loops.ts';
import { contains, type FunctionNode, getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { ExportRef } from '../facts/export-ref.ts';
import { type Exports, folders, pure, queryPackages, readers } from '../facts/packages/contents.ts';
import { findCalled } from '../flow/calls/call-graph.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { findCall } from '../langchain/calls.ts';
import { Answers, type Part, Parts } from '../memo.ts';
import { findMutation } from '../trace/changes.ts';
import { findConstant } from '../trace/constants.ts';
import { findFieldValue } from '../trace/fields.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isExport } from '../trace/imports.ts';
import { isAnywhere } from '../trace/nodes.ts';
import type { LangChainValue } from '../trace/value.ts';
import { readRows } from './rows.ts';

/**
 * Whether a value is made only of literals and of files with constant names, so it is the same in each run: `['a',
 * 'b']`, a constant of the module, the result of a loader for `'data/faq.txt'`, and the results of splitters, parsers,
 * `map()` and functions of the project for these.
 * @param via The calls of functions of the file that lead to the value, outermost first.
 * @param takesRows Whether database rows count if nothing in the request selects them.
 */
export function isFixed(file: LangChainFile, value: TSESTree.Node, via: readonly Call[], takesRows: boolean): boolean {
  const given = new Map<TSESTree.Node, Call>();
  for (const call of via) {
    const fn = findCalled(file, call);
    if (fn) given.set(fn, call);
  }
  return new FixedTexts(file, given, takesRows).isFixed(value);
}

const globals = new Set([
  'Array.from',
  'Buffer.from',
  'Deno.readTextFile',
  'JSON.parse',
  'JSON.stringify',
  'Object.entries',
  'Object.keys',
  'Object.values',
  'Number',
  'Promise.all',
  'String',
  'process.cwd',
  'structuredClone',
]);

const methods = new Set([
  ...[
    'at',
    'concat',
    'endsWith',
    'entries',
    'filter',
    'flat',
    'flatMap',
    'includes',
    'join',
    'keys',
    'map',
    'replace',
    'replaceAll',
    'reverse',
    'slice',
    'sort',
    'split',
    'startsWith',
    'substring',
    'toLowerCase',
    'toSorted',
    'toString',
    'toUpperCase',
    'trim',
    'trimEnd',
    'trimStart',
    'values',
  ],
]);

const loading = new Set(['load', 'loadAndSplit']);

/** Code that writes files, or accepts uploads: a file with a constant name may then hold data of a request. */
const writing =
  /\b(?:busboy|createWriteStream|formidable|multer|outputFile|writeFile|writeFileSync|writeTextFile|Bun\.write)\b|['"`\/](?:tmp|uploads?)\b/iu;

class FixedTexts {
  readonly #file: LangChainFile;
  /** The arguments of the functions on the way. */
  readonly #given: ReadonlyMap<TSESTree.Node, Call>;
  /** The parameters of callbacks and functions that receive fixed values. */
  readonly #fixed = new Set<TSESTree.Node>();
  readonly #areFilesFixed: boolean;
  readonly #takesRows: boolean;
  readonly #answers = new Answers<Part, boolean>({ onCycle: false, tooDeep: false });
  readonly #parts = new Parts<TSESTree.Node>();

  constructor(file: LangChainFile, given: ReadonlyMap<TSESTree.Node, Call>, takesRows: boolean) {
    this.#file = file;
    this.#given = given;
    this.#takesRows = takesRows;
    this.#areFilesFixed = !writing.test(file.sourceCode.text);
  }

  isFixed(node: TSESTree.Node): boolean {
    const value = unwrap(node);
    // The value of a parameter depends on the entered functions around it.
    const around = [...this.#fixed].filter((fn) => contains(fn, value)).length;
    return this.#answers.find(this.#parts.get(value, String(around)), () => this.#isFixedNode(value));
  }

  #areFixed(nodes: readonly (TSESTree.Node | null)[]): boolean {
    return nodes.every((node) => node === null || this.isFixed(node));
  }

  #isFixedNode(node: TSESTree.Node): boolean {
    switch (node.type) {
      case AST_NODE_TYPES.Literal:
      case AST_NODE_TYPES.MetaProperty:
        return true;
      case AST_NODE_TYPES.TemplateLiteral:
        return this.#areFixed(node.expressions);
      case AST_NODE_TYPES.ArrayExpression:
        return this.#areFixed(node.elements);
      case AST_NODE_TYPES.ObjectExpression:
        return node.properties.every((property) =>
          this.isFixed(property.type === AST_NODE_TYPES.SpreadElement ? property.argument : property.value),
        );
      case AST_NODE_TYPES.AwaitExpression:
      case AST_NODE_TYPES.SpreadElement:
        return this.isFixed(node.argument);
      case AST_NODE_TYPES.BinaryExpression:
      case AST_NODE_TYPES.LogicalExpression:
        return this.#areFixed([node.left, node.right]);
      case AST_NODE_TYPES.Identifier:
        return this.#isFixedName(node);
      case AST_NODE_TYPES.UnaryExpression:
        return this.isFixed(node.argument);
      case AST_NODE_TYPES.ConditionalExpression:
        return this.#areFixed([node.test, node.consequent, node.alternate]);
      case AST_NODE_TYPES.MemberExpression:
        return this.#isFixedMember(node);
      case AST_NODE_TYPES.TaggedTemplateExpression:
        return this.#isFixedRead(node);
      case AST_NODE_TYPES.NewExpression:
        return this.#isFixedConstruction(node);
      case AST_NODE_TYPES.CallExpression:
        return this.#isFixedCall(node);
      default:
        return false;
    }
  }

  #isFixedMember(node: TSESTree.MemberExpression): boolean {
    if (this.#isEnvironment(node)) return true;
    if (unwrap(node.object).type !== AST_NODE_TYPES.ThisExpression)
      return this.#areFixed(node.computed ? [node.object, node.property] : [node.object]);
    const field = findFieldValue(this.#file, node);
    return field !== null && findMutation(node) === null && this.isFixed(field);
  }

  /** `process.env.FAQ_PATH` */
  #isEnvironment(node: TSESTree.MemberExpression): boolean {
    const trace = this.#file.trace(node);
    return trace.type === 'global' && trace.name.startsWith('process.env.');
  }

  #isFixedName(node: TSESTree.Identifier): boolean {
    const variable = this.#file.scopes.findVariable(node);
    const definition = variable?.defs[0];
    if (!variable || !definition)
      return node.name === '__dirname' || node.name === '__filename' || node.name === 'undefined';
    switch (definition.type) {
      case 'ImportBinding': {
        if (
          definition.parent.type === AST_NODE_TYPES.ImportDeclaration &&
          definition.parent.source.value.endsWith('.json')
        )
          return true;
        const imported = this.#file.findImportedNode(node);
        return imported !== null && imported !== node && this.isFixed(imported);
      }
      case 'Parameter':
        return this.#isFixedParameter(definition.node, definition.name);
      case 'Variable': {
        const list = findForOf(definition.node)?.right ?? definition.node.init;
        return list !== null && this.#isUnchanged(variable) && this.isFixed(list);
      }
      default:
        return false;
    }
  }

  #isFixedParameter(fn: TSESTree.Node, name: TSESTree.Node): boolean {
    if (this.#fixed.has(fn)) return true;
    const given = isFunction(fn)
      ? this.#given.get(fn)?.arguments[fn.params.findIndex((parameter) => parameter === name)]
      : undefined;
    return given !== undefined && this.isFixed(given);
  }

  /**
   * `new Document({ pageContent: 'Open on weekdays' })`, `new TextLoader('data/faq.txt')`, `new URL('./faq.md',
   * import.meta.url)`
   */
  #isFixedConstruction(node: TSESTree.NewExpression): boolean {
    const trace = this.#file.trace(node);
    if (trace.type === 'langchain')
      return (trace.value.kind === 'document' || isFileLoader(trace.value)) && this.#areFixed(node.arguments);
    const callee = this.#file.trace(node.callee);
    return (
      callee.type === 'global' && (callee.name === 'URL' || callee.name === 'Set') && this.#areFixed(node.arguments)
    );
  }

  #isFixedCall(node: TSESTree.CallExpression): boolean {
    const call = findCall(this.#file, node);
    if (call) {
      const { method, receiver } = call;
      if (receiver.kind === 'textSplitter') return this.#areFixed(node.arguments.slice(0, 1));
      return (
        this.#areFilesFixed &&
        loading.has(method) &&
        isFileLoader(receiver) &&
        receiver.node.type === AST_NODE_TYPES.NewExpression &&
        this.#areFixed(receiver.node.arguments.slice(0, 1))
      );
    }
    const callee = unwrap(node.callee);
    const fn = resolveFunction(this.#file, callee);
    if (fn) return this.#isFixedResult(fn, node.arguments);
    const trace = this.#file.trace(callee);
    if (trace.type === 'global' && globals.has(trace.name)) return this.#areValuesFixed(node.arguments);
    if (trace.type === 'export' && this.#isFixedExport(trace.export, node.arguments)) return true;
    const isFixedMethod =
      callee.type === AST_NODE_TYPES.MemberExpression &&
      methods.has(getKeyName(callee) ?? '') &&
      this.isFixed(callee.object) &&
      this.#areValuesFixed(node.arguments);
    return isFixedMethod || this.#isFixedRead(node);
  }

  /**
   * The result of a package's function for fixed values: a path, the content of a file or folder, or what a parser
   * finds in that.
   */
  #isFixedExport(ref: ExportRef, given: readonly TSESTree.Node[]): boolean {
    if (isOneOf(ref, pure)) return this.#areFixed(given);
    if (isOneOf(ref, readers) || isOneOf(ref, folders)) return this.#areFilesFixed && this.#areFixed(given);
    const [content] = given;
    return content !== undefined && !ref.source.startsWith('.') && this.#holdsFile(content) && this.#areFixed(given);
  }

  /** Whether a value holds the content of a file: `await readFile(path)`, `{ buffer }`. */
  #holdsFile(node: TSESTree.Node): boolean {
    return isAnywhere(this.#file, node, (inner) => {
      const value = inner.type === AST_NODE_TYPES.Identifier ? findConstant(this.#file, inner) : inner;
      const read = value && unwrap(value.type === AST_NODE_TYPES.AwaitExpression ? value.argument : value);
      const trace = read?.type === AST_NODE_TYPES.CallExpression ? this.#file.trace(read.callee) : null;
      return trace?.type === 'export' && isOneOf(trace.export, readers);
    });
  }

  /** Rows of the program's database, if nothing in the request selects them. */
  #isFixedRead(node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): boolean {
    const rows = this.#takesRows ? readRows(node) : null;
    return rows !== null && this.#isOfProgram(rows.database) && rows.given.every((each) => this.#isQuery(each));
  }

  /** `db`, `this.articles`, and values made from them in the function: `const db = client.db('shop')`. */
  #isOfProgram(node: TSESTree.Node): boolean {
    const expression = unwrap(node);
    switch (expression.type) {
      case AST_NODE_TYPES.MemberExpression:
        return unwrap(expression.object).type === AST_NODE_TYPES.ThisExpression || this.#isOfProgram(expression.object);
      case AST_NODE_TYPES.AwaitExpression:
        return this.#isOfProgram(expression.argument);
      case AST_NODE_TYPES.CallExpression:
        return this.#isOfProgram(expression.callee) && expression.arguments.every((each) => this.#isQuery(each));
      case AST_NODE_TYPES.NewExpression:
        return expression.arguments.every((each) => this.#isQuery(each));
      case AST_NODE_TYPES.Identifier: {
        const definition = this.#file.scopes.findVariable(expression)?.defs[0];
        if (definition?.type === 'Parameter') return false;
        if (definition?.type !== 'Variable' || getEnclosingFunction(definition.node) === null) return true;
        return definition.node.init !== null && this.#isOfProgram(definition.node.init);
      }
      default:
        return false;
    }
  }

  /** A query that is the same in each run: it names tables, columns and functions that build queries. */
  #isQuery(node: TSESTree.Node): boolean {
    return !isAnywhere(this.#file, node, (inner) => {
      if (inner.type === AST_NODE_TYPES.ThisExpression) return true;
      if (inner.type === AST_NODE_TYPES.CallExpression) return !this.#writesQuery(inner, node);
      return inner.type === AST_NODE_TYPES.Identifier && !this.#isOutside(inner, node);
    });
  }

  /** `eq(articles.published, true)`, `table.column.isNull()`, `(builder) => builder.where(…)` */
  #writesQuery({ callee }: TSESTree.CallExpression, query: TSESTree.Node): boolean {
    const trace = this.#file.trace(callee);
    if (trace.type === 'export') return queryPackages.has(trace.export.source);
    const root = getMemberRoot(callee);
    return root !== unwrap(callee) && root.type === AST_NODE_TYPES.Identifier && this.#isOutside(root, query);
  }

  /** Whether a name in a query belongs to the module or to the query itself, or has a fixed value. */
  #isOutside(name: TSESTree.Identifier, query: TSESTree.Node): boolean {
    const variable = this.#file.scopes.findVariable(name);
    const definition = variable?.defs[0];
    if (!variable || !definition) return true;
    const isOfModule = getEnclosingFunction(definition.node) === null && definition.type !== 'Parameter';
    return isOfModule || contains(query, definition.name) || this.isFixed(name);
  }

  /**
   * Whether a variable is never reassigned or added to after its declaration, except for fixed values in the scope that
   * declares it.
   */
  #isUnchanged(variable: TSESLint.Scope.Variable): boolean {
    return (
      variable.defs.length === 1 &&
      variable.references.every((reference) => {
        if (reference.isWrite() && reference.init !== true) return false;
        const change = findMutation(reference.identifier);
        return change === null || this.#isFixedAddition(change, variable);
      })
    );
  }

  /** `for (const name of names) { …; docs.push(new Document({ pageContent })); }` */
  #isFixedAddition(change: TSESTree.Node, variable: TSESLint.Scope.Variable): boolean {
    const owner = variable.defs[0] && getEnclosingFunction(variable.defs[0].node);
    if (!owner || change.type !== AST_NODE_TYPES.CallExpression || getMethodName(change) !== 'push') return false;
    const callbacks: TSESTree.Node[] = [];
    for (
      let node: TSESTree.Node = change, parent = change.parent as TSESTree.Node | undefined;
      parent && node !== owner;
    ) {
      if (!this.#areFixed(getConditions(parent, node))) return false;
      if (isFunction(node)) callbacks.push(node);
      [node, parent] = [parent, parent.parent];
    }
    return this.#areAddedBy(change, callbacks);
  }

  /** Whether an added value is fixed, given that the callbacks around it receive elements of fixed lists. */
  #areAddedBy(change: TSESTree.CallExpression, callbacks: readonly TSESTree.Node[]): boolean {
    const [outer, ...inner] = callbacks.toReversed();
    if (!outer) return this.#areValuesFixed(change.arguments);
    const call = outer.parent;
    const list = call?.type === AST_NODE_TYPES.CallExpression ? unwrap(call.callee) : null;
    if (list?.type !== AST_NODE_TYPES.MemberExpression || !this.isFixed(list.object) || this.#fixed.has(outer))
      return false;
    this.#fixed.add(outer);
    const areFixed = this.#areAddedBy(change, inner.toReversed());
    this.#fixed.delete(outer);
    return areFixed;
  }

  /** Arguments of which some may be callbacks. */
  #areValuesFixed(nodes: readonly TSESTree.Node[]): boolean {
    return nodes.every((node) => {
      const fn = resolveFunction(this.#file, node);
      return fn ? this.#isFixedRun(fn) : this.isFixed(node);
    });
  }

  #isFixedResult(fn: FunctionNode, given: readonly TSESTree.Node[]): boolean {
    return this.#areValuesFixed(given) && this.#isFixedRun(fn);
  }

  /** Whether a function returns fixed values for fixed arguments. */
  #isFixedRun(fn: FunctionNode): boolean {
    if (fn.generator || this.#fixed.has(fn)) return false;
    this.#fixed.add(fn);
    const results = findReturns(fn, this.#file.sourceCode.visitorKeys);
    const isFixed = results.length > 0 && this.#areFixed(results);
    this.#fixed.delete(fn);
    return isFixed;
  }
}

/** TextLoader, PDFLoader, DirectoryLoader, but no loader that reads from the web. */
function isFileLoader({ entry, kind }: LangChainValue): boolean {
  return kind === 'loader' && entry?.net === 'local';
}

/** The conditions under which a part of a statement runs: the test of an `if`, or the earlier ones that may leave. */
function getConditions(parent: TSESTree.Node, part: TSESTree.Node): readonly TSESTree.Node[] {
  if (parent.type === AST_NODE_TYPES.IfStatement) return parent.test === part ? [] : [parent.test];
  if (parent.type === AST_NODE_TYPES.ConditionalExpression) return parent.test === part ? [] : [parent.test];
  if (parent.type === AST_NODE_TYPES.LogicalExpression) return parent.right === part ? [parent.left] : [];
  if (parent.type !== AST_NODE_TYPES.BlockStatement) return [];
  return parent.body.flatMap((statement) =>
    statement.type === AST_NODE_TYPES.IfStatement && statement.range[1] <= part.range[0] ? [statement.test] : [],
  );
}

function isOneOf(ref: ExportRef, exports: readonly Exports[]): boolean {
  return exports.some(({ names, sources }) => isExport(ref, sources, names));
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../ast/calls.ts';
import { contains, type FunctionNode, getKeyName, isFunction, unwrap } from '../ast/nodes.ts';
import { findReturns } from '../ast/returns.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { findCalled } from '../flow/calls/call-graph.ts';
import { resolveFunction } from '../flow/calls/functions.ts';
import { findMutation } from '../flow/lifetime/mutation.ts';
import { findCall } from '../langchain/calls.ts';
import { Answers, type Part, Parts } from '../memo.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isExport } from '../trace/imports.ts';
import type { LangChainValue } from '../trace/value.ts';

/**
 * Whether a value is made of literals and of files with constant names only, so that each run gets the same: `['a',
 * 'b']`, a constant of the module, what a loader reads from `'data/faq.txt'`, and what splitters, `map()` and functions
 * of the project make of these.
 * @param via The calls of functions of the file that lead to the value, outermost first.
 */
export function isFixed(file: LangChainFile, value: TSESTree.Node, via: readonly Call[]): boolean {
  const given = new Map<TSESTree.Node, Call>();
  for (const call of via) {
    const fn = findCalled(file, call);
    if (fn) given.set(fn, call);
  }
  return new FixedTexts(file, given).isFixed(value);
}

const readers: readonly { readonly sources: readonly string[]; readonly names: readonly string[] }[] = [
  {
    sources: ['fs', 'fs-extra', 'graceful-fs'],
    names: [
      'promises.readFile',
      'readFile',
      'readFileSync',
      'default.promises.readFile',
      'default.readFile',
      'default.readFileSync',
    ],
  },
  { sources: ['fs/promises'], names: ['readFile', 'default.readFile'] },
];

/** Functions that give the same for the same arguments. */
const pure: readonly { readonly sources: readonly string[]; readonly names: readonly string[] }[] = [
  {
    sources: ['path', 'path/posix'],
    names: ['join', 'resolve', 'dirname', 'default.join', 'default.resolve', 'default.dirname'],
  },
  { sources: ['url'], names: ['fileURLToPath', 'default.fileURLToPath'] },
];

const globals = new Set([
  'Array.from',
  'Deno.readTextFile',
  'JSON.parse',
  'JSON.stringify',
  'Object.entries',
  'Object.keys',
  'Object.values',
  'Promise.all',
  'String',
  'process.cwd',
  'structuredClone',
]);

const methods = new Set([
  ...[
    'at',
    'concat',
    'filter',
    'flat',
    'flatMap',
    'join',
    'map',
    'replace',
    'replaceAll',
    'slice',
    'split',
    'substring',
    'toLowerCase',
    'toString',
    'toUpperCase',
    'trim',
    'trimEnd',
    'trimStart',
  ],
]);

const loading = new Set(['load', 'loadAndSplit']);

/** What writes files, or takes uploads: then a file of a constant name may hold what a request has brought. */
const writing =
  /\b(?:busboy|createWriteStream|formidable|multer|outputFile|writeFile|writeFileSync|writeTextFile|Bun\.write)\b|['"`\/](?:tmp|uploads?)\b/iu;

class FixedTexts {
  readonly #file: LangChainFile;
  /** What the functions on the way are called with. */
  readonly #given: ReadonlyMap<TSESTree.Node, Call>;
  /** The parameters of callbacks and functions that get fixed values. */
  readonly #fixed = new Set<TSESTree.Node>();
  readonly #areFilesFixed: boolean;
  readonly #answers = new Answers<Part, boolean>({ onCycle: false, tooDeep: false });
  readonly #parts = new Parts<TSESTree.Node>();

  constructor(file: LangChainFile, given: ReadonlyMap<TSESTree.Node, Call>) {
    this.#file = file;
    this.#given = given;
    this.#areFilesFixed = !writing.test(file.sourceCode.text);
  }

  isFixed(node: TSESTree.Node): boolean {
    const value = unwrap(node);
    // What a parameter is depends on the functions around it that are looked into.
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
      case AST_NODE_TYPES.MemberExpression:
        return (
          this.#isEnvironment(node) || this.#areFixed(node.computed ? [node.object, node.property] : [node.object])
        );
      case AST_NODE_TYPES.NewExpression:
        return this.#isFixedConstruction(node);
      case AST_NODE_TYPES.CallExpression:
        return this.#isFixedCall(node);
      default:
        return false;
    }
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
      case 'Variable':
        return definition.node.init !== null && isUnchanged(variable) && this.isFixed(definition.node.init);
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
    if (trace.type === 'export' && pure.some(({ names, sources }) => isExport(trace.export, sources, names)))
      return this.#areFixed(node.arguments);
    if (trace.type === 'export' && readers.some(({ names, sources }) => isExport(trace.export, sources, names)))
      return this.#areFilesFixed && this.#areFixed(node.arguments);
    return (
      callee.type === AST_NODE_TYPES.MemberExpression &&
      methods.has(getKeyName(callee) ?? '') &&
      this.isFixed(callee.object) &&
      this.#areValuesFixed(node.arguments)
    );
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

  /** Whether a function gives fixed values for fixed arguments. */
  #isFixedRun(fn: FunctionNode): boolean {
    if (fn.generator || this.#fixed.has(fn)) return false;
    this.#fixed.add(fn);
    const results = findReturns(fn, this.#file.sourceCode.visitorKeys);
    const isFixed = results.length > 0 && this.#areFixed(results);
    this.#fixed.delete(fn);
    return isFixed;
  }
}

/** TextLoader, PDFLoader, DirectoryLoader: not those that read from the web. */
function isFileLoader({ entry, kind }: LangChainValue): boolean {
  return kind === 'loader' && entry?.net === 'local';
}

/** Whether nothing is written to a variable, or added to what it holds, behind its declaration. */
function isUnchanged(variable: TSESLint.Scope.Variable): boolean {
  return (
    variable.defs.length === 1 &&
    variable.references.every(
      (reference) => (reference.init === true || !reference.isWrite()) && findMutation(reference.identifier) === null,
    )
  );
}

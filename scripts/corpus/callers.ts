/**
 * The calls that lead to a line, found by names: the named functions around it, their callers in the same file, and the
 * callers in files that import that file (by relative path, path alias or re-export), some files deep. It knows nothing
 * of the plugin, so that it can judge it.
 */
import path from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { AST_NODE_TYPES, type TSESTree } from '@typescript-eslint/utils';
import { getStem, isRecord, type Repository, type Site, withoutExtension } from './common.ts';

/** Where a report on a call may start. */
export interface CallSite {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface FileSummary {
  readonly functions: readonly NamedFunction[];
  readonly calls: readonly NamedCall[];
  readonly imports: readonly ImportedName[];
}

interface NamedFunction {
  readonly name: string;
  readonly isDefaultExport: boolean;
  readonly start: number;
  readonly end: number;
}

interface NamedCall {
  readonly name: string;
  readonly isMember: boolean;
  /** The constant that holds the result. */
  readonly result: string | null;
  /** The starts of the call and of its callee's name. */
  readonly starts: readonly TSESTree.Position[];
}

interface ImportedName {
  readonly specifier: string;
  /** The name in the other module; `*` for all of them. */
  readonly imported: string;
  /** The name in this module; for a re-export the name that it is exported by. */
  readonly local: string;
  readonly isReExport: boolean;
}

/** Calls, and the names by which the code that makes them is called. */
interface Callers {
  readonly sites: readonly CallSite[];
  readonly names: ReadonlySet<string>;
}

type FunctionNode = TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

const MAX_FILES_BETWEEN = 4;

const summaries = new WeakMap<Repository, Map<string, FileSummary>>();

/** The calls through which a line is reached, those in its own file included. */
export function findCallsTo(repository: Repository, { file, line }: Site): readonly CallSite[] {
  const sites: CallSite[] = [];
  const seen = new Map<string, Set<string>>();
  const { functions } = getSummary(repository, file);
  let frontier = new Map([[file, new Set(getNamesAround(functions, line))]]);
  for (let depth = 0; depth <= MAX_FILES_BETWEEN && frontier.size > 0; depth++) {
    const next: typeof frontier = new Map();
    for (const [target, names] of frontier) {
      const inFile = findCallersInFile(repository, target, names);
      sites.push(...inFile.sites);
      const fresh = new Set([...inFile.names].filter((name) => !seen.get(target)?.has(name)));
      seen.set(target, new Set([...(seen.get(target) ?? []), ...fresh]));
      for (const importer of fresh.size > 0 ? findImporters(repository, target) : []) {
        const callers = findCallersInImporter(repository, importer, target, fresh);
        sites.push(...callers.sites);
        if (callers.names.size > 0) next.set(importer, new Set([...(next.get(importer) ?? []), ...callers.names]));
      }
    }
    frontier = next;
  }
  return sites;
}

/** The calls of `names` in their file, and those of the functions that make such calls. */
function findCallersInFile(repository: Repository, file: string, names: ReadonlySet<string>): Callers {
  const summary = getSummary(repository, file);
  const calls = summary.calls.filter(({ name }) => names.has(name));
  const callers = getCallers(file, summary, calls);
  const reached = new Set([...names, ...callers.names]);
  return reached.size === names.size
    ? { sites: callers.sites, names: reached }
    : findCallersInFile(repository, file, reached);
}

/** The calls of what `importer` imports from `target` by one of `names`; what it re-exports may be called elsewhere. */
function findCallersInImporter(
  repository: Repository,
  importer: string,
  target: string,
  names: ReadonlySet<string>,
): Callers {
  const summary = getSummary(repository, importer);
  const imports = summary.imports.filter(({ specifier }) => leadsTo(importer, specifier, target));
  const named = imports.filter(({ imported }) => names.has(imported));
  const locals = new Set(named.filter(({ isReExport }) => !isReExport).map(({ local }) => local));
  const calls = summary.calls.filter(({ name, isMember }) => (isMember ? names : locals).has(name));
  const callers = getCallers(importer, summary, calls);
  const reExported = named.filter(({ isReExport }) => isReExport).map(({ local }) => local);
  const isReExportingAll = imports.some(({ imported, isReExport }) => isReExport && imported === '*');
  return { ...callers, names: new Set([...callers.names, ...reExported, ...(isReExportingAll ? names : [])]) };
}

function getCallers(file: string, { functions }: FileSummary, calls: readonly NamedCall[]): Callers {
  const starts = calls.flatMap((call) => call.starts);
  const results = calls.flatMap(({ result }) => (result === null ? [] : [result]));
  return {
    sites: starts.map(({ line, column }) => ({ file, line, column })),
    names: new Set([...starts.flatMap(({ line }) => getNamesAround(functions, line)), ...results]),
  };
}

function getNamesAround(functions: readonly NamedFunction[], line: number): readonly string[] {
  return functions
    .filter(({ start, end }) => start <= line && line <= end)
    .flatMap(({ name, isDefaultExport }) => (isDefaultExport ? [name, 'default'] : [name]));
}

function findImporters(repository: Repository, target: string): readonly string[] {
  const stem = getStem(target);
  return [...repository.sources]
    .filter(([file, text]) => file !== target && text.includes(stem))
    .map(([file]) => file)
    .filter((file) => getSummary(repository, file).imports.some(({ specifier }) => leadsTo(file, specifier, target)));
}

function leadsTo(importer: string, specifier: string, target: string): boolean {
  const module = withoutExtension(target);
  const wanted = [module, module.replace(/\/index$/u, '')];
  if (specifier.startsWith('.')) {
    const file = path.posix.join(path.posix.dirname(importer), specifier).replace(/\/$/u, '');
    return wanted.includes(file) || wanted.includes(withoutExtension(file));
  }
  const alias = /^(?:[@~$#][\w-]*\/|src\/)(?<rest>.+)$/u.exec(specifier)?.groups?.['rest'];
  return alias !== undefined && wanted.some((file) => `/${file}`.endsWith(`/${withoutExtension(alias)}`));
}

function getSummary(repository: Repository, file: string): FileSummary {
  const known = summaries.get(repository) ?? new Map<string, FileSummary>();
  summaries.set(repository, known);
  const summary = known.get(file) ?? summarize(repository.sources.get(file) ?? '', path.join(repository.root, file));
  known.set(file, summary);
  return summary;
}

function summarize(text: string, file: string): FileSummary {
  const nodes = [...walk(text, file)];
  return {
    functions: nodes.flatMap(readFunction),
    calls: nodes.flatMap((node) => (isCall(node) ? readCalls(node) : [])),
    imports: nodes.flatMap(readImports),
  };
}

function readFunction(node: TSESTree.Node): readonly NamedFunction[] {
  if (!isFunction(node)) return [];
  const isDefaultExport = node.parent.type === AST_NODE_TYPES.ExportDefaultDeclaration;
  const name = getFunctionName(node) ?? (isDefaultExport ? 'default' : null);
  return name === null ? [] : [{ name, isDefaultExport, start: node.loc.start.line, end: node.loc.end.line }];
}

function isFunction(node: TSESTree.Node): node is FunctionNode {
  return (
    node.type === AST_NODE_TYPES.FunctionDeclaration ||
    node.type === AST_NODE_TYPES.FunctionExpression ||
    node.type === AST_NODE_TYPES.ArrowFunctionExpression
  );
}

function getFunctionName(node: FunctionNode): string | null {
  if (node.id !== null) return node.id.name;
  const { parent } = node;
  switch (parent.type) {
    case AST_NODE_TYPES.VariableDeclarator:
      return getIdentifier(parent.id);
    case AST_NODE_TYPES.MethodDefinition:
      return parent.kind === 'constructor' ? (parent.parent.parent.id?.name ?? null) : getIdentifier(parent.key);
    case AST_NODE_TYPES.PropertyDefinition:
    case AST_NODE_TYPES.Property:
      return parent.value === node ? getIdentifier(parent.key) : null;
    case AST_NODE_TYPES.AssignmentExpression:
      return parent.left.type === AST_NODE_TYPES.MemberExpression ? getIdentifier(parent.left.property) : null;
    default:
      return null;
  }
}

function isCall(node: TSESTree.Node): node is TSESTree.CallExpression | TSESTree.NewExpression {
  return node.type === AST_NODE_TYPES.CallExpression || node.type === AST_NODE_TYPES.NewExpression;
}

/** The call itself, and one of each function that it is given: `app.get('/', answer)` may call `answer`. */
function readCalls(node: TSESTree.CallExpression | TSESTree.NewExpression): readonly NamedCall[] {
  const { parent } = node;
  const result = parent.type === AST_NODE_TYPES.VariableDeclarator ? getIdentifier(parent.id) : null;
  const given = node.arguments.flatMap((argument) => {
    const name = getIdentifier(argument);
    return name === null ? [] : [{ name, isMember: false, result, starts: [argument.loc.start] }];
  });
  return [...readCallee(node), ...given];
}

function readCallee({ callee, loc }: TSESTree.CallExpression | TSESTree.NewExpression): readonly NamedCall[] {
  const isMember = callee.type === AST_NODE_TYPES.MemberExpression && !callee.computed;
  const id = isMember ? callee.property : callee;
  const name = getIdentifier(id);
  if (name === null) return [];
  return [{ name, isMember, result: null, starts: isMember ? [loc.start, id.loc.start] : [loc.start] }];
}

function readImports(node: TSESTree.Node): readonly ImportedName[] {
  switch (node.type) {
    case AST_NODE_TYPES.ImportDeclaration:
      return node.specifiers.map((each) => ({
        specifier: node.source.value,
        imported: getImportedName(each),
        local: each.local.name,
        isReExport: false,
      }));
    case AST_NODE_TYPES.ExportAllDeclaration:
      return [{ specifier: node.source.value, imported: '*', local: '*', isReExport: true }];
    case AST_NODE_TYPES.ExportNamedDeclaration: {
      const specifier = node.source?.value;
      if (specifier === undefined) return [];
      return node.specifiers.map(({ local, exported }) => ({
        specifier,
        imported: getModuleName(local),
        local: getModuleName(exported),
        isReExport: true,
      }));
    }
    case AST_NODE_TYPES.VariableDeclarator:
      return readRequired(node);
    default:
      return [];
  }
}

/** `const answer = require('./answer')` may name any export; `const { answer } = require('./answer')` names one. */
function readRequired({ id, init }: TSESTree.VariableDeclarator): readonly ImportedName[] {
  if (init?.type !== AST_NODE_TYPES.CallExpression || getIdentifier(init.callee) !== 'require') return [];
  const [required] = init.arguments;
  if (required?.type !== AST_NODE_TYPES.Literal) return [];
  const specifier = String(required.value);
  return getBoundNames(id).map((names) => ({ specifier, ...names, isReExport: false }));
}

function getBoundNames(target: TSESTree.Node): readonly { readonly imported: string; readonly local: string }[] {
  const whole = getIdentifier(target);
  if (whole !== null) return [whole, 'default'].map((imported) => ({ imported, local: whole }));
  if (target.type !== AST_NODE_TYPES.ObjectPattern) return [];
  return target.properties.flatMap((property) => {
    if (property.type !== AST_NODE_TYPES.Property) return [];
    const imported = getIdentifier(property.key);
    const local = getIdentifier(property.value);
    return imported === null || local === null ? [] : [{ imported, local }];
  });
}

function getImportedName(specifier: TSESTree.ImportClause): string {
  if (specifier.type === AST_NODE_TYPES.ImportDefaultSpecifier) return 'default';
  if (specifier.type === AST_NODE_TYPES.ImportNamespaceSpecifier) return '*';
  return getModuleName(specifier.imported);
}

function getModuleName(name: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return name.type === AST_NODE_TYPES.Identifier ? name.name : name.value;
}

function getIdentifier(node: TSESTree.Node): string | null {
  return node.type === AST_NODE_TYPES.Identifier ? node.name : null;
}

/** Every node of the file with its `parent` set, or none where it does not parse. */
function* walk(text: string, file: string): Generator<TSESTree.Node> {
  const result = parse(text, file);
  if (!result) return;
  const pending: TSESTree.Node[] = [result.ast];
  for (let node = pending.pop(); node; node = pending.pop()) {
    yield node;
    for (const child of getChildren(node, result.visitorKeys[node.type])) {
      child.parent = node;
      pending.push(child);
    }
  }
}

function parse(text: string, file: string): ReturnType<typeof parser.parseForESLint> | null {
  try {
    return parser.parseForESLint(text, { filePath: file, range: true, loc: true });
  } catch {
    return null;
  }
}

function getChildren(node: TSESTree.Node, keys: readonly string[] = []): readonly TSESTree.Node[] {
  return keys.flatMap((key): readonly unknown[] => [Reflect.get(node, key)].flat()).filter(isNode);
}

function isNode(value: unknown): value is TSESTree.Node {
  return isRecord(value) && typeof value['type'] === 'string';
}

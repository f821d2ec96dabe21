import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getProgram } from './ast/nodes.ts';
import { Scopes } from './ast/scopes.ts';
import { parseSpecifier } from './facts/catalog.ts';
import { namesClient } from './facts/connections.ts';
import type { ExportRef } from './facts/export-ref.ts';
import { mayGiveUp } from './facts/packages/deadlines.ts';
import { namesThirdParty } from './facts/third-party.ts';
import { getDisk } from './project/disk.ts';
import { Locator } from './project/locate.ts';
import { getParser, type Source } from './project/parse.ts';
import { OpenFiles, ParsedFiles, Project, type Surroundings } from './project/project.ts';
import type { FileExport } from './project/reach.ts';
import type { Mark, Marks } from './project/summary.ts';
import { getSettings, type Settings } from './settings.ts';
import { Types } from './trace/checker.ts';
import { findExportedNode } from './trace/exports.ts';
import type { LangChainFile } from './trace/file.ts';
import { type Imports, mayNameExport, mentionsLangChain, namesMapped, readImports } from './trace/imports.ts';
import { memberOf } from './trace/members.ts';
import { Resolver } from './trace/resolver.ts';
import type { Links } from './trace/tracer.ts';
import type { Resolution, Trace } from './trace/value.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

interface Linted {
  readonly program: TSESTree.Program;
  readonly file: LangChainFile | null;
}

/** The file being linted. Files are linted one after the other, and the facts of one are dropped with it. */
let linted: Linted | null = null;

/** The maximum number of characters of a file: a bundle is judged in its sources. */
export const maxLength = 1_000_000;

export function isGenerated(text: string): boolean {
  return text.length > maxLength;
}

/**
 * The facts of a file; null when LangChain is out of its reach. Keyed by the Program, because under oxlint `sourceCode`
 * is the same object for all files.
 */
export function getFile(context: Context): LangChainFile | null {
  const program = context.sourceCode.ast;
  if (linted?.program !== program) linted = { program, file: createFile(context) };
  return linted.file;
}

/** Whether the file that was asked about last is this one, and LangChain is out of its reach. */
export function isOutOfReach(program: TSESTree.Program): boolean {
  return linted?.program === program && linted.file === null;
}

function createFile(context: Context): LangChainFile | null {
  const { filename, sourceCode } = context;
  const settings = getSettings(context);
  if (isGenerated(sourceCode.text)) return null;
  getDisk()?.compare();
  const imports = readImports(sourceCode, settings);
  const project = settings.crossFile ? getProject(context, settings) : null;
  const imported = project?.findImports(filename, sourceCode) ?? [];
  const types = Types.create(sourceCode, settings.modules);
  const isReached =
    imports.hasLangChain ||
    imported.some((each) => project?.reaches(each, 'langchain') === true) ||
    types?.mayHoldLangChain(sourceCode) === true;
  if (!isReached) return null;
  // Where nothing of the project is imported, the file is alone.
  return new ProjectFile(
    filename,
    sourceCode,
    settings,
    imports,
    imported.length > 0 ? project : null,
    imported,
    types,
    project,
  );
}

class ProjectFile implements LangChainFile {
  readonly filename: string;
  readonly program: TSESTree.Program;
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly settings: Settings;
  readonly scopes: Scopes;
  readonly imports: Imports;
  readonly alone: ProjectFile;
  readonly resolver: Resolver;
  readonly #project: Project<ProjectFile> | null;
  /** Also where nothing of it is imported. */
  readonly #home: Project<ProjectFile> | null;
  /** What it imports of files of the project. */
  readonly #imported: readonly FileExport[];
  /** Null without type information, which there is of the linted file only. */
  readonly #types: Types | null;
  readonly #located = new Map<string, string | null>();
  readonly #marks = new Map<Mark, boolean>();

  constructor(
    filename: string,
    sourceCode: Readonly<TSESLint.SourceCode>,
    settings: Settings,
    imports: Imports,
    project: Project<ProjectFile> | null,
    imported: readonly FileExport[],
    types: Types | null,
    home: Project<ProjectFile> | null,
    scopes: Scopes = new Scopes(sourceCode.scopeManager, (node) => this.#findOther(node)?.scopes ?? null),
  ) {
    this.filename = filename;
    this.program = sourceCode.ast;
    this.sourceCode = sourceCode;
    this.settings = settings;
    this.imports = imports;
    this.#project = project;
    this.#imported = imported;
    this.#types = types;
    this.#home = home;
    const links: Links | null = project && {
      find: (specifier, name) => this.#open(project, specifier, name, 'langchain'),
      findAny: (specifier, name, mark) => this.#open(project, specifier, name, mark),
      findOwner: (program) => project.findOwner(program)?.resolver ?? null,
    };
    this.scopes = scopes;
    this.resolver = new Resolver(this.program, this.scopes, imports, sourceCode.visitorKeys, links);
    this.alone = project
      ? new ProjectFile(filename, sourceCode, settings, imports, null, [], types, home, scopes)
      : this;
  }

  get leavesOut(): boolean {
    return this.#project?.leavesOut ?? false;
  }

  resolve(node: TSESTree.Node): Resolution {
    const resolution = this.resolver.resolve(node);
    if (resolution.is === 'yes' || !this.#types || !this.owns(node) || !isOpen(this.resolver.trace(node)))
      return resolution;
    const typed = this.#types.find(node);
    return typed && !typed.promised ? { is: 'yes', value: typed.value } : resolution;
  }

  trace(node: TSESTree.Node): Trace {
    return this.resolver.trace(node);
  }

  traceMember(holder: Trace, name: string): Trace {
    return memberOf(this.resolver, holder, name);
  }

  findExport(node: TSESTree.Node, mark?: Mark): ExportRef | null {
    const here = mayNameExport(this.scopes, node) ? this.alone.resolver.trace(node) : null;
    const trace = here?.type === 'export' && this.#mayBePassedOn(here.export, mark) ? this.resolver.trace(node) : here;
    return trace?.type === 'export' ? trace.export : null;
  }

  findImportedNode(node: TSESTree.Node, mark?: Mark): TSESTree.Node | null {
    return this.of(node).resolver.findImportedNode(node, mark);
  }

  findExportedNode(exported: ExportRef, mark?: Mark): TSESTree.Node | null {
    return findExportedNode(this.resolver, exported, mark);
  }

  leadsTo(specifier: string, name: string | null, mark: Mark): boolean {
    const file = this.#project && this.#locate(this.#project, specifier);
    return file !== null && (this.#project?.reaches({ file, name }, mark) ?? false);
  }

  importsMark(mark: Mark): boolean {
    let isReached = this.#marks.get(mark);
    if (isReached === undefined) {
      isReached = this.#imported.some((each) => this.#project?.reaches(each, mark) === true);
      this.#marks.set(mark, isReached);
    }
    return isReached;
  }

  dependsOn(name: string): boolean {
    return this.#home?.dependsOn(name, this.filename) ?? false;
  }

  runsOnNode(): boolean {
    return this.#home?.runsOnNode(this.filename) ?? true;
  }

  #mayBePassedOn({ name, source }: ExportRef, mark: Mark | undefined): boolean {
    const file = this.#project && this.#locate(this.#project, source);
    if (!this.#project || file === null) return false;
    const exported = { file, name: getFirst(name) };
    return this.#project.passesOn(exported) && (!mark || this.#project.reaches(exported, mark));
  }

  /** The tracer of a file that an export comes from; with a mark, only where the export leads to it. */
  #open(
    project: Project<ProjectFile>,
    specifier: string,
    name: string | null,
    mark: Mark | undefined,
  ): Resolver | null {
    const file = this.#locate(project, specifier);
    if (file === null || (mark && !leadsTo(project, { file, name }, mark))) return null;
    return project.open(file)?.resolver ?? null;
  }

  of(node: TSESTree.Node): ProjectFile {
    return this.#findOther(node) ?? this;
  }

  owns(node: TSESTree.Node): boolean {
    return this.#findOther(node) === null;
  }

  getText(node: TSESTree.Node): string {
    return this.of(node).sourceCode.getText(node);
  }

  /** Null when the node stands in this file. */
  #findOther(node: TSESTree.Node): ProjectFile | null {
    if (!this.#project?.hasOpened) return null;
    const program = getProgram(node);
    return program === null || program === this.program ? null : this.#project.findOwner(program);
  }

  #locate(project: Project<ProjectFile>, specifier: string): string | null {
    let path = this.#located.get(specifier);
    if (path === undefined) {
      // In LangChain's own monorepo too, its packages are what they are elsewhere.
      path = parseSpecifier(specifier) ? null : project.find(specifier, this.filename);
      this.#located.set(specifier, path);
    }
    return path;
  }
}

/** What is found with LangChain may be a literal beside it: the name of a model. */
function leadsTo(project: Project<ProjectFile>, exported: FileExport, mark: Mark): boolean {
  return project.reaches(exported, mark) || (mark === 'langchain' && project.isLiteral(exported));
}

/** `tools` of `tools.search`, as exports are named. */
function getFirst(name: string | null): string | null {
  return name?.split('.', 1)[0] ?? null;
}

/** Words of code that may block the event loop. */
const blocking = /Sync\b|\bAtomics\b|\bdeasync\b/u;

/** Whether the type may tell more than the code of the file and of those that it leads to. */
function isOpen({ type }: Trace): boolean {
  return (
    type === 'unknown' ||
    type === 'instance' ||
    type === 'export' ||
    type === 'union' ||
    type === 'typed' ||
    type === 'global'
  );
}

/**
 * By what the settings say, as an editor reads its configuration each time; then by the parser. Those that were used
 * last.
 */
const projects = new Map<string, WeakMap<object, Project<ProjectFile>>>();
const maxProjects = 4;

/** What was asked for last: in a run nearly always the same. */
let latest: { readonly settings: Settings; readonly byParser: WeakMap<object, Project<ProjectFile>> } | null = null;

function getProjectsOf(settings: Settings): WeakMap<object, Project<ProjectFile>> {
  if (latest?.settings !== settings) latest = { settings, byParser: findProjectsOf(JSON.stringify(settings)) };
  return latest.byParser;
}

function findProjectsOf(key: string): WeakMap<object, Project<ProjectFile>> {
  const byParser = projects.get(key) ?? new WeakMap<object, Project<ProjectFile>>();
  projects.delete(key);
  projects.set(key, byParser);
  const [oldest] = projects.keys();
  if (projects.size > maxProjects && oldest !== undefined) projects.delete(oldest);
  return byParser;
}

function readMarks(text: string, settings: Settings): Marks {
  const langchain = mentionsLangChain(text, settings);
  return readPartMarks(text, { blocking: true, client: langchain, deadline: true, langchain }, settings);
}

/** Of a part of a text with these marks. */
function readPartMarks(part: string, whole: Marks, settings: Settings): Marks {
  return {
    blocking: whole.blocking && blocking.test(part),
    client: whole.client && (namesClient(part) || namesThirdParty(part) || namesMapped(part, settings.classes)),
    deadline: whole.deadline && mayGiveUp(part, settings.modules),
    langchain: whole.langchain && mentionsLangChain(part, settings),
  };
}

let surroundings: Surroundings<ProjectFile> | null = null;

function getSurroundings(): Surroundings<ProjectFile> | null {
  const disk = getDisk();
  if (disk) surroundings ??= { disk, locator: new Locator(disk), open: new OpenFiles(), parsed: new ParsedFiles() };
  return surroundings;
}

/** The project that a linted file belongs to; null where other files cannot be read or parsed. */
function getProject(context: Context, settings: Settings): Project<ProjectFile> | null {
  const around = getSurroundings();
  const parser = around?.disk.path.isAbsolute(context.filename) === true ? getParser(context) : null;
  if (!around || !parser) return null;
  const byParser = getProjectsOf(settings);
  let project = byParser.get(parser.key);
  if (!project) {
    const { constructor } = context.sourceCode;
    project = new Project<ProjectFile>(
      around,
      parser,
      {
        mark: (text) => readMarks(text, settings),
        markPart: (part, whole) => readPartMarks(part, whole, settings),
      },
      (filename, source) => createLinkedFile(filename, source, constructor, settings, project ?? null),
      // A package that stands for LangChain may be all that a package.json names.
      [settings.classes, settings.modules].some((mapped) => Object.keys(mapped).length > 0),
    );
    byParser.set(parser.key, project);
  }
  return project;
}

const sourceCodes = new WeakMap<Source, TSESLint.SourceCode>();

/**
 * A file that is not linted itself. Its source code is of the engine's own class, which is at hand only as the
 * constructor of the linted file's.
 */
function createLinkedFile(
  filename: string,
  source: Source,
  constructor: unknown,
  settings: Settings,
  project: Project<ProjectFile> | null,
): ProjectFile {
  let sourceCode = sourceCodes.get(source);
  if (!sourceCode) {
    sourceCode = new (constructor as new (parsed: object) => TSESLint.SourceCode)({ ...source, parserServices: {} });
    sourceCodes.set(source, sourceCode);
  }
  return new ProjectFile(filename, sourceCode, settings, readImports(sourceCode, settings), project, [], null, project);
}

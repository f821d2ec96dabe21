import type { ParserServicesWithTypeInformation, TSESLint, TSESTree } from '@typescript-eslint/utils';
import type * as ts from 'typescript';
import { findFirst } from '../ast/first.ts';
import { findExport, type ModuleId, parseSpecifier } from '../facts/catalog.ts';
import { findInterface } from '../facts/interfaces.ts';
import { foldersUp, getBuiltin, readJson } from '../project/node.ts';
import { createValue, type LangChainValue } from './value.ts';

/** What the type checker says of an expression. */
interface TypedValue {
  readonly value: LangChainValue;
  readonly promised: boolean;
}

/** How far base classes, constraints and unions are followed. */
const maxDepth = 10;

/** Asks the type checker of typed linting what the scopes cannot tell. */
export class Types {
  readonly #services: ParserServicesWithTypeInformation;
  readonly #checker: ts.TypeChecker;
  readonly #modules: Readonly<Record<string, string>>;
  readonly #known = new WeakMap<TSESTree.Node, TypedValue | 'none'>();

  private constructor(services: ParserServicesWithTypeInformation, modules: Readonly<Record<string, string>>) {
    this.#services = services;
    this.#checker = services.program.getTypeChecker();
    this.#modules = modules;
  }

  /** Null where the file is linted without types. */
  static create(sourceCode: Readonly<TSESLint.SourceCode>, modules: Readonly<Record<string, string>>): Types | null {
    const services = sourceCode.parserServices as Partial<ParserServicesWithTypeInformation> | undefined;
    return services?.program ? new Types(services as ParserServicesWithTypeInformation, modules) : null;
  }

  /**
   * Whether the file may hold values of LangChain although it imports nothing from there: the program knows the
   * package, and the file imports something.
   */
  mayHoldLangChain({ ast }: Readonly<TSESLint.SourceCode>): boolean {
    return (
      ast.body.some((statement) => 'source' in statement && statement.source !== null) &&
      knowsLangChain(this.#services.program)
    );
  }

  /** The value that an expression holds by its type; null when it is none of LangChain's, or may be anything. */
  find(node: TSESTree.Node): TypedValue | null {
    let found = this.#known.get(node);
    if (found === undefined) {
      const type = this.#services.getTypeAtLocation(node);
      const present = this.#checker.getNonNullableType(type);
      const typed = this.#read(present, node, maxDepth);
      found = typed ? { ...typed, value: { ...typed.value, optional: present !== type } } : 'none';
      this.#known.set(node, found);
    }
    return found === 'none' ? null : found;
  }

  #read(type: ts.Type, node: TSESTree.Node, depth: number): TypedValue | null {
    if (depth === 0) return null;
    if (type.isUnion()) return this.#readUnion(type.types, node, depth);
    if (type.isIntersection()) return findFirst(type.types, (part) => this.#read(part, node, depth - 1));
    // The numbers of the flags differ between versions of TypeScript, which is not loaded: a type parameter is told by
    // its constraint.
    const constraint = this.#checker.getBaseConstraintOfType(type);
    if (constraint && constraint !== type) return this.#read(constraint, node, depth - 1);
    const symbol = type.getSymbol();
    // `any` and `unknown` have none.
    if (!symbol) return null;
    if (symbol.name === 'Promise' || symbol.name === 'PromiseLike') {
      const [resolved] = this.#checker.getTypeArguments(type as ts.TypeReference);
      const inner = resolved && this.#isFromLibrary(symbol) ? this.#read(resolved, node, depth - 1) : null;
      return inner && { ...inner, promised: true };
    }
    return this.#readClass(type, symbol, node, depth);
  }

  /** All members must be LangChain's. */
  #readUnion(members: readonly ts.Type[], node: TSESTree.Node, depth: number): TypedValue | null {
    const [only, ...others] = members.map((member) => this.#read(member, node, depth - 1));
    if (!only || others.some((other) => other?.promised !== only.promised)) return null;
    const alternatives = others.flatMap((other) =>
      other && other.value.className !== only.value.className ? [other.value] : [],
    );
    return { ...only, value: { ...only.value, alternatives: [...only.value.alternatives, ...alternatives] } };
  }

  #readClass(type: ts.Type, symbol: ts.Symbol, node: TSESTree.Node, depth: number): TypedValue | null {
    const module = findFirst(symbol.getDeclarations() ?? [], (declaration) => this.#findModule(declaration));
    const entry = module ? (findExport(module, symbol.name) ?? findInterface(symbol.name)) : undefined;
    if (module && entry?.type === 'class')
      return { value: createValue({ entry, module, origin: 'annotation', node }), promised: false };
    return type.isClassOrInterface() || isReference(type)
      ? findFirst(type.getBaseTypes() ?? [], (base) => this.#read(base, node, depth - 1))
      : null;
  }

  /**
   * The LangChain module that declares something: by the package that its file belongs to, or `declare module
   * '@langchain/openai'`.
   */
  #findModule(declaration: ts.Declaration): ModuleId | null {
    for (
      let current: ts.Node = declaration.parent;
      'parent' in current && (current.parent as ts.Node | undefined);
      current = current.parent
    ) {
      const name =
        'body' in current && 'name' in current ? (current.name as { readonly text?: unknown }).text : undefined;
      const ambient = typeof name === 'string' ? this.#parse(name) : null;
      if (ambient) return ambient;
    }
    const name = getPackage(declaration.getSourceFile().fileName);
    return name === null ? null : this.#parse(name);
  }

  #parse(name: string): ModuleId | null {
    return parseSpecifier(Object.hasOwn(this.#modules, name) ? (this.#modules[name] ?? name) : name);
  }

  #isFromLibrary(symbol: ts.Symbol): boolean {
    return (symbol.getDeclarations() ?? []).some((declaration) =>
      this.#services.program.isSourceFileDefaultLibrary(declaration.getSourceFile()),
    );
  }
}

/** An instance of a generic class or interface. */
function isReference(type: ts.Type): boolean {
  return 'target' in type;
}

const programs = new WeakMap<ts.Program, boolean>();

function knowsLangChain(program: ts.Program): boolean {
  let known = programs.get(program);
  if (known === undefined) {
    known = program
      .getSourceFiles()
      .some(({ fileName }) => /\/node_modules\/(?:@langchain|langchain|deepagents)\//u.test(fileName));
    programs.set(program, known);
  }
  return known;
}

const packages = new Map<string, string | null>();

/** The package that a file belongs to: the innermost in `node_modules`, else what the package.json above it says. */
function getPackage(file: string): string | null {
  const installed = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(file)?.[1];
  if (installed !== undefined) return installed;
  const fs = getBuiltin('fs');
  const path = getBuiltin('path');
  if (!fs || !path) return null;
  const folder = path.dirname(file);
  let name = packages.get(folder);
  if (name === undefined) {
    const manifest = findFirst([...foldersUp(path, folder)], (each) => readJson(fs, path.join(each, 'package.json')));
    name = typeof manifest?.['name'] === 'string' ? manifest['name'] : null;
    packages.set(folder, name);
  }
  return name;
}

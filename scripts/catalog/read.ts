import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export type Asynchrony = 'asyncIterable' | 'promise';

/** A class or interface as one release line declares it. */
export interface Declared {
  /**
   * The package that declares it and its name: `@langchain/core#Runnable`; a second one of that name in the package has
   * `~2` behind it.
   */
  readonly key: string;
  readonly name: string;
  readonly isInterface: boolean;
  readonly abstract: boolean;
  /** The classes and interfaces it extends (a class that extends nothing: what it implements). */
  readonly bases: readonly string[];
  /** All public methods, inherited ones too, and those of the clients it holds: `invoke`, `runs.wait`. */
  readonly asyncMethods: ReadonlyMap<string, Asynchrony>;
  /** Public static methods that return an instance of a LangChain class, inherited ones too. */
  readonly statics: ReadonlyMap<string, 'async' | 'sync'>;
}

export interface DeclaredFunction {
  readonly name: string;
  /** Every overload returns a promise. */
  readonly async: boolean;
  /** Keys of what its overloads return, unpromised and without duplicates; null among them: something else. */
  readonly returns: readonly (string | null)[];
}

/** What a public module exports: names to classes (by key) and functions. */
interface ReadModule {
  readonly classes: ReadonlyMap<string, string>;
  readonly functions: ReadonlyMap<string, DeclaredFunction>;
}

export interface ReadLine {
  readonly declared: ReadonlyMap<string, Declared>;
  /** By specifier. */
  readonly modules: ReadonlyMap<string, ReadModule>;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
}

const LANGCHAIN_FILE = /^.*\/node_modules\/(langchain|deepagents|@langchain\/[^/]+)\/(.*)$/;

/** Reads the packages that are installed in `folder`, as its package.json names them. */
export function readLine(folder: string): ReadLine {
  const specifiers = listSpecifiers(folder);
  const program = ts.createProgram({
    rootNames: [...specifiers.values()],
    options: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types: [],
    },
  });
  return new Reader(program).read(specifiers);
}

/** The public modules: specifier to declaration file. */
function listSpecifiers(folder: string): Map<string, string> {
  const result = new Map<string, string>();
  const containing = path.join(folder, 'index.ts');
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  for (const name of Object.keys(readManifest(folder).dependencies ?? {}).sort()) {
    const exported = Object.keys(readManifest(path.join(folder, 'node_modules', name)).exports ?? {});
    for (const subpath of exported.sort()) {
      if (!subpath.startsWith('.') || subpath.includes('*') || subpath.endsWith('.json')) continue;
      const specifier = name + subpath.slice(1);
      const { resolvedModule } = ts.resolveModuleName(specifier, containing, options, ts.sys);
      if (resolvedModule?.resolvedFileName.endsWith('.d.ts')) result.set(specifier, resolvedModule.resolvedFileName);
    }
  }
  return result;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

class Reader {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #declared = new Map<string, Declared>();
  readonly #keys = new Map<ts.Symbol, string | null>();
  readonly #fileOfKey = new Map<string, string>();

  constructor(program: ts.Program) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
  }

  read(specifiers: ReadonlyMap<string, string>): ReadLine {
    const modules = new Map<string, ReadModule>();
    for (const [specifier, file] of specifiers) {
      const sourceFile = this.#program.getSourceFile(file);
      const symbol = sourceFile && this.#checker.getSymbolAtLocation(sourceFile);
      if (symbol) modules.set(specifier, this.#readModule(symbol));
    }
    return { declared: this.#declared, modules };
  }

  #readModule(module: ts.Symbol): ReadModule {
    const classes = new Map<string, string>();
    const functions = new Map<string, DeclaredFunction>();
    for (const exported of this.#checker.getExportsOfModule(module)) {
      const name = exported.name;
      const symbol = exported.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(exported) : exported;
      if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) {
        const key = this.#keyOfType(this.#checker.getDeclaredTypeOfSymbol(symbol));
        if (key !== null) classes.set(name, key);
      }
      if (!(symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable)) || !isLangChain(symbol)) continue;
      const type = this.#checker.getTypeOfSymbol(symbol);
      const constructed = type.getConstructSignatures()[0];
      if (constructed) {
        const key = this.#keyOfType(constructed.getReturnType());
        if (key !== null) classes.set(name, key);
      } else if (type.getCallSignatures().length > 0) {
        functions.set(name, this.#readFunction(name, type.getCallSignatures()));
      }
    }
    return { classes, functions };
  }

  #readFunction(name: string, signatures: readonly ts.Signature[]): DeclaredFunction {
    const returned = signatures.map((signature) => this.#unpromise(signature.getReturnType()));
    const members = returned.flatMap(({ type }) => (type.isUnion() ? type.types : [type]));
    return {
      name,
      async: returned.every(({ promised }) => promised),
      returns: [...new Set(members.map((type) => this.#keyOfType(type)))],
    };
  }

  #unpromise(type: ts.Type): { readonly promised: boolean; readonly type: ts.Type } {
    if (type.getSymbol()?.name !== 'Promise') return { promised: false, type };
    const [argument] = this.#checker.getTypeArguments(type as ts.TypeReference);
    return { promised: true, type: argument ?? type };
  }

  /** Key of the LangChain class or interface that the type is an instance of. */
  #keyOfType(type: ts.Type): string | null {
    if (type.flags & ts.TypeFlags.TypeParameter) {
      const constraint = this.#checker.getBaseConstraintOfType(type);
      return constraint && !(constraint.flags & ts.TypeFlags.TypeParameter) ? this.#keyOfType(constraint) : null;
    }
    if (type.isIntersection()) {
      for (const member of type.types) {
        const key = this.#keyOfType(member);
        if (key !== null) return key;
      }
      return null;
    }
    const symbol = type.getSymbol();
    if (!symbol || !(symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) || !isLangChain(symbol))
      return null;
    return this.#keyOfSymbol(symbol);
  }

  #keyOfSymbol(symbol: ts.Symbol): string | null {
    const known = this.#keys.get(symbol);
    if (known !== undefined) return known;
    const key = this.#newKey(symbol);
    this.#keys.set(symbol, key);
    if (key !== null && !this.#declared.has(key)) this.#declared.set(key, this.#declare(key, symbol));
    return key;
  }

  #newKey(symbol: ts.Symbol): string | null {
    const file = fileOf(symbol);
    const match = file === undefined ? null : LANGCHAIN_FILE.exec(file);
    const [, packageName, inPackage] = match ?? [];
    if (packageName === undefined || inPackage === undefined) return null;
    for (let n = 1; ; n++) {
      const key = `${packageName}#${nameOf(symbol)}${n === 1 ? '' : `~${n.toString()}`}`;
      const taken = this.#fileOfKey.get(key);
      if (taken !== undefined && taken !== inPackage) continue;
      this.#fileOfKey.set(key, inPackage);
      return key;
    }
  }

  #declare(key: string, symbol: ts.Symbol): Declared {
    const type = this.#checker.getDeclaredTypeOfSymbol(symbol) as ts.InterfaceType;
    const isClass = (symbol.flags & ts.SymbolFlags.Class) !== 0;
    return {
      key,
      name: nameOf(symbol),
      isInterface: !isClass,
      abstract: !isClass || hasModifier(symbol, ts.SyntaxKind.AbstractKeyword),
      bases: this.#readBases(symbol, type),
      asyncMethods: this.#readMethods(type),
      statics: isClass ? this.#readStatics(symbol) : new Map(),
    };
  }

  #readBases(symbol: ts.Symbol, type: ts.InterfaceType): string[] {
    const extended = this.#checker.getBaseTypes(type).map((base) => this.#keyOfType(base));
    const implemented = (symbol.declarations ?? [])
      .filter((declaration) => ts.isClassDeclaration(declaration))
      .flatMap((declaration) => declaration.heritageClauses ?? [])
      .filter((clause) => clause.token === ts.SyntaxKind.ImplementsKeyword)
      .flatMap((clause) => clause.types)
      .map((node) => this.#keyOfType(this.#checker.getTypeAtLocation(node)));
    return [...new Set([...extended, ...implemented].filter((base) => base !== null))];
  }

  #readMethods(type: ts.Type): Map<string, Asynchrony> {
    const methods = new Map<string, Asynchrony>();
    for (const property of this.#checker.getPropertiesOfType(type)) {
      if (!isPublic(property)) continue;
      const propertyType = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(property));
      const asynchrony =
        property.flags & ts.SymbolFlags.Method ? this.#asynchronyOf(propertyType.getCallSignatures()) : null;
      if (asynchrony) methods.set(property.name, asynchrony);
      const held = propertyType.getSymbol();
      if (!held?.name.endsWith('Client') || !isLangChain(held)) continue;
      for (const [name, inner] of this.#readMethods(propertyType)) methods.set(`${property.name}.${name}`, inner);
    }
    return methods;
  }

  /**
   * An async iterable where the overloads differ only in that (`streamEvents`): it needs no await in the older form.
   */
  #asynchronyOf(signatures: readonly ts.Signature[]): Asynchrony | null {
    const found = signatures.map((signature) => this.#asynchronyOfType(signature.getReturnType()));
    if (found.length === 0 || found.includes(null)) return null;
    return found.includes('asyncIterable') ? 'asyncIterable' : 'promise';
  }

  #asynchronyOfType(type: ts.Type): Asynchrony | null {
    if (type.isUnion()) return null;
    if (type.getSymbol()?.name === 'Promise') return 'promise';
    return this.#isAsyncIterable(type) ? 'asyncIterable' : null;
  }

  #isAsyncIterable(type: ts.Type): boolean {
    return this.#checker.getPropertiesOfType(type).some((property) => property.name.startsWith('__@asyncIterator'));
  }

  #readStatics(symbol: ts.Symbol): Map<string, 'async' | 'sync'> {
    const statics = new Map<string, 'async' | 'sync'>();
    for (const property of this.#checker.getPropertiesOfType(this.#checker.getTypeOfSymbol(symbol))) {
      if (property.name === 'prototype' || !isPublic(property)) continue;
      const signatures = this.#checker.getTypeOfSymbol(property).getCallSignatures();
      const { async, returns } = this.#readFunction(property.name, signatures);
      if (returns.length > 0 && returns.every((key) => key !== null))
        statics.set(property.name, async ? 'async' : 'sync');
    }
    return statics;
  }
}

/** Without the `$1` that a bundler of declarations puts behind names that clash. */
function nameOf(symbol: ts.Symbol): string {
  return symbol.name.replace(/\$\d+$/, '');
}

function isPublic(property: ts.Symbol): boolean {
  if (/^(?:[_#~]|lc_)/.test(property.name)) return false;
  return !(property.declarations ?? []).some(
    (declaration) => ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected),
  );
}

function hasModifier(symbol: ts.Symbol, kind: ts.SyntaxKind): boolean {
  return (symbol.declarations ?? []).some(
    (declaration) =>
      ts.isClassDeclaration(declaration) && declaration.modifiers?.some((modifier) => modifier.kind === kind),
  );
}

function isLangChain(symbol: ts.Symbol): boolean {
  const file = fileOf(symbol);
  return file !== undefined && LANGCHAIN_FILE.test(file);
}

function fileOf(symbol: ts.Symbol): string | undefined {
  return symbol.declarations?.[0]?.getSourceFile().fileName;
}

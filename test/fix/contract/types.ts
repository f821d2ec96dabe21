import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { getFolder, type Line } from '../../proof/packages.ts';
import { fixtures } from './rewrites.ts';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  exactOptionalPropertyTypes: true,
  experimentalDecorators: true,
  esModuleInterop: true,
  allowJs: false,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
  jsx: ts.JsxEmit.Preserve,
};

/** Declarations of packages that the release lines do not have. */
const AMBIENT = path.join(fixtures, 'ambient.d.ts');

/**
 * The type errors of texts, each as a module of its own that sees the packages of a release line: one program for all
 * of them. Its keys are file names relative to the folder of the packages; none of these files is written.
 */
export function checkTypes(line: Line, texts: ReadonlyMap<string, string>): (name: string) => readonly string[] {
  const folder = getFolder(line);
  const virtual = new Map([...texts].map(([name, text]) => [path.join(folder, name), text]));
  virtual.set(path.join(folder, 'ambient.d.ts'), readFileSync(AMBIENT, 'utf8'));
  const host = ts.createCompilerHost(options);
  const folders = new Set([...virtual.keys()].flatMap((file) => getFolders(file, folder)));
  const program = ts.createProgram({
    rootNames: [...virtual.keys()],
    options: { ...options, typeRoots: [path.join(import.meta.dirname, '../../../node_modules/@types')] },
    host: {
      ...host,
      getCurrentDirectory: () => folder,
      fileExists: (file) => virtual.has(path.normalize(file)) || host.fileExists(file),
      directoryExists: (name) => folders.has(path.normalize(name)) || (host.directoryExists?.(name) ?? true),
      readFile: (file) => virtual.get(path.normalize(file)) ?? host.readFile(file),
      getSourceFile: (file, languageVersion) => {
        const text = virtual.get(path.normalize(file));
        return text === undefined
          ? host.getSourceFile(file, languageVersion)
          : ts.createSourceFile(file, text, languageVersion, true);
      },
    },
  });
  return (name) => {
    const file = program.getSourceFile(path.join(folder, name));
    if (!file) throw new Error(`${name} is not in the program.`);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(describe);
  };
}

function getFolders(file: string, root: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = path.dirname(file); folder.startsWith(root); folder = path.dirname(folder)) folders.push(folder);
  return folders;
}

function describe({ code, messageText }: ts.Diagnostic): string {
  return `TS${String(code)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../src/index.ts';

/** Every rule of `recommended`, with its defaults. */
const RECOMMENDED: Linter.RulesRecord = Object.fromEntries(
  Object.keys(plugin.configs.recommended.rules ?? {}).map((name) => [name, 'error']),
);

/** A project on the disk, linted file by file as an editor or the command line does. */
export class TestProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'langchain-project-'));

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write(files);
  }

  /** Writes files, by path inside the project. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      writeFileSync(join(this.folder, file), text);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  /** The reports on a file of the project. */
  lint(
    file: string,
    text: string,
    { parser = typescriptParser, rules = RECOMMENDED, settings = {}, typed = false }: LintOptions = {},
  ): readonly Linter.LintMessage[] {
    return new Linter({ cwd: this.folder }).verify(
      text,
      [
        {
          files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
          languageOptions:
            parser === null
              ? {}
              : { parser, parserOptions: typed ? { project: './tsconfig.json', tsconfigRootDir: this.folder } : {} },
          plugins: { langchain: plugin },
          rules,
          settings: { langchain: settings },
        },
      ],
      { filename: join(this.folder, file) },
    );
  }

  /** The same as text: `12 no-client-in-handler: …`. */
  report(file: string, text: string, options: LintOptions = {}): readonly string[] {
    return this.lint(file, text, options).map(
      ({ line, message, ruleId }) => `${String(line)} ${ruleId?.replace('langchain/', '') ?? 'error'}: ${message}`,
    );
  }
}

export interface LintOptions {
  /** Null: espree. */
  readonly parser?: Linter.Parser | null;
  readonly rules?: Linter.RulesRecord;
  /** Whether the type checker may be asked, of a program that the project's tsconfig.json describes. */
  readonly typed?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}

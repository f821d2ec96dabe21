import type { Linter } from 'eslint';
import { afterAll, expect } from 'vitest';
import { readMarks } from './cases.ts';
import type { Location } from './code.ts';
import { TestProject } from './project.ts';

/** Where the files of a project are: the path, and its code with a mark around each place that is reported. */
export type Files = Readonly<Record<string, string>>;

const projects: TestProject[] = [];

/** Ends with each test file: the projects that it has written. */
export function removeProjects(): void {
  afterAll(() => {
    for (const project of projects.splice(0)) project.remove();
  });
}

/**
 * Writes a project and expects the reports of a rule at the marks of its files and nowhere else: `⟦new ChatOpenAI⟧()`.
 * @param options The rule's own.
 */
export function expectReports(rule: string, files: Files, ...options: readonly unknown[]): void {
  const marked = Object.entries(files).map(([file, source]) => ({ file, ...readMarks(source) }));
  const project = new TestProject({ 'package.json': '{ "dependencies": { "@langchain/core": "^1.0.0" } }' });
  projects.push(project);
  project.write(Object.fromEntries(marked.map(({ code, file }) => [file, code])));
  const found = marked.map(({ code, file }) => ({
    file,
    places: project.lint(file, code, { rules: { [`langchain/${rule}`]: ['error', ...options] } }).map(locate),
  }));
  expect(found).toEqual(marked.map(({ file, places }) => ({ file, places: [...places].sort(byPlace) })));
}

function locate({ column, endColumn, endLine, line }: Linter.LintMessage): Location {
  return { line, column, endLine: endLine ?? line, endColumn: endColumn ?? column };
}

function byPlace(left: Location, right: Location): number {
  return left.line - right.line || left.column - right.column;
}

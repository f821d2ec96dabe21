import assert from 'node:assert/strict';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { getBudget } from '../../src/budget.ts';
import { ALL_RULES, createConfig } from '../contract/linter.ts';
import { TestProject } from '../helpers/project.ts';
import { type Shape, SHAPES } from './shapes.ts';
import { type Web, WEBS } from './webs.ts';

/** A shape of programs or projects, with the steps that all rules take at n, 2n, 4n and 8n. */
export interface Growing {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly count: (size: number) => number;
}

const config = createConfig({ rules: ALL_RULES, languageOptions: { parser } });

/** The steps of one file; they do not differ from machine to machine. */
function countSteps(text: string, filename: string): number {
  const linter = new Linter({ cwd: '/' });
  const messages = linter.verify(text, config, { filename });
  assert.deepEqual(
    messages.filter(({ fatal }) => fatal === true),
    [],
  );
  return getBudget(linter.getSourceCode().ast).spent;
}

function countInProject(files: ReturnType<Web['write']>): number {
  const project = new TestProject(files);
  try {
    return countSteps(files['main.ts'] ?? '', project.path('main.ts'));
  } finally {
    project.remove();
  }
}

const getSizes = ({ n }: Shape | Web): readonly number[] => [n, 2 * n, 4 * n, 8 * n];

export const GROWING: readonly Growing[] = [
  ...SHAPES.map((shape) => ({
    name: shape.name,
    sizes: getSizes(shape),
    count: (size: number) => countSteps(shape.write(size), '/file.ts'),
  })),
  ...WEBS.map((web) => ({
    name: web.name,
    sizes: getSizes(web),
    count: (size: number) => countInProject(web.write(size)),
  })),
];

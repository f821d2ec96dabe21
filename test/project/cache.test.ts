/** What `--cache` does with results that rest on other files, as docs/other-files.md says. */
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { afterEach, expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';

const perCall = code`
  import { ChatOpenAI } from '@langchain/openai';
  export const getModel = () => new ChatOpenAI({ maxConcurrency: 5 });
`;
const shared = code`
  import { ChatOpenAI } from '@langchain/openai';
  const model = new ChatOpenAI({ maxConcurrency: 5 });
  export const getModel = () => model;
`;
const routes = code`
  import { Router } from 'express';
  import { getModel } from './model';

  export const router = Router().post('/questions', async (req, res) => {
    const answer = await getModel().invoke(req.body.question);
    res.json(answer.content);
  });
`;

let project: TestProject;

afterEach(() => {
  project.remove();
});

/** A run of its own, as from the command line. */
async function lint(crossFile: boolean, cache: boolean): Promise<readonly string[]> {
  const eslint = new ESLint({
    cwd: project.folder,
    cache,
    cacheLocation: project.path('.eslintcache'),
    overrideConfigFile: true,
    overrideConfig: [
      { files: ['**/*.ts'], languageOptions: { parser }, settings: { langchain: { crossFile } } },
      plugin.configs.recommended,
    ],
  });
  const results = await eslint.lintFiles(['src/routes.ts']);
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId ?? 'error'));
}

test('a cached result does not see an edit of another file', async () => {
  project = new TestProject({ 'src/model.ts': perCall, 'src/routes.ts': routes });
  expect(await lint(true, true)).toEqual(['langchain/no-client-in-handler']);
  project.write({ 'src/model.ts': shared });
  expect(await lint(true, true)).toEqual(['langchain/no-client-in-handler']);
  expect(await lint(true, false)).toEqual([]);
});

test('a cached result of `crossFile: false` holds, and a change of the setting starts anew', async () => {
  project = new TestProject({ 'src/model.ts': perCall, 'src/routes.ts': routes });
  expect(await lint(false, true)).toEqual([]);
  project.write({ 'src/model.ts': shared });
  expect(await lint(false, true)).toEqual([]);
  project.write({ 'src/model.ts': perCall });
  expect(await lint(true, true)).toEqual(['langchain/no-client-in-handler']);
});

import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { afterEach, describe, expect, test, vi } from 'vitest';
import plugin from '../../src/index.ts';
import { code } from '../helpers/code.ts';

const handler = code`
  import { ChatOpenAI } from '@langchain/openai';
  import express from 'express';

  const app = express();
  app.post('/ask', async (request, response) => {
    const model = new ChatOpenAI({ model: 'gpt-5' });
    response.json(await model.invoke(request.body.question));
  });
`;
const longest = 1_000_000;

function lint(text: string, debug = false): readonly string[] {
  const config: Linter.Config = {
    languageOptions: { parser },
    plugins: { langchain: plugin },
    rules: { 'langchain/no-client-in-handler': 'error', 'langchain/require-timeout': 'error' },
    settings: { langchain: { debug } },
  };
  return new Linter().verify(text, config, 'dist/server.js').map(({ ruleId }) => ruleId ?? '');
}

describe('a file', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('of as many characters as people write is judged', () => {
    const reports = lint(handler + ' '.repeat(longest - handler.length));
    expect(reports).toContain('langchain/no-client-in-handler');
  });

  test('of more is a bundle and is left alone', () => {
    const reports = lint(handler + ' '.repeat(longest - handler.length + 1));
    expect(reports).toEqual([]);
  });

  test('of more is named once by `debug`', () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    lint(handler + ' '.repeat(longest), true);
    expect(log.mock.calls).toEqual([
      ['dist/server.js is not checked: it has more than 1000000 characters, as bundles do.'],
    ]);
  });
});

import { expect, test } from 'vitest';
import { explainHandlers, explainSilence } from '../src/debug.ts';
import { code } from './helpers/code.ts';
import { parseFile } from './helpers/file.ts';

test('says which receivers cannot be traced, and why', () => {
  const file = parseFile(code`
    import { ChatOpenAI } from '@langchain/openai';
    import { pool } from './pool';
    const model = new ChatOpenAI();
    const other = loadModel();
    export async function answer(llm, question) {
      await model.invoke(question);
      await llm.invoke(question);
      await other.batch([question]);
      await pool.query(question);
    }
  `);
  expect(explainSilence(file)).toEqual([
    'src/app.ts:7:13 `invoke()` is not checked: `llm` is a parameter without a LangChain type.',
    'src/app.ts:8:15 `batch()` is not checked: `other` is the result of `loadModel()`.',
  ]);
});

test('lists the functions that count as handlers', () => {
  const file = parseFile(code`
    import express from 'express';
    import { tool } from '@langchain/core/tools';
    const app = express();
    app.post('/ask', async (req, res) => res.json(await answer(req.body)));
    export const search = tool(async ({ query }) => find(query), { name: 'search' });
    async function answer(question) {}
  `);
  expect(explainHandlers(file)).toEqual([
    'src/app.ts:4:18 counts as a handler of Express: it runs once per request.',
    'src/app.ts:5:28 counts as a handler of LangChain: it runs once per tool call.',
  ]);
});

/** A setting that has no effect is reported once, by no-ineffective-config, and not again for what it fails to do. */
import { expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { lint } from './linter.ts';

const models = `
  import { ChatOpenAI } from '@langchain/openai';
  import { ChatAnthropic } from '@langchain/anthropic';
  import { ChatOllama } from '@langchain/ollama';
  import { ChatPromptTemplate } from '@langchain/core/prompts';
  import { LLMChain } from 'langchain/chains';
  const model = new ChatOpenAI({ model: 'gpt-4o' });
  const chain = ChatPromptTemplate.fromTemplate('{q}').pipe(model);
`;

const graphs = `
  import { Annotation, Send, StateGraph } from '@langchain/langgraph';
  import { node } from './nodes';
  const graph = new StateGraph(Annotation.Root({ topics: Annotation }))
    .addNode('a', node)
    .addConditionalEdges('__start__', (state) => state.topics.map((topic) => new Send('a', { topic })))
    .compile();
`;

test.each([
  ['a fan-out with a limit on each call', `${models}export const all = (qs) => Promise.all(qs.map((q) => model.invoke(q, { maxConcurrency: 5 })));`],
  ['a fan-out with a limit in Python’s spelling', `${models}export const all = (qs) => Promise.all(qs.map((q) => chain.invoke({ q }, { max_concurrency: 5 })));`],
  ['a fan-out with a limit inside configurable', `${models}export const all = (qs) => Promise.all(qs.map((q) => chain.invoke({ q }, { configurable: { maxConcurrency: 5 } })));`],
  ['a fan-out over a class that ignores its limit', `${models}const local = new ChatOllama({ maxConcurrency: 2 });\nexport const all = (qs) => Promise.all(qs.map((q) => local.invoke(q)));`],
  ['a fan-out over a model that streams beside its limit', `${models}const streamed = new ChatOpenAI({ maxConcurrency: 2, streaming: true });\nexport const all = (qs) => Promise.all(qs.map((q) => streamed.invoke(q)));`],
  ['a fan-out over a model of initChatModel that lost its limit', `import { initChatModel } from 'langchain';\nconst model = (await initChatModel('openai:gpt-4o', { maxConcurrency: 5 })).bindTools([]);\nexport const all = (qs) => Promise.all(qs.map((q) => model.invoke(q)));`],
  ['a batch in Python’s spelling', `${models}export const all = (qs) => chain.batch(qs, { max_concurrency: 5 });`],
  ['a batch with the method of Python', `${models}export const all = (qs) => chain.abatch(qs, { maxConcurrency: 5 });`],
  ['a batch with a limit inside configurable', `${models}export const all = (qs) => chain.batch(qs, { configurable: { max_concurrency: 5 } });`],
  ['a batch with a limit in a later config', `${models}export const all = (qs) => chain.batch(qs, [{}, { maxConcurrency: 5 }]);`],
  ['a batch behind a limit that withConfig binds', `${models}const limited = model.withConfig({ maxConcurrency: 5 });\nexport const all = (qs) => limited.batch(qs);`],
  ['a batch of a class that ignores its limit', `${models}const local = new ChatOllama({ maxConcurrency: 2 });\nexport const all = (qs) => local.batch(qs);`],
  ['a graph that sends many, with a limit in Python’s spelling', `${graphs}export const run = (topics) => graph.invoke({ topics }, { max_concurrency: 5 });`],
  ['a graph that sends many, with a limit inside configurable', `${graphs}export const run = (topics) => graph.invoke({ topics }, { configurable: { maxConcurrency: 5 } });`],
  ['a low timeout that the class ignores', `import { ChatAnthropic } from '@langchain/anthropic';\nexport const claude = new ChatAnthropic({ timeout: 20 });`],
  ['a low timeout inside configurable', `${models}export const ask = (q) => chain.invoke({ q }, { configurable: { timeout: 20 } });`],
  ['a low timeout that a classic chain ignores', `${models}const classic = new LLMChain({ llm: model, prompt });\nexport const ask = (q) => classic.invoke({ q }, { timeout: 20 });`],
  ['a low timeout signal that a classic chain ignores', `${models}const classic = new LLMChain({ llm: model, prompt });\nexport const ask = (q) => classic.invoke({ q }, { signal: AbortSignal.timeout(20) });`],
  ['an invalid limit of a single call', `${models}export const ask = (q) => model.invoke(q, { maxConcurrency: 0 });`],
  ['a fraction for a class that ignores its limit', `${models}export const local = new ChatOllama({ maxConcurrency: 1.5 });`],
])('%s', (_name, code) => {
  expect(lint(code, { rules: plugin.configs.recommended.rules ?? {} }).map(({ ruleId }) => ruleId)).toEqual(['langchain/no-ineffective-config']);
});

test.each([
  ['an invalid limit for a class that would ignore a valid one', `${models}export const local = new ChatOllama({ maxConcurrency: 0 });`],
  ['an invalid limit for a batch', `${models}export const all = (qs) => chain.batch(qs, { maxConcurrency: 0 });`],
  ['a limit of 1 on a graph that sends many', `${graphs}export const run = (topics) => graph.invoke({ topics }, { maxConcurrency: 1 });`],
])('valid-max-concurrency alone: %s', (_name, code) => {
  expect(lint(code, { rules: plugin.configs.recommended.rules ?? {} }).map(({ ruleId }) => ruleId)).toEqual(['langchain/valid-max-concurrency']);
});

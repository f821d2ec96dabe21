import { describe, expect, test } from 'vitest';
import {
  callKeys,
  configurableKeys,
  constructorOptions,
  inputKeys,
  laterConfig,
  pythonKeys,
  pythonMethods,
} from '../../src/facts/ignored-settings.ts';
import type { Traits } from '../../src/facts/traits.ts';
import { findWorkingOption, getAdvice, isClassicChain, isMet, isOneCall } from '../../src/langchain/ignores.ts';
import { getTraits } from '../../src/langchain/traits.ts';
import type { LangChainValue } from '../../src/trace/value.ts';
import { findMarked, parseFile } from '../helpers/file.ts';

/** The values of the expressions that a module marks with `$(…)`. */
function resolveMarked(code: string): readonly LangChainValue[] {
  const file = parseFile(code);
  return findMarked(file).map((node) => {
    const resolution = file.resolve(node);
    if (resolution.is !== 'yes') throw new Error(resolution.reason);
    return resolution.value;
  });
}

function traitsOf(specifier: string, className: string, version = '1.4.0'): Traits {
  const file = parseFile(`import { ${className} } from '${specifier}';\n$(new ${className}());`, {
    settings: { langchain: { version } },
  });
  const [node] = findMarked(file);
  const resolution = node && file.resolve(node);
  if (resolution?.is !== 'yes') throw new Error(`${className} is not resolved.`);
  return getTraits(file, resolution.value);
}

test('every row names its proof', () => {
  const proofs = [
    ...pythonKeys,
    ...configurableKeys,
    ...inputKeys,
    ...callKeys,
    ...constructorOptions,
    laterConfig,
    pythonMethods,
  ].map(({ proof }) => proof);
  for (const proof of proofs) expect(proof).toMatch(/^[a-z]+(?:-[a-z]+)+$/u);
});

test('Python’s keys are JavaScript’s in snake case', () => {
  for (const { instead, key } of pythonKeys)
    expect(instead.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)).toBe(key);
});

describe('what makes a single call of a single call', () => {
  const head = `
    import { ChatOpenAI } from '@langchain/openai';
    import { ChatPromptTemplate } from '@langchain/core/prompts';
    import { RunnableLambda, RunnableSequence } from '@langchain/core/runnables';
    import { StateGraph } from '@langchain/langgraph';
    const model = new ChatOpenAI();
    const prompt = ChatPromptTemplate.fromTemplate('{q}');
    const graph = new StateGraph(State).addNode('a', node).compile();
  `;

  test.each([
    ['a model', 'model', true],
    ['a prompt', 'prompt', true],
    ['a model with tools and retries', 'model.bindTools(tools).withRetry()', true],
    ['a prompt and a model', 'prompt.pipe(model)', true],
    ['a sequence of these', 'RunnableSequence.from([prompt, model]).withConfig({})', true],
    ['structured output', 'model.withStructuredOutput(schema)', true],
    ['a graph', 'graph', false],
    ['a sequence with a graph', 'prompt.pipe(model).pipe(graph)', false],
    ['a sequence with a step that is not known', 'prompt.pipe(model).pipe(other)', false],
    ['a sequence that assigns', 'prompt.pipe(model).assign({ other })', false],
    ['a model with fallbacks', 'model.withFallbacks([other])', false],
    ['a lambda', 'RunnableLambda.from(fn)', false],
    ['one of two', 'c ? model : graph', false],
  ])('%s: %s', (_name, expression, expected) => {
    const [value] = resolveMarked(`${head}$(${expression});`);
    expect(value && isOneCall(value)).toBe(expected);
  });
});

test('classic chains are told from agent executors and from what merely is built of a chain', () => {
  const values = resolveMarked(`
    import { LLMChain, loadSummarizationChain } from 'langchain/chains';
    import { AgentExecutor } from 'langchain/agents';
    import { createStuffDocumentsChain } from 'langchain/chains/combine_documents';
    const chain = new LLMChain({ llm, prompt });
    $(
      chain,
      loadSummarizationChain(llm),
      new AgentExecutor({ agent }),
      await createStuffDocumentsChain({ llm, prompt }),
      chain.pipe(parse),
    );
  `);
  expect(values.map(isClassicChain)).toEqual([true, true, false, false, false]);
});

describe('what to write instead', () => {
  test('the option that works, where the class has one', () => {
    expect(findWorkingOption('timeout', traitsOf('@langchain/anthropic', 'ChatAnthropic'))).toBe(
      'clientOptions.timeout',
    );
    expect(findWorkingOption('clientOptions.timeout', traitsOf('@langchain/groq', 'ChatGroq'))).toBe('timeout');
    expect(findWorkingOption('timeout', traitsOf('@langchain/ollama', 'ChatOllama'))).toBeNull();
    expect(findWorkingOption('maxConcurrency', traitsOf('@langchain/anthropic', 'ChatAnthropic'))).toBeNull();
  });

  test('an option of an object that somebody makes is no option', () => {
    const traits = traitsOf('@langchain/aws', 'ChatBedrockConverse', '0.3.80');
    expect(findWorkingOption('timeout', traits)).toBeNull();
    expect(getAdvice('timeout', traits)).toBe('Set a timeout on the `client` that it is given');
  });

  test('advice by class and option', () => {
    expect(getAdvice('timeout', traitsOf('@langchain/anthropic', 'ChatAnthropic'))).toBe(
      'Write `clientOptions: { timeout }`',
    );
    expect(getAdvice('maxRetries', traitsOf('@langchain/ollama', 'ChatOllama'))).toBe(
      'Repeat failed calls with `withRetry()`',
    );
    expect(getAdvice('maxRetries', traitsOf('@langchain/aws', 'ChatBedrockConverse'))).toBe(
      'Set `maxAttempts` on the `client` that it is given',
    );
    expect(getAdvice('maxConcurrency', traitsOf('@langchain/mistralai', 'ChatMistralAI'))).toBe(
      'Pass it to `batch()`, or limit the calls with p-limit',
    );
  });

  test('retries that the class makes anyway are what was asked for', () => {
    const ollama = traitsOf('@langchain/ollama', 'ChatOllama');
    expect([
      isMet('maxRetries', 0, ollama),
      isMet('maxRetries', 2, ollama),
      isMet('maxRetries', null, ollama),
      isMet('timeout', 0, ollama),
    ]).toEqual([true, false, false, false]);
  });
});

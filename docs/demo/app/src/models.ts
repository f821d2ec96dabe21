import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';

export const answerModel = new ChatOpenAI({
  model: 'gpt-4.1-mini',
  maxConcurrency: 20,
  maxRetries: 2,
  timeout: 60_000,
});

export const keywordModel = new ChatOpenAI({
  model: 'gpt-4.1-nano',
  temperature: 0,
  timeout: 30,
});

export const draftModel = new ChatAnthropic({
  model: 'claude-sonnet-4-5',
  maxConcurrency: 10,
  maxRetries: 2,
  clientOptions: { timeout: 60_000 },
});

export const embeddings = new OpenAIEmbeddings({
  model: 'text-embedding-3-small',
  timeout: 20_000,
});

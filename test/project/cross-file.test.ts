/** What is seen through other files of a project, and what is not. */
import { afterEach, describe, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { type LintOptions, TestProject } from '../helpers/project.ts';

const projects: TestProject[] = [];

afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

function create(files: Readonly<Record<string, string>>): TestProject {
  const project = new TestProject({
    'package.json': '{ "dependencies": { "@langchain/openai": "1.0.0", "express": "5.0.0" } }',
    ...files,
  });
  projects.push(project);
  return project;
}

const model = code`
  import { ChatOpenAI } from '@langchain/openai';

  export const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });
`;

const factory = code`
  import { ChatOpenAI } from '@langchain/openai';

  export function getModel() {
    return new ChatOpenAI({ model: 'gpt-4.1-mini', maxConcurrency: 5 });
  }
`;

/** A route that calls an imported factory. */
function route(specifier: string, name = 'getModel'): string {
  return code`
    import { Router } from 'express';
    import { ${name} } from '${specifier}';

    export const router = Router();

    router.post('/questions', async (req, res) => {
      const answer = await ${name}().invoke(req.body.question);
      res.json(answer.content);
    });
  `;
}

const builtPerRequest = (place: string, name = 'getModel'): string =>
  `7 no-client-in-handler: \`${name}()\` builds a \`ChatOpenAI\` (\`${place}\`) per request. ` +
  '`maxConcurrency` limits each alone. Create it once, at module scope.';

describe('an imported model', () => {
  const summaries = code`
    import { model } from './model.js';

    export async function summarizeAll(pages: string[]) {
      return Promise.all(pages.map((page) => model.invoke(page)));
    }
  `;
  const fanOut = /^4 no-unbounded-concurrency: `Promise\.all` starts `model\.invoke\(\)` for each of `pages` at once/u;

  test('is known by its construction, in a file that imports nothing from LangChain itself', () => {
    const project = create({ 'src/model.ts': model });
    expect(project.report('src/summaries.ts', summaries)).toEqual([expect.stringMatching(fanOut)]);
  });

  test('is rewritten to `batch` as one of this file would be', () => {
    const project = create({ 'src/model.ts': model });
    const [report] = project.lint('src/summaries.ts', summaries);
    expect(report?.fix?.text).toBeDefined();
    expect(report?.suggestions?.map(({ desc }) => desc) ?? []).not.toContain(
      expect.stringContaining('Set `maxConcurrency'),
    );
  });

  test('limits its calls where its file says so', () => {
    const project = create({ 'src/model.ts': model.replace("'gpt-4.1-mini'", "'gpt-4.1-mini', maxConcurrency: 4") });
    expect(project.report('src/summaries.ts', summaries)).toEqual([]);
  });

  test.each([
    ['a default export', 'export default new ChatOpenAI({});', "import model from './model';"],
    [
      'a default export by name',
      'const model = new ChatOpenAI({});\nexport { model as default };',
      "import model from './model';",
    ],
    [
      'a renamed export',
      'const chat = new ChatOpenAI({});\nexport { chat as model };',
      "import { model } from './model';",
    ],
    [
      'a destructured export',
      'export const { model } = { model: new ChatOpenAI({}) };',
      "import { model } from './model';",
    ],
    ['module.exports', 'module.exports = { model: new ChatOpenAI({}) };', "const { model } = require('./model');"],
    ['module.exports as a whole', 'module.exports = new ChatOpenAI({});', "const model = require('./model');"],
    ['exports.model', 'exports.model = new ChatOpenAI({});', "const { model } = require('./model');"],
    ['export =', 'export = new ChatOpenAI({});', "import model = require('./model');"],
    ['a dynamic import', 'export const model = new ChatOpenAI({});', "const { model } = await import('./model');"],
  ])('through %s', (_name, exported, imported) => {
    const project = create({
      'src/model.ts': code`
        import { ChatOpenAI } from '@langchain/openai';
        ${exported}
      `,
    });
    const text = code`
      ${imported}
      const answers = Promise.all(questions.map((question) => model.invoke(question)));
    `;
    expect(project.report('src/ask.ts', text)).toEqual([expect.stringMatching(/^2 no-unbounded-concurrency: /u)]);
  });

  test('through a namespace', () => {
    const project = create({ 'src/model.ts': model });
    const text = code`
      import * as models from './model';
      await Promise.all(questions.map((question) => models.model.invoke(question)));
    `;
    expect(project.report('src/ask.ts', text)).toEqual([
      expect.stringMatching(/^2 no-unbounded-concurrency: `Promise\.all` starts `models\.model\.invoke\(\)`/u),
    ]);
  });

  test('through barrels and re-exports', () => {
    const project = create({
      'src/ai/model.ts': model,
      'src/ai/index.ts': code`
        export * from './prompts';
        export * from './all';
        export type { Options } from './options';
      `,
      'src/ai/all.ts': code`
        export { model as chat } from './model';
        export * as models from './model';
      `,
      'src/ai/prompts.ts': code`
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        export const prompt = ChatPromptTemplate.fromTemplate('{question}');
      `,
      'src/ai/options.ts': 'export interface Options { readonly name: string }\n',
    });
    const text = code`
      import { chat, models, prompt } from './ai';

      const chain = prompt.pipe(chat);
      await chain.batch(questions);
      await models.model.batch(questions);
    `;
    expect(project.report('src/ask.ts', text).map((report) => report.slice(0, 26))).toEqual([
      '4 require-max-concurrency:',
      '5 require-max-concurrency:',
    ]);
  });

  test('that a barrel takes from LangChain is LangChain’s', () => {
    const project = create({
      'src/ai.ts': code`
        export { ChatOpenAI } from '@langchain/openai';
        export * from '@langchain/anthropic';
      `,
    });
    const text = code`
      import { ChatAnthropic, ChatOpenAI } from './ai';
      await new ChatOpenAI({}).batch(questions);
      await new ChatAnthropic({}).batch(questions);
    `;
    expect(project.report('src/ask.ts', text).map((report) => report.slice(0, 26))).toEqual([
      '2 require-max-concurrency:',
      '3 require-max-concurrency:',
    ]);
  });

  test('that may be one of several things is nothing', () => {
    const project = create({
      'src/model.ts': code`
        import { ChatOpenAI } from '@langchain/openai';
        import { stub } from './stub';
        export const model = process.env.CI ? stub : new ChatOpenAI({});
      `,
      'src/stub.ts': 'export const stub = {};\n',
    });
    expect(project.report('src/summaries.ts', summaries)).toEqual([]);
  });
});

describe('an imported class', () => {
  const service = code`
    import { ChatOpenAI } from '@langchain/openai';

    export class AnswerService {
      private readonly model = new ChatOpenAI({ model: 'gpt-4.1-mini' });

      async answer(question: string) {
        return this.model.invoke(question);
      }

      static create() {
        return new AnswerService();
      }
    }

    export const answers = new AnswerService();
  `;

  test.each([
    [
      'its instance',
      code`
        import { answers } from './answers';
        await Promise.all(questions.map((question) => answers.answer(question)));
      `,
      2,
    ],
    [
      'what its static method gives',
      code`
        import { AnswerService } from './answers';
        const service = AnswerService.create();
        await Promise.all(questions.map((question) => service.answer(question)));
      `,
      3,
    ],
    [
      'an injected service',
      code`
        import { AnswerService } from './answers';

        export class AnswerController {
          constructor(private readonly service: AnswerService) {}

          answerAll(questions: string[]) {
            return Promise.all(questions.map((question) => this.service.answer(question)));
          }
        }
      `,
      7,
    ],
    [
      'a subclass',
      code`
        import { AnswerService } from './answers';

        export class LoudService extends AnswerService {
          shoutAll(questions: string[]) {
            return Promise.all(questions.map((question) => this.answer(question.toUpperCase())));
          }
        }
      `,
      5,
    ],
  ])('is followed through %s', (_name, text, line) => {
    const project = create({ 'src/answers.ts': service });
    expect(project.report('src/ask.ts', text)).toEqual([
      expect.stringMatching(new RegExp(`^${String(line)} no-unbounded-concurrency: .*this\\.model\\.invoke`, 'u')),
    ]);
  });

  test('that extends one of LangChain’s is used as such', () => {
    const project = create({
      'src/retriever.ts': code`
        import { BaseRetriever } from '@langchain/core/retrievers';
        export class ArticleRetriever extends BaseRetriever {}
      `,
    });
    const text = code`
      import { ArticleRetriever } from './retriever';
      export class Search {
        constructor(private readonly retriever: ArticleRetriever) {}
        run(queries: string[]) { return this.retriever.batch(queries); }
      }
    `;
    expect(project.report('src/search.ts', text).map((report) => report.slice(0, 26))).toEqual([
      '4 require-max-concurrency:',
    ]);
    const used = code`
      import { ArticleRetriever } from './retriever';
      const model = (llm: ArticleRetriever) => llm.withConfig({});
    `;
    expect(project.report('src/search.ts', used)).toEqual([]);
  });
});

describe('an imported helper', () => {
  const summarize = code`
    import { ChatOpenAI } from '@langchain/openai';

    const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });

    export const summarize = async (page: string) => {
      const answer = await model.invoke(page);
      return answer.text;
    };
  `;

  test('makes the calls that a fan-out starts', () => {
    const project = create({ 'src/summarize.ts': summarize });
    const text = code`
      import { summarize } from './summarize';
      export const all = (pages: string[]) => Promise.all(pages.map(summarize));
    `;
    const [report] = project.lint('src/all.ts', text);
    expect(report).toMatchObject({ ruleId: 'langchain/no-unbounded-concurrency', line: 2, column: 41, endColumn: 52 });
    expect(report?.message).toContain('starts `model.invoke()` for each of `pages`');
  });

  test('that limits its calls is a limit', () => {
    const project = create({
      'src/summarize.ts': code`
        import pLimit from 'p-limit';
        const limit = pLimit(4);
        ${summarize.replace('await model.invoke(page)', 'await limit(() => model.invoke(page))')}
      `,
    });
    const text = code`
      import { summarize } from './summarize';
      export const all = (pages: string[]) => Promise.all(pages.map((page) => summarize(page)));
    `;
    expect(project.report('src/all.ts', text)).toEqual([]);
  });

  test('through which callbacks run is looked into, and one that cannot be seen may limit', () => {
    const project = create({
      'src/retry.ts': code`
        import { ChatOpenAI } from '@langchain/openai';
        export const model = new ChatOpenAI({});
        export async function retry<T>(run: () => Promise<T>): Promise<T> {
          try { return await run(); } catch { return run(); }
        }
      `,
      'src/limits.ts': "export { limited } from 'somewhere';\n",
    });
    const text = code`
      import { limited } from './limits';
      import { model, retry } from './retry';

      await Promise.all(pages.map((page) => retry(() => model.invoke(page))));
      await Promise.all(pages.map((page) => limited(() => model.invoke(page))));
    `;
    expect(project.report('src/all.ts', text)).toEqual([expect.stringMatching(/^4 no-unbounded-concurrency/u)]);
  });
});

test('the name of a model is read where the rest of its file leads to LangChain', () => {
  const project = create({
    'src/model.ts': factory,
    'src/setup.ts': code`
      import { getModel } from './model';
      export const name = 'anthropic:claude-sonnet-4-5';
      export const ask = (question: string) => getModel().invoke(question);
    `,
  });
  const text = code`
    import { createAgent } from 'langchain';
    import { name } from './setup';
    export const agent = createAgent({ model: name, tools: [] });
  `;
  const rules = { 'langchain/require-timeout': 'error' } as const;
  expect(project.report('src/agent.ts', text, { rules })).toEqual([expect.stringMatching(/^3 require-timeout/u)]);
});

describe('a client that another file builds on each call', () => {
  test('is reported where the handler calls', () => {
    const project = create({ 'src/model.ts': factory });
    const text = route('./model');
    expect(project.report('src/routes.ts', text)).toEqual([builtPerRequest('src/model.ts:4')]);
    expect(project.lint('src/routes.ts', text)[0]).toMatchObject({ line: 7, column: 24, endLine: 7, endColumn: 32 });
  });

  test('is not where the function keeps it', () => {
    const lazy = factory
      .replace('export function', 'let kept: ChatOpenAI | undefined;\n\nexport function')
      .replace('return new', 'return kept ??= new');
    const guarded = factory
      .replace('export function', 'let kept: ChatOpenAI | undefined;\n\nexport function')
      .replace('return new', 'if (!kept) kept = new')
      .replace(');\n}', ');\n  return kept;\n}');
    const project = create({ 'src/lazy.ts': lazy, 'src/guarded.ts': guarded });
    expect(project.report('src/routes.ts', route('./lazy'))).toEqual([]);
    expect(project.report('src/routes.ts', route('./guarded'))).toEqual([]);
  });

  test('is not where what it is made of belongs to the request', () => {
    const project = create({
      'src/model.ts': factory
        .replace('getModel()', 'getModel(apiKey: string)')
        .replace('maxConcurrency', 'apiKey, maxConcurrency'),
    });
    const perRequest = route('./model').replace('getModel()', "getModel(req.get('authorization'))");
    const shared = route('./model').replace('getModel()', 'getModel(process.env.OPENAI_API_KEY)');
    expect(project.report('src/routes.ts', perRequest)).toEqual([]);
    expect(project.report('src/routes.ts', shared)).toEqual([builtPerRequest('src/model.ts:4')]);
  });

  test('is not where the request decides which one is built', () => {
    const project = create({
      'src/model.ts': code`
        import { ChatOpenAI } from '@langchain/openai';

        export function getModel(name?: string) {
          switch (name) {
            case undefined:
              return new ChatOpenAI({ model: 'gpt-4.1-mini' });
            default:
              return new ChatOpenAI({ model: name });
          }
        }
      `,
    });
    expect(project.report('src/routes.ts', route('./model').replace('getModel()', 'getModel(req.body.model)'))).toEqual(
      [],
    );
  });

  test('is not where it replaces one that failed', () => {
    const project = create({
      'src/model.ts': code`
        import { ChatOpenAI } from '@langchain/openai';
        import { registry } from './registry';

        export async function getModel() {
          try {
            return await registry.find();
          } catch {
            return new ChatOpenAI({ model: 'gpt-4.1-mini' });
          }
        }
      `,
    });
    expect(
      project.report('src/routes.ts', route('./model').replace('await getModel()', 'await (await getModel())')),
    ).toEqual([]);
  });

  test('is reported once: not where a file on the way has a handler of its own', () => {
    const project = create({
      'src/model.ts': factory,
      'src/questions.ts': code`
        import type { Request, Response } from 'express';
        import { getModel } from './model';

        export async function answer(req: Request, res: Response) {
          res.json(await getModel().invoke(req.body.question));
        }
      `,
    });
    const routes = code`
      import { Router } from 'express';
      import { answer } from './questions';
      export const router = Router().post('/questions', answer);
    `;
    expect(project.report('src/routes.ts', routes)).toEqual([]);
  });

  test('is reported where a handler of another file is registered', () => {
    const project = create({
      'src/model.ts': factory,
      'src/nodes.ts': code`
        import { getModel } from './model';

        export async function classify(input) {
          return { answer: await getModel().invoke(input.question) };
        }
      `,
    });
    const graph = code`
      import { StateGraph } from '@langchain/langgraph';
      import { classify } from './nodes';

      export const graph = new StateGraph(State).addNode('classify', classify).compile();
    `;
    const [report] = project.lint('src/graph.ts', graph, { rules: { 'langchain/no-client-in-handler': 'error' } });
    expect(report?.message).toMatch(/^`classify` builds a `ChatOpenAI` \(`src\/model\.ts:4`\) per graph step/u);
    expect(report).toMatchObject({ line: 4, column: 64, endColumn: 72 });
  });

  test('is reported where a loop calls', () => {
    const project = create({ 'src/model.ts': factory });
    const text = code`
      import { getModel } from './model';

      export async function summarizeAll(pages: string[]) {
        const summaries: string[] = [];
        for (const page of pages) {
          const model = getModel();
          summaries.push((await model.invoke(page)).text);
        }
        return summaries;
      }
    `;
    const reports = project.lint('src/all.ts', text);
    expect(reports.map(({ message }) => message)).toEqual([
      '`getModel()` builds a `ChatOpenAI` (`src/model.ts:4`) per item. ' +
        '`maxConcurrency` limits each alone. Build it once, above the loop.',
    ]);
    expect(reports[0]).toMatchObject({ ruleId: 'langchain/no-client-in-loop', line: 6, column: 19, endColumn: 27 });
    const [suggestion] = reports[0]?.suggestions ?? [];
    expect(suggestion?.desc).toBe('Move `model` above the loop.');
    const [start, end] = suggestion?.fix.range ?? [0, 0];
    expect(text.slice(0, start) + (suggestion?.fix.text ?? '') + text.slice(end)).toContain(
      '  const model = getModel();\n  for (const page of pages) {\n    summaries.push(',
    );
  });

  test('is offered above the loop only where the call returns the client, and what it takes is there', () => {
    const project = create({
      'src/model.ts': code`
        import { ChatOpenAI } from '@langchain/openai';
        export const getModel = (name?: string) => new ChatOpenAI({ model: 'gpt-4o', maxConcurrency: 4 });
        export const ask = async (text: string) => (await getModel().invoke(text)).text;
      `,
    });
    const reports = project.lint(
      'src/all.ts',
      code`
        import { ask, getModel } from './model';
        export async function askAll(pages: string[]) {
          for (const page of pages) console.log(await ask(page));
          for (const page of pages) {
            const name = page.slice(1);
            await getModel(name).invoke(page);
          }
        }
      `,
    );
    expect(reports.map(({ line, suggestions }) => [line, suggestions ?? []])).toEqual([
      [3, []],
      [6, []],
    ]);
  });

  test('is not where the item chooses which of several is built', () => {
    const project = create({
      'src/embeddings.ts': code`
        import { HuggingFaceInferenceEmbeddings } from '@langchain/community/embeddings/hf';
        import { OpenAIEmbeddings } from '@langchain/openai';

        export function createEmbeddings(provider: string, model: string) {
          model = model.replace(/^embedding:/, '');
          switch (provider) {
            case 'openai':
              return new OpenAIEmbeddings({ model });
            default:
              return new HuggingFaceInferenceEmbeddings();
          }
        }
      `,
    });
    const text = code`
      import { createEmbeddings } from './embeddings';

      export async function embedAll(jobs) {
        for (const job of jobs) await createEmbeddings(job.provider, job.model).embedQuery(job.text);
      }
    `;
    expect(project.lint('src/all.ts', text, { rules: { 'langchain/no-client-in-loop': 'error' } })).toEqual([]);
  });

  test('is not where what it is made of cannot be seen', () => {
    const project = create({
      'src/model.ts': code`
        import { ChatOpenAI } from '@langchain/openai';

        const keys = new Map<string, string[]>();

        export function getModel(name: string) {
          const pool = keys.get(name) ?? [];
          const [apiKey] = pool;
          return new ChatOpenAI({ model: name, apiKey });
        }
      `,
    });
    const text = code`
      import { getModel } from './model';
      for (const page of pages) await getModel('gpt-4.1-mini').invoke(page);
    `;
    expect(project.report('src/all.ts', text)).toEqual([]);
  });

  test('is where a field that is the same for each instance decides', () => {
    const embedder = code`
      import { VoyageEmbeddings } from '@langchain/community/embeddings/voyage';

      class Embedder {
        constructor(model: string) {
          this.model = process.env.EMBEDDING_MODEL ?? 'voyage-3-lite';
          this.embeddings = new VoyageEmbeddings({ modelName: this.model, maxConcurrency: 5 });
        }
      }

      export const getEmbedder = (model: string) => new Embedder(model);
    `;
    const text = code`
      import { getEmbedder } from './embedder';
      for (const page of pages) await getEmbedder(page.model).embeddings.embedDocuments(page.texts);
    `;
    expect(create({ 'src/embedder.ts': embedder }).report('src/index-pages.ts', text)).toHaveLength(1);
    const given = embedder.replace("process.env.EMBEDDING_MODEL ?? 'voyage-3-lite'", 'model');
    expect(create({ 'src/embedder.ts': given }).report('src/index-pages.ts', text)).toEqual([]);
  });

  test('is not where the loop’s item decides', () => {
    const project = create({
      'src/model.ts': factory
        .replace('getModel()', 'getModel(model: string)')
        .replace("model: 'gpt-4.1-mini'", 'model'),
    });
    const text = code`
      import { getModel } from './model';
      for (const name of names) await getModel(name).invoke('Hi');
    `;
    expect(project.report('src/compare.ts', text)).toEqual([]);
  });
});

describe('a blocking call in another file', () => {
  const prompts = code`
    import { readFileSync } from 'node:fs';

    export function readPrompt(name: string) {
      return readFileSync(\`prompts/\${name}.txt\`, 'utf8');
    }
  `;
  const answer = code`
    import { ChatOpenAI } from '@langchain/openai';
    import { Router } from 'express';
    import { readPrompt } from './prompts';

    const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });

    export const router = Router().post('/questions', async (req, res) => {
      const prompt = readPrompt(req.body.topic);
      res.json(await model.invoke(prompt));
    });
  `;

  test('is reported where the handler calls', () => {
    const project = create({ 'src/prompts.ts': prompts });
    expect(project.report('src/routes.ts', answer)).toEqual([
      '8 no-blocking-in-handler: `readPrompt()` calls `readFileSync()` (`src/prompts.ts:4`), ' +
        'blocking every request. Use `await fs.promises.readFile(…)`.',
    ]);
  });

  test('is reported once where the handler calls one of two functions', () => {
    const named = `import '@langchain/core/prompts';\n${prompts}`;
    const project = create({ 'src/prompts.ts': named, 'src/drafts.ts': named.replace('readPrompt', 'readDraft') });
    const either = answer
      .replace('readPrompt(req.body.topic)', '(req.body.draft ? readDraft : readPrompt)(req.body.topic)')
      .replace("from './prompts';", "from './prompts';\nimport { readDraft } from './drafts';");
    expect(project.report('src/routes.ts', either)).toHaveLength(1);
  });

  test('is not what a constructor does for some instances', () => {
    const keys = code`
      import { generateKeyPairSync } from 'node:crypto';

      export class Keys {
        constructor(creates = false) {
          if (creates) this.create();
        }
        create() {
          generateKeyPairSync('rsa', { modulusLength: 2048 });
        }
        read() {
          return process.env.PROMPT ?? '';
        }
      }
    `;
    const project = create({ 'src/prompts.ts': keys });
    const read = answer
      .replace('readPrompt(req.body.topic)', 'new Keys().read()')
      .replace('{ readPrompt }', '{ Keys }');
    expect(project.report('src/routes.ts', read)).toEqual([]);
    expect(project.report('src/routes.ts', read.replace('.read()', '.create()'))).toHaveLength(1);
  });

  test('is not where what it gives is kept', () => {
    const project = create({ 'src/prompts.ts': prompts });
    const kept = answer
      .replace('const prompt = readPrompt(req.body.topic);', 'prompt ??= readPrompt(req.body.topic);')
      .replace('export const router', 'let prompt: string | undefined;\n\nexport const router');
    expect(project.report('src/routes.ts', kept)).toEqual([]);
  });
});

describe('a blocking method of another file', () => {
  const store = code`
    import fs from 'node:fs';

    export class PromptStore {
      load(name: string) {
        return fs.readFileSync(\`prompts/\${name}.txt\`, 'utf8');
      }
      peek(name: string) {
        return name.length;
      }
    }

    export class Rules {
      readonly text: string;
      constructor(name: string) {
        this.text = fs.readFileSync(\`rules/\${name}.txt\`, 'utf8');
      }
    }

    export class CachedStore extends PromptStore {}

    export const prompts = {
      load(name: string) {
        return fs.readFileSync(\`prompts/\${name}.txt\`, 'utf8');
      },
    };

    export default prompts;
  `;
  const api = (imported: string, setup: string, call: string): string => code`
    import { Hono } from 'hono';
    import { createAgent } from 'langchain';
    ${imported}

    const agent = createAgent({ model: 'openai:gpt-4.1-mini', tools: [] });
    ${setup}

    export const app = new Hono().post('/ask', async (c) => c.json(await agent.invoke({ messages: ${call} })));
  `;
  const named = (name: string): string => `import { ${name} } from './store';`;

  test.each([
    ['of an object', named('prompts'), '', "prompts.load('a')", 'prompts.load'],
    ['of the default export', "import prompts from './store';", '', "prompts.load('a')", 'prompts.load'],
    ['of a module', "import * as store from './store';", '', "store.prompts.load('a')", 'store.prompts.load'],
    ['of a new instance', named('PromptStore'), '', "new PromptStore().load('a')", 'load'],
    ['of a kept instance', named('PromptStore'), 'const store = new PromptStore();', "store.load('a')", 'store.load'],
    ['of a constructor', named('Rules'), '', "new Rules('a').text", 'new Rules'],
    ['of a base class', named('CachedStore'), 'const store = new CachedStore();', "store.load('a')", 'store.load'],
  ])('%s', (_name, imported, setup, call, caller) => {
    const project = create({ 'src/store.ts': store });
    const [report, ...others] = project.report('src/api.ts', api(imported, setup, call));
    expect(report).toContain(`no-blocking-in-handler: \`${caller}()\` calls \`readFileSync()\``);
    expect(others).toEqual([]);
  });

  test('of an object that a third file makes', () => {
    const project = create({
      'src/lib/store.ts': store,
      'src/prompts.ts': "import { PromptStore } from './lib/store';\n\nexport const prompts = new PromptStore();\n",
    });
    const text = api("import { prompts } from './prompts';", '', "prompts.load('a')");
    expect(project.report('src/api.ts', text)).toHaveLength(1);
  });

  test('of a service that Nest injects', () => {
    const project = create({
      'src/prompt.service.ts': code`
        import { Injectable } from '@nestjs/common';
        import { readFileSync } from 'node:fs';

        @Injectable()
        export class PromptService {
          load(name: string) {
            return readFileSync(\`prompts/\${name}.txt\`, 'utf8');
          }
        }
      `,
    });
    const controller = code`
      import { ChatOpenAI } from '@langchain/openai';
      import { Body, Controller, Post } from '@nestjs/common';
      import { PromptService } from './prompt.service';

      const model = new ChatOpenAI({ model: 'gpt-4.1-mini' });

      @Controller('ask')
      export class AskController {
        constructor(private readonly prompts: PromptService) {}

        @Post()
        async ask(@Body('topic') topic: string) {
          return (await model.invoke(this.prompts.load(topic))).text;
        }
      }
    `;
    expect(project.report('src/ask.controller.ts', controller)).toEqual([
      '13 no-blocking-in-handler: `this.prompts.load()` calls `readFileSync()` (`src/prompt.service.ts:7`), ' +
        'blocking every request. Use `await fs.promises.readFile(…)`.',
    ]);
  });

  test.each([
    ['a method that does not block', named('PromptStore'), 'const store = new PromptStore();', "store.peek('a')"],
    ['a method that is not there', named('prompts'), '', "prompts.read('a')"],
    ['a call at module scope', named('prompts'), "const prompt = prompts.load('a');", 'prompt'],
    ['another object', named('prompts'), 'const other = { load: (name: string) => name };', "other.load('a')"],
  ])('not %s', (_name, imported, setup, call) => {
    const project = create({ 'src/store.ts': store });
    expect(project.report('src/api.ts', api(imported, setup, call))).toEqual([]);
  });
});

describe('a message about another file fits the terminal', () => {
  const strict = Object.fromEntries(
    ['no-client-in-handler', 'no-in-memory-checkpointer', 'no-indexing-in-handler', 'no-overlapping-interval'].map(
      (rule) => [`langchain/${rule}`, 'error' as const],
    ),
  );
  const route = (imported: string, call: string): string => code`
    import express from 'express';
    import { ${imported} } from './lib/knowledge';
    const app = express();
    app.post('/ask', async (req, res) => res.json(await ${call}));
  `;
  const head = code`
    import { OpenAIEmbeddings } from '@langchain/openai';
    import { loadHandbook, pool } from './data';
    const embeddings = new OpenAIEmbeddings();
  `;

  test.each([
    [
      'a store that checks out a connection',
      `import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
      ${head}
      export const createRetriever = async () =>
        (await PGVectorStore.initialize(embeddings, { pool, tableName: 'docs' })).asRetriever();`,
      route('createRetriever', '(await createRetriever()).invoke(req.body.question)'),
    ],
    [
      'documents',
      `import { QdrantVectorStore } from '@langchain/qdrant';
      ${head}
      export async function answerQuestion(q: string) {
        const store = await QdrantVectorStore.fromDocuments(await loadHandbook(), embeddings, { url: 'http://db' });
        return store.similaritySearch(q);
      }`,
      route('answerQuestion', 'answerQuestion(req.body.question)'),
    ],
    [
      'a history',
      `import { InMemoryChatMessageHistory } from '@langchain/core/chat_history';
      import { RunnableWithMessageHistory } from '@langchain/core/runnables';
      import { ChatOpenAI } from '@langchain/openai';
      const histories: Record<string, InMemoryChatMessageHistory> = {};
      const chat = new RunnableWithMessageHistory({
        runnable: new ChatOpenAI(),
        getMessageHistory: (id) => (histories[id] ??= new InMemoryChatMessageHistory()),
      });
      export const answerQuestion = async (q: string, sessionId: string) =>
        chat.invoke(q, { configurable: { sessionId } });`,
      route('answerQuestion', 'answerQuestion(req.body.question, req.body.session)'),
    ],
    [
      'an interval',
      `import { ChatOpenAI } from '@langchain/openai';
      const classifier = new ChatOpenAI();
      export const triageTickets = async () => classifier.invoke(await readTickets());`,
      code`
        import { triageTickets } from './lib/knowledge';
        setInterval(async () => { await triageTickets(); }, 30_000);
      `,
    ],
    [
      'a service of Nest',
      `import { ChatOpenAI } from '@langchain/openai';
      import { Injectable } from '@nestjs/common';
      @Injectable()
      export class ModelsService {
        getModel() { return new ChatOpenAI({ model: 'gpt-4.1-mini', maxConcurrency: 5 }); }
      }`,
      code`
        import { Controller, Post } from '@nestjs/common';
        import { ModelsService } from './lib/knowledge';
        @Controller('ask')
        export class AskController {
          constructor(private readonly models: ModelsService) {}
          @Post()
          async ask(question: string) {
            return (await this.models.getModel().invoke(question)).text;
          }
        }
      `,
    ],
  ])('%s', (_name, other, text) => {
    const project = create({ 'src/lib/knowledge.ts': other });
    const messages = project.lint('src/routes.ts', text, { rules: strict }).map(({ message }) => message);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter(({ length }) => length > 160)).toEqual([]);
  });
});

describe('where other files are out of reach', () => {
  const text = route('./model');

  test.each<[string, LintOptions]>([
    ['crossFile: false', { settings: { crossFile: false } }],
    ['no package of LangChain in the project', {}],
  ])('%s', (name, options) => {
    const project = create({ 'src/model.ts': factory });
    if (name.startsWith('no package')) project.write({ 'package.json': '{ "dependencies": { "express": "5.0.0" } }' });
    expect(project.report('src/routes.ts', text, options)).toEqual([]);
  });

  test.each([
    ['a missing file', {}],
    ['a syntax error', { 'src/model.ts': `${factory}\nexport const = ;\n` }],
    [
      'a declaration',
      {
        'src/model.d.ts': code`
          import { ChatOpenAI } from '@langchain/openai';
          export declare function getModel(): ChatOpenAI;
        `,
      },
    ],
    ['an export that is not there', { 'src/model.ts': factory.replace('getModel', 'createModel') }],
    [
      'a cycle of re-exports',
      {
        'src/model.ts': code`
          import '@langchain/openai';
          export { getModel } from './other';
        `,
        'src/other.ts': "export { getModel } from './model';\n",
      },
    ],
    [
      'a cycle of export *',
      {
        'src/model.ts': code`
          import '@langchain/openai';
          export * from './other';
        `,
        'src/other.ts': "export * from './model';\n",
      },
    ],
    [
      'a cycle of values',
      {
        'src/model.ts': code`
          import '@langchain/openai';
          import { other } from './other';
          export const getModel = other;
        `,
        'src/other.ts': code`
          import { getModel } from './model';
          export const other = getModel;
        `,
      },
    ],
    [
      'a file that imports the linted one',
      {
        'src/model.ts': code`
          import '@langchain/openai';
          import { router } from './routes';
          export const getModel = router.getModel;
        `,
      },
    ],
  ])('%s', (_name, files) => {
    expect(create(files).report('src/routes.ts', text)).toEqual([]);
  });

  test('the file has no place on the disk', () => {
    const project = create({ 'src/model.ts': factory });
    const reports = project.lint('../../<input>', text);
    expect(reports.filter(({ ruleId }) => ruleId !== null)).toEqual([]);
  });
});

describe('found by', () => {
  test.each([
    ['a path with the extension of the output', './model.js', { 'src/model.ts': factory }],
    ['a path to a folder', './model', { 'src/model/index.ts': factory }],
    ['a path with the extension of the source', './model.mts', { 'src/model.mts': factory }],
    ['a name with a dot', './model.factory', { 'src/model.factory.ts': factory }],
    [
      'paths of tsconfig.json',
      '@/model',
      { 'src/model.ts': factory, 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }' },
    ],
    [
      'paths of a config that is extended',
      '~/model',
      {
        'src/model.ts': factory,
        'tsconfig.json': '{ "extends": "./tsconfig.base.json" }',
        'tsconfig.base.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "~/*": ["src/*"] } } } // base',
      },
    ],
    [
      'paths of a config that is referenced',
      '@/model',
      {
        'src/model.ts': factory,
        'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
        'tsconfig.app.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      },
    ],
    ['baseUrl', 'src/model', { 'src/model.ts': factory, 'tsconfig.json': '{ "compilerOptions": { "baseUrl": "." } }' }],
    [
      'jsconfig.json',
      '@/model',
      { 'src/model.ts': factory, 'jsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }' },
    ],
    [
      'imports of package.json',
      '#model',
      {
        'src/model.ts': factory,
        'package.json':
          '{ "imports": { "#model": { "types": "./dist/model.d.ts", "default": "./dist/model.js" } }, ' +
          '"dependencies": { "@langchain/openai": "1" } }',
      },
    ],
    [
      'a workspace',
      '@acme/ai',
      {
        'package.json': '{ "workspaces": ["packages/*"] }',
        'packages/ai/package.json':
          '{ "name": "@acme/ai", "main": "./dist/index.js", "dependencies": { "@langchain/openai": "1" } }',
        'packages/ai/src/index.ts': "export * from './model';\n",
        'packages/ai/src/model.ts': factory,
      },
    ],
    [
      'a subpath of a workspace',
      '@acme/ai/model',
      {
        'package.json': '{ "workspaces": { "packages": ["packages/**"] } }',
        'packages/shared/ai/package.json':
          '{ "name": "@acme/ai", "exports": { "./*": { "types": "./dist/*.d.ts", ' +
          '"import": "./dist/*.js" } }, "dependencies": { "@langchain/openai": "1" } }',
        'packages/shared/ai/src/model.ts': factory,
      },
    ],
    [
      'a workspace of pnpm',
      '@acme/ai',
      {
        'package.json': '{}',
        'pnpm-workspace.yaml': "packages:\n  # all of them\n  - 'libs/*'\n  - tools\n",
        'libs/ai/package.json':
          '{ "name": "@acme/ai", "source": "./lib/main.ts", "dependencies": { "@langchain/openai": "1" } }',
        'libs/ai/lib/main.ts': factory,
      },
    ],
    [
      'its own package’s name',
      'app/model',
      {
        'package.json':
          '{ "name": "app", "exports": { "./model": "./src/model.ts" }, "dependencies": { "@langchain/openai": "1" } }',
        'src/model.ts': factory,
      },
    ],
  ])('%s', (_name, specifier, files) => {
    const reports = create(files).report('src/routes.ts', route(specifier));
    expect(reports).toEqual([
      expect.stringMatching(/^7 no-client-in-handler: `getModel\(\)` builds a `ChatOpenAI` \(`[^`]+:4`\) per request/u),
    ]);
  });

  test('nothing in node_modules', () => {
    const project = create({
      'node_modules/@acme/ai/package.json': '{ "name": "@acme/ai", "main": "index.ts" }',
      'node_modules/@acme/ai/index.ts': factory,
    });
    expect(project.report('src/routes.ts', route('@acme/ai'))).toEqual([]);
  });
});

describe('a file that changes', () => {
  test('is read again, also behind another one', () => {
    const project = create({ 'src/ai.ts': "export * from './model';\n", 'src/model.ts': factory });
    const direct = route('./model');
    const indirect = route('./ai');
    expect(project.report('src/routes.ts', direct)).toHaveLength(1);
    expect(project.report('src/routes.ts', indirect)).toHaveLength(1);
    project.write({
      'src/model.ts': factory
        .replace('export function', 'const kept = new ChatOpenAI({});\n\nexport function')
        .replace(/return new.*/u, 'return kept;'),
    });
    expect(project.report('src/routes.ts', direct)).toEqual([]);
    expect(project.report('src/routes.ts', indirect)).toEqual([]);
    project.write({ 'src/model.ts': factory });
    expect(project.report('src/routes.ts', direct)).toHaveLength(1);
  });

  test('may come later', () => {
    const project = create({});
    expect(project.report('src/routes.ts', route('./model'))).toEqual([]);
    project.write({ 'src/model.ts': factory });
    expect(project.report('src/routes.ts', route('./model'))).toHaveLength(1);
  });
});

test('espree parses the other files of a JavaScript project', () => {
  const project = create({ 'src/model.js': factory });
  expect(project.report('src/routes.js', route('./model.js'), { parser: null })).toEqual([
    builtPerRequest('src/model.js:4'),
  ]);
});

test('what stands in another file is not reported here', () => {
  const project = create({
    'src/options.ts': code`
      import '@langchain/openai';
      export const options = { model: 'gpt-4.1-mini', timeout: 30, maxConcurrency: 0 };
    `,
  });
  const text = code`
    import { ChatOpenAI } from '@langchain/openai';
    import { options } from './options';
    export const model = new ChatOpenAI(options);
  `;
  expect(project.report('src/model.ts', text)).toEqual([]);
});

test('a list that another file writes out is short', () => {
  const project = create({
    'src/constants.ts': "export const LANGUAGES = ['de', 'fr', 'it'] as const;\n",
    'src/model.ts': model,
  });
  const text = code`
    import { LANGUAGES } from './constants';
    import { model } from './model';
    await Promise.all(LANGUAGES.map((language) => model.invoke(language)));
  `;
  expect(project.report('src/translate.ts', text)).toEqual([]);
});

describe('the call of a factory in another file', () => {
  const llm = code`
    import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
    import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';

    export const getModel = (temperature = 0) => new ChatOpenAI({ temperature, maxConcurrency: 8 });
    export const openStore = () => PGVectorStore.initialize(new OpenAIEmbeddings(), { tableName: 'documents' });
    export async function ask(question: string) {
      const model = new ChatOpenAI({ maxConcurrency: 8 });
      return model.invoke(question);
    }
  `;

  /** The file after the first suggestion of its first report; the title of it. */
  function suggest(body: string): readonly [title: string | undefined, text: string] {
    const text = code`
      import express from 'express';
      import { ask, getModel, openStore } from './llm.js';

      export const app = express();
      app.get('/', async (req, res) => {
        const question = req.query.q as string;
        ${body}
      });
    `;
    const project = create({ 'src/llm.ts': llm });
    const [message] = project.lint('src/routes.ts', text);
    expect(message?.ruleId).toBe('langchain/no-client-in-handler');
    const [suggestion] = message?.suggestions ?? [];
    if (!suggestion) return [undefined, text];
    const [start, end] = suggestion.fix.range;
    return [suggestion.desc, text.slice(0, start) + suggestion.fix.text + text.slice(end)];
  }

  test('moves to the top of the module', () => {
    const [title, text] = suggest('const llm = getModel(0.7); res.json(await llm.invoke(question));');
    expect(title).toBe('Move `llm` to the top of the module.');
    expect(text).toContain("export const app = express();\nconst llm = getModel(0.7);\napp.get('/'");
  });

  test('is kept as a promise', () => {
    const [title, text] = suggest('const store = await openStore(); res.json(await store.similaritySearch(question));');
    expect(title).toBe('Keep its promise in `opening` at the top of the module, and retry after a failure.');
    expect(text).toContain('let opening: ReturnType<typeof openStore> | undefined;');
    expect(text).toContain('const store = await (opening ??= openStore().catch((error: unknown) => {');
  });

  test('is kept where only a branch needs it', () => {
    const [title] = suggest('if (question) { const llm = getModel(); return res.json(await llm.invoke(question)); }');
    expect(title).toBe('Keep it in `sharedModel` at the top of the module, created on first use.');
  });

  test.each([
    ['returns no client', 'res.json(await ask(question));'],
    ['uses what the handler knows', 'const zero = 0; res.json(await getModel(zero).invoke(question));'],
  ])('stays where it %s', (_title, body) => {
    expect(suggest(body)[0]).toBeUndefined();
  });

  test('is kept in CommonJS', () => {
    const project = create({
      'src/store.cjs': code`
        const { PGVectorStore } = require('@langchain/community/vectorstores/pgvector');
        exports.openStore = () => PGVectorStore.initialize(embeddings, { tableName: 'documents' });
      `,
    });
    const text = code`
      const http = require('http');
      const { openStore } = require('./store.cjs');

      http.createServer(async (req, res) => {
        const store = await openStore();
        res.end(JSON.stringify(await store.similaritySearch(req.url)));
      });
    `;
    const [message] = project.lint('src/server.cjs', text, { parser: null });
    expect(message?.suggestions?.map(({ desc }) => desc)).toEqual([
      'Keep its promise in `opening` at the top of the module, and retry after a failure.',
    ]);
  });
});

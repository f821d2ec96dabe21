import { code } from '../helpers/code.ts';

/** A way in which a program may be long. */
export interface Shape {
  readonly name: string;
  /** The least size that is tried; eight times as much is the most. */
  readonly n: number;
  readonly write: (size: number) => string;
}

type Write = Shape['write'];

/** One piece of code for each number from 1. */
function repeat(size: number, write: (index: number) => string, between = '\n'): string {
  return Array.from({ length: size }, (_, index) => write(index + 1)).join(between);
}

/** `f(f(f(x)))` */
function nest(size: number, inner: string, write: (inner: string, index: number) => string): string {
  let text = inner;
  for (let index = size; index > 0; index -= 1) text = write(text, index);
  return text;
}

const IMPORTS = code`
  import { tool } from '@langchain/core/tools';
  import { ChatPromptTemplate } from '@langchain/core/prompts';
  import { RunnableLambda, RunnableSequence } from '@langchain/core/runnables';
  import { Annotation, Send, StateGraph } from '@langchain/langgraph';
  import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
  import express from 'express';
  import pLimit from 'p-limit';
  import { z } from 'zod';
  const app = express();
  const prompt = ChatPromptTemplate.fromTemplate('{x}');
  const shared = new ChatOpenAI({ timeout: 60_000 });
`;

/** A module that ends in a use of what it declares. */
function inModule(...parts: readonly string[]): string {
  return IMPORTS + parts.join('\n');
}

/** A handler that builds a client for a URL. */
function inHandler(before: string, url: string): string {
  return inModule(`
    app.post('/ask', async (req, res) => {
      ${before}
      const model = new ChatOpenAI({ timeout: 60_000, configuration: { baseURL: ${url} } });
      res.json(await model.invoke(req.body.question));
    });`);
}

/** The same in a loop. */
function inLoop(before: string, url: string): string {
  return inModule(`
    export async function run(questions) {
      for (const question of questions) {
        ${before}
        const model = new ChatOpenAI({ timeout: 60_000, configuration: { baseURL: ${url} } });
        await model.invoke(question);
      }
    }`);
}

const fanOut = (list: string, model = 'shared'): string =>
  `export const answers = Promise.all(${list}.map((each) => ${model}.invoke(each)));`;

const written: Readonly<Record<string, Write>> = {
  'a variable that reads itself, in a handler': (size) =>
    inHandler(
      `let url = process.env.URL ?? '';
      ${repeat(size, (i) => `url = url.replace('${i}', 'x');`)}`,
      'url',
    ),
  'a variable that reads itself, in a loop': (size) =>
    inLoop(
      `let url = process.env.URL ?? '';
      ${repeat(size, (i) => `url = url.replace('${i}', question);`)}`,
      'url',
    ),
  'two variables that read each other': (size) =>
    inHandler(
      `let url = process.env.URL ?? '', path = '';
      ${repeat(size, () => 'url = path + url; path = url + path;')}`,
      'url',
    ),
  'many variables that read each other': (size) =>
    inHandler(
      `let ${repeat(size, (i) => `url${i} = ''`, ', ')};
      ${repeat(size, (i) => `url${i} = url${(i % size) + 1} + url${((i * 7) % size) + 1};`)}`,
      `url${size}`,
    ),
  'a parameter of a helper': (size) =>
    inHandler(
      `function clean(name) {
        let url = name;
        ${repeat(size, (i) => `if (name.length > ${i}) url = url.replace('${i}', 'x');`)}
        return url;
      }`,
      "clean('https://example.com')",
    ),
  'a reply that is misused': (size) =>
    inModule(`
      export async function run(question) {
        let reply;
        ${repeat(size, () => 'reply = shared.invoke(question); console.log(reply.content);')}
      }`),
  'a reply that is handed on': (size) =>
    inModule(`
      export async function run(question) {
        ${repeat(size, (i) => `const reply${i} = ${i === 1 ? 'shared.invoke(question)' : `reply${i - 1}`};`)}
        console.log(reply${size}.content);
      }`),
  'promises in a list': (size) =>
    inModule(`
      export async function run(questions) {
        const replies = [];
        ${repeat(size, () => 'for (const question of questions) replies.push(shared.invoke(question));')}
        return Promise.all(replies);
      }`),
  'a list': (size) =>
    inModule(
      `const questions = [];
      ${repeat(size, (i) => `questions.push('${i}');`)}`,
      fanOut('questions'),
    ),
  'a list that is written again': (size) =>
    inModule(
      `let questions = ['a'];
      ${repeat(size, (i) => `questions = [...questions, '${i}'];`)}`,
      fanOut('questions'),
    ),
  'fields of options': (size) =>
    inModule(
      `const options = { timeout: 5 };
      ${repeat(size, (i) => `options.timeout = ${i}; options.field${i} = options.field${i - 1};`)}
      export const model = new ChatOpenAI(options);`,
    ),
  'a model of one of many classes': (size) =>
    inModule(
      `let model = shared;
      ${repeat(size, (i) => `if (process.env.X === '${i}') model = new ChatOpenAI({ temperature: ${i} });`)}`,
      fanOut("['a']", 'model'),
    ),
  'the environment, in functions': (size) =>
    inLoop(
      repeat(size, (i) => `set${i}();`),
      "'x'",
    ) + repeat(size, (i) => `function set${i}() { console.log(${i}); ${i > 1 ? `set${i - 1}();` : ''} }`),
  'a field, in methods': (size) =>
    inModule(`
      export class Service {
        ${repeat(size, (i) => `set${i}() { this.model = new ChatOpenAI({ temperature: ${i} }); }`)}
        ${repeat(size, (i) => `ask${i}(question) { return this.model.invoke(question); }`)}
      }`),
  'fields of fields, in methods': (size) =>
    inModule(`
      export class Service {
        field0 = shared;
        ${repeat(size, (i) => `field${i} = this.field${i - 1};`)}
        ${repeat(
          size,
          (i) => `ask${i}(questions) { return Promise.all(questions.map((each) => this.field${i}.invoke(each))); }`,
        )}
      }`),
};

const constants: Readonly<Record<string, Write>> = {
  'derived from one another': (size) =>
    inHandler(
      `const url0 = process.env.URL ?? '';
      ${repeat(size, (i) => `const url${i} = url${i - 1} ? url${i - 1}.trim() : url${i - 1};`)}`,
      `url${size}`,
    ),
  'derived from one another, in a loop': (size) =>
    inLoop(
      `const url0 = process.env.URL ?? '';
      ${repeat(size, (i) => `const url${i} = url${i - 1} ? url${i - 1}.trim() : url${i - 1};`)}`,
      `url${size}`,
    ),
  'added to themselves': (size) =>
    inHandler(
      `const url0 = process.env.URL ?? '';
      ${repeat(size, (i) => `const url${i} = url${i - 1} + url${i - 1};`)}`,
      `url${size}`,
    ),
  'destructured from one another': (size) =>
    inHandler(
      `const rest0 = { url: process.env.URL };
      ${repeat(size, (i) => `const { field${i}, ...rest${i} } = rest${i - 1};`)}`,
      `rest${size}.url`,
    ),
  'with a client for each': (size) =>
    inHandler(
      `const url0 = process.env.URL ?? '';
      ${repeat(
        size,
        (i) => `const url${i} = url${i - 1}.trim();
        await new ChatOpenAI({ configuration: { baseURL: url${i} } }).invoke('${i}');`,
      )}`,
      `url${size}`,
    ),
  'closures over one another': (size) =>
    inHandler(
      `const url0 = () => process.env.URL;
      ${repeat(size, (i) => `const url${i} = () => url${i - 1}() + url${i - 1}();`)}`,
      `url${size}()`,
    ),
  'other names for a client': (size) =>
    inLoop(
      `const model0 = new ChatOpenAI({ timeout: 60_000 });
      ${repeat(size, (i) => `const model${i} = model${i - 1};`)}
      await model${size}.invoke(question);`,
      "'x'",
    ),
  'one or the other client': (size) =>
    inModule(
      `const model0 = shared;
      ${repeat(size, (i) => `const model${i} = process.env.X ? model${i - 1} : model${i - 1};`)}`,
      fanOut("['a']", `model${size}`),
    ),
  'numbers that are added': (size) =>
    inModule(
      `const number0 = 1;
      ${repeat(size, (i) => `const number${i} = number${i - 1} + number${i - 1};`)}
      const last = number${size};
      export const model = new ChatOpenAI({ timeout: last, maxConcurrency: last, maxRetries: last });
      shared.batch(['a'], { maxConcurrency: number${size} });`,
    ),
  'numbers, one or the other': (size) =>
    inModule(
      `const number0 = 1;
      ${repeat(
        size,
        (i) => `const number${i} = process.env.X ? number${i - 1} : Math.max(number${i - 1}, number${i - 1});`,
      )}
      const last = number${size};
      export const model = new ChatOpenAI({ timeout: last, maxConcurrency: last, maxRetries: last });
      shared.batch(['a'], { maxConcurrency: number${size} });`,
    ),
  'texts made of texts': (size) =>
    inModule(
      `const text0 = 'x';
      ${repeat(size, (i) => `const text${i} = \`\${text${i - 1}} \${text${i - 1}}\`;`)}
      const embeddings = new OpenAIEmbeddings();
      app.post('/ask', async (req, res) => {
        res.json(await embeddings.embedQuery(text${size}));
      });`,
    ),
  'signals and configs made of one another': (size) =>
    inModule(
      `const config0 = { signal: AbortSignal.timeout(5000) };
      ${repeat(size, (i) => `const config${i} = { ...config${i - 1}, tags: config${i - 1}.tags };`)}
      export const ask = (question) => shared.invoke(question, config${size});
      export const answer = tool(async (question) => shared.invoke(question, config${size}), { name: 'answer' });`,
    ),
};

const spreads: Readonly<Record<string, Write>> = {
  'options, once': (size) =>
    inModule(
      `const options0 = { temperature: 0 };
      ${repeat(size, (i) => `const options${i} = { ...options${i - 1} };`)}
      export const model = new ChatOpenAI(options${size});`,
    ),
  'options, twice': (size) =>
    inModule(
      `const options0 = { temperature: 0 };
      ${repeat(size, (i) => `const options${i} = { ...options${i - 1}, ...options${i - 1} };`)}
      export const model = new ChatOpenAI(options${size});`,
    ),
  'options, one or the other': (size) =>
    inHandler(
      `const options0 = { temperature: 0 };
      ${repeat(size, (i) => `const options${i} = req.x ? { ...options${i - 1} } : options${i - 1};`)}
      await new ChatOpenAI(options${size}).invoke('x');`,
      "'x'",
    ),
  'a config, twice': (size) =>
    inModule(
      `const config0 = { tags: [] };
      ${repeat(size, (i) => `const config${i} = { ...config${i - 1}, ...config${i - 1} };`)}
      export const ask = (questions) => shared.batch(questions, config${size});
      export const answer = (question) => shared.withConfig(config${size}).invoke(question, config${size});`,
    ),
  'a nested config': (size) =>
    inModule(
      `const config0 = { configurable: {} };
      ${repeat(
        size,
        (i) => `const config${i} = { configurable: { ...config${i - 1}.configurable, ...config${i - 1} } };`,
      )}
      export const answer = (question) => shared.invoke(question, config${size});`,
    ),
  'a list, twice': (size) =>
    inModule(
      `const list0 = ['a'];
      ${repeat(size, (i) => `const list${i} = [...list${i - 1}, ...list${i - 1}];`)}`,
      fanOut(`list${size}`),
    ),
  'a list, through methods': (size) =>
    inModule(
      `const list0 = ['a'];
      ${repeat(
        size,
        (i) => `const list${i} = list${i - 1}.filter(Boolean).concat(list${i - 1}).slice(0, list${i - 1}.length);`,
      )}`,
      fanOut(`list${size}`),
    ),
  'a list, one or the other': (size) =>
    inModule(
      `const list0 = ['a'];
      ${repeat(size, (i) => `const list${i} = process.env.X ? list${i - 1} : [...list${i - 1}];`)}`,
      fanOut(`list${size}`),
    ),
  'a list of models': (size) =>
    inModule(
      `const models0 = [shared];
      ${repeat(size, (i) => `const models${i} = [...models${i - 1}, ...models${i - 1}];`)}
      export const answers = (question) => Promise.all(models${size}.map((model) => model.invoke(question)));`,
    ),
  arguments: (size) =>
    inModule(
      `function ask0(...args) { return shared.invoke(...args); }
      ${repeat(size, (i) => `function ask${i}(...args) { return ask${i - 1}(...args, ...args); }`)}
      export const answers = (questions) => Promise.all(questions.map((each) => ask${size}(each)));`,
    ),
};

const chains: Readonly<Record<string, Write>> = {
  'of pipe()': (size) => inModule(`export const answers = prompt${'.pipe(shared)'.repeat(size)}.batch(['a']);`),
  'of pipe() to itself': (size) =>
    inModule(
      `const chain0 = prompt.pipe(shared);
      ${repeat(size, (i) => `const chain${i} = chain${i - 1}.pipe(chain${i - 1});`)}
      export const answers = (questions) => chain${size}.batch(questions);`,
      fanOut('process.argv', `chain${size}`),
    ),
  'of sequences of themselves': (size) =>
    inModule(
      `const chain0 = prompt.pipe(shared);
      ${repeat(size, (i) => `const chain${i} = RunnableSequence.from([chain${i - 1}, prompt, chain${i - 1}]);`)}
      export const answers = (questions) => chain${size}.batch(questions);`,
      fanOut('process.argv', `chain${size}`),
    ),
  'of withConfig()': (size) =>
    inModule(
      `const model0 = shared;
      ${repeat(size, (i) => `const model${i} = model${i - 1}.withConfig({ tags: ['${i}'] }).withRetry();`)}
      export const answers = (questions) => model${size}.batch(questions);`,
      fanOut('process.argv', `model${size}`),
    ),
  'of withFallbacks() to itself': (size) =>
    inModule(
      `const model0 = shared;
      ${repeat(size, (i) => `const model${i} = model${i - 1}.withFallbacks([model${i - 1}]);`)}
      export const answers = (questions) => model${size}.batch(questions);`,
    ),
  'of lambdas that call one another': (size) =>
    inModule(
      `const lambda0 = RunnableLambda.from(async (x) => shared.invoke(x));
      ${repeat(size, (i) => `const lambda${i} = RunnableLambda.from(async (x) => lambda${i - 1}.batch([x, x]));`)}
      export const answers = (questions) => lambda${size}.batch(questions);`,
    ),
  'of schemas': (size) =>
    inModule(
      `const schema0 = z.array(z.string());
      ${repeat(size, (i) => `const schema${i} = z.array(z.object({ a: schema${i - 1}, b: schema${i - 1} })).max(3);`)}
      export const answers = async () => {
        const list = await shared.withStructuredOutput(schema${size}).invoke('x');
        return Promise.all(list.map((each) => shared.invoke(each)));
      };`,
    ),
  'of then()': (size) =>
    inModule(`
      export const answer = () =>
        shared.invoke('x')${repeat(size, (i) => `.then((x) => shared.invoke(x + ${i}))`, '')};`),
  'of awaits': (size) =>
    inModule(`
      export async function answer(x0) {
        ${repeat(size, (i) => `const x${i} = await shared.invoke(x${i - 1});`)}
        return x${size};
      }`),
};

const calls: Readonly<Record<string, Write>> = {
  'of the one before, twice': (size) =>
    inHandler(
      `const url0 = () => process.env.URL;
      ${repeat(size, (i) => `function url${i}() { const url = url${i - 1}(); return url ? url : url${i - 1}(); }`)}`,
      `url${size}()`,
    ),
  'of the two before, with an argument': (size) =>
    inHandler(
      `const url0 = (path) => path, url1 = (path) => path;
      ${repeat(
        size,
        (i) => `function url${i + 1}(path) { const url = url${i - 1}('/'); return url ? url : url${i}(path); }`,
      )}`,
      `url${size}(process.env.PATH)`,
    ),
  'of the two before, with a change': (size) =>
    inHandler(
      `const seen = [];
      const url0 = () => seen[0], url1 = () => process.env.URL;
      ${repeat(size, (i) => `function url${i + 1}() { seen.push(url${i - 1}()); return url${i}(); }`)}`,
      `url${size}()`,
    ),
  'in a ring, with a client in each': (size) =>
    inModule(
      repeat(
        size,
        (i) => `async function ask${i}(x) {
          await ask${(i % size) + 1}(x);
          return await new ChatOpenAI({ maxConcurrency: 1 }).invoke(x);
        }`,
      ),
      "app.post('/ask', async (req, res) => { res.json(await ask1(req.body)); });",
    ),
  'in a ring of two ways, with a client in each': (size) =>
    inModule(
      repeat(
        size,
        (i) => `async function ask${i}(x) {
          await ask${(i % size) + 1}(x);
          await ask${((i + 6) % size) + 1}(x);
          return await new ChatOpenAI({ maxConcurrency: 1 }).invoke(x);
        }`,
      ),
      "app.post('/ask', async (req, res) => { res.json(await ask1(req.body)); });",
    ),
  'in a ring, from handlers': (size) =>
    inModule(
      repeat(
        size,
        (i) => `async function ask${i}(x) { await ask${(i % size) + 1}(x); return shared.invoke(x); }
        app.post('/${i}', async (req, res) => { res.json(await ask${i}(req.body)); });`,
      ),
    ),
  'in a ring, in loops': (size) =>
    inModule(
      repeat(
        size,
        (i) => `async function ask${i}(xs) {
          for (const x of xs) await ask${(i % size) + 1}(x);
          return await Promise.all(xs.map((x) => shared.invoke(x)));
        }`,
      ),
    ),
  'in a web, in loops': (size) =>
    inModule(
      `export async function ask0(x) { const model = new ChatOpenAI({ timeout: 1 }); return model.invoke(x); }
      async function ask00(x) { return shared.invoke(x); }`,
      repeat(
        size,
        (i) => `async function ask${i}(xs) {
          for (const x of xs) await ask${i - 1}(x);
          return Promise.all(xs.map((x) => ask${i === 1 ? '00' : i - 2}(x)));
        }`,
      ),
    ),
  'of a function from many places': (size) =>
    inModule(
      `async function ask(x) { const model = new ChatOpenAI({ timeout: 1 }); return model.invoke(x); }`,
      repeat(size, (i) => `export async function run${i}(xs) { for (const x of xs) await ask(x); }`),
    ),
  'of a function that builds, from many handlers': (size) =>
    inModule(
      `function build(url) { return new ChatOpenAI({ timeout: 1, configuration: { baseURL: url } }); }`,
      repeat(
        size,
        (i) => `app.post('/${i}', async (req, res) => { res.json(await build('${i}').invoke(req.body)); });`,
      ),
    ),
  'of callbacks that are handed down': (size) =>
    inModule(
      `function each0(xs, run) { return Promise.all(xs.map(run)); }
      ${repeat(size, (i) => `function each${i}(xs, run) { return each${i - 1}(xs, (x) => run(x)); }`)}
      export const answers = (xs) => each${size}(xs, (x) => shared.invoke(x));`,
    ),
  'of callbacks that are handed down twice': (size) =>
    inModule(
      `function each0(xs, run) { return Promise.all(xs.map(run)); }
      ${repeat(size, (i) => `function each${i}(xs, run) { each${i - 1}(xs, run); return each${i - 1}(xs, run); }`)}
      export const answers = (xs) => each${size}(xs, (x) => shared.invoke(x));`,
    ),
  'through wrappers': (size) =>
    inModule(
      `const ask0 = async (x) => shared.invoke(x);
      const wrap = (fn) => (...args) => fn(...args);
      ${repeat(size, (i) => `const ask${i} = wrap(ask${i - 1});`)}
      export const answers = (xs) => Promise.all(xs.map((x) => ask${size}(x)));`,
    ),
  'through limiters': (size) =>
    inModule(
      `const limit0 = pLimit(5);
      ${repeat(size, (i) => `const limit${i} = (fn) => limit${i - 1}(() => limit${i - 1}(fn));`)}
      export const answers = (xs) => Promise.all(xs.map((x) => limit${size}(() => shared.invoke(x))));`,
    ),
  'of embedQuery() in a handler': (size) =>
    inModule(`
      const embeddings = new OpenAIEmbeddings();
      app.post('/ask', async (req, res) => {
        ${repeat(size, (i) => `await embeddings.embedQuery(req.body.text${i});`)}
      });`),
  'of embedQuery() in a loop': (size) =>
    inModule(`
      const embeddings = new OpenAIEmbeddings();
      export async function run(texts) {
        for (const text of texts) {
          ${repeat(size, (i) => `await embeddings.embedQuery(text.text${i});`)}
        }
      }`),
  'of embedQuery() in a ring': (size) =>
    inModule(
      'const embeddings = new OpenAIEmbeddings();',
      repeat(
        size,
        (i) => `async function embed${i}(xs) {
          for (const x of xs) await embed${(i % size) + 1}(x);
          return await embeddings.embedQuery(xs[0]);
        }`,
      ),
    ),
  'of invoke() in a handler': (size) =>
    inModule(`
      app.post('/ask', async (req, res) => {
        ${repeat(size, (i) => `await shared.invoke(req.body.text${i});`)}
      });`),
  'of invoke() in parallel': (size) =>
    inModule(`
      app.post('/ask', async (req, res) => {
        await Promise.all([${repeat(size, (i) => `shared.invoke(req.body.text${i})`, ', ')}]);
      });`),
  'of fs in helpers of a handler': (size) =>
    inModule(
      "import fs from 'node:fs';",
      `function read0(path) { return fs.readFileSync(path, 'utf8'); }`,
      repeat(
        size,
        (i) => `function read${i}(path) { const text = read${i - 1}(path); return text + read${i - 1}(path); }`,
      ),
      `app.post('/ask', async (req, res) => { res.json(await shared.invoke(read${size}('./prompt.txt'))); });`,
    ),
  'of graphs in nodes of graphs': (size) =>
    inModule(
      `const State = Annotation.Root({ x: Annotation });
      const graph0 = new StateGraph(State).addNode('a', async (state) => shared.invoke(state.x)).compile();`,
      repeat(
        size,
        (i) => `const graph${i} = new StateGraph(State)
          .addNode('a', async (state) => graph${i - 1}.invoke(state))
          .addNode('b', graph${i - 1}).compile();`,
      ),
      `export const answers = (xs) => Promise.all(xs.map((x) => graph${size}.invoke({ x })));`,
    ),
  'of nodes of one graph': (size) =>
    inModule(
      'const State = Annotation.Root({ x: Annotation });',
      repeat(
        size,
        (i) => `async function node${i}(state) { return shared.invoke(state.x); }
        function edge${i}(state) { return state.xs.map((x) => new Send('${(i % size) + 1}', { x })); }`,
      ),
      `export const graph = new StateGraph(State)
        ${repeat(size, (i) => `.addNode('${i}', node${i}).addConditionalEdges('${i}', edge${i})`)}
        .compile();`,
    ),
  'of tools that use tools': (size) =>
    inModule(
      "const tool0 = tool(async (x) => shared.invoke(x), { name: 'tool0' });",
      repeat(size, (i) => `const tool${i} = tool(async (x) => tool${i - 1}.invoke(x), { name: 'tool${i}' });`),
      `export const agent = shared.bindTools([${repeat(size, (i) => `tool${i}`, ', ')}]);`,
    ),
};

const classes: Readonly<Record<string, Write>> = {
  'that extend one another': (size) =>
    inModule(
      'class Model0 extends ChatOpenAI {}',
      repeat(size, (i) => `class Model${i} extends Model${i - 1} {}`),
      `const model = new Model${size}({ timeout: 5 });`,
      fanOut('process.argv', 'model'),
    ),
  'that hold one another': (size) =>
    inModule(
      'class Service0 { model = new ChatOpenAI(); ask(x) { return this.model.invoke(x); } }',
      repeat(size, (i) => `class Service${i} { inner = new Service${i - 1}(); ask(x) { return this.inner.ask(x); } }`),
      `app.post('/ask', async (req, res) => { res.json(await new Service${size}().ask(req.body)); });`,
    ),
  'that hold one another twice': (size) =>
    inModule(
      'class Service0 { model = new ChatOpenAI(); ask(x) { return this.model.invoke(x); } }',
      repeat(
        size,
        (i) => `class Service${i} {
          constructor() { this.a = new Service${i - 1}(); this.b = new Service${i - 1}(); }
          ask(x) { return this.a.ask(x) ?? this.b.ask(x); }
        }`,
      ),
      `app.post('/ask', async (req, res) => { res.json(await new Service${size}().ask(req.body)); });`,
    ),
  'with getters of one another': (size) =>
    inModule(
      `export class Service {
        get model0() { return shared; }
        ${repeat(size, (i) => `get model${i}() { return this.model${i - 1} ?? this.model${i - 1}; }`)}
        ask(xs) { return Promise.all(xs.map((x) => this.model${size}.invoke(x))); }
      }`,
    ),
  'with methods that call one another and fan out': (size) =>
    inModule(`
      export class Service {
        constructor() { this.model = new ChatOpenAI({ timeout: 5 }); }
        ${repeat(
          size,
          (i) => `async ask${i}(xs) {
            await this.ask${(i % size) + 1}(xs);
            return Promise.all(xs.map((x) => this.model.invoke(x)));
          }`,
        )}
      }`),
  'with methods that fan one another out': (size) =>
    inModule(`
      export class Service {
        constructor() { this.model = new ChatOpenAI({ timeout: 5 }); }
        async ask0(x) { return this.model.invoke(x); }
        ${repeat(size, (i) => `async ask${i}(xs) { return Promise.all(xs.map((x) => this.ask${i - 1}(x))); }`)}
      }`),
  'with methods that build': (size) =>
    inModule(`
      export class Service {
        ${repeat(size, (i) => `build${i}() { return new ChatOpenAI({ temperature: ${i} }); }`)}
        async ask(xs) { for (const x of xs) { ${repeat(size, (i) => `await this.build${i}().invoke(x);`)} } }
      }`),
};

const types: Readonly<Record<string, Write>> = {
  'that are unions of one another': (size) =>
    inModule(
      `type T0 = string[];
      ${repeat(size, (i) => `type T${i} = T${i - 1} | T${i - 1};`)}
      export const run = (xs: T${size}) => Promise.all(xs.map((x) => shared.invoke(x)));`,
    ),
  'that are unions of one another, of a model': (size) =>
    inModule(
      `type T0 = ChatOpenAI;
      ${repeat(size, (i) => `type T${i} = T${i - 1} | T${i - 1};`)}
      export const run = (xs: string[], model: T${size}) => Promise.all(xs.map((x) => model.invoke(x)));`,
    ),
  'that are tuples of one another': (size) =>
    inModule(
      `type T0 = [string];
      ${repeat(size, (i) => `type T${i} = [...T${i - 1}, ...T${i - 1}];`)}
      export const run = (xs: T${size}) => Promise.all(xs.map((x) => shared.invoke(x)));`,
    ),
  'that hold one another': (size) =>
    inModule(
      `interface T0 { list: string[]; model: ChatOpenAI }
      ${repeat(size, (i) => `interface T${i} { a: T${i - 1}; b: T${i - 1}; list: T${i - 1}['list'] }`)}
      export const run = (x: T${size}) => Promise.all(x.list.map((each) => x${'.a'.repeat(size)}.model.invoke(each)));`,
    ),
  'that extend one another': (size) =>
    inModule(
      `interface T0 extends ChatOpenAI { list: string[] }
      ${repeat(size, (i) => `interface T${i} extends T${i - 1} { list${i}: string[] }`)}
      export const run = (x: T${size}) => Promise.all(x.list.map((each) => x.invoke(each)));`,
    ),
  'that are wrapped': (size) =>
    inModule(
      `type T0 = ChatOpenAI;
      ${repeat(size, (i) => `type T${i} = Awaited<Promise<Readonly<T${i - 1}>>>;`)}
      export const run = (xs: string[], model: T${size}) => Promise.all(xs.map((x) => model.invoke(x)));`,
    ),
};

const nested: Readonly<Record<string, Write>> = {
  loops: (size) =>
    inModule(`
      export async function run(x0) {
        ${nest(
          size,
          'await new ChatOpenAI({ timeout: 1 }).invoke(x0);',
          (inner, i) => `for (const x${i} of x${i - 1}) { await shared.invoke(x${i}); ${inner} }`,
        )}
      }`),
  callbacks: (size) =>
    inModule(`
      export const run = (x0) => ${nest(
        size,
        `new ChatOpenAI({ timeout: 1 }).invoke(x${size})`,
        (inner, i) => `Promise.all(x${i - 1}.map((x${i}) => ${inner}))`,
      )};`),
  functions: (size) =>
    inModule(`
      app.post('/ask', async (x0) => {
        ${nest(
          size,
          'await new ChatOpenAI({ timeout: 1 }).invoke(x0);',
          (inner, i) => `const run${i} = async (x${i}) => { ${inner} }; await run${i}(x${i - 1});`,
        )}
      });`),
  conditions: (size) =>
    inHandler(
      nest(size, 'await new ChatOpenAI({ timeout: 1 }).invoke(req.x);', (inner, i) => `if (req.x > ${i}) { ${inner} }`),
      "'x'",
    ),
  'conditional expressions': (size) =>
    inModule(
      `const model = ${nest(
        size,
        'shared',
        (inner, i) => `process.env.X === '${i}' ? new ChatOpenAI({ temperature: ${i} }) : (${inner})`,
      )};`,
      fanOut('process.argv', 'model'),
    ),
  lists: (size) =>
    inModule(
      `const list = ${nest(size, '1', (inner) => `[${inner}, ${inner.length > 200 ? '1' : inner}]`)};`,
      fanOut('list'),
    ),
  objects: (size) =>
    inModule(
      `const config = ${nest(size, '1', (inner) => `{ configurable: ${inner}, tags: [] }`)};
      export const answer = (x) => shared.invoke(x, config);`,
    ),
  calls: (size) =>
    inModule(
      `export const answer = ${nest(
        size,
        'shared',
        (inner) => `RunnableSequence.from([prompt, ${inner}])`,
      )}.batch(process.argv);`,
    ),
  'try statements': (size) =>
    inHandler(
      nest(
        size,
        'await new ChatOpenAI({ timeout: 1 }).invoke(req.x);',
        (inner) => `try { ${inner} } finally { await shared.invoke(req.x); }`,
      ),
      "'x'",
    ),
  classes: (size) =>
    inModule(
      nest(
        size,
        '',
        (inner, i) =>
          `class Service${i} { model = new ChatOpenAI(); ask(x) { ${inner} return this.model.invoke(x); } }`,
      ),
    ),
};

const many: Readonly<Record<string, Write>> = {
  handlers: (size) =>
    inModule(
      repeat(
        size,
        (i) =>
          `app.post('/${i}', async (req, res) => { ` +
          `res.json(await new ChatOpenAI({ timeout: ${i} }).invoke(req.body)); });`,
      ),
    ),
  'clients at the top': (size) =>
    inModule(
      repeat(size, (i) => `const model${i} = new ChatOpenAI({ timeout: ${i}, maxRetries: 5 });`),
      `export const answers = (x) => Promise.all([${repeat(size, (i) => `model${i}.invoke(x)`, ', ')}]);`,
    ),
  'fan-outs': (size) =>
    inModule(repeat(size, (i) => `export const run${i} = (xs) => Promise.all(xs.map((x) => shared.invoke(x)));`)),
  batches: (size) =>
    inModule(repeat(size, (i) => `export const run${i} = (xs) => shared.batch(xs, { tags: ['${i}'] });`)),
  loops: (size) =>
    inModule(
      repeat(
        size,
        (i) =>
          `export async function run${i}(xs) { for (const x of xs) { ` +
          `const model = new ChatOpenAI({ timeout: ${i} }); await model.invoke(x); } }`,
      ),
    ),
  'clients in one loop': (size) =>
    inLoop(
      repeat(size, (i) => `const model${i} = new ChatOpenAI({ timeout: ${i} }); await model${i}.invoke(question);`),
      "'x'",
    ),
  'clients in one handler': (size) =>
    inHandler(
      repeat(size, (i) => `const model${i} = new ChatOpenAI({ timeout: ${i} }); await model${i}.invoke(req.x);`),
      "'x'",
    ),
  'clients that are kept': (size) =>
    inModule(
      repeat(size, (i) => `let model${i};`),
      `app.post('/ask', async (req, res) => {
        ${repeat(size, (i) => `if (!model${i}) model${i} = new ChatOpenAI({ timeout: ${i} });`)}
        res.json(await model1.invoke(req.body));
      });`,
    ),
  'clients behind statements that leave': (size) =>
    inHandler(
      repeat(size, (i) => `if (req.x${i}) return; await new ChatOpenAI({ timeout: ${i} }).invoke(req.x);`),
      "'x'",
    ),
  parameters: (size) =>
    inModule(
      `export async function run(${repeat(size, (i) => `x${i}`, ', ')}) { ` +
        `${repeat(size, (i) => `await shared.invoke(x${i});`)} }`,
    ),
  properties: (size) =>
    inModule(`export const model = new ChatOpenAI({ ${repeat(size, (i) => `field${i}: ${i}`, ', ')} });
      export const answer = (x) => model.invoke(x, { ${repeat(size, (i) => `field${i}: ${i}`, ', ')} });`),
  tools: (size) =>
    inModule(
      repeat(size, (i) => `export const tool${i} = tool(async (x, config) => shared.invoke(x), { name: 'tool${i}' });`),
    ),
};

const families = { written, constants, spreads, chains, calls, classes, types, nested, many };
const titles: Readonly<Record<keyof typeof families, string>> = {
  written: 'writes of',
  constants: 'constants,',
  spreads: 'spreads of',
  chains: 'chains',
  calls: 'calls',
  classes: 'classes',
  types: 'types',
  nested: 'nested',
  many: 'many',
};

/** As many as must be there before something is said to be one of too many. */
const large: ReadonlySet<string> = new Set(['writes of a list that is written again']);

/**
 * Of these a step may be worked out again once for each of the few levels that arguments and cycles are followed
 * through: below that many, the levels grow with the size, and from there on each step costs the same.
 */
const levelled: ReadonlySet<string> = new Set([
  'constants, closures over one another',
  'calls of the one before, twice',
  'calls of the two before, with an argument',
  'calls of the two before, with a change',
]);

function getLeast(title: string): number {
  if (large.has(title)) return 100;
  return levelled.has(title) ? 12 : 6;
}

export const SHAPES: readonly Shape[] = Object.entries(families).flatMap(([family, shapes]) =>
  Object.entries(shapes).map(([name, write]) => {
    const title = `${titles[family as keyof typeof families]} ${name}`;
    return { name: title, n: getLeast(title), write };
  }),
);

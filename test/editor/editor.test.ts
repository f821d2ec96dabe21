/** The packed plugin in an editor: what the language server of the VS Code ESLint extension shows, offers and fixes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { code } from '../helpers/code.ts';
import { PackedProject } from '../helpers/packed-project.ts';
import { LanguageServer, type Range } from './language-server.ts';

const FILE = 'src/answers.ts';
const TYPED = 'src/model.ts';

const source = code`
  import { ChatOpenAI } from '@langchain/openai';

  const model = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: 20 });

  export async function summarizeAll(docs: string[]) {
    // in the order of the documents
    const answers = await Promise.all(docs.map((doc) => model.invoke(doc)));
    return answers.map((answer) => answer.content);
  }
`;

const CONFIGURATION = code`
  import astro from 'astro-eslint-parser';
  import langchain from 'eslint-plugin-langchain';
  import svelte from 'svelte-eslint-parser';
  import parser from '@typescript-eslint/parser';
  import vue from 'vue-eslint-parser';

  const parserOptions = { parser, sourceType: 'module' };
  export default [
    { files: ['**/*.ts'], languageOptions: { parser } },
    { files: ['**/*.vue'], languageOptions: { parser: vue, parserOptions } },
    { files: ['**/*.svelte'], languageOptions: { parser: svelte, parserOptions } },
    { files: ['**/*.astro'], languageOptions: { parser: astro, parserOptions } },
    langchain.configs.recommended,
  ];
`;

/** Components, and a script of Deno's; the model is used in the markup. */
const COMPONENTS: readonly (readonly [file: string, text: string])[] = [
  [
    'src/Ask.vue',
    code`
      <script setup lang="ts">
      import { ChatOpenAI } from '@langchain/openai';

      const props = defineProps<{ apiKey: string }>();
      const llm = new ChatOpenAI({ apiKey: props.apiKey });

      async function askAll(questions: string[]) {
        return Promise.all(questions.map((question) => llm.invoke(question)));
      }
      </script>

      <template>
        <button :title="llm.model" @click="askAll(['Who?', 'Where?'])">Ask {{ llm.model }}</button>
      </template>
    `,
  ],
  [
    'src/Ask.svelte',
    code`
      <script lang="ts">
        import { ChatOpenAI } from '@langchain/openai';

        let { apiKey, open }: { apiKey: string; open: string[] } = $props();
        const llm = new ChatOpenAI({ apiKey });

        async function askAll(questions: string[]) {
          return Promise.all(questions.map((question) => llm.invoke(question)));
        }
      </script>

      <button title={llm.model} onclick={() => askAll(open)}>Ask {llm.model}</button>
    `,
  ],
  [
    'src/answers.astro',
    code`
      ---
      import { ChatOpenAI } from '@langchain/openai';

      const llm = new ChatOpenAI({ model: 'gpt-4o-mini' });
      const questions = Astro.url.searchParams.getAll('q');
      const askAll = (texts: string[]) => Promise.all(texts.map((text) => llm.invoke(text)));
      const answers = await askAll(questions);
      ---

      <ul>{answers.map((answer) => <li>{answer.text}</li>)}</ul>
    `,
  ],
  [
    'src/serve.ts',
    code`
      import { ChatOpenAI } from 'npm:@langchain/openai@1';

      const llm = new ChatOpenAI({ model: 'gpt-4o-mini' });

      Deno.serve(async (request) => {
        const questions: string[] = await request.json();
        return Response.json(await Promise.all(questions.map((question) => llm.invoke(question))));
      });
    `,
  ],
  [
    'src/nightly.ts',
    code`
      import { ChatOpenAI } from 'https://esm.sh/@langchain/openai@1.2.0?target=denonext';
      import { walk } from 'jsr:@std/fs@^1';

      const llm = new ChatOpenAI({ model: 'gpt-4o-mini' });

      Deno.cron('nightly', '0 3 * * *', async () => {
        const questions: string[] = [];
        for await (const { path } of walk('questions')) questions.push(await Deno.readTextFile(path));
        const answers = await Promise.all(questions.map((question) => llm.invoke(question)));
        await Deno.writeTextFile('answers.json', JSON.stringify(answers.map((answer) => answer.text)));
      });
    `,
  ],
  [
    'service/main.ts',
    code`
      import { llm } from 'lib/models.ts';

      Deno.serve(async (request) => {
        const questions: string[] = await request.json();
        return Response.json(await Promise.all(questions.map((question) => llm.invoke(question))));
      });
    `,
  ],
  [
    'src/bun.ts',
    code`
      import { ChatOpenAI } from '@langchain/openai';
      import { Database } from 'bun:sqlite';

      const db = new Database('questions.sqlite');
      const llm = new ChatOpenAI({ model: 'gpt-4o-mini' });

      Bun.serve({
        routes: {
          '/answers/:topic': {
            GET: async (request) => {
              const rows = db.query('select text from questions where topic = ?').all(request.params.topic);
              const questions: string[] = rows.map(({ text }) => String(text));
              return Response.json(await Promise.all(questions.map((question) => llm.invoke(question))));
            },
          },
        },
      });
    `,
  ],
];

/** Deno's own settings beside a package.json that names the tools. */
const SERVICE: Readonly<Record<string, string>> = {
  'service/deno.json': '{ "imports": { "@langchain/openai": "npm:@langchain/openai@^1.2.0", "lib/": "./lib/" } }\n',
  'service/package.json': '{ "type": "module", "devDependencies": { "eslint": "^10.0.0" } }\n',
  'service/lib/models.ts': code`
    import { ChatOpenAI } from '@langchain/openai';

    export const llm = new ChatOpenAI({ model: 'gpt-4o-mini' });
  `,
};

/** Anything may write to `this.llm`. */
const LEGACY = code`
  <script>
  import { ChatOpenAI } from '@langchain/openai';

  export default {
    props: { apiKey: String },
    data() {
      return { llm: new ChatOpenAI({ apiKey: this.apiKey }) };
    },
    methods: {
      async askAll(text) {
        const questions = text.split('?');
        return Promise.all(questions.map((question) => this.llm.invoke(question)));
      },
    },
  };
  </script>

  <template><button @click="askAll('Who?Where?')">Ask</button></template>
`;

let project: PackedProject;
let server: LanguageServer;
let page: (rule: string) => string;

beforeAll(async () => {
  project = new PackedProject([
    ...['eslint', 'typescript', '@typescript-eslint/parser'],
    ...['vue-eslint-parser', 'svelte', 'svelte-eslint-parser', 'astro-eslint-parser'],
  ]);
  page = (rule) => `https://unpkg.com/eslint-plugin-langchain@${project.version}/docs/rules/${rule}.md`;
  project.write('eslint.config.js', CONFIGURATION);
  for (const [file, text] of Object.entries(SERVICE)) project.write(file, text);
  project.write(FILE, source);
  project.write(TYPED, '');
  for (const [file, text] of [...COMPONENTS, ['src/Legacy.vue', LEGACY] as const]) project.write(file, text);
  server = await LanguageServer.start(project.folder);
});

afterAll(async () => {
  await server.stop();
  project.remove();
});

/** The text that is underlined. */
function underline(text: string, { start, end }: Range): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = (lines.at(-1) ?? '').slice(0, end.character);
  lines[0] = (lines[0] ?? '').slice(start.character);
  return lines.join('\n');
}

test('underlines the callee or the option, and links the page of the rule', async () => {
  const diagnostics = await server.open(FILE, source);
  expect(
    diagnostics.map(({ code: rule, codeDescription, range, severity, source: from }) => [
      rule,
      codeDescription?.href,
      underline(source, range),
      severity,
      from,
    ]),
  ).toEqual([
    ['langchain/no-low-timeout', page('no-low-timeout'), 'timeout: 20', 1, 'eslint'],
    ['langchain/no-unbounded-concurrency', page('no-unbounded-concurrency'), 'Promise.all', 1, 'eslint'],
  ]);
});

test('offers each fix and each suggestion under a title of its own', async () => {
  const diagnostics = await server.open(FILE, source);
  const offered: [title: string, changed: string][] = [];
  for (const diagnostic of diagnostics) {
    for (const action of await server.quickFixes(FILE, [diagnostic], diagnostic.range)) {
      if (action.title.startsWith('Show documentation')) continue;
      offered.push([action.title, changedLines(source, await server.apply(source, action))]);
    }
  }
  expect(offered).toEqual([
    [
      'Write `20_000`: 20 seconds in milliseconds. (langchain/no-low-timeout)',
      "const model = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: 20_000 });",
    ],
    [
      'Raise it to `10_000`. (langchain/no-low-timeout)',
      "const model = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: 10_000 });",
    ],
    [
      'Fix this langchain/no-unbounded-concurrency problem',
      '  const answers = await model.batch(docs, { maxConcurrency: 5 });',
    ],
    [
      'Set `maxConcurrency: 5` on the ChatOpenAI, for all its calls. (langchain/no-unbounded-concurrency)',
      "const model = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: 20, maxConcurrency: 5 });",
    ],
    ['Fix all auto-fixable problems', '  const answers = await model.batch(docs, { maxConcurrency: 5 });'],
  ]);
});

function changedLines(before: string, after: string): string {
  const lines = before.split('\n');
  return after
    .split('\n')
    .filter((line) => !lines.includes(line))
    .join('\n');
}

test('fixes on save what is safe, and nothing else', async () => {
  await server.open(FILE, source);
  const saved = await server.fixOnSave(FILE, source);
  expect(saved).toBe(
    source.replace('Promise.all(docs.map((doc) => model.invoke(doc)))', 'model.batch(docs, { maxConcurrency: 5 })'),
  );
  await server.change(FILE, saved);
  expect(await server.fixOnSave(FILE, saved)).toBe(saved);
});

test.each(COMPONENTS)('fixes on save in %s', async (file, text) => {
  const diagnostics = await server.open(file, text);
  expect(diagnostics.map(({ code: rule, range }) => [rule, underline(text, range)])).toEqual([
    ['langchain/no-unbounded-concurrency', 'Promise.all'],
  ]);
  const saved = await server.fixOnSave(file, text);
  expect(changedLines(text, saved)).toMatch(/llm\.batch\((?:questions|texts), \{ maxConcurrency: 5 \}\)/u);
  // All the rest, the markup with it, stays as it was.
  expect(changedLines(saved, text).split('\n')).toHaveLength(1);
  expect(await server.change(file, saved)).toEqual([]);
});

test('suggests in the Options API', async () => {
  const file = 'src/Legacy.vue';
  const [diagnostic, ...others] = await server.open(file, LEGACY);
  expect(others).toEqual([]);
  expect(await server.fixOnSave(file, LEGACY)).toBe(LEGACY);
  const [action] = diagnostic ? await server.quickFixes(file, [diagnostic], diagnostic.range) : [];
  expect(action && changedLines(LEGACY, await server.apply(LEGACY, action)).trim()).toBe(
    'return this.llm.batch([...questions], { maxConcurrency: 5 });',
  );
});

test('follows what is typed before it is saved', async () => {
  await server.open(FILE, source);
  const rules = async (text: string): Promise<readonly unknown[]> =>
    (await server.change(FILE, text)).map(({ code: rule }) => rule);
  expect(await rules(source.replace('timeout: 20', 'timeout: 20_000'))).toEqual(['langchain/no-unbounded-concurrency']);
  expect(
    await rules(
      source
        .replace('timeout: 20', 'timeout: 20_000')
        .replace('Promise.all(docs.map((doc) => model.invoke(doc)))', 'model.batch(docs, { maxConcurrency: 2 })'),
    ),
  ).toEqual([]);
  expect(await rules(source)).toEqual(['langchain/no-low-timeout', 'langchain/no-unbounded-concurrency']);
});

test('rewrites nothing that is half typed', async () => {
  const finished = code`
    import { ChatOpenAI } from '@langchain/openai';

    const model = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: 45000, maxConcurrency: 12 });

    export async function tagAll(docs: string[]) {
      return model.batch(docs, { maxConcurrency: 25 });
    }
  `;
  await server.open(TYPED, '');
  // Saved after each key, from the model on.
  for (let length = finished.indexOf('const model'); length <= finished.length; length++) {
    const typed = finished.slice(0, length);
    await server.change(TYPED, typed);
    expect(await server.fixOnSave(TYPED, typed)).toBe(typed);
  }
  expect(await server.change(TYPED, finished)).toEqual([]);
});

test('rewrites no number while it is typed inside closed brackets', async () => {
  const around = (timeout: string, limit: string): string => code`
    import { ChatOpenAI } from '@langchain/openai';

    const model = new ChatOpenAI({ model: 'gpt-4o-mini', timeout: ${timeout} });

    export const tagAll = (docs: string[]) => model.batch(docs, { maxConcurrency: ${limit} });
  `;
  await server.open(TYPED, '');
  for (const [timeout, limit] of [
    ['3', '5'],
    ['30', '5'],
    ['300', '5'],
    ['3000', '5'],
    ['30000', ''],
    ['30000', '0'],
    ['30000', '-'],
    ['30000', '1'],
    ['', '5'],
    ['30_', '5'],
  ] as const) {
    const text = around(timeout, limit);
    await server.change(TYPED, text);
    expect(await server.fixOnSave(TYPED, text)).toBe(text);
  }
});

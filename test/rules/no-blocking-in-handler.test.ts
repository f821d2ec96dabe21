import rule from '../../rules/no-blocking-in-handler.ts';
import { reports, rewrites, type Rewriting } from '../helpers/cases.ts';
import { code, locate } from '../helpers/code.ts';
import { type Invalid, StrictRuleTester } from '../helpers/rule-tester.ts';
import { importForms, lookalikes, type Names } from '../helpers/shape-matrix.ts';

type MessageIds = 'blocking' | 'constant' | 'promise';
type Options = [{ readonly methods: readonly string[]; readonly allow: readonly string[] }];
type Reported = Omit<Invalid<MessageIds, Options>, 'name'>;

const tester = new StrictRuleTester();

const ofPromises = (form: string): string => `\`await fs.promises.${form}(…)\``;

// ── the shape matrix ────────────────────────────────────────────────────────────────────────────────────────────────

/** A tool of LangChain, in each form of its import. */
const readNote = (n: Names<'tool'>): string => code`
  const notes = ${n.tool}(async ({ file }) => readFileSync(file, 'utf8'), {
    name: 'read_note',
    description: 'Reads a note',
    schema,
  });
`;

const node = "import { readFileSync } from 'node:fs';";

/** A function of Node, in each form of its import. */
const upload = (n: Names<'writeFileSync'>): string => code`
  app.post('/upload', (req, res) => {
    req.files.forEach((file) => {
      ${n.writeFileSync}('uploads/' + file.name, file.data);
    });
    res.sendStatus(204);
  });
`;

const server = code`
  import { ChatOpenAI } from '@langchain/openai';
  import express from 'express';
  const app = express();
`.trimEnd();

// ── modules used more than once ─────────────────────────────────────────────────────────────────────────────────────

/** Lines as they are, where a body or its imports span several. */
const route = (body: string, imports = "import { readFileSync } from 'node:fs';"): string => code`
  import { ChatOpenAI } from '@langchain/openai';
  import { Router } from 'express';
  ${imports}
  const model = new ChatOpenAI();
  export const questions = Router();
  questions.post('/', async (req, res) => {
    ${body}
  });
`;

const childProcess = "import * as childProcess from 'node:child_process';\n";

const moduleOf = (body: string): string => code`
  import { tool } from '@langchain/core/tools';
  import { RunnableLambda } from '@langchain/core/runnables';
  import { Annotation, StateGraph } from '@langchain/langgraph';
  import { Router } from 'express';
  import Piscina from 'piscina';
  import workerpool from 'workerpool';
  import * as childProcess from 'node:child_process';
  import crypto from 'node:crypto';
  import fs, { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
  import { gunzipSync } from 'node:zlib';
  import deasync from 'deasync';
  export const router = Router();
  ${body}
`;

/** A report in `moduleOf`, with the suggestion, if any, as the body and the imports that it leaves. */
const blocked = (
  body: string,
  call: string,
  data: { name: string; unit: string; instead: string },
  suggested: { form: string; output: string } | null = null,
  messageId: MessageIds = 'blocking',
): Reported => {
  const source = moduleOf(body);
  return {
    code: source,
    errors: [
      {
        messageId,
        data,
        ...locate(source, call, source.split(call).length - 1),
        ...(suggested
          ? { suggestions: [{ messageId: 'promise', data: { form: suggested.form }, output: suggested.output }] }
          : {}),
      },
    ],
  };
};

/** A report whose suggestion waits for the same function, made by `promisify`. */
const promisified = (form: string, unit: string): Rewriting<MessageIds> => ({
  messageId: 'blocking',
  data: { name: `${form}Sync`, unit, instead: `\`await promisify(${form})(…)\`` },
  suggests: { messageId: 'promise', data: { form: `promisify(${form})` } },
});

/** What a suggestion makes of `moduleOf`, where it imports from `node:fs/promises`. */
const importing = (form: string, body: string): string =>
  moduleOf(body).replace("from 'node:fs';\n", `from 'node:fs';\nimport { ${form} } from 'node:fs/promises';\n`);

/** A report in `route` with its suggestion, for the ways to name the function of `node:fs/promises`. */
const renamed = (imports: string, call: string, importsAfter: string, callAfter: string): Reported => {
  const source = route(`res.json(JSON.parse(${call}(req.query.file, 'utf8')));`, imports);
  return {
    code: source,
    errors: [
      {
        messageId: 'blocking',
        data: { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
        ...locate(source, `${call}(req`, 1),
        endColumn: locate(source, call, source.split(call).length - 1).endColumn,
        suggestions: [
          {
            messageId: 'promise',
            data: { form: 'readFile' },
            output: route(
              code`
                res.json(JSON.parse(await ${callAfter}(req.query.file, 'utf8')));
              `,
              importsAfter,
            ),
          },
        ],
      },
    ],
  };
};

/** A job is called by its scheduler alone, a method of a service by anybody. */
const onTimer = code`
        import { Injectable } from '@nestjs/common';
        import { Cron } from '@nestjs/schedule';
        import { ChatOpenAI } from '@langchain/openai';
        import { readdirSync, readFileSync } from 'fs';
        @Injectable()
        export class Reports {
          private readonly model = new ChatOpenAI();
          list(dir: string) { return readdirSync(dir); }
        }
        @Injectable()
        export class Jobs {
          @Cron('0 * * * *')
          sweep() { return readFileSync('queue.json'); }
        }
      `;

tester.run(rule, {
  valid: [
    ...lookalikes({ module: 'langchain', names: ['tool'], head: node, body: readNote }),
    ...lookalikes({
      module: 'node:fs',
      names: ['writeFileSync'],
      label: 'node',
      head: server,
      body: upload,
      except: ['another scope'],
    }),

    {
      name: 'the promise form',
      code: route(
        "const text = await readFile(req.query.file, 'utf8'); res.json({ text });",
        "import { readFile } from 'node:fs/promises';",
      ),
    },
    {
      name: 'the callback form',
      code: route(
        "readFile(req.query.file, 'utf8', (error, text) => res.json({ error, text }));",
        "import { readFile } from 'node:fs';",
      ),
    },
    {
      name: 'at module scope',
      code: route(
        'res.json({ tone, names });',
        code`
          import { readFileSync, readdirSync } from 'node:fs';
          const tone = readFileSync('tone.md', 'utf8');
          const names = readdirSync('prompts').map((name) => readFileSync(\`prompts/\${name}\`, 'utf8'));
        `,
      ),
    },
    {
      name: 'in a helper that is called at module scope',
      code: route(
        'res.json({ prompt });',
        code`
          import { readFileSync } from 'node:fs';
          function load(name) { return readFileSync(\`prompts/\${name}.md\`, 'utf8'); }
          const prompt = load('answer');
        `,
      ),
    },
    {
      name: 'in a function that no handler calls',
      code: moduleOf(code`
        export function loadPrompt(name: string) { return readFileSync(\`prompts/\${name}.md\`, 'utf8'); }
      `),
    },
    {
      name: 'in a script',
      code: moduleOf(
        code`
          async function main() { const text = readFileSync('corpus.txt', 'utf8'); await ingest(text); }
          await main();
        `,
      ),
    },
    {
      name: 'in a handler, but only defined there and kept',
      code: moduleOf(code`
        router.get('/', (req, res) => { req.loader = () => readFileSync(req.path); res.end(); });
      `),
    },
    {
      name: 'existsSync, mkdirSync and statSync',
      code: moduleOf(
        code`
          router.post('/', (req, res) => {
            if (!existsSync('out')) mkdirSync('out');
            res.json({ size: statSync('out').size, other: fs.lstatSync('out').size });
          });
        `,
      ),
    },
    {
      name: 'a name that is allowed',
      options: [{ allow: ['readdirSync'] }],
      code: moduleOf("router.get('/', (req, res) => { res.json(readdirSync(req.query.dir)); });"),
    },
    {
      name: 'a name that is both allowed and added',
      options: [{ allow: ['statSync'], methods: ['statSync'] }],
      code: moduleOf("router.get('/', (req, res) => { res.json(statSync(req.query.dir)); });"),
    },
    {
      name: 'Atomics.wait, allowed',
      options: [{ allow: ['Atomics.wait'] }],
      code: moduleOf("router.get('/', (req, res) => { Atomics.wait(lock, 0, 0); res.end(); });"),
    },
    {
      name: 'Atomics.wait of another object',
      code: moduleOf(code`
        const Atomics = { wait() {} };
        router.get('/', (req, res) => { Atomics.wait(); res.end(); });
      `),
    },
    {
      name: 'a lazy cache in the module',
      code: moduleOf(
        code`
          let tone: string | undefined;
          router.get('/', (req, res) => { tone ??= readFileSync('tone.md', 'utf8'); res.end(tone); });
        `,
      ),
    },
    {
      name: 'a lazy cache with a condition',
      code: moduleOf(
        code`
          let prompts;
          router.get('/', (req, res) => {
            if (!prompts) { prompts = JSON.parse(readFileSync('prompts.json', 'utf8')); }
            res.json(prompts);
          });
        `,
      ),
    },
    {
      name: 'a lazy cache in a function',
      code: moduleOf(
        code`
          let prompts = null;
          function getPrompts() {
            if (prompts) return prompts;
            const text = readFileSync('prompts.json', 'utf8');
            prompts = JSON.parse(text);
            return prompts;
          }
          router.get('/', (req, res) => res.json(getPrompts()));
        `,
      ),
    },
    {
      name: 'a cache per key',
      code: moduleOf(
        code`
          const cache = new Map();
          function load(name) {
            if (cache.has(name)) return cache.get(name);
            const text = readFileSync(name, 'utf8');
            cache.set(name, text);
            return text;
          }
          router.get('/', (req, res) => res.send(load(req.query.name)));
        `,
      ),
    },
    {
      name: 'a function whose result is cached',
      code: moduleOf(
        code`
          let index;
          function build() { return readdirSync('docs').map((name) => readFileSync(name, 'utf8')); }
          router.get('/', (req, res) => { index ??= build(); res.json(index); });
        `,
      ),
    },
    {
      name: 'a memoized function',
      code: moduleOf(
        code`
          import { memoize } from 'lodash';
          const load = memoize((name) => readFileSync(name, 'utf8'));
          router.get('/', (req, res) => res.send(load(req.query.name)));
        `,
      ),
    },
    {
      name: 'a cache in a field of a service',
      code: code`
        import { Injectable } from '@nestjs/common';
        import { ChatOpenAI } from '@langchain/openai';
        import { readFileSync } from 'fs';
        @Injectable()
        export class Prompts {
          private tone?: string;
          private readonly base = readFileSync('base.md', 'utf8');
          private readonly model = new ChatOpenAI();
          constructor() { this.model.temperature = Number(readFileSync('temperature.txt', 'utf8')); }
          onModuleInit() { this.load(); }
          private load() { return readFileSync('rules.md', 'utf8'); }
          getTone() { this.tone ??= readFileSync('tone.md', 'utf8'); return this.tone; }
        }
      `,
    },
    {
      name: 'handed to a worker',
      code: moduleOf(
        code`
          const pool = workerpool.pool();
          router.get('/', async (req, res) => {
            res.json(await pool.exec((path) => readFileSync(path, 'utf8').length, [req.query.file]));
          });
        `,
      ),
    },
    {
      name: 'run by a worker from a file',
      code: moduleOf(
        code`
          const pool = new Piscina({ filename: './parse.js' });
          router.get('/', async (req, res) => { res.json(await pool.run({ file: req.query.file })); });
        `,
      ),
    },
    {
      name: 'a file that is a worker',
      code: code`
        import { parentPort } from 'node:worker_threads';
        import { readFileSync } from 'node:fs';
        import { tool } from '@langchain/core/tools';
        const parse = tool(async ({ file }) => readFileSync(file, 'utf8'), {
          name: 'parse',
          description: 'Parses',
          schema,
        });
        parentPort.on('message', async (file) => parentPort.postMessage(await parse.invoke({ file })));
      `,
    },
    {
      name: 'a file system in memory',
      code: moduleOf(
        code`
          import { Volume } from 'memfs';
          const volume = new Volume();
          router.get('/', (req, res) => res.send(volume.readFileSync(req.path)));
        `,
      ),
    },
    {
      name: 'a file without LangChain',
      code: code`
        import { readFileSync } from 'node:fs';
        import express from 'express';
        express().get('/', (req, res) => res.send(readFileSync('index.html')));
      `,
    },
    {
      name: 'randomBytes, which is not known to block',
      code: moduleOf(code`
        router.get('/', (req, res) => res.json({ id: crypto.randomBytes(8).toString('hex') }));
      `),
    },
    {
      name: 'a wrapper of deasync at module scope',
      code: moduleOf("const ask = deasync(askLater);\nconst answer = ask('ready?');"),
    },
    {
      name: 'an import of the type only',
      code: moduleOf(
        code`
          import type { execSync } from 'child_process';
          router.get('/', (req, res) => res.json(execSync('ls')));
        `,
      ),
    },
  ],

  invalid: [
    ...importForms({
      module: 'langchain',
      names: ['tool'],
      head: node,
      body: readNote,
      expect: ({ source, render }): Reported => ({
        code: source,
        errors: [
          {
            messageId: 'blocking',
            data: { name: 'readFileSync', unit: 'tool call', instead: ofPromises('readFile') },
            ...locate(source, 'readFileSync', 2),
            suggestions: [
              {
                messageId: 'promise',
                data: { form: 'readFile' },
                output: render((n) => readNote(n).replace('readFileSync', 'await readFile')).replace(
                  node,
                  `${node}\nimport { readFile } from 'node:fs/promises';`,
                ),
              },
            ],
          },
        ],
      }),
    }),
    ...importForms({
      module: 'node:fs',
      names: ['writeFileSync'],
      label: 'node',
      head: server,
      body: upload,
      except: ['mapped barrel'],
      expect: ({ source, names }): Pick<Reported, 'errors'> => {
        const callee = names.writeFileSync.replace(/^\((.*)\)$/u, '$1');
        const occurrences = source.slice(0, source.indexOf('uploads/')).split(callee).length - 1;
        return {
          errors: [
            {
              messageId: 'blocking',
              data: { name: 'writeFileSync', unit: 'request', instead: ofPromises('writeFile') },
              ...locate(source, callee, occurrences),
            },
          ],
        };
      },
    }),

    // Handlers.
    {
      name: 'in an Express route, of the request',
      ...blocked(
        code`
          router.post('/', async (req, res) => {
            const text = readFileSync(req.file.path, 'utf8');
            res.json({ text });
          });
        `,
        'readFileSync',
        { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
        {
          form: 'readFile',
          output: importing(
            'readFile',
            code`
              router.post('/', async (req, res) => {
                const text = await readFile(req.file.path, 'utf8');
                res.json({ text });
              });
            `,
          ),
        },
      ),
    },
    {
      name: 'in an Express route, the same each time',
      ...blocked(
        code`
          router.post('/', async (req, res) => {
            res.send(readFileSync('prompts/answer.md', 'utf8').trim());
          });
        `,
        'readFileSync',
        { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
        {
          form: 'readFile',
          output: importing(
            'readFile',
            code`
              router.post('/', async (req, res) => {
                res.send((await readFile('prompts/answer.md', 'utf8')).trim());
              });
            `,
          ),
        },
        'constant',
      ),
    },
    {
      name: 'in a callback of an array method, which belongs to the handler',
      ...blocked(
        code`
          router.get('/', async (req, res) => {
            res.json(req.body.files.map((file) => readFileSync(file, 'utf8')));
          });
        `,
        'readFileSync',
        { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
      ),
    },
    {
      name: 'in an async callback of an array method',
      ...blocked(
        code`
          router.post('/', async (req, res) => {
            await Promise.all(req.files.map(async (file) => { writeFileSync(file.path, file.buffer); }));
            res.end();
          });
        `,
        'writeFileSync',
        { name: 'writeFileSync', unit: 'request', instead: ofPromises('writeFile') },
        {
          form: 'writeFile',
          output: importing(
            'writeFile',
            code`
              router.post('/', async (req, res) => {
                await Promise.all(req.files.map(async (file) => { await writeFile(file.path, file.buffer); }));
                res.end();
              });
            `,
          ),
        },
      ),
    },
    {
      name: 'in a function of the file that a handler calls: reported there, once',
      ...blocked(
        code`
          function load(name: string) { return readFileSync(\`prompts/\${name}.md\`, 'utf8'); }
          router.get('/a', async (req, res) => { res.send(load(req.query.name)); });
          router.get('/b', async (req, res) => { res.send(load(req.query.name)); });
        `,
        'readFileSync',
        { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
        {
          form: 'readFile',
          output: importing(
            'readFile',
            code`
              async function load(name: string) { return await readFile(\`prompts/\${name}.md\`, 'utf8'); }
              router.get('/a', async (req, res) => { res.send(await load(req.query.name)); });
              router.get('/b', async (req, res) => { res.send(await load(req.query.name)); });
            `,
          ),
        },
      ),
    },
    {
      name: 'in a tool',
      ...blocked(
        code`
          export const readPdf = tool(
            async ({ file }) => childProcess.execFileSync('pdftotext', [file, '-']).toString(),
            { name: 'pdf', description: 'Text', schema },
          );
        `,
        'childProcess.execFileSync',
        { name: 'execFileSync', unit: 'tool call', instead: '`await promisify(execFile)(…)`' },
        {
          form: 'promisify(execFile)',
          output: moduleOf(
            code`
              export const readPdf = tool(
                async ({ file }) => (await promisify(childProcess.execFile)('pdftotext', [file, '-'])).stdout,
                { name: 'pdf', description: 'Text', schema },
              );
            `,
          ).replace(childProcess, `${childProcess}import { promisify } from 'node:util';\n`),
        },
      ),
    },
    {
      name: 'in a graph node',
      ...blocked(
        code`
          const State = Annotation.Root({});
          export const graph = new StateGraph(State).addNode('load', async (state) => ({
            text: fs.readFileSync(state.path, 'utf8'),
          })).compile();
        `,
        'fs.readFileSync',
        { name: 'readFileSync', unit: 'graph step', instead: ofPromises('readFile') },
        {
          form: 'readFile',
          output: moduleOf(
            code`
              const State = Annotation.Root({});
              export const graph = new StateGraph(State).addNode('load', async (state) => ({
                text: await fs.promises.readFile(state.path, 'utf8'),
              })).compile();
            `,
          ),
        },
      ),
    },
    {
      name: 'in a RunnableLambda',
      ...blocked(
        code`
          export const load = RunnableLambda.from(async (path: string) => readFileSync(path, 'utf8'));
        `,
        'readFileSync',
        { name: 'readFileSync', unit: 'chain step', instead: ofPromises('readFile') },
        {
          form: 'readFile',
          output: importing(
            'readFile',
            code`
              export const load = RunnableLambda.from(async (path: string) => await readFile(path, 'utf8'));
            `,
          ),
        },
      ),
    },
    {
      name: 'in a RunnableLambda that is constructed, through a function of the file',
      ...blocked(
        code`
          function list(dir: string) { return readdirSync(dir); }
          export const load = new RunnableLambda({ func: (dir: string) => list(dir) });
        `,
        'readdirSync',
        { name: 'readdirSync', unit: 'chain step', instead: ofPromises('readdir') },
      ),
    },
    {
      name: 'in a RunnableLambda that is a graph node',
      ...blocked(
        code`
          const load = RunnableLambda.from((state) => ({ names: readdirSync(state.dir) }));
          export const graph = new StateGraph(Annotation.Root({})).addNode('load', load).compile();
        `,
        'readdirSync',
        { name: 'readdirSync', unit: 'graph step', instead: ofPromises('readdir') },
        {
          form: 'readdir',
          output: importing(
            'readdir',
            code`
              const load = RunnableLambda.from(async (state) => ({ names: await readdir(state.dir) }));
              export const graph = new StateGraph(Annotation.Root({})).addNode('load', load).compile();
            `,
          ),
        },
      ),
    },
    {
      name: 'in a route of Next.js',
      filename: 'app/api/uploads/route.ts',
      code: code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        import fs from 'fs';
        import path from 'path';
        const uploadDir = path.join(process.cwd(), 'uploads');
        if (!fs.existsSync(uploadDir)) fs.mkdirSync(uploadDir);
        export async function POST(req: Request) {
          const form = await req.formData();
          for (const file of form.getAll('files')) {
            fs.writeFileSync(path.join(uploadDir, file.name), Buffer.from(await file.arrayBuffer()));
          }
          return Response.json({ ok: true });
        }
      `,
      errors: [
        {
          messageId: 'blocking',
          data: { name: 'writeFileSync', unit: 'request', instead: ofPromises('writeFile') },
          line: 9,
          column: 5,
          endLine: 9,
          endColumn: 21,
          suggestions: [
            {
              messageId: 'promise',
              data: { form: 'writeFile' },
              output: code`
                import { OpenAIEmbeddings } from '@langchain/openai';
                import fs from 'fs';
                import path from 'path';
                const uploadDir = path.join(process.cwd(), 'uploads');
                if (!fs.existsSync(uploadDir)) fs.mkdirSync(uploadDir);
                export async function POST(req: Request) {
                  const form = await req.formData();
                  for (const file of form.getAll('files')) {
                    await fs.promises.writeFile(path.join(uploadDir, file.name), Buffer.from(await file.arrayBuffer()));
                  }
                  return Response.json({ ok: true });
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'on a timer and in a service of Nest',
      code: onTimer,
      errors: [
        {
          messageId: 'blocking',
          data: { name: 'readdirSync', unit: 'request', instead: ofPromises('readdir') },
          line: 8,
          column: 30,
          endLine: 8,
          endColumn: 41,
        },
        {
          messageId: 'constant',
          data: { name: 'readFileSync', unit: 'job', instead: ofPromises('readFile') },
          line: 13,
          column: 20,
          endLine: 13,
          endColumn: 32,
          suggestions: [
            {
              messageId: 'promise',
              data: { form: 'readFile' },
              output: onTimer
                .replace("from 'fs';\n", "from 'fs';\nimport { readFile } from 'fs/promises';\n")
                .replace('sweep() { return readFileSync', 'async sweep() { return await readFile'),
            },
          ],
        },
      ],
    },

    {
      name: 'a field of a service that is made per request is no cache',
      code: code`
        import { Injectable, Scope } from '@nestjs/common';
        import { ChatOpenAI } from '@langchain/openai';
        import { readFileSync } from 'fs';
        @Injectable({ scope: Scope.REQUEST })
        export class Prompts {
          private tone?: string;
          getTone() { this.tone ??= readFileSync('tone.md', 'utf8'); return this.tone; }
        }
      `,
      errors: [
        {
          messageId: 'constant',
          data: { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
          line: 7,
          column: 29,
          endLine: 7,
          endColumn: 41,
        },
      ],
    },

    // Functions.
    {
      name: 'execSync',
      ...blocked(
        "router.get('/', (req, res) => res.send(childProcess.execSync(`wc ${req.query.file}`)));",
        'childProcess.execSync',
        { name: 'execSync', unit: 'request', instead: '`await promisify(exec)(…)`' },
      ),
    },
    rewrites(
      'what a process prints, used as a text',
      code`
        import { Processor, WorkerHost } from '@nestjs/bullmq';
        import type { Job } from 'bullmq';
        import { ChatOpenAI } from '@langchain/openai';
        import { execSync } from 'node:child_process';

        const model = new ChatOpenAI({ model: 'gpt-4o' });

        @Processor('reports')
        export class ReportsProcessor extends WorkerHost {
          async process(job: Job<{ commit: string }>) {
            const log = ⟦execSync⟧(\`git log -1 \${job.data.commit}\`).toString().trim();
            return (await model.invoke(log)).text;
          }
        }
      `,
      code`
        import { Processor, WorkerHost } from '@nestjs/bullmq';
        import type { Job } from 'bullmq';
        import { ChatOpenAI } from '@langchain/openai';
        import { exec, execSync } from 'node:child_process';
        import { promisify } from 'node:util';

        const model = new ChatOpenAI({ model: 'gpt-4o' });

        @Processor('reports')
        export class ReportsProcessor extends WorkerHost {
          async process(job: Job<{ commit: string }>) {
            const log = (await promisify(exec)(\`git log -1 \${job.data.commit}\`)).stdout.trim();
            return (await model.invoke(log)).text;
          }
        }
      `,
      promisified('exec', 'job'),
    ),
    rewrites(
      'a process of a bot in plain JavaScript, whose handler becomes async',
      code`
        const { Telegraf } = require('telegraf');
        const { execSync } = require('child_process');
        const { ChatOpenAI } = require('@langchain/openai');

        const bot = new Telegraf(process.env.BOT_TOKEN);
        bot.command('version', (ctx) => ctx.reply(⟦execSync⟧('git describe').toString('utf8')));
      `,
      code`
        const { Telegraf } = require('telegraf');
        const { exec, execSync } = require('child_process');
        const { promisify } = require('util');
        const { ChatOpenAI } = require('@langchain/openai');

        const bot = new Telegraf(process.env.BOT_TOKEN);
        bot.command('version', async (ctx) => ctx.reply((await promisify(exec)('git describe')).stdout));
      `,
      promisified('exec', 'message'),
    ),
    rewrites(
      'a process with options that both forms take, where `promisify` and `execFile` are there already',
      code`
        import { execFile, execFileSync } from 'node:child_process';
        import { promisify as later } from 'node:util';
        import { tool } from '@langchain/core/tools';
        import { z } from 'zod';

        export const readPdf = tool(
          async ({ file }) => {
            const text = ⟦execFileSync⟧('pdftotext', [file, '-'], { encoding: 'utf8' });
            return text.slice(0, 4000);
          },
          { name: 'read_pdf', description: 'Reads a PDF', schema: z.object({ file: z.string() }) },
        );
      `,
      code`
        import { execFile, execFileSync } from 'node:child_process';
        import { promisify as later } from 'node:util';
        import { tool } from '@langchain/core/tools';
        import { z } from 'zod';

        export const readPdf = tool(
          async ({ file }) => {
            const text = (await later(execFile)('pdftotext', [file, '-'], { encoding: 'utf8' })).stdout;
            return text.slice(0, 4000);
          },
          { name: 'read_pdf', description: 'Reads a PDF', schema: z.object({ file: z.string() }) },
        );
      `,
      promisified('execFile', 'tool call'),
    ),
    rewrites(
      'a process whose output nobody reads, by a member of the module',
      code`
        import cp from 'node:child_process';
        import { Router } from 'express';
        import { ChatOpenAI } from '@langchain/openai';

        export const router = Router();
        router.post('/', async (req, res) => {
          ⟦cp.execFileSync⟧('pandoc', ['-o', 'letter.pdf', req.body.file]);
          res.sendFile('letter.pdf');
        });
      `,
      code`
        import cp from 'node:child_process';
        import { promisify } from 'node:util';
        import { Router } from 'express';
        import { ChatOpenAI } from '@langchain/openai';

        export const router = Router();
        router.post('/', async (req, res) => {
          await promisify(cp.execFile)('pandoc', ['-o', 'letter.pdf', req.body.file]);
          res.sendFile('letter.pdf');
        });
      `,
      promisified('execFile', 'request'),
    ),
    reports(
      'a process whose bytes are used, with an option that the other form does not take, or a name that is taken',
      code`
        import { execFileSync, execSync } from 'node:child_process';
        import { Router } from 'express';
        import { ChatOpenAI } from '@langchain/openai';

        export const router = Router();
        router.post('/', async (req, res) => {
          const exec = req.app.get('exec');
          ⟦execFileSync⟧('pandoc', ['-o', 'letter.pdf'], { input: req.body.text });
          ⟦execFileSync⟧('pandoc', req.body.options);
          exec(⟦execSync⟧('uptime').toString());
          res.send(⟦execFileSync⟧('convert', [req.query.file]));
        });
      `,
      ...['execFile', 'execFile', 'exec', 'execFile'].map((form) => ({
        messageId: 'blocking' as const,
        data: { name: `${form}Sync`, unit: 'request', instead: `\`await promisify(${form})(…)\`` },
      })),
    ),
    rewrites(
      'the prompt of an agent, which is made for each call of its model',
      code`
        import fs from 'node:fs';
        import { createAgent, dynamicSystemPromptMiddleware } from 'langchain';
        const prompt = dynamicSystemPromptMiddleware(
          async (state) => ⟦fs.readFileSync⟧(\`prompts/\${state.topic}.md\`, 'utf8'),
        );
        export const agent = createAgent({ model: 'openai:gpt-4.1-mini', tools: [], middleware: [prompt] });
      `,
      code`
        import fs from 'node:fs';
        import { createAgent, dynamicSystemPromptMiddleware } from 'langchain';
        const prompt = dynamicSystemPromptMiddleware(
          async (state) => await fs.promises.readFile(\`prompts/\${state.topic}.md\`, 'utf8'),
        );
        export const agent = createAgent({ model: 'openai:gpt-4.1-mini', tools: [], middleware: [prompt] });
      `,
      {
        messageId: 'blocking',
        data: { name: 'readFileSync', unit: 'graph step', instead: ofPromises('readFile') },
        suggests: { messageId: 'promise', data: { form: 'readFile' } },
      },
    ),
    {
      name: 'spawnSync',
      ...blocked(
        code`
          router.get('/', (req, res) => res.send(childProcess.spawnSync('wc', [req.query.file]).stdout));
        `,
        'childProcess.spawnSync',
        { name: 'spawnSync', unit: 'request', instead: '`spawn(…)` and wait for its `close` event' },
      ),
    },
    {
      name: 'gunzipSync',
      ...blocked(
        "router.post('/', (req, res) => res.send(gunzipSync(req.body)));",
        'gunzipSync',
        { name: 'gunzipSync', unit: 'request', instead: '`await promisify(gunzip)(…)`' },
        {
          form: 'promisify(gunzip)',
          output: moduleOf(
            "router.post('/', async (req, res) => res.send(await promisify(gunzip)(req.body)));",
          ).replace(
            "import { gunzipSync } from 'node:zlib';\n",
            "import { gunzip, gunzipSync } from 'node:zlib';\nimport { promisify } from 'node:util';\n",
          ),
        },
      ),
    },
    {
      name: 'scryptSync',
      ...blocked(
        code`
          router.post('/', (req, res) => res.send(crypto.scryptSync(req.body.password, 'salt', 64)));
        `,
        'crypto.scryptSync',
        { name: 'scryptSync', unit: 'request', instead: '`await promisify(scrypt)(…)`' },
      ),
    },
    {
      name: 'Atomics.wait',
      ...blocked(
        code`
          router.get('/', (req, res) => {
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
            res.end();
          });
        `,
        'Atomics.wait',
        { name: 'Atomics.wait', unit: 'request', instead: '`await Atomics.waitAsync(…).value`' },
      ),
    },
    {
      name: 'deasync.sleep',
      ...blocked(
        code`
          router.get('/', (req, res) => { deasync.sleep(500); res.end(); });
        `,
        'deasync.sleep',
        {
          name: 'deasync.sleep',
          unit: 'request',
          instead: '`await` on the promise itself',
        },
      ),
    },
    {
      name: 'a function made by deasync',
      ...blocked(
        code`
          const ask = deasync(askLater);
          router.get('/', (req, res) => res.send(ask(req.query.q)));
        `,
        'ask',
        {
          name: 'deasync',
          unit: 'request',
          instead: '`await` on the function itself',
        },
      ),
    },
    {
      name: 'a function of fs without such a promise form',
      ...blocked(
        code`
          router.get('/', async (req, res) => { const fd = fs.openSync(req.query.file); res.end(); });
        `,
        'fs.openSync',
        { name: 'openSync', unit: 'request', instead: 'the form of `node:fs/promises`' },
      ),
    },
    {
      name: 'a file descriptor, which fs/promises does not take',
      ...blocked(
        "router.post('/', async (req, res) => { res.send(readFileSync(0, req.query.encoding)); });",
        'readFileSync',
        { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
      ),
    },
    {
      name: 'under another name',
      ...blocked(
        code`
          const read = readFileSync;
          router.get('/', (req, res) => {
            const { readdirSync: list } = fs;
            res.json({ names: list(req.query.dir) });
          });
        `,
        'list',
        { name: 'readdirSync', unit: 'request', instead: ofPromises('readdir') },
      ),
    },
    {
      name: 'a variable of the handler is no cache',
      ...blocked(
        code`
          router.post('/', (req, res) => {
            let text = req.body.text;
            if (!text) text = readFileSync(req.file.path, 'utf8');
            res.send(text);
          });
        `,
        'readFileSync',
        { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
      ),
    },
    {
      name: 'a variable of the module that is written each time is no cache',
      ...blocked(
        code`
          let last;
          router.post('/', (req, res) => { last = readFileSync(req.file.path, 'utf8'); res.send(last); });
        `,
        'readFileSync',
        { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
        {
          form: 'readFile',
          output: importing(
            'readFile',
            code`
              let last;
              router.post('/', async (req, res) => { last = await readFile(req.file.path, 'utf8'); res.send(last); });
            `,
          ),
        },
      ),
    },
    {
      name: 'what a worker is given is read before',
      ...blocked(
        code`
          const pool = workerpool.pool();
          router.get('/', (req, res) => { pool.exec('parse', [readFileSync(req.query.file)]); res.end(); });
        `,
        'readFileSync',
        { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
        {
          form: 'readFile',
          output: importing(
            'readFile',
            code`
              const pool = workerpool.pool();
              router.get('/', async (req, res) => { pool.exec('parse', [await readFile(req.query.file)]); res.end(); });
            `,
          ),
        },
      ),
    },

    {
      name: 'in a function that another file may call, too',
      ...blocked(
        code`
          export function load(name: string) { return fs.readFileSync(name, 'utf8'); }
          router.get('/', async (req, res) => { res.send(load(req.query.name)); });
        `,
        'fs.readFileSync',
        { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
      ),
    },
    {
      name: 'in a function that a list calls, too',
      ...blocked(
        code`
          const load = (name: string) => fs.readFileSync(name, 'utf8');
          router.get('/', async (req, res) => { res.json([load(req.query.name), ...req.body.map(load)]); });
        `,
        'fs.readFileSync',
        { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
      ),
    },
    {
      name: 'a file of Deno',
      code: code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        Deno.serve((request) => new Response(Deno.readTextFileSync(request.url)));
      `,
      errors: [
        {
          messageId: 'blocking',
          data: { name: 'Deno.readTextFileSync', unit: 'request', instead: '`await Deno.readTextFile(…)`' },
          line: 3,
          column: 38,
          endLine: 3,
          endColumn: 59,
          suggestions: [
            {
              messageId: 'promise',
              data: { form: 'Deno.readTextFile' },
              output: code`
                import { ChatOpenAI } from '@langchain/openai';
                const model = new ChatOpenAI();
                Deno.serve(async (request) => new Response(await Deno.readTextFile(request.url)));
              `,
            },
          ],
        },
      ],
    },

    // Options.
    {
      name: 'a name that is added',
      options: [{ methods: ['statSync'] }],
      ...blocked(
        code`
          router.get('/', async (req, res) => {
            res.json({ size: statSync(req.query.file).size, isThere: existsSync(req.query.file) });
          });
        `,
        'statSync',
        { name: 'statSync', unit: 'request', instead: ofPromises('stat') },
        {
          form: 'stat',
          output: importing(
            'stat',
            code`
              router.get('/', async (req, res) => {
                res.json({ size: (await stat(req.query.file)).size, isThere: existsSync(req.query.file) });
              });
            `,
          ),
        },
      ),
    },
    {
      name: 'existsSync, added: its promise form throws instead',
      options: [{ methods: ['existsSync'] }],
      ...blocked(
        code`
          router.get('/', async (req, res) => { res.json(existsSync(req.query.file)); });
        `,
        'existsSync',
        {
          name: 'existsSync',
          unit: 'request',
          instead: ofPromises('access'),
        },
      ),
    },
    {
      name: 'a name without Sync, added',
      options: [{ methods: ['randomBytes'] }],
      ...blocked(
        code`
          router.get('/', async (req, res) => { res.send(crypto.randomBytes(1e9)); });
        `,
        'crypto.randomBytes',
        {
          name: 'randomBytes',
          unit: 'request',
          instead: 'its asynchronous form',
        },
      ),
    },
    {
      name: 'a name that is allowed leaves the others',
      options: [{ allow: ['readdirSync'] }],
      ...blocked(
        code`
          router.get('/', (req, res) => {
            res.json(readdirSync(req.query.dir).map((name) => readFileSync(name, 'utf8')));
          });
        `,
        'readFileSync',
        { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
      ),
    },

    // How the suggestion names the function.
    {
      name: 'imported from fs, without semicolons',
      ...renamed(
        'import { readFileSync } from "fs"',
        'readFileSync',
        'import { readFileSync } from "fs"\nimport { readFile } from "fs/promises"',
        'readFile',
      ),
    },
    {
      name: 'imported under another name',
      ...renamed(
        "import { readFileSync as read } from 'node:fs';",
        'read',
        code`
          import { readFileSync as read } from 'node:fs';
          import { readFile } from 'node:fs/promises';
        `,
        'readFile',
      ),
    },
    {
      name: 'beside names of fs/promises',
      ...renamed(
        code`
          import { readFileSync } from 'node:fs';
          import { stat, writeFile } from 'node:fs/promises';
        `,
        'readFileSync',
        code`
          import { readFileSync } from 'node:fs';
          import { stat, writeFile, readFile } from 'node:fs/promises';
        `,
        'readFile',
      ),
    },
    {
      name: 'where it is imported already',
      ...renamed(
        "import { readFileSync } from 'node:fs';\nimport { readFile } from 'node:fs/promises';",
        'readFileSync',
        "import { readFileSync } from 'node:fs';\nimport { readFile } from 'node:fs/promises';",
        'readFile',
      ),
    },
    {
      name: 'where it is imported under another name',
      ...renamed(
        code`
          import { readFileSync } from 'node:fs';
          import { readFile as load } from 'node:fs/promises';
        `,
        'readFileSync',
        code`
          import { readFileSync } from 'node:fs';
          import { readFile as load } from 'node:fs/promises';
        `,
        'load',
      ),
    },
    {
      name: 'where fs/promises is imported as a whole',
      ...renamed(
        "import { readFileSync } from 'node:fs';\nimport fsp from 'node:fs/promises';",
        'readFileSync',
        "import { readFileSync } from 'node:fs';\nimport fsp from 'node:fs/promises';",
        'fsp.readFile',
      ),
    },
    {
      name: 'where promises are imported from fs',
      ...renamed(
        "import { promises, readFileSync } from 'fs';",
        'readFileSync',
        "import { promises, readFileSync } from 'fs';",
        'promises.readFile',
      ),
    },
    {
      name: 'required by name',
      ...renamed(
        "const { readFileSync } = require('fs');",
        'readFileSync',
        "const { readFileSync } = require('fs');\nconst { readFile } = require('fs/promises');",
        'readFile',
      ),
    },
    {
      name: 'required as a whole',
      ...renamed("const fs = require('fs');", 'fs.readFileSync', "const fs = require('fs');", 'fs.promises.readFile'),
    },
    {
      name: 'where the name means something else',
      code: route("const readFile = req.query.file; res.send(readFileSync(readFile, 'utf8'));"),
      errors: [
        {
          messageId: 'blocking',
          data: { name: 'readFileSync', unit: 'request', instead: ofPromises('readFile') },
          ...locate(
            route("const readFile = req.query.file; res.send(readFileSync(readFile, 'utf8'));"),
            'readFileSync',
            2,
          ),
        },
      ],
    },
    {
      name: 'of a package that wraps fs, whose promise form is its own',
      code: route('res.json(readJsonSync(req.query.file));', "import { readJsonSync } from 'fs-extra';"),
      errors: [
        {
          messageId: 'blocking',
          data: { name: 'readJsonSync', unit: 'request', instead: 'the form of `node:fs/promises`' },
          ...locate(
            route('res.json(readJsonSync(req.query.file));', "import { readJsonSync } from 'fs-extra';"),
            'readJsonSync',
            2,
          ),
        },
      ],
    },
  ],
});

import { code } from '../helpers/code.ts';

/** A way in which a program may be long. */
export interface Shape {
  readonly name: string;
  /** The least size that is tried; eight times as much is the most. */
  readonly n: number;
  readonly write: (size: number) => string;
}

/** One line for each number from 1. */
function repeat(size: number, write: (index: number) => string): string {
  return Array.from({ length: size }, (_, index) => write(index + 1)).join('\n');
}

/** A handler that builds a client for a URL. */
function inHandler(before: string, url: string): string {
  return code`
    import { ChatOpenAI } from '@langchain/openai';
    import express from 'express';
    const app = express();
    app.post('/ask', async (req, res) => {
      ${before}
      const model = new ChatOpenAI({ timeout: 60_000, configuration: { baseURL: ${url} } });
      res.json(await model.invoke(req.body.question));
    });
  `;
}

export const SHAPES: readonly Shape[] = [
  {
    name: 'constants that are derived from one another',
    n: 10,
    write: (size) =>
      inHandler(
        `const url0 = process.env.URL ?? '';
        ${repeat(size, (i) => `const url${i} = url${i - 1} ? url${i - 1}.trim() : url${i - 1};`)}`,
        `url${size}`,
      ),
  },
  {
    name: 'constants that are added to themselves',
    n: 10,
    write: (size) =>
      inHandler(
        `const url0 = process.env.URL ?? '';
        ${repeat(size, (i) => `const url${i} = url${i - 1} + url${i - 1};`)}`,
        `url${size}`,
      ),
  },
  {
    name: 'a client for each of many derived constants',
    n: 10,
    write: (size) =>
      inHandler(
        `const url0 = process.env.URL ?? '';
        ${repeat(
          size,
          (i) => `const url${i} = url${i - 1}.trim();
          await new ChatOpenAI({ configuration: { baseURL: url${i} } }).invoke('${i}');`,
        )}`,
        `url${size}`,
      ),
  },
  {
    name: 'writes of a variable that read it',
    n: 10,
    write: (size) =>
      inHandler(
        `let url = process.env.URL ?? '';
        ${repeat(size, (i) => `url = url.replace('${i}', 'x');`)}`,
        'url',
      ),
  },
  {
    name: 'writes of two variables that read each other',
    n: 10,
    write: (size) =>
      inHandler(
        `let url = process.env.URL ?? '', path = '';
        ${repeat(size, () => 'url = path + url; path = url + path;')}`,
        'url',
      ),
  },
  {
    name: 'writes of a parameter of a helper',
    n: 10,
    write: (size) =>
      inHandler(
        `function clean(name) {
          let url = name;
          ${repeat(size, (i) => `if (name.length > ${i}) url = url.replace('${i}', 'x');`)}
          return url;
        }`,
        "clean('https://example.com')",
      ),
  },
  {
    name: 'helpers that call the one before twice',
    n: 6,
    write: (size) =>
      inHandler(
        `const url0 = () => process.env.URL;
        ${repeat(size, (i) => `function url${i}() { const url = url${i - 1}(); return url ? url : url${i - 1}(); }`)}`,
        `url${size}()`,
      ),
  },
  {
    name: 'helpers that call the two before with an argument',
    n: 6,
    write: (size) =>
      inHandler(
        `const url0 = (path) => path, url1 = (path) => path;
        ${repeat(
          size,
          (i) => `function url${i + 1}(path) { const url = url${i - 1}('/'); return url ? url : url${i}(path); }`,
        )}`,
        `url${size}(process.env.PATH)`,
      ),
  },
  {
    name: 'helpers that change something outside and call the two before',
    n: 6,
    write: (size) =>
      inHandler(
        `const seen = [];
        const url0 = () => seen[0], url1 = () => process.env.URL;
        ${repeat(size, (i) => `function url${i + 1}() { seen.push(url${i - 1}()); return url${i}(); }`)}`,
        `url${size}()`,
      ),
  },
  {
    name: 'a chain that is piped into itself',
    n: 5,
    write: (size) =>
      `import { ChatOpenAI } from '@langchain/openai';
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      const chain0 = ChatPromptTemplate.fromTemplate('{x}').pipe(new ChatOpenAI({ timeout: 60_000 }));
      ${repeat(size, (i) => `const chain${i} = chain${i - 1}.pipe(chain${i - 1});`)}
      export const ask = (xs) => Promise.all(xs.map((x) => chain${size}.invoke(x)));
      export const all = (xs) => chain${size}.batch(xs);\n`,
  },
];

import { describe, expect, it } from 'vitest';
import { AST_NODE_TYPES } from '../../../src/ast/types.ts';
import { climb, findCallbackUse } from '../../../src/flow/calls/callbacks.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, findNodes, parseFile } from '../../helpers/file.ts';

const HEAD = code`
  import '@langchain/openai';
  import pLimit from 'p-limit';
  import pMap from 'p-map';
  import { run } from './runner';
  const limit = pLimit(5);
`;

/** How often `fn` runs, in the calls that it is handed to: `once`, `perItem docs`; `?` where that is not known. */
function usesOf(text: string): string[] {
  const file = parseFile(HEAD + text);
  return findNodes(file, AST_NODE_TYPES.CallExpression).flatMap((call) => {
    const argument = call.arguments.findIndex((each) => each.type === AST_NODE_TYPES.Identifier && each.name === 'fn');
    if (argument === -1) return [];
    const use = findCallbackUse(file, call, argument);
    if (use?.times !== 'perItem') return [use?.times ?? '?'];
    return [`perItem ${use.iterated ? file.getText(use.iterated) : '?'}`];
  });
}

describe('how often a call runs what it is handed', () => {
  it.each([
    [
      'methods of lists run it per element',
      code`
        docs.map(fn);
        docs.filter(Boolean).forEach(fn);
        Array.from(docs, fn);
      `,
      ['perItem docs', 'perItem docs.filter(Boolean)', 'perItem docs'],
    ],
    [
      'so do mappers and limiters with a list',
      code`
        pMap(docs, fn);
        limit.map(docs, fn);
      `,
      ['perItem docs', 'perItem docs'],
    ],
    [
      'promises, timers and limiters run it once',
      code`
        answer.then(fn);
        answer.catch(fn);
        setTimeout(fn, 100);
        limit(fn);
      `,
      ['once', 'once', 'once', 'once'],
    ],
    [
      'a function of the file runs it as it does',
      code`
        const each = (list, visit) => { for (const item of list) visit(item); };
        const now = (work) => work();
        each(docs, fn);
        now(fn);
      `,
      ['perItem docs', 'once'],
    ],
    [
      'a function that tries again runs it once',
      code`
        const attempt = async (work) => {
          for (let left = 3; left > 0; left--) {
            try { return await work(); } catch {}
          }
        };
        attempt(fn);
      `,
      ['once'],
    ],
    [
      'a list behind a spread is not seen',
      code`
        const each = (first, list, visit) => { for (const item of list) visit(item); };
        pMap(...lists, fn);
      `,
      ['?'],
    ],
    [
      'the function of another package is not known',
      code`
        run(fn);
        registry.register(fn);
        docs[method](fn);
      `,
      ['?', '?', '?'],
    ],
    [
      'a second argument of a list method is no callback',
      code`
        docs.map(String, fn);
        answer.finally(null, fn);
      `,
      ['?', '?'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(usesOf(text)).toEqual(expected);
  });
});

/** Around `$(…)`, innermost first: what runs per item, and the function where that ends. */
function wayFrom(text: string): { perItems: string[]; top: string | null } {
  const file = parseFile(HEAD + text);
  const [marked] = findMarked(file);
  if (!marked) throw new Error('Nothing is marked.');
  const { perItems, top } = climb(file, marked);
  return {
    perItems: perItems.map(({ iterated, kind }) => `${kind} ${iterated ? file.getText(iterated) : '?'}`),
    top: top && 'id' in top && top.id?.type === AST_NODE_TYPES.Identifier ? top.id.name : null,
  };
}

describe('what runs code once per item', () => {
  it('loops and callbacks, up to the function whose callers decide', () => {
    const text = code`
      async function answer(batches) {
        for (const batch of batches) {
          await Promise.all(batch.map(async (doc) => $(doc)));
        }
      }
    `;
    expect(wayFrom(text)).toEqual({ perItems: ['callback batch', 'loop batches'], top: 'answer' });
  });

  it('no list of a loop that is evaluated once', () => {
    const text = code`
      async function answer() {
        for (const doc of await $(query)) show(doc);
      }
    `;
    expect(wayFrom(text)).toEqual({ perItems: [], top: 'answer' });
  });
});

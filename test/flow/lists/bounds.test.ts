import { describe, expect, it } from 'vitest';
import { getPerItems } from '../../../src/flow/calls/per-item.ts';
import { getPerItemSize, getSize, isShort, isShortList } from '../../../src/flow/lists/bounds.ts';
import type { Size } from '../../../src/flow/lists/size-arithmetic.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, parseFile } from '../../helpers/file.ts';

const IMPORT = code`
  import { ChatOpenAI } from '@langchain/openai';
  const model = new ChatOpenAI();
`;

/** The size of the list in `$(…)`. */
function sizeOf(text: string): Size {
  const file = parseFile(IMPORT + text);
  const [marked] = findMarked(file);
  if (!marked) throw new Error('Nothing is marked.');
  return getSize(file, marked);
}

/** How often the innermost loop or callback around `$(…)` runs. */
function runsOf(text: string): Size | 'none' {
  const file = parseFile(IMPORT + text);
  const [marked] = findMarked(file);
  const [position] = marked ? getPerItems(file, marked) : [];
  return position ? getPerItemSize(file, position) : 'none';
}

describe('the size of a list', () => {
  it.each<[string, Size]>([
    // Written out.
    ["$(['a', 'b']);", 2],
    ["const base = ['a', 'b']; $([...base, 'c']);", 3],
    ['$([...rows, 1]);', null],
    ["$(['a'] as const);", 1],
    ["const xs = ['a', 'b'] satisfies string[]; $(xs);", 2],
    ["let xs = ['a']; if (c) xs = ['a', 'b']; $(xs);", 2],
    ["let xs = ['a']; xs = rows; $(xs);", null],
    ["const xs = c ? ['a'] : ['a', 'b', 'c']; $(xs);", 3],
    ["$(given ?? ['a']);", null],
    ["const config = { queries: ['a', 'b'] }; $(config.queries);", 2],
    ["const { queries } = { queries: ['a', 'b'] }; $(queries);", 2],
    ["class A { private readonly models = ['a', 'b']; go() { $(this.models); } }", 2],
    [
      code`
        class A { models = ['a', 'b']; add(m) { this.models.push(m); } go() { $(this.models); } }
      `,
      null,
    ],
    ['class A { docs: string[] = []; go() { $(this.docs); } }', null],

    // Filled.
    ["const xs = ['a']; xs.push('b', 'c'); $(xs);", 3],
    ["const xs = ['a']; for (const row of rows) xs.push(row); $(xs);", null],
    ["const xs = []; for (const x of ['a', 'b']) { xs.push(x); xs.push(x); } $([...xs]);", 4],
    [
      code`
        const xs = [];
        for (const x of ['a', 'b']) for (const y of [1, 2, 3]) xs.push(x + y);
        $([...xs]);
      `,
      6,
    ],
    ['const xs = []; rows.forEach((row) => { xs.push(row); }); $(xs);', null],
    ["const xs = ['a']; xs.push(...rows); $(xs);", null],
    ['const xs = []; collect(xs); $(xs);', null],
    ['const xs = []; $(xs);', null],
    ['const xs = new Set(); for (const row of rows) xs.add(row); $([...xs]);', null],
    [
      code`
        let part = [];
        for (const row of rows) { part.push(row); if (part.length >= 5 && ready) { send(part); part = []; } }
        $(part);
      `,
      'unseen',
    ],
    [
      code`
        const part = [];
        for (const row of rows) { part.push(row); if (part.length === 5) { send(part); part.length = 0; } }
        $(part);
      `,
      'unseen',
    ],

    // Counted.
    ['$(Array.from({ length: 7 }));', 7],
    ['const N = 3 * 2; $(Array.from({ length: N }, (_, i) => i));', 6],
    ['$(Array.from({ length: n }));', 'unseen'],
    ['$(Array.from({ length: rows.length }));', null],
    ['$(Array.from({ length: Math.min(8, rows.length) }));', 8],
    ['const pages = Math.ceil(rows.length / 10); $(Array.from({ length: pages }));', null],
    ["const xs = ['a', 'b']; $(Array.from({ length: xs.length }));", 2],
    ['$(Array.from({ length: Number(process.env.COUNT ?? 500) }));', 'unseen'],
    ['$(new Array(4).fill(0));', 4],
    ['$([...Array(4).keys()]);', 4],
    ['$(Array.of(1, 2, 3));', 3],

    // Cut.
    ['$(rows.slice(0, 5));', 5],
    ['$(rows.slice(2, 5));', 3],
    ['$(rows.slice(0, n));', 'unseen'],
    ['$(rows.slice(1));', null],
    ['$(rows.slice(-3));', 3],
    ['$(rows.slice(0, -3));', null],
    ['$(rows.slice(0, rows.length));', null],
    ['$(rows.slice(0, Infinity));', null],
    ['$(rows.slice(offset, offset + 50));', 50],
    ['for (let i = 0; i < rows.length; i += 50) $(rows.slice(i, i + 50));', 'unseen'],
    ["$(['a', 'b'].slice(0, 5));", 2],
    ['$(rows.splice(0, 5));', 5],
    ['$(rows.splice(0));', null],
    ["$(text.split(',', 3));", 3],
    ["$(text.split(','));", null],
    ["import { take } from 'lodash'; $(take(rows, 3));", 3],
    ['$(await prisma.ticket.findMany({ where: { open: true }, take: 5 }));', 5],
    ['$(await db.query.tickets.findMany({ limit: 5 }));', 5],
    ['$(await db.select().from(tickets).limit(5));', 5],
    ['$(await prisma.ticket.findMany({ where: { open: true } }));', null],
    ['$(await prisma.ticket.findMany(filter));', null],

    // Carried through methods.
    ["$(['a', 'b'].map((x) => x + 1).filter(Boolean).sort());", 2],
    ["$(['a', 'b'].concat(['c'], 'd'.split(',', 1)));", 4],
    ["$(['a', 'b'].concat(rows));", null],
    ["$(['a', 'b'].flatMap((x) => [x, x]));", 4],
    ["$(['a', 'b'].flatMap((x) => rows));", null],
    ['$(rows.map((row) => row.id));', null],
    ["$(new Set(['a', 'b']));", 2],
    ["$(await Promise.all(['a', 'b'].map((x) => load(x))));", 2],

    // Keys.
    ["enum Mode { Fast = 'fast', Slow = 'slow' } $(Object.values(Mode));", 2],
    ['const o = { a: 1, b: 2 }; $(Object.entries(o));', 2],
    ['const o = { a: 1, ...rest }; $(Object.keys(o));', null],
    ['const o = { a: 1 }; for (const row of rows) o[row] = 1; $(Object.keys(o));', null],
    ['$(Object.keys(given));', null],

    // Chunks.
    ["import { chunk } from 'lodash-es'; for (const part of chunk(rows, 100)) $(part);", 'unseen'],
    ["import chunk from 'lodash/chunk'; const [first] = chunk(rows, 100); $(first);", null],
    ["import { splitEvery } from 'ramda'; splitEvery(100, rows).map((part) => $(part));", 'unseen'],
    ["import { chunk } from 'lodash-es'; $(chunk(rows, 100));", null],
    ["const parts = [['a', 'b'], ['c']]; for (const part of parts) $(part);", 2],
    ['for (const part of groups) $(part);', null],
    ['for (const { rows } of groups) $(rows);', null],
    ["for (const [name, part] of [['x', ['a', 'b']]]) $(part);", 2],
    [
      code`
        const parts = [];
        for (let i = 0; i < rows.length; i += 5) parts.push(rows.slice(i, i + 5));
        for (const part of parts) $(part);
      `,
      'unseen',
    ],

    // Parameters.
    ["function run(part) { $(part); } run(['a', 'b']); run(['a']);", 2],
    ["function run(part) { $(part); } run(['a', 'b']); run(rows);", null],
    ["export function run(part) { $(part); } run(['a', 'b']);", null],
    ["function run(part) { $(part); } run(['a', 'b']); module.exports = { run };", null],
    [
      code`
        function run({ part }) { $(part); }
        for (let i = 0; i < 9; i += 3) run({ part: rows.slice(i, i + 3) });
      `,
      'unseen',
    ],
    ["class A { #run(part) { $(part); } go() { this.#run(['a']); } }", 1],
    ["class A { run(part) { $(part); } go() { this.run(['a']); } }", null],
    ['function run(part) { $(part); } parts.forEach(run);', null],

    // Types.
    ['function run(pair: readonly [string, string]) { $(pair); }', 2],
    ['function run(list: [string, ...string[]]) { $(list); }', null],
    ['function run(list: string[]) { $(list); }', null],
    [
      code`
        import type { ToolCall } from '@langchain/core/messages/tool';
        function run(calls: ToolCall[]) { $(calls); }
      `,
      'unseen',
    ],
    [
      code`
        import type { AgentAction } from '@langchain/core/agents';
        const actions: Array<AgentAction> = given;
        $(actions);
      `,
      'unseen',
    ],
    [
      code`
        import type { ToolCall } from './types';
        function run(calls: ToolCall[]) { $(calls); }
      `,
      null,
    ],
    [
      code`
        import type { ToolCall } from 'langchain';
        interface Input { calls: readonly ToolCall[] }
        function run({ calls }: Input) { $(calls); }
      `,
      'unseen',
    ],
    ['type Pair = Pair; function run(pair: Pair) { $(pair); }', null],

    // What LangChain gives.
    ['const message = await model.invoke("x"); $(message.tool_calls);', 'unseen'],
    ['const { tool_calls: calls = [] } = await model.invoke("x"); $(calls);', 'unseen'],
    ['$((state.messages.at(-1).tool_calls ?? []).filter((call) => call.id));', 'unseen'],
    ['$(await retriever.invoke("x"));', null],
    [
      code`
        import type { BaseRetriever } from '@langchain/core/retrievers';
        const search = async (r: BaseRetriever) => { $(await r.invoke('x')); };
      `,
      'unseen',
    ],
    [
      code`
        import type { VectorStore } from '@langchain/core/vectorstores';
        const search = async (s: VectorStore) => { $(await s.similaritySearch('x')); };
      `,
      4,
    ],
    [
      code`
        import type { VectorStore } from '@langchain/core/vectorstores';
        const search = async (s: VectorStore) => { $(await s.similaritySearch('x', 40)); };
      `,
      40,
    ],
    [
      code`
        import type { VectorStore } from '@langchain/core/vectorstores';
        const search = async (s: VectorStore) => { $(await s.maxMarginalRelevanceSearch('x', { k: 12 })); };
      `,
      12,
    ],
    [
      code`
        import type { VectorStore } from '@langchain/core/vectorstores';
        const search = async (s: VectorStore) => { $(await s.asRetriever(30).invoke('x')); };
      `,
      30,
    ],
    [
      code`
        import type { VectorStore } from '@langchain/core/vectorstores';
        const search = async (s: VectorStore) => { $(await s.asRetriever({ k: 6 }).invoke('x')); };
      `,
      6,
    ],
    ["const xs = ['a', 'b']; $(await model.batch(xs));", 2],
    ['$(await model.batch(rows));', null],

    // Schemas.
    [
      code`
        import { z } from 'zod';
        const s = model.withStructuredOutput(z.object({ qs: z.array(z.string()).min(1).max(5).optional() }));
        const { qs } = await s.invoke('x');
        $(qs);
      `,
      5,
    ],
    [
      code`
        import { z } from 'zod';
        const s = model.withStructuredOutput(z.object({ qs: z.array(z.string()) }));
        const { qs } = await s.invoke('x');
        $(qs);
      `,
      null,
    ],
    [
      code`
        import { z } from 'zod';
        const s = model.withStructuredOutput(z.object({ a: z.string().max(5), qs: z.array(z.string().max(3)) }));
        const r = await s.invoke('x');
        $(r.qs);
      `,
      null,
    ],
    [
      code`
        import { z } from 'zod';
        const Plan = z.object({ steps: z.array(z.object({ qs: z.string().array().length(2) })) });
        const run = (plan: z.infer<typeof Plan>) => { for (const step of plan.steps) $(step.qs); };
      `,
      2,
    ],
    [
      code`
        import { z } from 'zod';
        const Base = z.object({ a: z.string() });
        const Plan = Base.extend({ qs: z.array(z.string()).max(MAX) });
        const run = (plan: z.infer<typeof Plan>) => $(plan.qs);
      `,
      'unseen',
    ],
    [
      code`
        import { z } from 'zod';
        const s = model.withStructuredOutput(z.object({ pair: z.tuple([z.string(), z.string()]) })).withRetry();
        const { pair } = await s.invoke('x');
        $(pair);
      `,
      2,
    ],
    [
      code`
        import { z } from 'zod';
        const s = model.withStructuredOutput(z.object({ qs: z.array(z.string()).max(5) }), { includeRaw: true });
        const { parsed } = await s.invoke('x');
        $(parsed.qs);
      `,
      5,
    ],
    [
      code`
        const s = model.withStructuredOutput({
          name: 'plan',
          parameters: { type: 'object', properties: { qs: { type: 'array', maxItems: 4 } } },
        });
        $((await s.invoke('x')).qs);
      `,
      4,
    ],
    [
      code`
        import { tool } from 'langchain';
        import { z } from 'zod';
        const schema = z.object({ qs: z.array(z.string()).max(5) });
        tool(async ({ qs }) => $(qs), { name: 't', schema });
      `,
      5,
    ],
    [
      code`
        import { DynamicStructuredTool } from '@langchain/core/tools';
        import { z } from 'zod';
        new DynamicStructuredTool({
          name: 't',
          schema: z.object({ qs: z.array(z.string()).max(5) }),
          func: async (input) => $(input.qs),
        });
      `,
      5,
    ],
    [
      code`
        import { StructuredTool } from '@langchain/core/tools';
        import { z } from 'zod';
        class T extends StructuredTool {
          schema = z.object({ qs: z.array(z.string()).max(5) });
          async _call({ qs }) { return $(qs); }
        }
      `,
      5,
    ],
    [
      code`
        const a = b;
        const b = a;
        const s = model.withStructuredOutput(a);
        const { qs } = await s.invoke('x');
        $(qs);
      `,
      null,
    ],

    // Circles.
    ['const a = b; const b = a; $(a);', null],
    ['let xs = ys; let ys = xs.filter(Boolean); xs = ys.slice(); $(ys);', null],
    ['const n = m; const m = n + 1; $(rows.slice(0, n));', 'unseen'],
    ['function list(xs) { return list(xs); } $(list(list(rows)));', null],
  ])('%s is %s', (text, expected) => {
    expect(sizeOf(text)).toBe(expected);
  });
});

describe('how often a loop or callback runs', () => {
  it.each<[string, Size | 'none']>([
    ['for (const row of rows) $(row);', null],
    ["for (const x of ['a', 'b']) $(x);", 2],
    ['for (const key in { a: 1, b: 2 }) $(key);', 2],
    ['for (const key in given) $(key);', null],
    ['for (let i = 0; i < 3; i++) $(i);', 3],
    ['for (let i = 0; i <= 3; i++) $(i);', 4],
    ['for (let i = 0; i < n; i++) $(i);', 'unseen'],
    ['for (let i = 0; i < rows.length; i++) $(i);', null],
    ['for (let i = 0; i < rows.length && i < 4; i++) $(i);', 4],
    ['for (;;) $(1);', null],
    ['while (rows.length > 0) $(rows.pop());', null],
    ['while (tries < 3) $(tries++);', 3],
    ['do $(1); while (more);', null],
    ["['a', 'b'].map((x) => $(x));", 2],
    ["import { of, mergeMap } from 'rxjs'; of(1, 2).pipe(mergeMap((x) => $(x)));", 2],
    ["import pMap from 'p-map'; pMap(['a', 'b'], (x) => $(x));", 2],
    ['$(1);', 'none'],
  ])('%s: %s', (text, expected) => {
    expect(runsOf(text)).toBe(expected);
  });
});

it('is bounded up to a number of elements, and where a number limits it that cannot be read', () => {
  expect([0, 10, 11, 'unseen' as const, null].map((size) => isShort(size, 10))).toEqual([
    true,
    true,
    false,
    true,
    false,
  ]);
  const file = parseFile(`${IMPORT}$(['a', 'b', 'c']);`);
  const [list] = findMarked(file);
  if (!list) throw new Error('Nothing is marked.');
  expect([isShortList(file, list, 3), isShortList(file, list, 2)]).toEqual([true, false]);
});

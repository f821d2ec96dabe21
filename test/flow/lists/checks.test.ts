import { expect, it } from 'vitest';
import { getSize } from '../../../src/flow/lists/bounds.ts';
import type { Size } from '../../../src/flow/lists/size-arithmetic.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, parseFile } from '../../helpers/file.ts';

/** The size of the list in `$(…)`. */
function sizeOf(text: string): Size {
  const file = parseFile(`import '@langchain/openai';\n${text}`);
  const [marked] = findMarked(file);
  if (!marked) throw new Error('Nothing is marked.');
  return getSize(file, marked);
}

it.each<[string, string, Size]>([
  ['a check that throws', 'function a(xs) { if (xs.length > 10) throw new Error(); $(xs); }', 10],
  ['a check that returns', 'function a(xs) { if (xs.length >= 10) { log(); return; } $(xs); }', 9],
  ['a check around it', 'function a(xs) { if (xs.length <= 3) { $(xs); } }', 3],
  ['a check from the other side', 'function a(xs) { if (10 < xs.length) throw new Error(); $(xs); }', 10],
  ['a named constant', 'const MAX = 4; function a(xs) { if (xs.length > MAX) throw new Error(); $(xs); }', 4],
  ['a number from elsewhere', 'function a(xs, max) { if (xs.length > max) throw new Error(); $(xs); }', 'unseen'],
  ['one of several conditions', 'function a(xs) { if (!xs.ok || xs.length > 5) throw new Error(); $(xs); }', 5],
  ['both conditions around it', 'function a(xs) { if (xs.ok && xs.length < 6) $(xs); }', 5],
  ['the branch of a ternary', 'function a(xs) { $(xs.length > 5 ? xs.slice(0, 5) : xs); }', 5],
  ['&&', 'function a(xs) { return xs.length <= 3 && $(xs); }', 3],
  ['a field', 'function a(req) { if (req.body?.xs.length > 7) return; $(req.body.xs); }', 7],
  ['before a closure', 'function a(xs) { if (xs.length > 7) return; const go = async () => { $(xs); }; }', 7],
  ['the length in a constant', 'function a(xs) { const n = xs.length; if (n > 8) return; $(xs); }', 8],
  ['a Set', 'function a(tags: Set<string>) { if (tags.size > 4) return; $([...tags]); }', 4],
  ['cut to size', 'function a(xs) { if (xs.length > 6) xs.length = 6; $(xs); }', 6],
  ['shortened', 'function a(given) { let xs = given; if (xs.length > 6) xs = xs.slice(0, 6); $(xs); }', 6],
  ['an assertion', "import assert from 'node:assert'; function a(xs) { assert(xs.length <= 9); $(xs); }", 9],
  ['filtered', 'function a(xs) { if (xs.length > 10) throw new Error(); $(xs.filter(Boolean)); }', 10],
  ['a minimum', 'function a(xs) { if (xs.length < 10) throw new Error(); $(xs); }', null],
  ['an empty list', 'function a(xs) { if (xs.length === 0) return; $(xs); }', null],
  ['a check that only logs', 'function a(xs) { if (xs.length > 10) console.warn(xs); $(xs); }', null],
  ['a check afterwards', 'function a(xs) { $(xs); if (xs.length > 10) throw new Error(); }', null],
  ['another list', 'function a(xs, ys) { if (ys.length > 10) throw new Error(); $(xs); }', null],
  ['a list of the same name', 'function a(xs) { if (xs.length > 9) return; } function b(xs) { $(xs); }', null],
  ['one of two ways', 'function a(xs) { if (xs.length > 10 && strict) throw new Error(); $(xs); }', null],
  ['the other branch', 'function a(xs) { if (xs.length <= 3) small(); else $(xs); }', null],
  [
    'an index in a filter',
    'function a(xs) { $(xs.filter((_, index) => index < 5)); $(xs.filter((x, i) => i % 2)); }',
    5,
  ],
])('%s', (_name, text, expected) => {
  expect(sizeOf(text)).toBe(expected);
});

it.each<[string, string, Size]>([
  [
    'zod',
    code`
      import { z } from 'zod';
      const Body = z.object({ xs: z.array(z.string()).max(5) });
      const { xs } = Body.parse(req.body);
      $(xs);
    `,
    5,
  ],
  [
    'zod, parsed safely',
    code`
      import { z } from 'zod';
      const Body = z.object({ xs: z.array(z.string()).min(1).max(5) });
      const parsed = Body.safeParse(req.body);
      $(parsed.data.xs);
    `,
    5,
  ],
  [
    'zod without a maximum',
    code`
      import { z } from 'zod';
      const Body = z.object({ xs: z.array(z.string().max(5)) });
      $(Body.parse(req.body).xs);
    `,
    null,
  ],
  [
    'valibot',
    code`
      import * as v from 'valibot';
      const Body = v.object({ xs: v.pipe(v.array(v.string()), v.maxLength(6)) });
      $(v.parse(Body, req.body).xs);
    `,
    6,
  ],
  [
    'yup',
    code`
      import { array, object, string } from 'yup';
      const body = object({ xs: array().of(string()).max(4).required() });
      const { xs } = await body.validate(req.body);
      $(xs);
    `,
    4,
  ],
  [
    'class-validator',
    code`
      import { ArrayMaxSize, IsString } from 'class-validator';
      class AskDto { @IsString({ each: true }) @ArrayMaxSize(8) questions: string[]; names: string[]; }
      function ask(dto: AskDto) { $(dto.questions); }
    `,
    8,
  ],
  [
    'class-validator without a maximum',
    code`
      class AskDto { questions: string[]; }
      function ask(dto: AskDto) { $(dto.questions); }
    `,
    null,
  ],
  ['a closed record', "function a(t: Record<'de' | 'en', string>) { $(Object.values(t)); }", 2],
  [
    'a closed record by an alias',
    "type L = 'de' | 'en' | 'fr'; const t: Record<L, string> = load(); $(Object.entries(t));",
    3,
  ],
  ['an open record', 'function a(t: Record<string, string>) { $(Object.values(t)); }', null],
])('bounded by %s', (_name, text, expected) => {
  expect(sizeOf(text)).toBe(expected);
});

/**
 * `npm run soak [-- MINUTES [SEED]]`: random programs in every dialect for as long as is said (10 minutes); stops at
 * the first that fails, and prints its seed.
 */
import fc from 'fast-check';
import { check } from '../test/robustness/check.ts';
import { dialects, programs, writeProgram } from '../test/robustness/generator.ts';

const [minutes = '10', given] = process.argv.slice(2);
const first = given === undefined ? Date.now() : Number(given);
const until = performance.now() + Number(minutes) * 60_000;
const numRuns = 20;

let count = 0;
for (let seed = first; performance.now() < until; seed++) {
  const dialect = dialects[seed % dialects.length];
  if (!dialect) throw new Error('There are no dialects.');
  fc.assert(
    fc.property(programs, (program) => void check(writeProgram(program, dialect, new Set()))),
    { numRuns, seed },
  );
  count += numRuns;
}
console.log(
  `${String(count)} programs, seeds from ${String(first)}: no rule threw, every rewrite parsed, fixes settled.`,
);

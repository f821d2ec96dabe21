/**
 * `npm test`: prepares, checks and tests. A check that fails keeps nothing else from being shown; without the
 * preparation nothing else is worth a look.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import pLimit from 'p-limit';

interface Step {
  readonly name: string;
  readonly command: string;
}

const RESULTS = '.ci/results.json';

const PREPARATION: readonly Step[] = [
  { name: 'packages for the proofs', command: 'npm run --silent proof -- --install' },
  { name: 'packages for the ruling', command: 'npm run --silent ruling -- --install' },
  { name: 'build', command: 'npm run --silent build' },
  { name: 'browser for the site', command: 'npm run --silent e2e:install' },
];
/** The longest first. */
const CHECKS: readonly Step[] = [
  { name: 'catalogue is current', command: 'npm run --silent catalog:check' },
  { name: 'lint', command: 'npm run --silent lint' },
  { name: 'site', command: 'npm run --silent site:build' },
  { name: 'typecheck', command: 'npm run --silent typecheck' },
  { name: 'format', command: 'npm run --silent format:check' },
  { name: 'docs are current', command: 'npm run --silent docs:check' },
  { name: 'nothing is unused', command: 'npm run --silent knip' },
  { name: 'links lead somewhere', command: 'npm run --silent links:check' },
  { name: 'page of measured behaviour is current', command: 'npm run --silent behaviour:check' },
  { name: 'list of rules is current', command: 'npm run --silent generate:check' },
];
/** Alone: they measure time. */
const SITE_TESTS: readonly Step[] = [{ name: 'tests of the site in a browser', command: 'npm run --silent e2e' }];
const TESTS: readonly Step[] = [
  { name: 'tests', command: `npx vitest run --reporter=default --reporter=json --outputFile.json=${RESULTS}` },
];

/**
 * Runs steps side by side, one a core; the output of each is shown when it ends, that of a single one as it comes.
 * Returns the names of those that failed.
 */
async function run(steps: readonly Step[]): Promise<readonly string[]> {
  const limit = pLimit(availableParallelism());
  const isAlone = steps.length === 1;
  const outcomes = await Promise.all(
    steps.map(({ name, command }) =>
      limit(async () => {
        const started = performance.now();
        const child = spawn(`${command} 2>&1`, {
          cwd: new URL('../', import.meta.url),
          shell: true,
          stdio: ['ignore', isAlone ? 'inherit' : 'pipe', 'inherit'],
        });
        const [output, [status]] = await Promise.all([
          child.stdout ? text(child.stdout) : '',
          once(child, 'close') as Promise<[number | null]>,
        ]);
        console.log(
          `\n== ${name}\n${output}== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
        );
        return { name, isPassed: status === 0 };
      }),
    ),
  );
  return outcomes.filter(({ isPassed }) => !isPassed).map(({ name }) => name);
}

let failed = await run(PREPARATION);
if (failed.length === 0) failed = [...(await run(CHECKS)), ...(await run(SITE_TESTS)), ...(await run(TESTS))];

if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}

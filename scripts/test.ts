/** `npm test`: every check in turn. One that fails does not keep the others from being shown, except the build, which others need. */
import { spawnSync } from 'node:child_process';

const RESULTS = '.ci/results.json';

const STEPS: readonly { readonly name: string; readonly command: string; readonly needed?: true }[] = [
  { name: 'build', command: 'npm run --silent build', needed: true },
  { name: 'typecheck', command: 'npm run --silent typecheck' },
  { name: 'lint', command: 'npm run --silent lint' },
  { name: 'list of rules is current', command: 'npm run --silent generate:check' },
  { name: 'docs are current', command: 'npm run --silent docs:check' },
  { name: 'links lead somewhere', command: 'npm run --silent links:check' },
  { name: 'nothing is unused', command: 'npm run --silent knip' },
  { name: 'catalogue is current', command: 'npm run --silent catalog:check' },
  { name: 'page of measured behaviour is current', command: 'npm run --silent behaviour:check' },
  { name: 'packages for the proofs', command: 'npm run --silent proof -- --install' },
  { name: 'packages for the ruling', command: 'npm run --silent ruling -- --install' },
  { name: 'tests', command: `npx vitest run --reporter=default --reporter=json --outputFile.json=${RESULTS}` },
];

const failed: string[] = [];
for (const { name, command, needed } of STEPS) {
  console.log(`\n== ${name}`);
  const started = performance.now();
  const { status } = spawnSync(command, { cwd: new URL('../', import.meta.url), shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
  console.log(`== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (status === 0) continue;
  failed.push(name);
  if (needed) break;
}

if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}

/**
 * `npm run new -- no-something`: writes a rule, its page, and its test, which fails until the rule reports something,
 * and says where else a rule has to go.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { FURTHER_PLACES, writeFiles } from './templates.ts';

const root = new URL('../../', import.meta.url);
const [name] = process.argv.slice(2);

if (name === undefined || !/^[a-z]+(?:-[a-z]+)+$/u.test(name)) {
  console.error('usage: npm run new -- rule-name');
  process.exit(1);
}

const files = writeFiles(name);
const present = Object.keys(files).filter((file) => existsSync(new URL(file, root)));
if (present.length > 0) {
  console.error(`Not overwritten, as it exists: ${present.join(', ')}`);
  process.exit(1);
}
for (const [file, text] of Object.entries(files)) writeFileSync(new URL(file, root), text);
const { status } = spawnSync('npm', ['run', '--silent', 'generate'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
const width = Math.max(...FURTHER_PLACES.map(({ path }) => path.length));
console.log(
  [
    ...Object.keys(files),
    '',
    `npx vitest run test/rules/${name}.test.ts has one failing case: write the rule until it passes.`,
    'npm run docs writes the header, options and reports of the page.',
    'rules/no-large-k.ts shows an option and a suggestion. Where detection and rewrites go: CONTRIBUTING.md.',
    'A finished rule also has, where it applies:',
    '',
    ...FURTHER_PLACES.map(({ path, what }) => `  ${path.padEnd(width)}  ${what}`),
  ].join('\n'),
);
process.exitCode = status ?? 1;

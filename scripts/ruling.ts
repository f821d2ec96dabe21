/**
 * `npm run ruling`: fetches the packages of test/ruling/packages.json where they are not there yet, and compares the
 * reports on them with the expected ones. `--install` stops after the first half; `--update` writes the expected files
 * again, with the verdicts of reports that stayed.
 */
import { spawnSync } from 'node:child_process';
import { install, keepVerdicts, lint, packages, readExpected, writeExpected } from '../test/ruling/ruling.ts';

for (const each of packages) install(each);

if (process.argv.includes('--update')) {
  for (const each of packages) {
    const rulings = keepVerdicts(lint(each), readExpected(each));
    writeExpected(each, rulings);
    console.log(
      `${each.name}: ${rulings.length} reports, ${rulings.filter(({ verdict }) => verdict === 'unread').length} unread`,
    );
  }
} else if (!process.argv.includes('--install')) {
  process.exitCode = spawnSync('npx', ['vitest', 'run', 'test/ruling'], { stdio: 'inherit' }).status ?? 1;
}

/**
 * `npm run demo:proof`: a program that fails under load, what `eslint --fix` makes of it, and how that runs. With
 * `--record`, both runs are written down, and the chart that is drawn from them.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createProject, type Run, SAMPLED } from '../test/proof/end-to-end/run.ts';
import { installPackages } from './packages.ts';
import { drawChart, files, type Recorded } from './proof-chart.ts';

installPackages(path.join(import.meta.dirname, 'catalog/packages/v1'));

const COLUMNS = [22, 16, 10, 12, 10];

const isRecorded = process.argv.includes('--record');
const project = createProject(isRecorded ? 5 : 1);
try {
  console.log('200 calls to a provider on this machine that serves 10 at once and drops what waits too long.\n');
  print(['', 'peak in flight', 'failures', 'summaries', 'seconds', 'result']);
  const before = await project.run();
  printRun('before', before);
  const { before: unfixed, after: rewritten } = await project.fix();
  const after = await project.run();
  printRun('after eslint --fix', after);
  console.log('\nWhat eslint --fix changed:\n');
  const [old, now] = [unfixed.split('\n'), rewritten.split('\n')];
  for (const line of old.filter((each) => !now.includes(each))) console.log(`- ${line}`);
  for (const line of now.filter((each) => !old.includes(each))) console.log(`+ ${line}`);
  const isShown = before.exitCode !== 0 && after.exitCode === 0;
  if (isShown && isRecorded) {
    const record = { calls: 200, sampled: SAMPLED, before: summarise(before), after: summarise(after) };
    writeFileSync(files.record, `${JSON.stringify(record)}\n`);
    writeFileSync(files.chart, drawChart(record));
  }
  process.exitCode = isShown ? 0 : 1;
} finally {
  project.remove();
}

function summarise({ failures, inFlight, milliseconds, output, peak }: Run): Recorded {
  return { peak, failures, done: output.length, milliseconds: Math.round(milliseconds), inFlight };
}

function printRun(name: string, { exitCode, output, errors, peak, failures, milliseconds }: Run): void {
  const result =
    exitCode === 0
      ? 'done'
      : (/^(?:Error \[)?\w*Error\]?: .*$/mu.exec(errors)?.[0] ?? `exit code ${exitCode ?? 'none'}`);
  print([
    name,
    peak.toString(),
    failures.toString(),
    output.length.toString(),
    (milliseconds / 1000).toFixed(1),
    result,
  ]);
}

function print(cells: readonly string[]): void {
  console.log(
    cells
      .map((cell, index) =>
        index === 0
          ? cell.padEnd(COLUMNS[0] ?? 0)
          : index < COLUMNS.length
            ? cell.padStart(COLUMNS[index] ?? 0)
            : `  ${cell}`,
      )
      .join(''),
  );
}

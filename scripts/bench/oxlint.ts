/** The same files under oxlint. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const runs = 3;
const command = fileURLToPath(new URL('../../node_modules/oxlint/bin/oxlint', import.meta.url));
const printCpu = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); console.error((user + system) / 1000); });",
)}`;

/** In milliseconds, of all threads; the least of several runs. With a build, its `recommended` preset runs too. */
export function measureOxlint(folder: string, build: string | null): number {
  const temporary = mkdtempSync(join(tmpdir(), 'bench-'));
  const config = join(temporary, 'oxlintrc.json');
  const preset = build === null ? [] : [join(dirname(build), 'oxlint/recommended.json')];
  writeFileSync(config, JSON.stringify({ extends: preset }));
  try {
    return Math.min(...Array.from({ length: runs }, () => lint(folder, config)));
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function lint(folder: string, config: string): number {
  const { stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', printCpu, command, '--config', config, '--format', 'json', '.'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 },
  );
  if (!stdout.trimStart().startsWith('{')) throw new Error(`oxlint failed: ${stdout}${stderr}`);
  return Number(stderr.trim().split('\n').at(-1));
}

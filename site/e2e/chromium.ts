import { execFileSync, spawnSync } from 'node:child_process';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Chromium's path; it is installed where it is missing and the system is Debian's.
 * @throws {Error} Where it can be neither found nor installed.
 */
export function getChromium(): string {
  const found = findChromium();
  if (found !== null) return found;
  install();
  const installed = findChromium();
  if (installed === null)
    throw new Error('There is no Chromium, and apt-get did not install one. Set CHROMIUM to its path.');
  return installed;
}

function findChromium(): string | null {
  const named = process.env['CHROMIUM'];
  if (named !== undefined) return named;
  for (const name of NAMES) {
    const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return null;
}

function install(): void {
  const isRoot = process.getuid?.() === 0;
  const run = (...command: readonly string[]): void => {
    const [program = '', ...options] = isRoot ? command : ['sudo', '-n', ...command];
    execFileSync(program, options, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  console.log('Chromium is missing: apt-get installs it.');
  run('apt-get', 'update', '-qq');
  run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium');
}

/**
 * `npm run screenshot`: docs/images/inventory.jpg, the inventory of the demo as a page. `npm run build` comes first.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { getChromium } from '../site/e2e/chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const page = execFileSync(process.execPath, [`${root}dist/cli.js`, 'inventory', 'app', '--html'], {
  cwd: `${root}docs/demo`,
  encoding: 'utf8',
});
const browser = await chromium.launch({ executablePath: getChromium(), args: ['--no-sandbox'] });
try {
  const tab = await browser.newPage({ viewport: { width: 1100, height: 640 } });
  await tab.setContent(page);
  await tab.screenshot({ path: `${root}docs/images/inventory.jpg`, type: 'jpeg', quality: 70 });
} finally {
  await browser.close();
}

/**
 * `npm run screenshot`: the pictures of docs/images. `inventory.jpg`, the inventory of the demo as a page, and
 * `squiggles.png`, what the playground shows of its first example. `npm run site` comes first.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { getChromium } from '../site/e2e/chromium.ts';
import { serve } from '../site/e2e/server.ts';

/** Of the code and the first two problems. */
const HEIGHT = 344;

const root = fileURLToPath(new URL('..', import.meta.url));

const browser = await chromium.launch({ executablePath: getChromium(), args: ['--no-sandbox'] });
try {
  await takeInventory(browser);
  await takeSquiggles(browser);
} finally {
  await browser.close();
}

async function takeInventory(chrome: Browser): Promise<void> {
  const page = execFileSync(process.execPath, [`${root}dist/cli.js`, 'inventory', 'app', '--html'], {
    cwd: `${root}docs/demo`,
    encoding: 'utf8',
  });
  const tab = await chrome.newPage({ viewport: { width: 1100, height: 640 } });
  await tab.setContent(page);
  await tab.screenshot({ path: `${root}docs/images/inventory.jpg`, type: 'jpeg', quality: 70 });
}

/** The code with its squiggles, and the problems beside it. */
async function takeSquiggles(chrome: Browser): Promise<void> {
  const site = await serve(`${root}site/.vitepress/dist`);
  try {
    const tab = await chrome.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
    await tab.goto(`${site.address}playground`);
    await tab.getByText(/found in \d+ ms/u).waitFor();
    const box = await tab.locator('.panes').boundingBox();
    if (box === null) throw new Error('The playground shows no code.');
    await tab.screenshot({ path: `${root}docs/images/squiggles.png`, clip: { ...box, height: HEIGHT } });
  } finally {
    site.close();
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { base } from '../manifest.ts';
import { encodeState } from '../markdown/share.ts';
import { getChromium } from './chromium.ts';
import { serve, type Site } from './server.ts';

const LONG = 30_000;
const limited =
  "import { ChatOpenAI } from '@langchain/openai';\n\nexport const model = new ChatOpenAI({ timeout: 30_000 });\n";

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** What no page may do: throw, log an error, ask another host. */
let faults: string[];

beforeAll(async () => {
  site = await serve('site/.vitepress/dist');
  browser = await chromium.launch({ executablePath: getChromium(), args: ['--no-sandbox'] });
});

afterAll(async () => {
  await browser.close();
  site.close();
});

beforeEach(async () => {
  faults = [];
  context = await browser.newContext({ reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(LONG);
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(?:data|blob):/u.test(request.url()) && !request.url().startsWith(site.address)) faults.push(request.url());
  });
});

afterEach(async () => {
  await context.close();
  expect(faults).toEqual([]);
});

async function openPlayground(fragment = ''): Promise<void> {
  await page.goto(`${site.address}playground${fragment}`);
  await page.getByText(/found in \d+ ms/u).waitFor();
}

const editor = (): ReturnType<Page['locator']> => page.locator('#playground-editor .cm-content');

async function write(text: string): Promise<void> {
  await editor().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

const squiggled = async (): Promise<readonly string[]> =>
  page.locator('#playground-editor .cm-lintRange').allTextContents();

describe('the playground', () => {
  test('puts squiggles under what is typed', async () => {
    await openPlayground(`#${encodeState(stateOf({ 'a.ts': limited }))}`);
    expect(await squiggled()).toEqual([]);
    await write(limited.replace('30_000', '30'));
    await page.locator('.cm-lintRange').waitFor();
    expect(await squiggled()).toEqual(['timeout: 30']);
  });

  test('shows a problem and its fixes where the pointer is', async () => {
    await openPlayground();
    await page.locator('.cm-lintRange').first().hover();
    await page.locator('.cm-tooltip .cm-diagnosticAction').first().waitFor();
    expect(await page.locator('.cm-tooltip').textContent()).toContain('Promise.all');
  });

  test('changes the text by the buttons of a problem', async () => {
    await openPlayground();
    await page.getByRole('button', { name: /Write 30_000/u }).click();
    await page.getByText('2 problems, found').waitFor();
    expect(await editor().textContent()).toContain('timeout: 30_000');
  });

  test('fixes all after it has shown the changes', async () => {
    await openPlayground();
    await page.getByRole('button', { name: 'Fix all' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.textContent()).toContain('await model.invoke');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('2 problems, found').waitFor();
    expect(await editor().textContent()).toContain('await model.invoke');
  });

  test('lets files see each other, as they are at the moment', async () => {
    const user =
      "import { model } from './model.js';\n\nexport const ask = (texts: string[]) => Promise.all(texts.map((text) => model.invoke(text)));\n";
    await openPlayground(`#${encodeState(stateOf({ 'src/ask.ts': user, 'src/model.ts': limited }))}`);
    expect(await squiggled()).toEqual(['Promise.all']);
    await page.getByRole('tab', { name: 'src/model.ts' }).click();
    await write('export const model = { invoke: async (text: string) => text };\n');
    await page.getByText('No problems, found').waitFor();
    await page.getByRole('tab', { name: 'src/ask.ts' }).click();
    expect(await squiggled()).toEqual([]);
  });

  test('restores what a shared link carries', async () => {
    await openPlayground();
    await write("const shared = 'by link';\n");
    await page.getByLabel('Preset').selectOption('strict');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText(/link is in the/u).waitFor();
    const fragment = new URL(page.url()).hash;
    await page.goto('about:blank');
    await openPlayground(fragment);
    expect(await editor().textContent()).toContain("const shared = 'by link';");
    expect(await page.getByLabel('Preset').inputValue()).toBe('strict');
    expect(await page.getByRole('tab').allTextContents()).toEqual([
      'src/tickets.ts',
      expect.stringContaining('src/models.ts'),
    ]);
  });

  test.each(['#1damaged', '#x', '#1', `#${encodeState({ nothing: 'of ours' } as never)}`])(
    'shows the default example for %s',
    async (fragment) => {
      await openPlayground(fragment);
      await page.getByText('The link is incomplete or damaged').waitFor();
      expect(await editor().textContent()).toContain('triage');
    },
  );

  test('shows a syntax error at its place', async () => {
    await openPlayground(`#${encodeState(stateOf({ 'a.ts': 'const one = 1;\nconst two = ;\n' }))}`);
    expect(await page.locator('.problems').textContent()).toContain('a.ts:2:13');
    expect(await page.locator('.problems').textContent()).toContain('Expression expected');
  });

  test('shows what ESLint refuses beside the configuration', async () => {
    const configuration = '{ "rules": { "langchain/no-low-timeout": ["error", { "minimun": 1 }] } }';
    await page.goto(`${site.address}playground#${encodeState({ ...stateOf({ 'a.ts': limited }), configuration })}`);
    await page.getByText('Unexpected property "minimun"').waitFor();
  });

  test('lints much code when it is asked to', async () => {
    const text = `// ${'much code '.repeat(10)}\n`.repeat(10_000);
    await page.goto(`${site.address}playground#${encodeState(stateOf({ 'a.ts': text }))}`);
    await page.getByText('Waiting for').waitFor();
    await page.getByRole('button', { name: 'Lint now' }).click();
    await page.getByText(/found in \d+ ms/u).waitFor();
  });

  test('shows 500 lines with their squiggles', async () => {
    const ask = 'export async function ask(text: string) {\n  return model.invoke(text);\n}\n\n';
    const text = `${limited.replace('30_000', '30')}\n${ask.repeat(124)}`;
    await openPlayground();
    await write(text);
    const start = Date.now();
    await page.getByText('timeout of 30 is 30').first().waitFor();
    console.log(`First squiggle on ${text.split('\n').length} lines: ${Date.now() - start} ms after they were there.`);
  });

  test('works by the keyboard alone', async () => {
    await openPlayground();
    await page.getByRole('tab', { selected: true }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { selected: true }).textContent()).toContain('src/models.ts');
    // On to the code, into it and out of it.
    for (let step = 0; step < 4; step++) await page.keyboard.press('Tab');
    expect(await editor().evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.problems') !== null)).toBe(true);
    await page.getByRole('button', { name: /Write 30_000/u }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('2 problems, found').waitFor();
  });

  test('works on after the network is gone', async () => {
    await openPlayground();
    await context.setOffline(true);
    await write(limited.replace('30_000', '20'));
    await page.getByText('timeout of 20 is 20').first().waitFor();
  });

  test('reports the rule of each example', async () => {
    await openPlayground();
    for (const file of readdirSync('docs/rules').slice(0, 5)) {
      const name = file.replace('.md', '');
      await page.getByRole('combobox', { name: /^Example/u }).selectOption(name);
      await page
        .locator('.problems')
        .getByRole('link', { name: `langchain/${name}` })
        .first()
        .waitFor();
    }
  });
});

function stateOf(files: Readonly<Record<string, string>>): Parameters<typeof encodeState>[0] {
  return { files, active: Object.keys(files)[0] ?? '', preset: 'recommended', configuration: '{}' };
}

const PAGES = ['', 'guide', 'errors', 'langchain-behaviour', 'rules/require-timeout', 'playground'];

describe('the pages', () => {
  test.each(PAGES)('/%s has no serious fault of access', async (name) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${site.address}${name}`);
      if (name === 'playground') await page.getByText(/found in \d+ ms/u).waitFor();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        serious.map(
          ({ id, nodes }) =>
            `${colorScheme} ${id}: ${nodes
              .slice(0, 3)
              .map(({ html }) => html.slice(0, 200))
              .join(' | ')}`,
        ),
      ).toEqual([]);
    }
  });

  test.each(PAGES)('/%s fits 375 px', async (name) => {
    await page.setViewportSize({ width: 375, height: 800 });
    await page.goto(`${site.address}${name}`);
    if (name === 'playground') await page.getByText(/found in \d+ ms/u).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
  });

  test('all links lead somewhere', () => {
    const folder = 'site/.vitepress/dist';
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
    const texts = new Map(
      files.map((file) => [`/${file.replace(/(?:index)?\.html$/u, '')}`, readFileSync(`${folder}/${file}`, 'utf8')]),
    );
    const wrong = [...texts].flatMap(([from, html]) =>
      [...html.matchAll(/ href="([^"]+)"/gu)].flatMap(([, href = '']) => {
        const { hash, hostname, pathname } = new URL(
          href.replaceAll('&amp;', '&'),
          `http://site${base.slice(0, -1)}${from}`,
        );
        if (hostname !== 'site' || /\.\w+$/u.test(pathname) || pathname.endsWith('/playground')) return [];
        const target = texts.get(pathname.slice(base.length - 1));
        const isThere =
          target !== undefined && (hash === '' || target.includes(`id="${decodeURIComponent(hash.slice(1))}"`));
        return isThere ? [] : [`${from}: ${href}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('an error from a log leads to its entry', async () => {
    await page.goto(site.address);
    await page.getByRole('button', { name: 'Search' }).first().click();
    await page.locator('.search-input').fill('UND_ERR_HEADERS_TIMEOUT: Headers Timeout Error');
    await page.locator('#localsearch-list .result').first().waitFor();
    expect(await page.locator('#localsearch-list .result').first().getAttribute('href')).toContain(
      'errors#und_err_headers_timeout',
    );
  });

  test('a page of a rule shows the report under its line, and opens in the playground', async () => {
    await page.goto(`${site.address}rules/require-timeout`);
    expect(await page.locator('.report').first().textContent()).toMatch(/~~~\n`ChatOpenAI` has no timeout/u);
    await page.getByRole('link', { name: 'Open in the playground' }).first().click();
    await page.getByText('2 problems, found').waitFor();
  });
});

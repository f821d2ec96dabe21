import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCallsTo } from '../../scripts/corpus/callers.ts';
import type { Report, Repository } from '../../scripts/corpus/common.ts';
import { getScores, judge } from '../../scripts/corpus/judge.ts';
import type { Label } from '../../scripts/corpus/labels.ts';
import {
  findCheckouts,
  findLangChainFiles,
  getRules,
  lint,
  type Plugin,
  readRepository,
} from '../../scripts/corpus/lint.ts';
import { toReportsJson } from '../../scripts/corpus/print.ts';
import plugin from '../../src/index.ts';
import { code } from '../helpers/code.ts';

const SUMMARIES = code`
  import { ChatOpenAI } from '@langchain/openai';

  const model = new ChatOpenAI({ model: 'gpt-4.1-mini', timeout: 30 });

  export async function summarize(texts: string[]) {
    return Promise.all(texts.map((text) => model.invoke(text)));
  }
`;

const ANSWER = code`
  import { ChatOpenAI } from '@langchain/openai';

  export function createModel() {
    return new ChatOpenAI({ model: 'gpt-4.1-mini' });
  }

  export const answer = (question: string) => createModel().invoke(question);
`;

const ROUTES = code`
  import { Router } from 'express';
  import { answer } from './answer';

  export const router = Router();

  router.post('/ask', async (req, res) => {
    res.json(await answer(req.body.question));
  });
`;

const builtPlugin: Plugin = { namespace: plugin.meta.namespace, rules: plugin.rules, configs: plugin.configs };

describe('folders', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'corpus-'));
    write('checkouts/acme__desk/src/summaries.ts', SUMMARIES);
    write('checkouts/acme__desk/src/index.ts', `export { summarize } from './summaries.ts';`);
    write('checkouts/acme__desk/src/colours.ts', `export const red = '#f00';`);
    write('checkouts/acme__desk/node_modules/left/index.js', SUMMARIES);
    write('checkouts/notes/read.ts', SUMMARIES);
    write('own/__tests__/summaries.test.ts', SUMMARIES);
  });

  afterAll(() => rmSync(root, { recursive: true }));

  function write(file: string, text: string): void {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }

  test('a folder of checkouts holds a repository for each, any other folder is one itself', () => {
    expect(findCheckouts(path.join(root, 'checkouts'))).toEqual([
      { name: 'acme/desk', root: path.join(root, 'checkouts/acme__desk') },
    ]);
    expect(findCheckouts(path.join(root, 'own'))).toEqual([{ name: 'own', root: path.join(root, 'own') }]);
  });

  test('what mentions LangChain is linted, what imports it, and what carries a label', () => {
    const repository = readRepository('acme/desk', path.join(root, 'checkouts/acme__desk'), ['src/gone.ts']);
    expect([...repository.sources.keys()]).toEqual(['src/colours.ts', 'src/index.ts', 'src/summaries.ts']);
    expect(findLangChainFiles(repository)).toEqual(['src/index.ts', 'src/summaries.ts']);
  });
});

describe('linting', () => {
  const repository = createRepository({ 'src/summaries.ts': SUMMARIES, 'src/broken.ts': 'const = ;' });

  test('returns reports with their rewrites, and the files that do not parse', async () => {
    const rules = getRules(builtPlugin, 'recommended', ['no-low-timeout']);
    const { reports, crashes, unparsed } = await lint(repository, [...repository.sources.keys()], builtPlugin, rules);
    expect(reports).toMatchObject([{ repo: 'acme/desk', file: 'src/summaries.ts', line: 3, rule: 'no-low-timeout' }]);
    expect(reports[0]?.suggestions.map(({ fix }) => fix.text)).toContain('30_000');
    expect([crashes, unparsed]).toEqual([[], ['acme/desk src/broken.ts']]);
  });

  test('a rule that throws is named, and the others go on', async () => {
    // A test that overflowed the stack in this process may have left it at 0.
    Error.stackTraceLimit = 10;
    const throwing: Plugin = {
      ...builtPlugin,
      rules: {
        ...builtPlugin.rules,
        'no-large-k': {
          create: () => ({
            NewExpression() {
              throw new Error('unforeseen');
            },
          }),
        },
      },
    };
    const rules = getRules(throwing, 'strict', ['no-large-k', 'no-low-timeout']);
    const { reports, crashes } = await lint(repository, ['src/summaries.ts'], throwing, rules);
    expect(crashes).toMatchObject([{ rule: 'no-large-k', repo: 'acme/desk', file: 'src/summaries.ts' }]);
    expect(crashes[0]?.error).toMatch(/^Error: unforeseen at /u);
    expect(reports.map(({ rule }) => rule)).toEqual(['no-low-timeout']);
  });

  test('the order of reports and the lines that hold their texts do not depend on these', () => {
    const first = createReport({ line: 3, message: 'Zero.' });
    const second = createReport({ line: 4, message: 'Alpha.' });
    const before = toReportsJson([second, first]);
    const after = toReportsJson([first, { ...second, message: 'Beta.' }]);
    const drop = (text: string): string => text.replaceAll(/^ *"message": .*\n/gmu, '');
    expect(before).not.toBe(after);
    expect(drop(before)).toBe(drop(after));
  });
});

describe('labels', () => {
  const repository = createRepository({ 'src/answer.ts': ANSWER, 'src/routes.ts': ROUTES });

  test('the nearest report meets a label, one line off at most', () => {
    const label = createLabel({ line: 10 });
    const beside = createReport({ line: 11 });
    const on = createReport({ line: 10 });
    const far = createReport({ line: 12 });
    expect(judge([label], [beside, on, far], repository)).toMatchObject({
      found: [{ label, report: on }],
      missed: [],
      unlabelled: [beside, far],
    });
    expect(judge([label], [far], repository)).toMatchObject({ found: [], missed: [label], unlabelled: [far] });
  });

  test('quiet and debatable labels take every report of their line, but none of a line that is labelled itself', () => {
    const quiet = createLabel({ line: 10, verdict: 'quiet' });
    const debatable = createLabel({ line: 11, verdict: 'debatable' });
    const reports = [createReport({ line: 10 }), createReport({ line: 10, column: 9 }), createReport({ line: 11 })];
    const judgement = judge([quiet, debatable], reports, repository);
    expect(judgement.false.map(({ report }) => report)).toEqual(reports.slice(0, 2));
    expect(judgement.debatable).toEqual([{ label: debatable, reports: reports.slice(2) }]);
    expect(judgement.unlabelled).toEqual([]);
  });

  test('calls that lead to a line are found in its file and in those that import it', () => {
    const calls = findCallsTo(repository, createLabel({ file: 'src/answer.ts', line: 4 }));
    expect([...new Set(calls.map(({ file, line }) => `${file}:${line}`))]).toEqual([
      'src/answer.ts:7',
      'src/routes.ts:7',
    ]);
  });

  test('a label on a client that another file reaches is met at the call', () => {
    const label = createLabel({
      file: 'src/answer.ts',
      line: 4,
      rule: 'no-client-in-handler',
      evidence: 'cross-file',
    });
    const report = createReport({ file: 'src/routes.ts', line: 7, column: 17, rule: 'no-client-in-handler' });
    expect(judge([label], [report], repository)).toMatchObject({ found: [{ label, report }], unlabelled: [] });
    const own = { ...label, evidence: 'same-file' };
    expect(judge([own], [report], repository)).toMatchObject({ missed: [own], unlabelled: [report] });
  });

  test('false reports do not count where only recall does', () => {
    const labels = [createLabel({ line: 10 }), createLabel({ line: 20, verdict: 'quiet' })];
    const judgement = judge(labels, [createReport({ line: 10 }), createReport({ line: 20 })], repository);
    const score = { rule: 'no-large-k', evidence: 'same-file', found: 1, missed: 0, debatable: [0, 0] };
    expect(getScores(judgement, new Set())).toEqual([{ ...score, false: 1 }]);
    expect(getScores(judgement, new Set(['acme/desk']))).toEqual([{ ...score, false: 0 }]);
  });
});

function createRepository(sources: Readonly<Record<string, string>>): Repository {
  return { name: 'acme/desk', root: import.meta.dirname, sources: new Map(Object.entries(sources)) };
}

function createLabel(label: Partial<Label>): Label {
  return {
    repo: 'acme/desk',
    file: 'src/search.ts',
    line: 1,
    rule: 'no-large-k',
    verdict: 'report',
    evidence: 'same-file',
    note: '',
    ...label,
  };
}

function createReport(report: Partial<Report>): Report {
  return {
    repo: 'acme/desk',
    file: 'src/search.ts',
    line: 1,
    column: 0,
    rule: 'no-large-k',
    message: '',
    endLine: null,
    endColumn: null,
    fix: null,
    suggestions: [],
    ...report,
  };
}

/**
 * Regular expressions take time in proportion to the text. The linter finds most that do not; this finds those whose
 * beginning occurs again and again, as in `/\bexports\b[\w.\s]*=/`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as parser from '@typescript-eslint/parser';
import type { TSESLint } from '@typescript-eslint/utils';
import { expect, test } from 'vitest';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import { walk } from '../../src/ast/walk.ts';

const root = path.join(import.meta.dirname, '../..');
const length = 40_000;
/** Of the processor, in microseconds: a hundred times what a linear one takes, a tenth of what a quadratic one does. */
const allowed = 300_000;

const singles = ['a', 'A', '0', ' ', '\n', '.', '/', '"', "'", '\\', '@', '*', ',', '-', '$'];

function findExpressions(): Map<string, RegExp> {
  const found = new Map<string, RegExp>();
  for (const folder of ['rules', 'src']) {
    for (const file of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || file.endsWith('.generated.ts')) continue;
      const { ast, visitorKeys } = parser.parseForESLint(readFileSync(path.join(root, folder, file), 'utf8'), {
        loc: true,
      });
      walk(ast, visitorKeys as TSESLint.SourceCode.VisitorKeys, (node) => {
        if (node.type === AST_NODE_TYPES.Literal && 'regex' in node && /[*+]|,\}/u.test(node.regex.pattern))
          found.set(`${folder}/${file}:${String(node.loc.start.line)}`, new RegExp(node.regex.pattern, 'gu'));
        return true;
      });
    }
  }
  return found;
}

/** What the expression may begin with, again and again, each time followed by something else. */
function getAttacks({ source }: RegExp): readonly string[] {
  const words = source.replaceAll(/\\[a-zA-Z]/gu, ' ').match(/\w+/gu) ?? [];
  return [...words.slice(0, 12), ...singles].flatMap((start) =>
    singles.map((next) => (start + next).repeat(length / (start.length + 1))),
  );
}

function measure(expression: RegExp, text: string): number {
  const start = process.cpuUsage();
  text.replaceAll(expression, '');
  return process.cpuUsage(start).user;
}

test.each([...findExpressions()])('%s is linear', (_place, expression) => {
  const slow = getAttacks(expression).find(
    (text) => measure(expression, text) > allowed && measure(expression, text) > allowed,
  );
  expect(slow?.slice(0, 20)).toBeUndefined();
});

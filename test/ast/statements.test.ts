import { describe, expect, it } from 'vitest';
import { leaves } from '../../src/ast/statements.ts';
import { AST_NODE_TYPES } from '../../src/ast/types.ts';
import { code } from '../helpers/code.ts';
import { findNodes, parseFile } from '../helpers/file.ts';

/** Whether the branch of the first `if` leaves. */
function leavesAfter(branch: string, isExit?: Parameters<typeof leaves>[1]): boolean {
  const file = parseFile(code`
    import '@langchain/openai';
    function run(rows) {
      for (const row of rows) {
        if (row) ${branch}
        use(row);
      }
    }
  `);
  const [statement] = findNodes(file, AST_NODE_TYPES.IfStatement);
  if (!statement) throw new Error('There is no `if`.');
  return leaves(statement.consequent, isExit);
}

describe('a statement that lets nothing after it run', () => {
  it.each([
    ['return', 'return row;'],
    ['throw', "throw new Error('no row');"],
    ['continue', 'continue;'],
    ['break', 'break;'],
    ['at the end of a block', '{ log(row); return; }'],
    ['in a block of a block', '{ { return; } }'],
    ['in both branches', '{ if (row.ok) return; else { throw row.error; } }'],
    ['in the midst of a block', '{ return; log(row); }'],
  ])('%s', (_name, branch) => {
    expect(leavesAfter(branch)).toBe(true);
  });
});

describe('a statement that may let what follows run', () => {
  it.each([
    ['a call', 'log(row);'],
    ['an empty block', '{}'],
    ['one branch only', '{ if (row.ok) return; }'],
    ['one branch of two', '{ if (row.ok) return; else log(row); }'],
    ['a function that returns', '{ const first = () => { return row; }; }'],
    ['a loop that may not run', '{ for (const part of row) return part; }'],
    ['a `try` that may fail', '{ try { return row.read(); } catch { log(row); } }'],
  ])('%s', (_name, branch) => {
    expect(leavesAfter(branch)).toBe(false);
  });
});

describe('a statement that leaves in one of the ways that count', () => {
  const isReturn: Parameters<typeof leaves>[1] = ({ type }) => type === AST_NODE_TYPES.ReturnStatement;

  it.each<[string, string, boolean]>([
    ['this one', '{ log(row); return; }', true],
    ['another one', '{ log(row); continue; }', false],
    ['this one and another one', '{ if (row.ok) return; else continue; }', false],
  ])('%s', (_name, branch, expected) => {
    expect(leavesAfter(branch, isReturn)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { AST_NODE_TYPES } from '../../../src/ast/types.ts';
import { handlesFailure } from '../../../src/flow/promises/chains.ts';
import { isFailureHandled } from '../../../src/flow/promises/escapes.ts';
import { code } from '../../helpers/code.ts';
import { findMarked, findNodes, parseFile } from '../../helpers/file.ts';

function parse(body: string) {
  return parseFile(code`
    import '@langchain/openai';
    async function run() {
      ${body}
    }
  `);
}

describe('a call that hands the failure of a promise to a callback', () => {
  it.each([
    ['catch', 'pending.catch(report);', true],
    ['the second callback of then', 'pending.then(show, report);', true],
    ['callbacks that are spread', 'pending.then(...callbacks);', true],
    ['then with one callback', 'pending.then(show);', false],
    ['catch without a callback', 'pending.catch();', false],
    ['catch with nothing', 'pending.catch(undefined);', false],
    ['then with nothing in its second place', 'pending.then(show, null);', false],
    ['finally', 'pending.finally(close);', false],
    ['finally with callbacks that are spread', 'pending.finally(...callbacks);', false],
    ['another method', 'pending.retry(report, ...callbacks);', false],
    ['a function of that name', 'then(show, report);', false],
  ])('%s', (_name, body, expected) => {
    const [call] = findNodes(parse(body), AST_NODE_TYPES.CallExpression);
    expect(call && handlesFailure(call)).toBe(expected);
  });
});

describe('a call whose failure is handled around it', () => {
  it.each([
    ['a try', 'try { await $(model); } catch (error) { report(error); }', true],
    [
      'a try that throws again',
      'try { await $(model); } catch (error) { throw new Error("x", { cause: error }); }',
      false,
    ],
    ['a try without a catch', 'try { await $(model); } finally { close(); }', false],
    ['the catch of a try', 'try { start(); } catch { await $(model); }', false],
    ['a chain', 'await $(model).then(show).catch(report);', true],
    ['a chain that handles nothing', 'await $(model).then(show).catch(null);', false],
    ['an argument of a chain', 'await pending.catch($(model));', false],
  ])('%s', (_name, body, expected) => {
    const file = parse(body);
    const [marked] = findMarked(file);
    let isHandled = false;
    for (let inner = marked?.parent, parent = inner?.parent; inner && parent; inner = parent, { parent } = parent)
      isHandled ||= isFailureHandled(file, parent, inner);
    expect(isHandled).toBe(expected);
  });
});

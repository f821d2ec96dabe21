import { describe, expect, it } from 'vitest';
import { AST_NODE_TYPES } from '../../../src/ast/types.ts';
import { isMadeOnce } from '../../../src/flow/lifetime/cached.ts';
import { code } from '../../helpers/code.ts';
import { findNodes, parseFile } from '../../helpers/file.ts';

/** Whether each `new Client()` is made only where there is none yet. */
function madeOnce(body: string): boolean[] {
  const file = parseFile(code`
    import '@langchain/openai';
    let client;
    const clients = new Map();
    class Service {
      async run(name, given) {
        ${body}
      }
    }
  `);
  return findNodes(file, AST_NODE_TYPES.NewExpression)
    .filter(({ callee }) => callee.type === AST_NODE_TYPES.Identifier && callee.name === 'Client')
    .map((node) => isMadeOnce(file, node));
}

describe('made where none is there yet', () => {
  it.each([
    [
      'an assignment that keeps what is there',
      code`
        client ??= new Client();
        this.client ||= await new Client();
      `,
      [true, true],
    ],
    [
      'a fallback of what is given',
      code`
        const own = given ?? new Client();
        const other = given ? given : new Client();
      `,
      [true, true],
    ],
    ['an assignment under a check', 'if (!client) client = new Client();', [true]],
    ['a check for nothing', 'if (client === undefined) client = new Client();', [true]],
    [
      'a look-up before it that returns',
      code`
        if (clients.has(name)) return clients.get(name);
        const made = new Client();
        clients.set(name, made);
        return made;
      `,
      [true],
    ],
    [
      'a look-up before it that throws',
      code`
        if (clients.has(name)) throw new Error('There is one already.');
        const made = new Client();
        clients.set(name, made);
      `,
      [true],
    ],
    [
      'a look-up that leaves on both ways',
      code`
        const known = clients.get(name);
        if (known) {
          if (known.isOpen) return known;
          else throw new Error('It is closed.');
        }
        const made = new Client();
        clients.set(name, made);
      `,
      [true],
    ],
    [
      'one that the caller may hand in',
      code`
        if (given) return given.invoke(name);
        return new Client().invoke(name);
      `,
      [true],
    ],
  ])('%s', (_name, body, expected) => {
    expect(madeOnce(body)).toEqual(expected);
  });
});

describe('made each time', () => {
  it.each([
    ['without a check', 'const made = new Client();'],
    ['an assignment', 'client = new Client();'],
    ['a check of something else', 'if (!name) client = new Client();'],
    ['only where it is there already', 'const made = client && new Client();'],
    [
      'a look-up that lets it run',
      code`
        if (clients.has(name)) console.log('again');
        clients.set(name, new Client());
      `,
    ],
    [
      'a look-up that leaves on one way',
      code`
        if (clients.has(name)) {
          if (given) return clients.get(name);
        }
        clients.set(name, new Client());
      `,
    ],
    [
      'a look-up in another store',
      code`
        if (others.has(name)) return others.get(name);
        clients.set(name, new Client());
      `,
    ],
    [
      'a look-up afterwards',
      code`
        clients.set(name, new Client());
        if (clients.has(name)) return clients.get(name);
      `,
    ],
  ])('%s', (_name, body) => {
    expect(madeOnce(body)).toEqual([false]);
  });
});

import { describe, expect, test } from 'vitest';
import { summarise } from '../../src/project/summary.ts';
import { code } from '../helpers/code.ts';

function getImports(text: string): readonly string[] {
  return summarise(text).imports.map(({ name, specifier }) => `${name ?? '*'} of ${specifier}`);
}

describe('imports', () => {
  test.each([
    ["import { model } from './model';", ['model of ./model']],
    ["import{model as a,type Model}from'./model'", ['model of ./model', 'Model of ./model']],
    ["import model from './model';", ['default of ./model']],
    ["import model, { other } from './model';", ['default of ./model', 'other of ./model']],
    ["import model, * as rest from './model';", ['default of ./model', '* of ./model']],
    ["import * as models from './model';", ['* of ./model']],
    ["import type Model from './model';", ['default of ./model']],
    ["import type { Model } from './model';", ['Model of ./model']],
    ["import { 'a b' as model } from './model';", ['a b of ./model']],
    [
      "import {\n  // the cheap one\n  small, /* and */\n  large,\n} from './model';",
      ['small of ./model', 'large of ./model'],
    ],
    ["const { model } = require('./model');", ['* of ./model']],
    ["import models = require('./model');", ['* of ./model']],
    ["const model = await import('./model');", ['* of ./model']],
    ["import './register';", []],
    ["const rows = `select * from 'models'`;", ['* of models']],
  ])('%s', (text, expected) => {
    expect(getImports(text)).toEqual(expected);
  });

  test('of several statements', () => {
    const text = code`
      'use client';
      import { useState } from 'react';
      import { model } from './model'
      import chain from './chain'

      export const Page = () => model.invoke(chain);
    `;
    expect(getImports(text)).toEqual(['useState of react', 'model of ./model', 'default of ./chain']);
  });
});

describe('exports', () => {
  test('that are passed on', () => {
    const { all, isComplete, passedOn } = summarise(code`
      import chain, { model } from './model';
      import * as tools from './tools';
      export * from './types';
      export * as prompts from './prompts';
      export { answer, default as ask } from './answer';
      export type { State } from './state';
      export { model, tools as toolbox };
      export default chain;
    `);
    expect(Object.fromEntries(passedOn)).toEqual({
      prompts: { specifier: './prompts', name: null },
      answer: { specifier: './answer', name: 'answer' },
      ask: { specifier: './answer', name: 'default' },
      State: { specifier: './state', name: 'State' },
      model: { specifier: './model', name: 'model' },
      toolbox: { specifier: './tools', name: null },
      default: { specifier: './model', name: 'default' },
    });
    expect(all).toEqual(['./types']);
    expect(isComplete).toBe(true);
  });

  test('that are declared', () => {
    const { declared, isComplete } = summarise(code`
      // export nothing else
      const local = 1;
      export const model = new ChatOpenAI({ model: 'gpt-4.1', timeout: 20_000 });
      export let count = 0, other = 1;
      export async function* stream() {}
      export abstract class Service {}
      export declare const version: string;
      export const enum Level { low }
      export interface Options { export: boolean; }
      export type State = { a: 1 };
      export { local, local as alias };
      export default function answer() {}
    `);
    expect([...declared].sort()).toEqual([
      'Level',
      'Options',
      'Service',
      'State',
      'alias',
      'answer',
      'count',
      'default',
      'local',
      'model',
      'stream',
      'version',
    ]);
    // \`other\` is one more.
    expect(isComplete).toBe(false);
  });

  test.each([
    ['export const model = build({ a: 1, b: 2 }, [c, d]);\nexport default answer;', true],
    ["export const answer = async (question: string, { model = 'x', user }: Options) => {\n", true],
    ['export const { model, chain } = build();', false],
    ['export const one = 1,\n  other = 2;', false],
    ['export = model;', false],
    ['module.exports = { model };', false],
    ['exports.model = model;', false],
    ['  /** Many export this. */\n  // An export of it\nexport const text = `to export`;', true],
  ])('%s: all are told: %s', (text, expected) => {
    expect(summarise(text).isComplete).toBe(expected);
  });
});

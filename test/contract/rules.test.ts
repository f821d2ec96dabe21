import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { JSONSchema4, JSONSchema4ObjectSchema } from '@typescript-eslint/utils/json-schema';
import { describe, expect, test } from 'vitest';
import { PLACEHOLDERS } from '../../scripts/new-rule/templates.ts';
import plugin from '../../src/index.ts';
import { rules } from '../../src/rules.generated.ts';
import { lint } from './linter.ts';

const root = new URL('../../', import.meta.url);
const { namespace } = plugin.meta;
const { recommended, strict, all } = plugin.configs;

/**
 * The rules that a page has no place for, with the reason; every other rule is named on it, with a link to its page.
 */
const OUT_OF_PLACE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docs/guide.md': {},
  'docs/errors.md': {},
};

test.each(Object.entries(OUT_OF_PLACE))('%s names each rule that has a place there', (page, outOfPlace) => {
  const text = readFileSync(new URL(page, root), 'utf8');
  const named = Object.keys(rules).filter((rule) => text.includes(`(rules/${rule}.md)`));
  const missing = Object.keys(rules).filter((rule) => !named.includes(rule) && !(rule in outOfPlace));
  expect(missing).toEqual([]);
  expect(named.filter((rule) => rule in outOfPlace)).toEqual([]);
});

test('the changelog names each rule, or a changeset that will be in it', () => {
  const changesets = readdirSync(new URL('.changeset/', root)).filter((file) => file.endsWith('.md'));
  const texts = ['CHANGELOG.md', ...changesets.map((file) => `.changeset/${file}`)].map((file) =>
    readFileSync(new URL(file, root), 'utf8'),
  );
  expect(Object.keys(rules).filter((rule) => !texts.some((text) => text.includes(`\`${rule}\``)))).toEqual([]);
});

test('the plugin holds the rules of the folder rules/', () => {
  const files = readdirSync(new URL('rules/', root)).map((file) => file.replace(/\.ts$/u, ''));
  expect(Object.keys(plugin.rules)).toEqual(files.sort());
  expect(files.length).toBeGreaterThan(0);
});

test('a preset is a flat config that holds the plugin itself', () => {
  expect(plugin.configs['flat/recommended']).toBe(recommended);
  for (const [name, preset] of Object.entries({ recommended, strict, all })) {
    expect(preset.name).toBe(`${namespace}/${name}`);
    expect(preset.plugins?.[namespace]).toBe(plugin);
    expect(Object.values(preset.rules ?? {}).map((entry) => (Array.isArray(entry) ? entry[0] : entry))).toEqual(
      Object.keys(preset.rules ?? {}).map(() => 'error'),
    );
  }
});

describe.each(Object.entries(rules))('%s', (name, rule) => {
  const id = `${namespace}/${name}`;
  const { meta } = rule;
  const source = readFileSync(new URL(`rules/${name}.ts`, root), 'utf8');

  test('is a rule, a test and a page with one stem', () => {
    expect(rule.name).toBe(name);
    expect(existsSync(new URL(`test/rules/${name}.test.ts`, root))).toBe(true);
    expect(existsSync(new URL(`docs/rules/${name}.md`, root))).toBe(true);
    expect(meta.docs.url).toContain(`/docs/rules/${name}.md`);
  });

  test('says itself what it is about', () => {
    const texts = [meta.docs.description, ...Object.values(meta.messages)].join('\n');
    expect(PLACEHOLDERS.filter((placeholder) => texts.includes(placeholder))).toEqual([]);
  });

  test('stands in the presets that its meta names', () => {
    const { recommended: level, recommendedOptions } = meta.docs;
    expect(recommended.rules?.[id]).toEqual(
      level === true ? (recommendedOptions ? ['error', ...recommendedOptions] : 'error') : undefined,
    );
    expect(strict.rules?.[id]).toBe(level === false ? undefined : 'error');
    expect(all.rules?.[id]).toBe('error');
  });

  test('uses each of its messages, which end in punctuation', () => {
    const uses = [source.replace(/type MessageIds =[^;]*;/u, ''), ...readHelpers(source)].join('\n');
    for (const [messageId, message] of Object.entries(meta.messages)) {
      expect(message, messageId).toMatch(/[.!?]$/u);
      expect(uses, `'${messageId}' is reported nowhere`).toContain(`'${messageId}'`);
    }
  });

  const schema = getObjectSchema(meta.schema);
  const defaults = meta.defaultOptions?.[0] as Record<string, unknown> | undefined;

  test('describes every option and gives its default', () => {
    expect(Object.keys(schema?.properties ?? {})).toEqual(Object.keys(defaults ?? {}));
    for (const [option, property] of Object.entries(schema?.properties ?? {})) {
      expect(property.description, option).toMatch(/\w{3}/u);
    }
  });

  test('refuses options it does not know and values of a wrong type', () => {
    if (schema === null) {
      expect(() => run([{}])).toThrow(id);
      return;
    }
    expect(() => run([{ ...defaults, notAnOption: 1 }])).toThrow(/notAnOption/u);
    expect(() => run([defaults, {}])).toThrow(id);
    expect(() => run(['text'])).toThrow(id);
    expect(() => run([{}])).not.toThrow();
    for (const option of Object.keys(schema.properties ?? {})) {
      expect(() => run([{ [option]: { wrong: 'type' } }]), option).toThrow(new RegExp(`${id}[^]*wrong`, 'u'));
      expect(() => run([{ [option]: null }]), option).toThrow(/null/u);
    }
  });

  function run(options: readonly unknown[]): void {
    lint('', { rules: { [id]: ['error', ...options] } });
  }
});

/** The modules that find what a rule reports or write its rewrites: they may name its messages. */
function readHelpers(source: string): readonly string[] {
  return [...source.matchAll(/from '\.\.\/(?<path>src\/[\w/-]+\.ts)'/gu)].map(({ groups }) =>
    readFileSync(new URL(groups?.['path'] ?? '', root), 'utf8'),
  );
}

/** The schema of the one options object; null for a rule without options. */
function getObjectSchema(schema: JSONSchema4 | readonly JSONSchema4[]): JSONSchema4ObjectSchema | null {
  expect(Array.isArray(schema)).toBe(true);
  const [first, ...rest] = schema as readonly JSONSchema4[];
  expect(rest).toEqual([]);
  if (first === undefined) return null;
  expect(first).toMatchObject({ type: 'object', additionalProperties: false });
  return first as JSONSchema4ObjectSchema;
}

// @ts-check
import { defineConfig, globalIgnores } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import regexp from 'eslint-plugin-regexp';
import simpleImportSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

// What the published plugin is built from loads neither ESLint nor TypeScript, and reaches Node only where there is
// one.
const RESTRICTED_MODULES = [
  { name: 'eslint', message: 'Import types only.', allowTypeImports: true },
  { name: 'typescript', message: 'Import types only.', allowTypeImports: true },
  {
    name: '@typescript-eslint/utils',
    message: 'Its root loads ESLint: import types, or values from ast-utils or eslint-utils.',
    allowTypeImports: true,
  },
];
const NODE_MODULES = { group: ['node:*'], message: 'Use process.getBuiltinModule.', allowTypeImports: true };

export default defineConfig([
  // The demo makes every mistake on purpose; fixtures are input.
  globalIgnores([
    'dist/',
    'build/',
    'docs/demo/',
    'test/**/fixtures/',
    'scripts/catalog/packages/',
    '**/*.generated.ts',
    'coverage/',
    '.cache/',
    'site/.vitepress/{.temp,cache,dist,engine}/',
  ]),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // A literal key of an index signature is written `record['key']` or `record.key`, as reads best.
      '@typescript-eslint/dot-notation': 'off',
      // `!` is banned by strict; `as` that only drops `undefined` would be the same thing in other words.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // It takes `Partial` of a type parameter for `{}`.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      // Scope and definition types are enums of a module that may not be loaded; TypeScript checks that the strings are
      // among them.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // They run over files and manifests that anybody may have written.
    files: ['rules/**/*.ts', 'src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
    },
  },
  {
    files: ['src/**/*.ts'],
    // The command runs in Node alone.
    ignores: ['src/cli/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { paths: RESTRICTED_MODULES, patterns: [NODE_MODULES] }],
    },
  },
  {
    files: ['rules/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: RESTRICTED_MODULES,
          patterns: [NODE_MODULES, { group: ['./*'], message: 'No rule imports another.' }],
        },
      ],
    },
  },
  {
    files: ['rules/**/*.ts', 'test/rules/**/*.ts'],
    extends: [eslintPlugin.configs['all-type-checked']],
    rules: {
      // `'strict'` names the preset that a rule enters first.
      'eslint-plugin/require-meta-docs-recommended': ['error', { allowNonBoolean: true }],
      // `createRule` adds `meta.docs.url` from the name.
      'eslint-plugin/require-meta-docs-url': 'off',
      // `meta.languages` is unknown to ESLint before 10.2, and typescript-eslint parsers serve several languages.
      'eslint-plugin/require-meta-languages': 'off',
      // Suggestions come out of `offer()`, which this rule does not follow; ESLint itself throws where `hasSuggestions`
      // is missing.
      'eslint-plugin/require-meta-has-suggestions': 'off',
      'eslint-plugin/require-test-case-name': ['error', { require: 'always' }],
      'eslint-plugin/test-case-shorthand-strings': ['error', 'never'],
    },
  },
  {
    files: ['**/*.js'],
    extends: [tseslint.configs.strict],
  },
  {
    plugins: { 'simple-import-sort': simpleImportSort },
    rules: { 'simple-import-sort/imports': ['error', { groups: [['^node:', '^@?\\w', '^\\.']] }] },
  },
]);

import langchain from 'eslint-plugin-langchain';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig([
  { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
  langchain.configs.strict,
  { settings: { langchain: { budget: { workers: 8, limit: 100, pools: { pg: 90 } } } } },
]);

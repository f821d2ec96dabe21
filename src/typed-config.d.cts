/**
 * `import type {} from 'eslint-plugin-langchain/typed-config';` in an `eslint.config.ts` has its rules and settings
 * checked. Of its own, since it adds to types that other plugins use as well; and CommonJS, as ESLint's types are.
 */
import type { LangChainSettings, RuleOptions } from './index.js' with { 'resolution-mode': 'import' };

declare module '@eslint/core' {
  interface RulesConfig extends RuleOptions {}

  interface SettingsConfig {
    langchain?: LangChainSettings;
  }
}

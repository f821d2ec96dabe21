import { readFileSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'tsdown';

/** Of package.json the bundle holds what `src/manifest.ts` reads. */
const shortManifest = {
  name: 'short-manifest',
  load: {
    filter: { id: /[/\\]package\.json$/u },
    handler: (id: string) => {
      const { bugs, homepage, name, version } = JSON.parse(readFileSync(id, 'utf8')) as Record<string, unknown>;
      return JSON.stringify({ bugs, homepage, name, version });
    },
  },
};

/** `AST_NODE_TYPES.CallExpression` becomes its value: shorter, and no look-up at run time. */
const inlineNodeTypes = {
  name: 'inline-node-types',
  transform: {
    filter: { id: /[/\\](?:rules|src)[/\\].*\.ts$/u, code: 'AST_NODE_TYPES.' },
    handler: (code: string) => code.replaceAll(/\bAST_NODE_TYPES\.(\w+)/gu, '"$1"'),
  },
};

/**
 * `require('eslint-plugin-langchain')` returns the plugin itself. Not in the declarations: TypeScript before 5.6 does
 * not read an export of this name.
 */
const requiredAsPlugin = {
  name: 'required-as-plugin',
  renderChunk: {
    filter: { code: ' as default' },
    handler: (code: string, { fileName }: { readonly fileName: string }) =>
      fileName.endsWith('.js')
        ? code.replace(/(\w+) as default(?=\s*\})/u, '$1 as default, $1 as "module.exports"')
        : null,
  },
};

/**
 * What bundled libraries import of Node is there where Node is, and empty elsewhere, so that the plugin loads in a
 * browser too. The command imports Node's modules themselves.
 */
const builtinsAtRunTime = {
  name: 'builtins-at-run-time',
  resolveId: {
    filter: { id: /^(?:node:\w+|fs|module|os|path)$/u },
    handler: (id: string, importer: string | undefined) =>
      importer?.includes('node_modules') === true ? `\0builtin:${id.replace('node:', '')}` : { id, external: true },
  },
  load: {
    filter: { id: /^\0builtin:/u },
    handler: (id: string) =>
      `export default globalThis.process?.getBuiltinModule?.(${JSON.stringify(id.slice('\0builtin:'.length))}) ?? { posix: {} };`,
  },
  // A worker of a browser has no `process` at all.
  transform: {
    filter: { id: /[/\\]node_modules[/\\]get-tsconfig[/\\]/u, code: 'process.' },
    handler: (code: string) => code.replaceAll(/\bprocess\.(?=\w)/gu, 'globalThis.process?.'),
  },
};

/** Everything is bundled: installing the plugin installs nothing else. */
const bundle: UserConfig = {
  entry: { index: 'src/index.ts', cli: 'src/cli/main.ts' },
  format: 'esm',
  // Not `node`, for which a chunk that is shared imports `node:module`.
  platform: 'neutral',
  inputOptions: { resolve: { mainFields: ['module', 'main'], conditionNames: ['node', 'import', 'default'] } },
  target: 'node20.19',
  // Comments, blanks and names go, for the sake of load time.
  minify: { compress: true, mangle: { toplevel: true }, codegen: { removeWhitespace: true } },
  plugins: [shortManifest, inlineNodeTypes, builtinsAtRunTime, requiredAsPlugin],
  noExternal: [/.*/u],
  outputOptions: { chunkFileNames: 'plugin.js' },
};

export default defineConfig([
  {
    ...bundle,
    dts: true,
    // A rule that throws is skipped: see create-rule.ts.
    define: { CATCHES_FAULTS: 'true' },
    copy: [
      { from: 'src/typed-config.d.cts', to: 'dist/typed-config.d.cts' },
      // The parts of the bundle that are not ours. esrecurse has the license of estraverse, of the same authors.
      { from: 'node_modules/@typescript-eslint/types/LICENSE', to: 'dist/LICENSE-typescript-eslint.txt' },
      { from: 'node_modules/eslint-scope/LICENSE', to: 'dist/LICENSE-eslint-scope.txt' },
      { from: 'node_modules/estraverse/LICENSE.BSD', to: 'dist/LICENSE-estraverse.txt' },
      { from: 'node_modules/get-tsconfig/LICENSE', to: 'dist/LICENSE-get-tsconfig.txt' },
      { from: 'node_modules/js-tokens/LICENSE', to: 'dist/LICENSE-js-tokens.txt' },
      { from: 'node_modules/resolve-pkg-maps/LICENSE', to: 'dist/LICENSE-resolve-pkg-maps.txt' },
    ],
  },
  // The same for `npm run corpus` and for tests: a rule that throws ends the run, with the names of functions in its
  // stack trace.
  { ...bundle, dts: false, outDir: 'build', minify: { compress: true, mangle: { keepNames: true } } },
]);

import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: 'src/index.ts',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  dts: true,
  // Comments go, for the sake of load time; names and layout stay, for the sake of stack traces.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: false } },
  // Everything is bundled: installing the plugin installs nothing else.
  noExternal: [/.*/u],
  // The one part of the bundle that is not ours: the names of the node types.
  copy: { from: 'node_modules/@typescript-eslint/types/LICENSE', to: 'dist/LICENSE-typescript-eslint.txt' },
});

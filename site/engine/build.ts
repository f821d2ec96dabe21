/** Bundles the worker in which the playground lints: ESLint, a TypeScript parser and the plugin as it is published. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';

const resolve = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * What parsing needs of TypeScript, a tenth of it, as stretches of its file: where each begins, and what follows it.
 * The second is all up to the parser, the others are the classes of the nodes.
 */
const STRETCHES = [
  ['var __defProp = ', '// src/typescript/typescript.ts\n'],
  ['// src/compiler/corePublic.ts\n', '// src/compiler/commandLineParser.ts\n'],
  ['var scanner = createScanner(', ';'],
  ['function createNode(kind, pos, end, ', 'function toEditorSettings('],
  ['setObjectAllocator(getServicesObjectAllocator());', '\n'],
] as const;

/** Of the CommonJS module, what is defined in those stretches. */
function readTypeScriptParser(file: string): string {
  const text = readFileSync(file, 'utf8');
  const code = STRETCHES.map(([start, end]) => cut(text, start, end)).join('\n');
  const exported = [...text.matchAll(/^ {2}(\w+): \(\) => \1,?$/gmu)].map(([, name = '']) => name);
  const defined = new Set([...code.matchAll(/^(?:var|let|function|class) (\w+)\b/gmu)].map(([, name]) => name));
  return `${code}\nmodule.exports = { ${exported.filter((name) => defined.has(name)).join(', ')} };`;
}

function cut(text: string, start: string, end: string): string {
  const from = text.indexOf(`\n${start}`) + 1;
  const to = text.indexOf(end, from + start.length);
  if (from === 0 || to < 0) throw new Error(`TypeScript is built otherwise than before: there is no \`${start}\`.`);
  return text.slice(from, to);
}

const parserOfTypeScript = {
  name: 'parser-of-typescript',
  load: {
    filter: { id: /[/\\]typescript[/\\]lib[/\\]typescript\.js$/u },
    handler: readTypeScriptParser,
  },
};

/** What is loaded on the way and never used here: ESLint's own rules, and what looks for projects on a disk. */
const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  [/[/\\]eslint[/\\]lib[/\\]rules[/\\]index\.js$/u, 'module.exports = new Map();'],
  [/[/\\]typescript-estree[/\\]dist[/\\]create-program[/\\]shared\.js$/u, ''],
  [/[/\\]typescript-estree[/\\]dist[/\\]parseSettings[/\\]warnAboutTSVersion\.js$/u, ''],
];

const leftOut = {
  name: 'left-out',
  load: (id: string) => LEFT_OUT.find(([file]) => file.test(id))?.[1] ?? null,
};

await build({
  config: false,
  entry: { engine: resolve('worker.ts') },
  outDir: resolve('../.vitepress/engine'),
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  dts: false,
  minify: !process.argv.includes('--plain'),
  noExternal: [/.*/u],
  alias: {
    path: 'path-browserify',
    'node:path': 'path-browserify',
    'eslint-plugin-langchain': resolve('../../dist/index.js'),
  },
  plugins: [parserOfTypeScript, leftOut],
});

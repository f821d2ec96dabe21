/** What an editor waits for: the language server of the VS Code ESLint extension, with the packed plugin. */
import { LanguageServer } from '../../test/editor/language-server.ts';
import { PackedProject } from '../../test/helpers/packed-project.ts';
import { getService } from './growth.ts';

const file = 'src/service.ts';
const lines = 500;
const edits = 25;

/** In milliseconds; the least of several times. */
export interface Wait {
  readonly first: number;
  readonly edit: number;
}

export async function measureEditor(withPlugin: boolean): Promise<Wait> {
  const project = new PackedProject(['eslint', 'typescript', '@typescript-eslint/parser']);
  const sources = getService(lines);
  for (const [path, text] of Object.entries(sources)) project.write(path, text);
  project.write('package.json', '{ "type": "module", "dependencies": { "@langchain/openai": "1.0.0" } }');
  project.write(
    'eslint.config.js',
    [
      "import parser from '@typescript-eslint/parser';",
      "import langchain from 'eslint-plugin-langchain';",
      "const rules = { 'no-unused-vars': 'error' };",
      "const own = { files: ['**/*.ts'], languageOptions: { parser }, rules };",
      `export default [own${withPlugin ? ', langchain.configs.recommended' : ''}];`,
    ].join('\n'),
  );
  const server = await LanguageServer.start(project.folder);
  try {
    return await edit(server, sources[file] ?? '');
  } finally {
    await server.stop();
    project.remove();
  }
}

async function edit(server: LanguageServer, source: string): Promise<Wait> {
  const first = await time(() => server.open(file, source));
  const waits: number[] = [];
  for (let count = 0; count < edits; count++) {
    const text = `${source}export const edit${String(count)} = ${String(count)};\n`;
    waits.push(await time(() => server.change(file, text)));
  }
  return { first, edit: Math.min(...waits) };
}

async function time(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

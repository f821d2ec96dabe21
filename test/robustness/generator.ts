/** Programs at random: trees of the forms of `grammar.ts`, written out for a dialect. */
import * as parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import fc from 'fast-check';
import { IMPORT_FORM_NAMES, type ImportFormName, writeImport } from '../helpers/shape-matrix.ts';
import { type Flag, type Form, grammar, type Kind, places } from './grammar.ts';

/** A language that a tree can be written out in, and how that is linted. */
export interface Dialect {
  readonly name: string;
  readonly flags: readonly Flag[];
  readonly filenames: readonly string[];
  readonly languageOptions: Linter.LanguageOptions;
  /** Whether imports are written with `import`. */
  readonly isModule: boolean;
}

const typescript = (jsx: boolean): Linter.LanguageOptions => ({ parser, parserOptions: { ecmaFeatures: { jsx } } });
const espree = (sourceType: 'commonjs' | 'module' | 'script'): Linter.LanguageOptions => ({
  ecmaVersion: 'latest',
  sourceType,
  parserOptions: { ecmaFeatures: { jsx: true } },
});

export const dialects: readonly Dialect[] = [
  {
    name: 'TypeScript',
    flags: ['ts', 'noJsx', 'module', 'async'],
    filenames: ['src/chat.service.ts', 'app/api/chat/route.ts', 'lib/index.mts'],
    languageOptions: typescript(false),
    isModule: true,
  },
  {
    name: 'TypeScript with JSX',
    flags: ['ts', 'jsx', 'module', 'async'],
    filenames: ['app/chat/page.tsx', 'app/routes/chat.tsx'],
    languageOptions: typescript(true),
    isModule: true,
  },
  {
    name: 'a module, by the parser of typescript-eslint',
    flags: ['jsx', 'module', 'async'],
    filenames: ['pages/api/chat.jsx', 'src/app.js'],
    languageOptions: typescript(true),
    isModule: true,
  },
  {
    name: 'a module, by espree',
    flags: ['jsx', 'module', 'async'],
    filenames: ['src/app.mjs', 'pages/api/chat.js', 'routes/+server.js'],
    languageOptions: espree('module'),
    isModule: true,
  },
  {
    name: 'CommonJS, by espree',
    flags: ['jsx', 'sloppy', 'return', 'args'],
    filenames: ['lambda/index.cjs', 'src/server.js'],
    languageOptions: espree('commonjs'),
    isModule: false,
  },
  {
    name: 'a script, by espree',
    flags: ['jsx', 'sloppy'],
    filenames: ['public/app.js'],
    languageOptions: espree('script'),
    isModule: false,
  },
];

/** A form with what fills its holes; a number for `⟨ref⟩`. */
interface Tree {
  readonly kind: Kind;
  readonly form: Form;
  readonly holes: readonly (Tree | number)[];
}

type Part = string | { readonly hole: string; readonly place: string | null };

const parts = new Map<string, readonly Part[]>();

function getParts({ text }: Form): readonly Part[] {
  let known = parts.get(text);
  if (!known) {
    known = text.split(/(⟨[^⟩]*⟩)/u).map((part): Part => {
      const hole = /^⟨(?:(?<place>\w+):)?(?<name>\w+)⟩$/u.exec(part)?.groups;
      return hole ? { hole: hole['name'] ?? '', place: hole['place'] ?? null } : part;
    });
    parts.set(text, known);
  }
  return known;
}

function isKind(hole: string): hole is Kind {
  return Object.hasOwn(grammar, hole);
}

const trees = fc.letrec<Record<Kind, Tree>>((tie) => {
  const depthIdentifier = fc.createDepthIdentifier();
  const ofForm = (kind: Kind, form: Form): fc.Arbitrary<Tree> => {
    const holes = getParts(form).flatMap((part): fc.Arbitrary<Tree | number>[] => {
      if (typeof part === 'string') return [];
      if (part.hole === 'ref') return [fc.nat(50)];
      return isKind(part.hole) ? [tie(part.hole)] : [];
    });
    return fc.tuple(...holes).map((filled) => ({ kind, form, holes: filled }));
  };
  const entries = (Object.keys(grammar) as Kind[]).map((kind): [Kind, fc.Arbitrary<Tree>] => {
    const { forms, leaves } = grammar[kind];
    const leaf = fc.oneof(...leaves.map((form) => ofForm(kind, form)));
    const options = forms.map((form) => ({ arbitrary: ofForm(kind, form), weight: 2 }));
    return [
      kind,
      fc.oneof(
        { depthIdentifier, depthSize: 'large', maxDepth: 6, withCrossShrink: true },
        { arbitrary: leaf, weight: Math.ceil(forms.length / 4) },
        ...options,
      ),
    ];
  });
  return Object.fromEntries(entries) as Record<Kind, fc.Arbitrary<Tree>>;
});

/** A program that can be written out in any dialect. */
export interface Program {
  readonly statements: readonly Tree[];
  readonly last: Tree;
  readonly importForm: ImportFormName;
  /** Without semicolons at the ends of lines. */
  readonly isBare: boolean;
  readonly file: number;
}

export const programs: fc.Arbitrary<Program> = fc.record({
  statements: fc.array(trees.d, { minLength: 1, maxLength: 4, size: 'max' }),
  last: trees.z,
  importForm: fc.constantFrom(...IMPORT_FORM_NAMES),
  isBare: fc.boolean(),
  file: fc.nat(10),
});

// ── writing out ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A text as it is linted. */
export interface Source {
  readonly text: string;
  readonly filename: string;
  readonly languageOptions: Linter.LanguageOptions;
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Names of `Object.prototype`, and names that are written in other ways than most; each stands for one name of a
 * program.
 */
const oddNames = [
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'valueOf',
  'get',
  'of',
  'async',
  'ünïcode',
  '\\u{76}alue',
  'ℝ',
  '$',
  '_',
];

class Writer {
  readonly #name: (exported: string) => string;
  readonly #used: Set<Form>;
  readonly #isBare: boolean;
  readonly #visible: string[] = [];
  #names = 0;

  constructor(name: (exported: string) => string, used: Set<Form>, isBare: boolean) {
    this.#name = name;
    this.#used = used;
    this.#isBare = isBare;
  }

  writeAll(trees: readonly Tree[], flags: ReadonlySet<Flag>): string {
    return trees.map((tree) => this.#writePart(tree, flags, null)).join('\n');
  }

  write(tree: Tree, flags: ReadonlySet<Flag>): string {
    if (!tree.form.needs.every((flag) => flags.has(flag))) return this.#writeInstead(tree, flags);
    this.#used.add(tree.form);
    const own = new Map<string, string>();
    const { length } = this.#visible;
    let next = 0;
    const text = getParts(tree.form)
      .map((part) => {
        if (typeof part === 'string') return part;
        if (part.hole === 'ref') return this.#refer(Number(tree.holes[next++]));
        if (!isKind(part.hole)) return /^\d$/u.test(part.hole) ? this.#nameOf(own, part.hole) : this.#name(part.hole);
        const filled = tree.holes[next++];
        return typeof filled === 'object' ? this.#writePart(filled, enter(flags, part.place), part.place) : '';
      })
      .join('');
    if (!declaring.has(tree.kind)) this.#visible.length = length;
    return text;
  }

  #writePart(tree: Tree, flags: ReadonlySet<Flag>, place: string | null): string {
    const { length } = this.#visible;
    const text = this.#isBare && statements.has(tree.kind) ? bare(this.write(tree, flags)) : this.write(tree, flags);
    if (place !== null || tree.kind === 'b') this.#visible.length = length;
    return text;
  }

  /**
   * What the dialect or the place does not allow gives way to the parts that it is made of, as far as they may stand
   * there, or to a leaf.
   */
  #writeInstead({ form, holes, kind }: Tree, flags: ReadonlySet<Flag>): string {
    const inner = holes.filter((hole) => typeof hole === 'object');
    if (statements.has(kind)) {
      const texts = inner.flatMap((tree) =>
        statements.has(tree.kind) || tree.kind === 'b'
          ? this.write(tree, flags)
          : values.has(tree.kind)
            ? `(${this.write(tree, flags)});`
            : [],
      );
      if (texts.length > 0) return texts.join(' ');
    }
    const same = inner.find((tree) => tree.kind === kind);
    if (same) return this.write(same, flags);
    const leaves = grammar[kind].leaves.filter(
      ({ needs, text }) => needs.every((flag) => flags.has(flag)) && !text.includes('⟨ref⟩'),
    );
    const leaf = leaves[form.text.length % leaves.length];
    return leaf ? this.write({ kind, form: leaf, holes: [] }, flags) : '';
  }

  #refer(index: number): string {
    return this.#visible.length === 0 ? 'x' : (this.#visible[index % this.#visible.length] ?? 'x');
  }

  #nameOf(own: Map<string, string>, key: string): string {
    let name = own.get(key);
    if (name === undefined) {
      const count = this.#names++;
      name = (count % 3 === 1 ? oddNames[(count - 1) / 3] : undefined) ?? `v${count}`;
      own.set(key, name);
      this.#visible.push(name);
    }
    return name;
  }
}

/** The kinds whose names are seen by what follows. */
const declaring: ReadonlySet<Kind> = new Set(['d', 'p', 's']);

/** The kinds that are expressions. */
const values: ReadonlySet<Kind> = new Set(['e', 'f', 'l', 'o', 'r']);

const statements: ReadonlySet<Kind> = new Set(['d', 's', 'v', 'z']);

/** A statement that ends with its line instead of a semicolon. */
function bare(text: string): string {
  const start = /^[(+\-/[`]/u.test(text) ? ';' : '';
  return start + (text.length > 1 ? text.replace(/;$/u, '\n') : text);
}

function enter(flags: ReadonlySet<Flag>, place: string | null): ReadonlySet<Flag> {
  if (place === null) return flags;
  const change = places[place];
  if (!change) throw new Error(`"${place}" is no place.`);
  const inner = new Set([...flags, ...change.on]);
  for (const flag of change.off) inner.delete(flag);
  return inner;
}

const imported: readonly (readonly [module: string, names: readonly string[]])[] = [
  ['@langchain/anthropic', ['ChatAnthropic']],
  ['@langchain/ollama', ['ChatOllama']],
  ['@langchain/core/prompts', ['ChatPromptTemplate']],
  ['@langchain/core/runnables', ['RunnableLambda', 'RunnableSequence']],
  ['@langchain/langgraph', ['Annotation', 'END', 'MemorySaver', 'START', 'Send', 'StateGraph']],
  ['@langchain/community/vectorstores/pgvector', ['PGVectorStore']],
  ['langsmith/traceable', ['traceable']],
  ['pg', ['Pool']],
  ['rxjs', ['from', 'mergeMap']],
  ['lodash', ['chunk']],
];
const defaults: readonly (readonly [module: string, name: string])[] = [
  ['p-limit', 'pLimit'],
  ['p-map', 'pMap'],
  ['p-queue', 'PQueue'],
  ['p-retry', 'pRetry'],
  ['express', 'express'],
  ['node:fs', 'fs'],
];

const writeValues = (name: (exported: string) => string, isModule: boolean): string => `
const options = { timeout: 60_000 };
const model = new ${name('ChatOpenAI')}();
const capped = new ${name('ChatOpenAI')}({ maxConcurrency: 5, timeout: 30_000 });
const claude = new ChatAnthropic({ apiKey: process.env.KEY });
const ollama = new ChatOllama({ temperature: 0 });
const embeddings = new ${name('OpenAIEmbeddings')}(options);
const chain = ChatPromptTemplate.fromTemplate('{x}').pipe(model);
const sequence = RunnableSequence.from([chain, (x) => x]);
const store = new PGVectorStore(embeddings, { pool: new Pool({ max: 5 }) });
const retriever = store.asRetriever(5);
const graph = new StateGraph(Annotation.Root({})).addNode('a', summarize).addEdge(START, 'a').compile();
const agent = ${name('createAgent')}({ model, tools: [] });
const talk = new StateGraph(Annotation.Root({})).addNode('a', summarize).compile({ checkpointer: new MemorySaver() });
const models = { first: model };
const config = { max_concurrency: 5 };
const limit = pLimit(5);
const open = pLimit(Infinity);
const queue = new PQueue();
const app = express();
let y;
function getModel() { return new ${name('ChatOpenAI')}(); }
async function summarize(x) { return ${isModule ? '(await model.invoke(x)).content' : 'model.invoke(x)'}; }
`;

/** Writes a program out. `used` collects the forms that it is made of. */
export function writeProgram(
  { file, importForm, isBare, last, statements }: Program,
  { filenames, flags, isModule, languageOptions }: Dialect,
  used: Set<Form>,
): Source {
  const usable =
    isModule && (flags.includes('ts') || importForm !== 'import equals')
      ? importForm
      : isPlain(importForm)
        ? importForm
        : 'require destructured';
  const openai = writeImport(usable, '@langchain/openai', ['ChatOpenAI', 'OpenAIEmbeddings']);
  const agents = ['createAgent', 'initChatModel', 'tool'];
  const name = (exported: string): string => (agents.includes(exported) ? exported : openai.name(exported));
  const head = [
    openai.head,
    ...[['langchain', agents] as const, ...imported].map(([module, names]) =>
      isModule
        ? `import { ${names.join(', ')} } from '${module}';`
        : `const { ${names.join(', ')} } = require('${module}');`,
    ),
    ...defaults.map(([module, local]) =>
      isModule ? `import ${local} from '${module}';` : `const ${local} = require('${module}');`,
    ),
  ];
  const writer = new Writer(name, used, isBare);
  const context = new Set(flags);
  if (openai.head.includes('use strict')) context.delete('sloppy');
  const body = writer.writeAll([...statements, last], context);
  return {
    text: `${head.join('\n')}${writeValues(name, isModule)}${body}\n`,
    filename: filenames[file % filenames.length] ?? '',
    languageOptions,
    settings: {
      langchain: {
        ...(openai.settings['langchain'] as object | undefined),
        budget: { workers: 4, limit: 8, pools: { pg: 8 } },
      },
    },
  };
}

/** Whether an import form is written without `import`, and without `await`. */
function isPlain(form: ImportFormName): boolean {
  return /require|compiled/u.test(form);
}

/**
 * The shape matrix: one snippet written in every form in which code can name an export of LangChain (`importForms`),
 * and in the forms that only look like it and must stay quiet (`lookalikes`). Every rule test uses both.
 *
 *     valid: [...lookalikes({ module: '@langchain/openai', names: ['ChatOpenAI'], body: flood })],
 *     invalid: [...importForms({
 *       module: '@langchain/openai',
 *       names: ['ChatOpenAI'],
 *       body: flood,                                     // (n) => code`const model = new ${n.ChatOpenAI}(); …`
 *       expect: ({ source, render }) => ({
 *         errors: [{ messageId: 'unbounded', data: {…}, ...locate(source, 'Promise.all') }],
 *         output: render(bounded),                       // the same imports before another body
 *       }),
 *     })],
 */

/** How the code names each export: `ChatOpenAI`, `openai.ChatOpenAI`, `(0, openai_1.initChatModel)`. */
export type Names<Name extends string> = Readonly<Record<Name, string>>;

export interface Snippet<Name extends string> {
  readonly module: string;
  /**
   * Exports of `module`. A lower-case name is taken for a function, as compiled CommonJS calls these through `(0,
   * m.fn)`.
   */
  readonly names: readonly Name[];
  /** Put before the names of the cases, when a test uses the matrix more than once. */
  readonly label?: string;
  /** Further imports, written above the body as they are. */
  readonly head?: string;
  /** The rest of the module. Types may be named only where `except` excludes the forms that import no types. */
  body(this: void, names: Names<Name>): string;
}

/** A test case; fits `valid` as it is. */
export interface ShapeCase {
  readonly name: string;
  readonly code: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

interface Form {
  /** The import text for some exports of a module, and how the code then names each. */
  write(
    this: void,
    module: string,
    names: readonly string[],
  ): { readonly head: string; readonly name: (exported: string) => string };
  readonly settings?: (module: string) => Readonly<Record<string, unknown>>;
}

const INTEROP_HELPERS = `var __importStar = (this && this.__importStar) || function (mod) { return mod; };
var __importDefault =
  (this && this.__importDefault) ||
  function (mod) {
    return mod && mod.__esModule ? mod : { default: mod };
  };
`;

const IMPORT_FORMS = {
  named: {
    write: (module, names) => ({
      head: `import { ${names.join(', ')} } from '${module}';`,
      name: (exported) => exported,
    }),
  },
  alias: {
    write: (module, names) => ({
      head: `import { ${names.map((name) => `${name} as ${name}Alias`).join(', ')} } from '${module}';`,
      name: (exported) => `${exported}Alias`,
    }),
  },
  'string alias': {
    write: (module, names) => ({
      head: `import { ${names.map((name) => `"${name}" as ${name}`).join(', ')} } from '${module}';`,
      name: (exported) => exported,
    }),
  },
  namespace: {
    write: (module) => ({ head: `import * as lc from '${module}';`, name: (exported) => `lc.${exported}` }),
  },
  'namespace destructured': {
    write: (module, names) => ({
      head: `import * as lc from '${module}';\nconst { ${names.join(', ')} } = lc;`,
      name: (exported) => exported,
    }),
  },
  default: {
    write: (module) => ({ head: `import lc from '${module}';`, name: (exported) => `lc.${exported}` }),
  },
  'default of namespace': {
    write: (module) => ({ head: `import * as lc from '${module}';`, name: (exported) => `lc.default.${exported}` }),
  },
  'require destructured': {
    write: (module, names) => ({
      head: `const { ${names.join(', ')} } = require('${module}');`,
      name: (exported) => exported,
    }),
  },
  'require renamed': {
    write: (module, names) => ({
      head: `const { ${names.map((name) => `${name}: ${name}Alias`).join(', ')} } = require('${module}');`,
      name: (exported) => `${exported}Alias`,
    }),
  },
  'require namespace': {
    write: (module) => ({ head: `const lc = require('${module}');`, name: (exported) => `lc.${exported}` }),
  },
  'require member': {
    write: (module, names) => ({
      head: names.map((name) => `const ${name} = require('${module}').${name};`).join('\n'),
      name: (exported) => exported,
    }),
  },
  'import equals': {
    write: (module) => ({ head: `import lc = require('${module}');`, name: (exported) => `lc.${exported}` }),
  },
  'dynamic destructured': {
    write: (module, names) => ({
      head: `const { ${names.join(', ')} } = await import('${module}');`,
      name: (exported) => exported,
    }),
  },
  'dynamic namespace': {
    write: (module) => ({ head: `const lc = await import('${module}');`, name: (exported) => `lc.${exported}` }),
  },
  'mapped barrel': {
    write: (_module, names) => ({
      head: `import { ${names.join(', ')} } from '@acme/llm';`,
      name: (exported) => exported,
    }),
    settings: (module) => ({ langchain: { modules: { '@acme/llm': module } } }),
  },
  'compiled CommonJS': {
    write: (module) => ({
      head: `"use strict";\nconst lc_1 = require("${module}");`,
      name: (exported) => compiledName('lc_1', exported),
    }),
  },
  'compiled __importStar': {
    write: (module) => ({
      head: `"use strict";\n${INTEROP_HELPERS}const lc = __importStar(require("${module}"));`,
      name: (exported) => `lc.${exported}`,
    }),
  },
  'compiled __importDefault': {
    write: (module) => ({
      head: `"use strict";\n${INTEROP_HELPERS}const lc_1 = __importDefault(require("${module}"));`,
      name: (exported) => `lc_1.default.${exported}`,
    }),
  },
  'compiled tslib': {
    write: (module) => ({
      head: `"use strict";\nconst tslib_1 = require("tslib");\nconst lc = tslib_1.__importStar(require("${module}"));`,
      name: (exported) => `lc.${exported}`,
    }),
  },
} as const satisfies Record<string, Form>;

export type ImportFormName = keyof typeof IMPORT_FORMS;

export const IMPORT_FORM_NAMES = Object.keys(IMPORT_FORMS) as readonly ImportFormName[];

/** An import in one of the forms, for code that is put together otherwise. */
export interface Import {
  readonly head: string;
  /** How the code names an export. */
  readonly name: (exported: string) => string;
  readonly settings: Readonly<Record<string, unknown>>;
}

export function writeImport(form: ImportFormName, module: string, names: readonly string[]): Import {
  const { settings, write }: Form = IMPORT_FORMS[form];
  return { ...write(module, names), settings: settings?.(module) ?? {} };
}

/** The forms whose names cannot be used as types (`llm: ${n.ChatOpenAI}`). */
export const VALUE_ONLY_FORMS: readonly ImportFormName[] = [
  'namespace destructured',
  'default of namespace',
  'require destructured',
  'require renamed',
  'require namespace',
  'require member',
  'dynamic destructured',
  'dynamic namespace',
  'compiled CommonJS',
  'compiled __importStar',
  'compiled __importDefault',
  'compiled tslib',
];

interface Rendered<Name extends string> {
  readonly form: ImportFormName;
  /** The text of the case. */
  readonly source: string;
  readonly names: Names<Name>;
  /** The module of this case with another body: for `output` and suggestions. */
  render(this: void, body: (names: Names<Name>) => string): string;
}

export interface ImportFormOptions<Name extends string, Expected extends object> extends Snippet<Name> {
  readonly except?: readonly ImportFormName[];
  /** Further fields of each case, such as `errors` and `output`. */
  readonly expect?: (rendered: Rendered<Name>) => Expected;
}

/** The snippet once per import form. */
export function importForms<const Name extends string, const Expected extends object = object>(
  options: ImportFormOptions<Name, Expected>,
): (Expected & ShapeCase)[] {
  const cases: (Expected & ShapeCase)[] = [];
  for (const form of Object.keys(IMPORT_FORMS) as ImportFormName[]) {
    if (options.except?.includes(form) === true) continue;
    const { write, settings }: Form = IMPORT_FORMS[form];
    const { head, name } = write(options.module, options.names);
    const names = nameWith(options.names, name);
    const render = (body: Snippet<Name>['body']): string => join(head, options.head, body(names));
    const source = render(options.body);
    const expected = options.expect?.({ form, source, names, render }) ?? ({} as Expected);
    cases.push({
      ...expected,
      name: title(options.label, `import form: ${form}`),
      code: source,
      ...(settings ? { settings: settings(options.module) } : {}),
    });
  }
  return cases;
}

const GATE = "import { HumanMessage } from '@langchain/core/messages';";

const LOOKALIKES = {
  'another package': (names) => `import { ${names.join(', ')} } from '@acme/llm';`,
  'another scope': (names, module) =>
    `import { ${names.join(', ')} } from '${module.replace(/^@?langchain/u, (scope) => `${scope}x`)}';`,
  'a package whose name begins alike': (names) => `import { ${names.join(', ')} } from 'langchain-evil';`,
  'a relative module': (names, module) => `import { ${names.join(', ')} } from './${module}';`,
  'require of another package': (names) => `const { ${names.join(', ')} } = require('@acme/llm');`,
  'a type-only import': (names, module) => `import type { ${names.join(', ')} } from '${module}';`,
  'an inline type import': (names, module) =>
    `import { ${names.map((name) => `type ${name}`).join(', ')} } from '${module}';`,
  'a local declaration': (names) =>
    names
      .map((name) =>
        isFunctionName(name)
          ? `function ${name}(...args) { return args[0]; }`
          : `class ${name} { constructor(fields) {} }`,
      )
      .join('\n'),
  'an unresolved global': () => '',
  'a parameter that shadows the import': (names, module) => `import { ${names.join(', ')} } from '${module}';`,
} as const satisfies Record<string, (names: readonly string[], module: string) => string>;

export type LookalikeName = keyof typeof LOOKALIKES;

/**
 * The snippet where its names are not LangChain's, in files that import something else from LangChain, so that the
 * rules do run. A body that has `import` or `export` at the start of a line cannot be put in a function: move imports
 * to `head`, or except `'a parameter that shadows the import'`.
 */
export function lookalikes<const Name extends string>(
  options: Snippet<Name> & { readonly except?: readonly LookalikeName[] },
): ShapeCase[] {
  const names = nameWith(options.names, (name) => name);
  return (Object.keys(LOOKALIKES) as LookalikeName[])
    .filter((shape) => options.except?.includes(shape) !== true)
    .map((shape) => {
      const head = [GATE, LOOKALIKES[shape](options.names, options.module)].join('\n');
      let body = options.body(names);
      if (shape === 'a parameter that shadows the import') {
        if (/^(?:import|export)\b/mu.test(body))
          throw new Error(`The body cannot be put in a function; except '${shape}':\n${body}`);
        body = `export async function scope(${options.names.join(', ')}) {\n${body}\n}`;
      }
      return { name: title(options.label, `lookalike: ${shape}`), code: join(head, options.head, body) };
    });
}

function nameWith<Name extends string>(names: readonly Name[], name: (exported: string) => string): Names<Name> {
  return Object.fromEntries(names.map((exported) => [exported, name(exported)])) as Record<Name, string>;
}

function compiledName(namespace: string, exported: string): string {
  return isFunctionName(exported) ? `(0, ${namespace}.${exported})` : `${namespace}.${exported}`;
}

function isFunctionName(name: string): boolean {
  return /^[a-z]/u.test(name);
}

function join(head: string, furtherHead: string | undefined, body: string): string {
  return [head, ...(furtherHead === undefined ? [] : [furtherHead]), body].join('\n');
}

function title(label: string | undefined, name: string): string {
  return label === undefined ? name : `${label}, ${name}`;
}

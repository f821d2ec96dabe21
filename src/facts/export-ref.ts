export function isOneOf(value: string, values: string | readonly string[]): boolean {
  return typeof values === 'string' ? value === values : values.includes(value);
}

/** An export of any package, including LangChain. */
export interface ExportRef {
  /**
   * The specifier after `settings.langchain.modules` is applied, without a `node:` prefix: `fs`, `p-limit`,
   * `@langchain/openai`.
   */
  readonly source: string;
  /**
   * Dotted path of the export; `default` for the default export and for the whole module (`import * as x`,
   * `require()`): `Pool`, `promises.readFile`, `default`.
   */
  readonly name: string;
}

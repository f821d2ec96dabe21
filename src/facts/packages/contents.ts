/** Exports of some packages, by the package's own names. */
export interface Exports {
  readonly sources: readonly string[];
  readonly names: readonly string[];
}

/** A name as reached through `import { x }`, and through `import fs` for packages with a default export too. */
function named(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [name, `default.${name}`]);
}

const fileSystems = ['fs', 'fs-extra', 'graceful-fs'];

/** Functions that read a file. */
export const readers: readonly Exports[] = [
  { sources: fileSystems, names: named('promises.readFile', 'readFile', 'readFileSync') },
  { sources: ['fs/promises'], names: named('readFile') },
];

/** Functions that list a folder. */
export const folders: readonly Exports[] = [
  { sources: fileSystems, names: named('promises.readdir', 'readdir', 'readdirSync') },
  { sources: ['fs/promises'], names: named('readdir') },
  { sources: ['glob'], names: [...named('glob', 'globSync', 'sync', 'glob.sync'), 'default'] },
  {
    sources: ['fast-glob', 'globby', 'tinyglobby'],
    names: [...named('async', 'glob', 'globSync', 'globby', 'globbySync', 'sync'), 'default'],
  },
];

/** Functions that return the same result for the same arguments. */
export const pure: readonly Exports[] = [
  {
    sources: ['path', 'path/posix'],
    names: named('basename', 'dirname', 'extname', 'join', 'parse', 'relative', 'resolve'),
  },
  { sources: ['url'], names: named('fileURLToPath') },
];

/** Methods that read rows or documents, whatever the receiver. */
export const rowMethods: ReadonlySet<string> = new Set([
  '$queryRaw',
  '$queryRawUnsafe',
  'findAll',
  'findMany',
  'getMany',
  'lean',
  'selectFrom',
  'toArray',
]);

/** Methods that do so on a receiver with the name of a database. */
export const databaseMethods: ReadonlySet<string> = new Set([
  'all',
  'any',
  'execute',
  'find',
  'get',
  'many',
  'manyOrNone',
  'query',
  'select',
]);

/** `db`, `pool`, `this.articleRepository` */
export const databaseName =
  /(?:connection|database|datasource|db|drizzle|firestore|knex|mongo|mongoose|mysql|orm|pg|pool|postgres|prisma|repo|repository|sql|sqlite|supabase)$/iu;

/** Packages whose functions only build a query: `eq(articles.published, true)`. */
export const queryPackages: ReadonlySet<string> = new Set(['drizzle-orm', 'kysely', 'knex', 'sequelize', 'typeorm']);

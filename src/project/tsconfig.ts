import { createPathsMatcher, getTsconfig, parseTsconfig, type TsConfigResult } from 'get-tsconfig';
import { attempt } from './attempt.ts';
import type { Disk } from './disk.ts';
import { getObjects } from './json.ts';
import { Memo } from './memo.ts';
import type { Paths } from './node.ts';

type Matcher = (specifier: string) => readonly string[];

/** How many configurations one may reference, and how many targets of a name are tried. */
const maxReferences = 100;
const maxTargets = 20;

/** The `paths` and `baseUrl` of the nearest tsconfig.json or jsconfig.json and of the configurations it references. */
export class Tsconfigs {
  readonly #disk: Disk;
  readonly #path: Paths;
  readonly #matchers: Memo<readonly Matcher[]>;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.#path = disk.path;
    this.#matchers = new Memo(disk);
  }

  /** The paths, with or without an extension, that a name may stand for in a folder; the likeliest first. */
  getCandidates(name: string, folder: string): readonly string[] {
    return this.#matchers
      .get(folder, () => this.#find(folder))
      .flatMap((match) => attempt(() => match(name).slice(0, maxTargets)) ?? []);
  }

  #find(folder: string): readonly Matcher[] {
    const config = this.#getNearest(folder, 'tsconfig.json') ?? this.#getNearest(folder, 'jsconfig.json');
    if (!config) return [];
    const referenced = getObjects(config.config.references)
      .slice(0, maxReferences)
      .flatMap(({ path }) => (typeof path === 'string' ? (this.#readReference(config.path, path) ?? []) : []));
    return [config, ...referenced].flatMap((each) => attempt(() => createPathsMatcher(each)) ?? []);
  }

  #getNearest(folder: string, name: string): TsConfigResult | null {
    return attempt(() => getTsconfig(folder, name, new DiskAnswers(this.#disk)));
  }

  #readReference(config: string, reference: string): TsConfigResult | null {
    const target = this.#path.resolve(this.#path.dirname(config), reference);
    const path = target.endsWith('.json') ? target : this.#path.join(target, 'tsconfig.json');
    return attempt(() => ({ path, config: parseTsconfig(path, new DiskAnswers(this.#disk)) }));
  }
}

/** How many files one configuration may be put together from: two that each extend two, ten times over, are 1,024. */
const maxReads = 100;

/**
 * What get-tsconfig asks of the file system, by the keys of its cache, is answered by the disk: it watches what it is
 * asked, and reads regular files of a moderate size only.
 */
class DiskAnswers extends Map<string, string> {
  readonly #disk: Disk;
  #reads = 0;

  constructor(disk: Disk) {
    super();
    this.#disk = disk;
  }

  override get(key: string): string | undefined {
    const [, question = '', path = ''] = /^(existsSync|readFileSync):(.+?)(?::utf8)?$/su.exec(key) ?? [];
    if (question === 'readFileSync') return this.#read(path);
    // Watches the place, also where nothing is yet.
    if (question === 'existsSync') this.#disk.isFile(path);
    return super.get(key);
  }

  #read(path: string): string {
    this.#reads++;
    const text = this.#reads > maxReads ? null : this.#disk.readText(path);
    if (text === null) throw new Error(`${path} is not read`);
    return text;
  }
}

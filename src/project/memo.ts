import type { Disk } from './disk.ts';

/** How many answers are kept. */
const maxAnswers = 50_000;

/** Answers that rest on the disk, by a path or a name: given once, and forgotten when something has changed there. */
export class Memo<Answer> {
  readonly #disk: Disk;
  readonly #answers = new Map<string, Answer>();
  #revision = 0;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  get(key: string, compute: () => Answer): Answer {
    if (this.#revision !== this.#disk.revision || this.#answers.size >= maxAnswers) this.#answers.clear();
    this.#revision = this.#disk.revision;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = compute();
    this.#answers.set(key, answer);
    return answer;
  }
}

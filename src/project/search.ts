/** Whether a part of a graph leads to a marked one: asked of a part once. */
export class Search<Part> {
  readonly #getKey: (part: Part) => string;
  readonly #follow: (part: Part) => true | readonly Part[];
  readonly #known = new Map<string, boolean>();

  /** @param follow The parts that one leads to; `true` where it is marked itself. */
  constructor(getKey: (part: Part) => string, follow: (part: Part) => true | readonly Part[]) {
    this.#getKey = getKey;
    this.#follow = follow;
  }

  clear(): void {
    this.#known.clear();
  }

  has(start: Part): boolean {
    const startKey = this.#getKey(start);
    const known = this.#known.get(startKey);
    if (known !== undefined) return known;
    const origins = new Map<string, string | null>([[startKey, null]]);
    const pending: Part[] = [start];
    for (let part = pending.pop(); part && origins.size < maxParts; part = pending.pop()) {
      const key = this.#getKey(part);
      const answer = this.#known.get(key);
      if (answer === false) continue;
      const step = answer === true ? true : this.#follow(part);
      if (step === true) {
        for (let each: string | null = key; each !== null; each = origins.get(each) ?? null)
          this.#known.set(each, true);
        return true;
      }
      for (const next of step) {
        const nextKey = this.#getKey(next);
        if (origins.has(nextKey)) continue;
        origins.set(nextKey, key);
        pending.push(next);
      }
    }
    for (const visited of origins.keys()) this.#known.set(visited, false);
    return false;
  }
}

/** How many parts are visited for one answer. */
const maxParts = 10_000;

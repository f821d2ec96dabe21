interface Entry<Value> {
  readonly value: Value;
  readonly size: number;
}

/** Keeps values by path, as many as fit: those that were used last. */
export class Shelf<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #room: number;
  #size = 0;

  /** @param room How much all values together may measure when the shelf is trimmed. */
  constructor(room: number) {
    this.#room = room;
  }

  get(path: string): Value | undefined {
    const entry = this.#entries.get(path);
    if (!entry) return undefined;
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    return entry.value;
  }

  set(path: string, value: Value, size: number): void {
    this.delete(path);
    this.#entries.set(path, { value, size });
    this.#size += size;
  }

  delete(path: string): void {
    this.#size -= this.#entries.get(path)?.size ?? 0;
    this.#entries.delete(path);
  }

  clear(): void {
    this.#entries.clear();
    this.#size = 0;
  }

  /** Drops what was used longest ago, until the rest fits. */
  trim(): void {
    for (const [path] of this.#entries) {
      if (this.#size <= this.#room) return;
      this.delete(path);
    }
  }
}

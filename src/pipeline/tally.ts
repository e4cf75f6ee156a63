import { compareCodePoints } from "../base/mod.ts";
/** Counts how often each name comes; an absent name counts as `unknown`. */
export class Tally {
  readonly #counts = new Map<string, number>();

  /** Counts one more. */
  add(name: string | undefined): void {
    const key = name ?? "unknown";
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** The counts, most frequent first, ties by name. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#counts].sort((a, b) => b[1] - a[1] || compareCodePoints(a[0], b[0])),
    );
  }
}

import type { ManagerReport, OddKind } from "./types.ts";

/** Counts odd records by kind. */
export class OddCounter {
  readonly #counts = new Map<OddKind, number>();

  /** Counts one. */
  add(kind: OddKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** The counts, by kind in alphabetical order. */
  counts(): ManagerReport["odd"] {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

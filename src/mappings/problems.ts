/** A record that was left out, and why. */
export interface Problem {
  /** Where the record stands, such as `$.nodes[3]` or `pack@1.0.0`. */
  readonly path: string;
  readonly message: string;
}

const KEPT = 1_000;

/** Collects what was left out: every problem is counted, the first thousand are kept. */
export class ProblemList {
  readonly #kept: Problem[] = [];
  #count = 0;

  /** Adds one problem. */
  add(path: string, message: string): void {
    if (this.#count++ < KEPT) this.#kept.push({ path, message });
  }

  /** How many there were. */
  get count(): number {
    return this.#count;
  }

  /** The first of them. */
  get kept(): readonly Problem[] {
    return this.#kept;
  }
}

import type { Explanation } from "../git/explain.ts";

/** What a text of uv's means, with the values at fault. */
export interface UvExplanation extends Explanation {
  readonly details: Readonly<Record<string, unknown>>;
}

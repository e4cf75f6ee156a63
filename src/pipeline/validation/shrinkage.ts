import type { PublishedCounts } from "../../mappings/draft/mod.ts";
import type { FindingSink } from "./findings.ts";

/** The share of packages or signatures whose loss fails a run. */
export const SHRINKAGE_LIMIT = 0.05;

/** How two editions of the mappings are compared. */
export interface ShrinkageCheck {
  readonly sink: FindingSink;
  /** Reports a warning instead of an error. */
  readonly allowShrink?: boolean;
}

/**
 * Reports when the next edition of the mappings would publish at least 5 % fewer packages or signatures than the last.
 *
 * What the files hold is counted; their own statistics are not trusted.
 */
export function checkShrinkage(
  previous: PublishedCounts,
  next: PublishedCounts,
  { sink, allowShrink = false }: ShrinkageCheck,
): void {
  const pairs = [
    ["packages", previous.packages, next.packages],
    ["mappings", previous.signatures, next.signatures],
  ] as const;
  for (const [name, before, after] of pairs) {
    const lost = before - after;
    if (before === 0 || lost < before * SHRINKAGE_LIMIT) continue;
    const share = (100 * lost / before).toFixed(1);
    sink(
      allowShrink ? "warning" : "error",
      "SHRINKAGE",
      `$.${name}`,
      `${after} ${
        name === "packages" ? "packages" : "signatures"
      } are ${share} % fewer than the ${before} before`,
    );
  }
}

import type { RegistryCache } from "./store.ts";

/** What a cache says of its sweep and its last crawl. */
interface Facts {
  readonly swept_at?: string;
  readonly swept_to?: string;
  readonly crawled_at?: string;
}

const KEYS = ["swept_at", "swept_to", "crawled_at"] as const;

/**
 * Says of a merged cache how far its sweep came: as far as the part that came least far, so that nothing is passed over.
 *
 * @param attached Runs work while a part is attached as `part`.
 */
export function mergeMeta(
  target: RegistryCache,
  parts: readonly string[],
  attached: (path: string, work: () => void) => void,
): void {
  const all: Facts[] = [];
  const own = factsIn(target, "main");
  if (own.crawled_at) all.push(own);
  for (const path of parts) attached(path, () => all.push(factsIn(target, "part")));
  const least = all.toSorted((a, b) => compare(sweepOf(a), sweepOf(b)))[0] ?? {};
  const crawled = all.map((one) => one.crawled_at ?? "").sort().at(-1) ?? "";
  for (const key of ["swept_at", "swept_to"] as const) {
    const value = least[key];
    if (value === undefined) target.run("DELETE FROM meta WHERE key = ?", key);
    else target.setMeta(key, value);
  }
  target.setMeta("crawled_at", crawled);
  // It is whole, and what one of them left half-read is read anew.
  for (const key of ["shard", "reading packages", "reading versions"]) target.setMeta(key, "");
  target.checkpoint(0);
}

function sweepOf({ swept_at = "", swept_to = "" }: Facts): string {
  return `${swept_at} ${swept_to}`;
}

function factsIn({ database }: RegistryCache, schema: "main" | "part"): Facts {
  const rows = database.prepare(`SELECT key, value FROM ${schema}.meta`).all();
  const known = rows.filter(({ key }) => (KEYS as readonly unknown[]).includes(key));
  return Object.fromEntries(known.map(({ key, value }) => [String(key), String(value)]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { basename } from "node:path";
import type { IndexedModel } from "../types.ts";
import type { ModelIndex } from "./index.ts";

/** How many locations are ranked at most; words that fit more are too common to tell anything. */
const MOST_RANKED = 3000;

/** Models whose name or path has all words of a query. */
export interface ModelSearch {
  /** Best first. */
  readonly models: readonly IndexedModel[];
  /** Whether more fit. */
  readonly more: boolean;
}

/**
 * Searches names and paths below their roots; words may be parts of words.
 *
 * @param query Words; each must be there, case does not matter.
 * @param limit How many models at most.
 */
export function searchIndex(index: ModelIndex, query: string, limit: number): ModelSearch {
  const words = queryWords(query);
  if (words.length === 0) return { models: [], more: false };
  const columns = "SELECT model_id, relative_path FROM model_locations";
  // However common the words are, names that begin with the query are among what is ranked.
  const start = query.trim();
  const close = index.all(`${columns} WHERE name >= ? AND name < ? LIMIT ?`, [
    start,
    `${start}\u{10FFFF}`,
    MOST_RANKED,
  ]);
  const conditions = words.map(() => "relative_path LIKE ? ESCAPE '\\'").join(" AND ");
  // SQLite folds the case of ASCII alone, so the words stay as they were written.
  const patterns = start.split(/\s+/).map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  const rows = index.all(`${columns} INDEXED BY idx_location_name WHERE ${conditions} LIMIT ?`, [
    ...patterns,
    MOST_RANKED + 1,
  ]);
  const best = new Map<number, number>();
  for (const row of [...close, ...rows]) {
    const id = Number(row.model_id);
    const score = scoreOf(String(row.relative_path), query, words);
    best.set(id, Math.max(best.get(id) ?? 0, score));
  }
  const ranked = [...best].sort(([a, x], [b, y]) => y - x || a - b).map(([id]) => id);
  const more = ranked.length > limit || rows.length > MOST_RANKED;
  return { models: index.byIds(ranked.slice(0, limit)), more };
}

/** The words of a query, in lower case. */
export function queryWords(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/).filter((word) => word !== "");
}

/**
 * How well a path fits: the whole name, its beginning, all words in the name, or only in the path; shorter names win.
 *
 * @param path Below a root, with forward slashes.
 */
export function scoreOf(path: string, query: string, words: readonly string[]): number {
  const name = basename(path).toLowerCase();
  const wanted = query.trim().toLowerCase();
  const stem = name.replace(/\.[^.]*$/, "");
  const tidy = Math.max(0, 1 - name.length / 200);
  if (name === wanted || stem === wanted) return 4 + tidy;
  if (name.startsWith(wanted)) return 3 + tidy;
  return (words.every((word) => name.includes(word)) ? 2 : 1) + tidy;
}

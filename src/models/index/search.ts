import { basename } from "node:path";
import type { IndexedModel } from "../types.ts";
import { escapeLike, type ModelIndex } from "./index.ts";

/** How many locations are ranked at most; words that fit more are too common to tell anything. */
const MOST_RANKED = 3000;
/** What the trigrams of the index need. */
const SHORTEST_INDEXED = 3;

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
  const rows = index.all(
    `SELECT model_id, relative_path FROM model_locations WHERE ${conditionsOf(words)} LIMIT ?`,
    [...valuesOf(words), MOST_RANKED + 1],
  );
  const best = new Map<number, number>();
  for (const row of rows) {
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

function conditionsOf(words: readonly string[]): string {
  const indexed = words.some((word) => [...word].length >= SHORTEST_INDEXED)
    ? ["id IN (SELECT rowid FROM model_words WHERE model_words MATCH ?)"]
    : [];
  const short = words.filter((word) => [...word].length < SHORTEST_INDEXED);
  return [...indexed, ...short.map(() => "relative_path LIKE ? ESCAPE '\\'")].join(" AND ");
}

function valuesOf(words: readonly string[]): readonly string[] {
  const long = words.filter((word) => [...word].length >= SHORTEST_INDEXED);
  const short = words.filter((word) => [...word].length < SHORTEST_INDEXED);
  const match = long.map((word) => `"${word.replaceAll('"', '""')}"`).join(" AND ");
  return [...(long.length > 0 ? [match] : []), ...short.map((word) => `%${escapeLike(word)}%`)];
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

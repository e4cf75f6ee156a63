import { basename } from "node:path";
import type { IndexedModel } from "../types.ts";
import type { ModelIndex } from "./index.ts";
import type { Row } from "./rows.ts";

/** How many locations are ranked at most; words that fit more are too common to tell anything. */
const MOST_RANKED = 1000;
/** Fewer letters make no trigram. */
const TRIGRAM = 3;

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
  const start = query.trim();
  // However common the words are, names that begin with the query are among what is ranked.
  const close = index.all(
    "SELECT model_id, relative_path FROM model_locations WHERE name >= ? AND name < ? LIMIT ?",
    [start, `${start}\u{10FFFF}`, MOST_RANKED],
  );
  const rows = locationsWith(index, start.split(/\s+/));
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

/** Places whose path has all of the words; those of three letters and more come from the index of trigrams. */
function locationsWith(index: ModelIndex, words: readonly string[]): readonly Row[] {
  const isLong = (word: string) => [...word].length >= TRIGRAM;
  const long = words.filter(isLong);
  // SQLite folds the case of ASCII alone, so the words stay as they were written.
  const short = words.filter((word) => !isLong(word))
    .map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  const conditions = short.map(() => "relative_path LIKE ? ESCAPE '\\'");
  const columns = "SELECT model_id, place.relative_path AS relative_path FROM";
  if (long.length === 0) {
    return index.all(
      `${columns} model_locations AS place INDEXED BY idx_location_name
       WHERE ${conditions.join(" AND ")} LIMIT ?`,
      [...short, MOST_RANKED + 1],
    );
  }
  const match = long.map((word) => `"${word.replaceAll('"', '""')}"`).join(" AND ");
  return index.all(
    `${columns} model_paths CROSS JOIN model_locations AS place ON place.id = model_paths.rowid
     WHERE ${
      ["model_paths MATCH ?", ...conditions.map((one) => `place.${one}`)].join(" AND ")
    } LIMIT ?`,
    [match, ...short, MOST_RANKED + 1],
  );
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

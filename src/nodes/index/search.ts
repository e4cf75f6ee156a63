import type { DatabaseSync } from "node:sqlite";
import { likeness } from "../../base/mod.ts";
import { fold, nearestWord, queryWords, wordsNear } from "../../mappings/words/mod.ts";
import type { FindOptions } from "../types.ts";
import { plainName } from "./names.ts";

/** A package that a search found, by its place. */
export interface SearchRow {
  readonly place: number;
  readonly id: string;
  readonly version: string | null;
  /** Only its order means something. */
  readonly score: number;
}

/** What a search came to. */
export interface SearchRows {
  /** The words that were searched for: the query's own, or those next to them. */
  readonly words: readonly string[];
  readonly rows: readonly SearchRow[];
}

const DEFAULT_LIMIT = 20;
/** `nearestWord` forgives no more. */
const MOST_EDITS = 2;
/** So many of what a search finds are compared letter by letter. */
const MOST_COMPARED = 50;
/** Shorter texts are part of too many names. */
const SHORTEST_PART = 4;

// bm25 with a weight for each column: the name says most, the description least. A whole name or class name is meant
// as such; among equals what is installed comes first.
const RANKED = `
SELECT p.place AS place, p.id AS id, p.version AS version,
  t.text * p.weight
    * CASE WHEN p.place IN (SELECT value FROM json_each(:named)) THEN 20
           WHEN p.id IN (SELECT value FROM json_each(:providers)) THEN 10 ELSE 1 END
    * CASE WHEN p.id IN (SELECT value FROM json_each(:installed)) THEN 1.5 ELSE 1 END AS score
FROM (:TEXTS) AS t JOIN packages AS p ON p.place = t.place
ORDER BY score DESC, p.place LIMIT :limit`;
const BY_WORDS = RANKED.replace(
  ":TEXTS",
  `SELECT rowid AS place, -bm25(texts, 10, 3, 4, 4, 1) AS text FROM texts WHERE texts MATCH :match
   UNION ALL
   SELECT value AS place, 1 AS text FROM json_each(:named)
   WHERE NOT EXISTS (SELECT 1 FROM texts WHERE rowid = value AND texts MATCH :match)`,
);
const BY_PART = RANKED.replace(
  ":TEXTS",
  "SELECT DISTINCT place, 1 AS text FROM names WHERE instr(plain, :part) > 0",
);

/**
 * Searches the tables: all words first, then a part of a name, then the words next to those that nothing has, then any.
 *
 * @param query Words in any order; each may be the beginning of a word.
 */
export function searchTables(
  database: DatabaseSync,
  query: string,
  { limit = DEFAULT_LIMIT, installed = new Set() }: FindOptions,
): SearchRows {
  const words = queryWords(query);
  if (words.length === 0) return { words, rows: [] };
  const plain = plainName(query);
  const given = {
    named: JSON.stringify(placesNamed(database, query, plain)),
    providers: JSON.stringify(providersOf(database, query)),
    installed: JSON.stringify([...installed]),
    limit,
  };
  const search = (sql: string, more: Readonly<Record<string, string>>) =>
    database.prepare(sql).all({ ...given, ...more }).map(toRow);
  const byWords = (terms: readonly string[], joint: string) =>
    search(BY_WORDS, { match: terms.map((word) => `"${word}"*`).join(joint) });
  const exact = byWords(words, " AND ");
  if (exact.length > 0) return { words, rows: exact };
  const parts = plain.length < SHORTEST_PART ? [] : search(BY_PART, { part: plain });
  if (parts.length > 0) return { words, rows: parts };
  const near = nearWords(database, words);
  const corrected = byWords(near, " AND ");
  return {
    words: near,
    rows: corrected.length > 0 || near.length === 1 ? corrected : byWords(near, " OR "),
  };
}

/** Names of packages that a text is a part of, or a slip of the keys away from, the best first. */
export function nearestIds(database: DatabaseSync, id: string, limit: number): readonly string[] {
  const wanted = id.replace(/^.*\//, "");
  const plain = plainName(wanted);
  const { rows } = searchTables(database, wanted, { limit: MOST_COMPARED });
  const distances = new Map<number, number>();
  for (const { place, name } of namesAt(database, rows.map((row) => row.place))) {
    distances.set(place, Math.min(distanceOf(plain, name), distances.get(place) ?? Infinity));
  }
  const away = ({ place }: SearchRow) => distances.get(place) ?? Infinity;
  return rows.filter((row) => away(row) < Infinity).sort((a, b) => away(a) - away(b))
    .slice(0, limit).map((row) => row.id);
}

/** About every third letter may be wrong; names that only contain the text are farther away than any slip. */
function distanceOf(plain: string, name: string): number {
  const slips = likeness(plain, name);
  if (slips <= Math.max(1, plain.length / 3)) return slips;
  return plain.length >= SHORTEST_PART && name.includes(plain) ? MOST_COMPARED : Infinity;
}

function namesAt(
  database: DatabaseSync,
  places: readonly number[],
): readonly { readonly place: number; readonly name: string }[] {
  return database.prepare(
    "SELECT place, plain FROM names WHERE place IN (SELECT value FROM json_each(?))",
  ).all(JSON.stringify(places)).map((row) => ({
    place: Number(row["place"]),
    name: String(row["plain"]),
  }));
}

function toRow(row: Record<string, unknown>): SearchRow {
  const { place, id, version, score } = row;
  return {
    place: Number(place),
    id: String(id),
    version: version === null ? null : String(version),
    score: Number(score),
  };
}

function placesNamed(database: DatabaseSync, query: string, plain: string): readonly number[] {
  return database.prepare(
    "SELECT place FROM names WHERE plain = ? UNION SELECT place FROM packages WHERE id = ?",
  ).all(plain, query.trim()).map((row) => Number(row["place"]));
}

function providersOf(database: DatabaseSync, query: string): readonly string[] {
  return database.prepare(
    `SELECT DISTINCT entry.value ->> 'package_id' AS id
     FROM classes, json_each(classes.entries) AS signed, json_each(signed.value, '$.entries') AS entry
     WHERE classes.folded = ?`,
  ).all(fold(query.trim())).map((row) => String(row["id"]));
}

/** Puts the nearest known word in place of each that nothing begins with. */
function nearWords(database: DatabaseSync, words: readonly string[]): readonly string[] {
  const known = database.prepare("SELECT 1 FROM texts WHERE texts MATCH ? LIMIT 1");
  return words.map((word) =>
    known.get(`"${word}"*`)
      ? word
      : nearestWord(word, wordsNear(word, wordsLike(database, word))) ?? word
  );
}

/** The known words that are about as long as one, a line each, with how often they come. */
function wordsLike(database: DatabaseSync, word: string): string {
  return database.prepare("SELECT words FROM vocabulary WHERE letters BETWEEN ? AND ?")
    .all(word.length - MOST_EDITS, word.length + MOST_EDITS)
    .map((row) => String(row["words"])).join("\n");
}

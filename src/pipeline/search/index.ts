import { DatabaseSync } from "node:sqlite";
import type { Candidate } from "./candidates.ts";
import { wordsOf } from "../../mappings/words/mod.ts";

// Column weights of bm25: the name says most, then tags and class names, the description least.
const WEIGHTS = { name: 10, author: 3, tags: 4, classes: 4, description: 1 };
const MOST_ROWS = 4000;

/** A candidate that the full-text expression matches. */
export interface TextMatch {
  readonly candidate: Candidate;
  /** bm25, higher is better. */
  readonly score: number;
}

/**
 * Matches candidates against a query with SQLite's FTS5 and scores them by weighted bm25.
 *
 * @param candidates What may match.
 * @param expression An FTS5 expression.
 * @param total How many packages there are, candidates or not.
 */
export function matchText(
  candidates: readonly Candidate[],
  expression: string,
  total: number,
): TextMatch[] {
  const columns = Object.keys(WEIGHTS).join(", ");
  using database = new OpenDatabase(`
    PRAGMA journal_mode = OFF;
    CREATE VIRTUAL TABLE packages USING fts5(
      ${columns}, content = '', tokenize = 'unicode61 remove_diacritics 2');
    BEGIN`);
  const insert = database.handle.prepare(
    `INSERT INTO packages (rowid, ${columns}) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  candidates.forEach(({ id, found, classes }, index) => {
    insert.run(
      index + 1,
      indexText(`${id} ${found.display_name ?? ""}`),
      found.author ?? "",
      (found.tags ?? []).join(" "),
      indexText(classes.join(" ")),
      found.description ?? "",
    );
  });
  // bm25 weighs a word by how few rows have it; empty rows stand for the packages that are no candidates.
  const last = candidates.length;
  const rows = Math.max(2 * last + 2, Math.min(total, MOST_ROWS));
  for (let row = last + 1; row <= rows; row++) insert.run(row, "", "", "", "", "");
  return database.handle.prepare(
    `SELECT rowid AS row, -bm25(packages, ${Object.values(WEIGHTS).join(", ")}) AS score
     FROM packages WHERE packages MATCH ?`,
  ).all(expression).map((found) => ({
    candidate: candidates[Number(found["row"]) - 1]!,
    score: Number(found["score"]),
  }));
}

class OpenDatabase implements Disposable {
  readonly handle = new DatabaseSync(":memory:");

  constructor(schema: string) {
    this.handle.exec(schema);
  }

  [Symbol.dispose](): void {
    this.handle.close();
  }
}

function indexText(text: string): string {
  return wordsOf(text).join(" ");
}

import type { DatabaseSchema } from "../../base/database/mod.ts";

// The index answers how much is kept, and what is oldest, without touching the bodies.
const TABLES = `
CREATE TABLE answers (
  key TEXT PRIMARY KEY,
  status INTEGER NOT NULL,
  url TEXT NOT NULL,
  etag TEXT,
  content_type TEXT,
  checked_at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX answers_by_age ON answers (checked_at, size);
`;

/** The tables of the cache of answers. */
export const answerTables: DatabaseSchema = { version: 1, tables: TABLES };

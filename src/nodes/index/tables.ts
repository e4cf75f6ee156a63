import type { DatabaseSchema } from "../../base/database/mod.ts";

// `packages` and `names` are small enough to be read whole; records, which are long, are only read one by one.
// `place` is the rank by popularity, from 0. `weight` already says that what is withdrawn comes last.
// A row of `vocabulary` holds all words of one length, each with how often it comes.
const TABLES = `
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE packages (
  place INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  canonical TEXT NOT NULL,
  version TEXT,
  weight REAL NOT NULL
);
CREATE INDEX packages_by_repository ON packages (canonical, place);
CREATE TABLE records (place INTEGER PRIMARY KEY, record TEXT NOT NULL, classes TEXT NOT NULL);
CREATE TABLE names (
  plain TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (plain, place)
) WITHOUT ROWID;
CREATE TABLE classes (type TEXT PRIMARY KEY, folded TEXT NOT NULL, entries TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX classes_by_folded ON classes (folded);
CREATE VIRTUAL TABLE texts USING fts5(
  name, author, tags, classes, description,
  content = '', prefix = '2 3 4 5 6', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TABLE claims (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE vocabulary (letters INTEGER PRIMARY KEY, words TEXT NOT NULL);
`;

/** The tables of the node index; filling them can take seconds on a slow disk, which others wait for. */
export const indexTables: DatabaseSchema = { version: 2, tables: TABLES, busyMs: 60_000 };

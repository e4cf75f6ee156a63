/** Steps from one version of the tables to the next; the last one is kept in SQLite's `user_version`. */
export const MIGRATIONS: readonly string[] = [
  // One narrow index answers for names, and for words of one or two letters, which are sought in every path.
  `
CREATE TABLE models (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE,
  size INTEGER NOT NULL,
  local_path TEXT,
  original_name TEXT NOT NULL COLLATE NOCASE,
  last_seen TIMESTAMP,
  metadata JSON NOT NULL
);
CREATE TABLE model_hashes (
  model_id INTEGER NOT NULL,
  hash_type TEXT NOT NULL,
  hash_value TEXT NOT NULL,
  PRIMARY KEY (hash_type, hash_value),
  FOREIGN KEY (model_id) REFERENCES models(id) ON DELETE CASCADE
);
CREATE TABLE model_locations (
  id INTEGER PRIMARY KEY,
  model_id INTEGER NOT NULL REFERENCES models(id) ON DELETE CASCADE,
  directory TEXT NOT NULL,
  relative_path TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  folder TEXT,
  mtime_ns INTEGER NOT NULL,
  size INTEGER NOT NULL,
  inode INTEGER,
  device INTEGER,
  last_seen TIMESTAMP NOT NULL,
  UNIQUE (directory, relative_path)
);
CREATE TABLE model_sources (
  model_id INTEGER NOT NULL REFERENCES models(id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  url TEXT NOT NULL,
  meta JSON,
  PRIMARY KEY (model_id, url)
) WITHOUT ROWID;
CREATE INDEX idx_models_name ON models(name);
CREATE INDEX idx_models_path ON models(local_path);
CREATE INDEX idx_hash_value ON model_hashes(hash_value);
CREATE INDEX idx_hash_model ON model_hashes(model_id);
CREATE INDEX idx_models_original ON models(original_name);
CREATE INDEX idx_location_name ON model_locations(name, relative_path, model_id);
CREATE INDEX idx_location_model ON model_locations(model_id);
CREATE INDEX idx_location_inode ON model_locations(inode);
`,
  // Three letters at a time, so that parts of words are found without reading every path (https://sqlite.org/fts5.html,
  // "The Trigram Tokenizer"); the paths themselves are not kept twice.
  `
CREATE VIRTUAL TABLE model_paths USING fts5(
  relative_path, content = '', columnsize = 0, tokenize = 'trigram'
);
INSERT INTO model_paths (rowid, relative_path) SELECT id, relative_path FROM model_locations;
CREATE TRIGGER location_added AFTER INSERT ON model_locations BEGIN
  INSERT INTO model_paths (rowid, relative_path) VALUES (new.id, new.relative_path);
END;
CREATE TRIGGER location_removed AFTER DELETE ON model_locations BEGIN
  INSERT INTO model_paths (model_paths, rowid, relative_path)
    VALUES ('delete', old.id, old.relative_path);
END;
CREATE TRIGGER location_moved AFTER UPDATE OF id, relative_path ON model_locations BEGIN
  INSERT INTO model_paths (model_paths, rowid, relative_path)
    VALUES ('delete', old.id, old.relative_path);
  INSERT INTO model_paths (rowid, relative_path) VALUES (new.id, new.relative_path);
END;
`,
];

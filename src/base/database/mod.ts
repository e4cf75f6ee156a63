/**
 * SQLite files whose content can be had again: caches and indexes that begin anew when they are damaged.
 *
 * @example
 * ```ts
 * import { openRebuildable } from "./mod.ts";
 *
 * const database = openRebuildable("index.db", { version: 1, tables: "CREATE TABLE a (b)" });
 * database.prepare("SELECT count(*) FROM a").get();
 * database.close();
 * ```
 *
 * @module
 */
export { type DatabaseSchema, isDamage, openRebuildable, removeDatabase } from "./rebuildable.ts";

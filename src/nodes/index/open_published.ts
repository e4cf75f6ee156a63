import { DatabaseSync } from "node:sqlite";
import { exists } from "../../base/mod.ts";
import { removeDatabase } from "../../base/database/mod.ts";
import { readFacts } from "./facts.ts";
import { createNodeIndex, type WorkspaceNodeIndex } from "./node_index.ts";
import { STARTER_ORIGIN } from "./starter.ts";
import { indexTables } from "./tables.ts";

/**
 * Opens the index of a workspace as it is, when it holds published mappings; nothing is made, renewed or asked.
 *
 * @param path The SQLite file.
 * @returns Nothing when there is none, or when it only has what every comfydock brings.
 */
export async function openPublishedIndex(path: string): Promise<WorkspaceNodeIndex | undefined> {
  if (!await exists(path)) return undefined;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: indexTables.busyMs });
    const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
    const facts = version === indexTables.version ? readFacts(database) : undefined;
    if (facts && facts.origin !== STARTER_ORIGIN) {
      return createNodeIndex(database, facts, () => removeDatabase(path));
    }
  } catch (error) {
    // Whoever opens it to use it makes it anew.
    if (!(error instanceof Error)) throw error;
  }
  database?.close();
  return undefined;
}

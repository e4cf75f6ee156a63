import { basename } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { lookAt } from "../../workspace/mod.ts";
import type { DoctorWorld, Finding } from "./types.ts";

/** The files that SQLite keeps a database in. */
const SUFFIXES = ["", "-wal", "-shm"];
/** SQLite's own words for a database that somebody else has locked. */
const BUSY = /database is locked|database table is locked/i;

/** Lets SQLite check the databases; all that they hold can be gathered again. */
export async function checkIndexes({ workspace }: DoctorWorld): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const path of [workspace.apiCache, workspace.nodeIndex, workspace.modelIndex]) {
    if (!await lookAt(path)) continue;
    const fault = faultOf(path);
    if (fault === undefined) {
      found.push({ check: "indexes", severity: "ok", message: `${basename(path)} is sound` });
    } else if (BUSY.test(fault)) {
      const message = `${basename(path)} is in use, so it was not looked at`;
      found.push({ check: "indexes", severity: "info", message });
    } else {
      found.push({
        check: "indexes",
        severity: "error",
        message: `"${path}" is damaged: ${fault}`,
        hint:
          "Run comfydock doctor --fix, which moves it to the trash; it is gathered anew when it is needed",
        fix: { kind: "trash", paths: SUFFIXES.map((suffix) => path + suffix) },
      });
    }
  }
  return found;
}

function faultOf(path: string): string | undefined {
  try {
    using database = open(path);
    const rows = database.sqlite.prepare("PRAGMA quick_check(1)").all();
    const answer = rows.map((row) => String(Object.values(row)[0])).join("; ");
    return answer === "ok" ? undefined : answer;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function open(path: string): Disposable & { readonly sqlite: DatabaseSync } {
  const sqlite = new DatabaseSync(path, { readOnly: true, timeout: 1000 });
  return { sqlite, [Symbol.dispose]: () => sqlite.close() };
}

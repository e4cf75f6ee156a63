import assert from "node:assert/strict";
import { join } from "node:path";
import { type DatabaseSchema, openRebuildable } from "../../../src/base/database/mod.ts";

const schema: DatabaseSchema = { version: 2, tables: "CREATE TABLE notes (text TEXT)" };

function count(path: string, version = 2): number {
  const database = openRebuildable(path, { ...schema, version });
  const { n } = database.prepare("SELECT count(*) AS n FROM notes").get() as { n: number };
  database.exec("INSERT INTO notes VALUES ('x')");
  database.close();
  return n;
}

Deno.test("openRebuildable() keeps what is sound and makes anew what is damaged or of another version", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const path = join(directory, "below", "a.db");
    assert.deepEqual([count(path), count(path), count(path)], [0, 1, 2]);
    assert.deepEqual([count(path, 3), count(path, 3), count(path, 2)], [0, 1, 0]);
    for (
      const damage of ["", "not a database, and long enough to be read as a header ".repeat(3)]
    ) {
      await Deno.writeTextFile(path, damage);
      assert.deepEqual([count(path), count(path)], [0, 1]);
    }
    await Deno.writeTextFile(join(directory, "file"), "");
    assert.throws(() => count(join(directory, "file", "a.db")));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

import assert from "node:assert/strict";
import { listTree } from "../../../src/nodes/store/tree_entries.ts";
import { withTempDir } from "../../support/alone.ts";
import { writeFiles } from "../../support/node_world.ts";

Deno.test("a tree of too many files or directories is not walked to its end", async () => {
  await withTempDir(async (directory) => {
    await writeFiles(directory, { "a/b/c/x.py": "", "d/y.py": "", "z.py": "" });
    assert.equal((await listTree(directory, { most: 4 })).length, 3);
    const refused = { code: "NODE_TREE_UNSAFE" };
    const of = (why: RegExp) => ({ ...refused, message: why });
    await assert.rejects(listTree(directory, { most: 3 }), of(/over 3 directories/));
    await writeFiles(directory, { "1.py": "", "2.py": "" });
    await assert.rejects(listTree(directory, { most: 4 }), of(/over 4 files/));
  });
});

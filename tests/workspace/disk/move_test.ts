import assert from "node:assert/strict";
import { join } from "node:path";
import { clearTheWay, movePath } from "../../../src/workspace/disk/mod.ts";
import { otherFileSystem } from "../support/outside.ts";
import { readTree, writeTree } from "../support/tree.ts";
import { withDirectory } from "../support/workspace.ts";

const other = await otherFileSystem();

Deno.test("movePath() never replaces what exists", async () => {
  await withDirectory(async (directory) => {
    await writeTree(directory, { "a/x": "a", "b/x": "b", c: "c" });
    for (const to of ["b", "c"]) {
      await assert.rejects(movePath(join(directory, "a"), join(directory, to)), /exists/);
    }
    await movePath(join(directory, "a"), join(directory, "d"));
    assert.deepEqual(Object.keys(await readTree(directory)), ["b", "b/x", "c", "d", "d/x"]);
    await assert.rejects(movePath(join(directory, "a"), join(directory, "e")), /not exist/);
  });
});

Deno.test({
  name: "movePath() moves between file systems and leaves nothing on the way",
  ignore: other === undefined,
  fn: async () => {
    await withDirectory(async (directory) => {
      const elsewhere = await Deno.makeTempDir({ dir: other });
      try {
        await writeTree(directory, { "pack/a/b": "b" });
        await Deno.symlink("a", join(directory, "pack", "link"));
        const before = await readTree(join(directory, "pack"));
        await movePath(join(directory, "pack"), join(elsewhere, "pack"));
        assert.deepEqual(await readTree(join(elsewhere, "pack")), before);
        assert.deepEqual(await readTree(directory), {});
        // A killed move leaves a part beside the target, or a part of the source.
        const arriving = join(directory, ".back.comfydock-arriving");
        const gone = join(elsewhere, ".pack.comfydock-gone");
        await writeTree(arriving, { part: "part" });
        await writeTree(gone, { part: "part" });
        await movePath(join(elsewhere, "pack"), join(directory, "back"));
        await writeTree(arriving, { part: "part" });
        await writeTree(gone, { part: "part" });
        await clearTheWay(join(elsewhere, "pack"), join(directory, "back"));
        assert.deepEqual(await readTree(directory), {
          back: "directory",
          ...Object.fromEntries(Object.entries(before).map(([k, v]) => [`back/${k}`, v])),
        });
        assert.deepEqual(await readTree(elsewhere), {});
      } finally {
        await Deno.remove(elsewhere, { recursive: true });
      }
    });
  },
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { linkDirectory } from "../../../src/workspace/mod.ts";
import { readTree, writeTree } from "../support/tree.ts";
import { withDirectory } from "../support/workspace.ts";

Deno.test("a link is made once, pointed elsewhere when asked, also when it dangles", async () => {
  await withDirectory(async (directory) => {
    await writeTree(directory, { "one/x": "1", "two/x": "2" });
    const path = join(directory, "ComfyUI", "models");
    const read = () => Deno.readTextFile(join(path, "x"));
    assert.equal(await linkDirectory(path, join(directory, "one")), "made");
    assert.equal(await linkDirectory(path, join(directory, "one")), "kept");
    assert.equal(await read(), "1");
    assert.equal(await linkDirectory(path, join(directory, "two")), "retargeted");
    assert.equal(await read(), "2");
    await Deno.remove(join(directory, "two"), { recursive: true });
    assert.equal(await linkDirectory(path, join(directory, "one")), "retargeted");
    assert.equal(await read(), "1");
    assert.deepEqual(Object.keys(await readTree(join(directory, "ComfyUI"))), ["models"]);
  });
});

Deno.test("a link never takes the place of a file or directory", async () => {
  await withDirectory(async (directory) => {
    await writeTree(directory, { "models/precious": "model", file: "text", "target/x": "x" });
    const before = await readTree(directory);
    for (const name of ["models", "file"]) {
      await assert.rejects(linkDirectory(join(directory, name), join(directory, "target")), {
        code: "LINK_OCCUPIED",
      });
    }
    assert.deepEqual(await readTree(directory), before);
  });
});

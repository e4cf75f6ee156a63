import assert from "node:assert/strict";
import { silentReporter } from "../../../src/base/mod.ts";
import { verifyModels } from "../../../src/models/tidy/mod.ts";
import { sampleModel } from "../../support/model_files.ts";
import { withModelTree } from "../support/model_tree.ts";

Deno.test("what is gone, was written or rots is told; rot only where every byte is read", async () => {
  await withModelTree(async ({ write, scan, index }) => {
    await write("sound.safetensors", "sound");
    const gone = await write("gone.safetensors", "gone");
    const written = await write("written.safetensors", "written");
    const rotten = await write("rotten.safetensors", "rotten");
    await scan();
    const verify = async (full: boolean) => {
      const { checked, problems } = await verifyModels(index, { full, report: silentReporter });
      assert.equal(checked, 4);
      return problems.map(({ code, path }) => `${code} ${path}`).sort();
    };
    assert.deepEqual(await verify(true), []);
    await Deno.remove(gone);
    await Deno.writeFile(written, sampleModel("longer than before"));
    const { mtime } = await Deno.stat(rotten);
    await Deno.writeFile(rotten, sampleModel("ROTTEN"));
    await Deno.utime(rotten, mtime!, mtime!);
    const known = [`FILE_NOT_FOUND ${gone}`, `MODEL_CHANGED ${written}`];
    assert.deepEqual(await verify(false), known);
    assert.deepEqual(await verify(true), [...known, `MODEL_CHANGED ${rotten}`].sort());
  });
});

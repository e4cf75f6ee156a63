import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { withModelKnowledge } from "../../../../src/environment/workflows/resolve/local_models.ts";
import { readManifest } from "../../../../src/pyproject/mod.ts";
import { withEnvironment } from "../../../support/environment_fixture.ts";
import { sampleModel } from "../../../support/model_files.ts";
import { runInProcess } from "../../../support/run_in_process.ts";

Deno.test("a model keeps its folder for workflows when a directory above the models was scanned", async () => {
  await withEnvironment(async (fixture) => {
    const { workspace: { defaultModels }, environment: { manifest } } = fixture;
    await Deno.mkdir(join(defaultModels, "loras", "styles"), { recursive: true });
    await Deno.writeFile(
      join(defaultModels, "loras", "styles", "a.safetensors"),
      sampleModel("a"),
    );
    const read = readManifest(await Deno.readTextFile(manifest), manifest);
    for (const argv of [["model", "scan"], ["model", "scan", dirname(defaultModels)]]) {
      const { code, stderr } = await fixture.cli(argv);
      assert.equal(code, 0, stderr);
      await withModelKnowledge(fixture.world(), read, ({ local }) => {
        const found = local.named("a.safetensors").map(({ folder, path }) => [folder, path]);
        assert.deepEqual(found, [["loras", "styles/a.safetensors"]]);
        return Promise.resolve();
      });
    }
  });
});

Deno.test("close names are offered with the closest first", async () => {
  await withEnvironment(async (fixture) => {
    const { workspace: { defaultModels }, environment: { manifest } } = fixture;
    await Deno.mkdir(join(defaultModels, "loras"), { recursive: true });
    for (const name of ["dreamshaper_xl_turbo_pruned", "dreamshaper_8x", "other"]) {
      const path = join(defaultModels, "loras", `${name}.safetensors`);
      await Deno.writeFile(path, sampleModel(name));
    }
    assert.equal((await runInProcess(["model", "scan"], { env: fixture.env })).code, 0);
    const read = readManifest(await Deno.readTextFile(manifest), manifest);
    await withModelKnowledge(fixture.world(), read, ({ local }) => {
      const found = local.close("dreamshaper_8.safetensors", 3).map(({ path }) => path);
      assert.deepEqual(found, [
        "dreamshaper_8x.safetensors",
        "dreamshaper_xl_turbo_pruned.safetensors",
      ]);
      return Promise.resolve();
    });
  });
});

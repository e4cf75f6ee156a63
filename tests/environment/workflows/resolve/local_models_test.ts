import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { withModelKnowledge } from "../../../../src/environment/workflows/resolve/local_models.ts";
import { readManifest } from "../../../../src/pyproject/mod.ts";
import { withEnvironment } from "../../../support/environment_fixture.ts";
import { sampleModel } from "../../../support/model_files.ts";

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

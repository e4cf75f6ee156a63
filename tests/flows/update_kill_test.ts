import assert from "node:assert/strict";
import { join } from "node:path";
import { updateEnvironment } from "../../src/environment/mod.ts";
import { withEnvironment } from "../support/environment_fixture.ts";
import { killEverywhere } from "../support/kill_story.ts";

Deno.test("update that is killed anywhere has happened or has not; what people put into ComfyUI stays", async () => {
  await withEnvironment(async (fixture) => {
    const { environment: { comfyui } } = fixture;
    const mine = [join(comfyui, "input", "mine.png"), join(comfyui, "extra_model_paths.yaml")];
    await killEverywhere(fixture, {
      argv: ["update", "--comfyui", "v0.1.0"],
      prepare: async () => {
        for (const path of mine) await Deno.writeTextFile(path, "mine");
      },
      act: (world) => updateEnvironment(world, { wanted: "v0.1.0" }),
    });
    for (const path of mine) assert.equal(await Deno.readTextFile(path), "mine");
    assert.equal((await fixture.cli(["validate"])).code, 0);
  });
});

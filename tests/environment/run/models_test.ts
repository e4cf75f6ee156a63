import assert from "node:assert/strict";
import { join } from "node:path";
import { silentReporter } from "../../../src/base/mod.ts";
import { linkModels } from "../../../src/environment/mod.ts";
import { makeRunnable, prepareRun } from "../../../src/environment/run/start.ts";
import { withRunnable } from "../../support/running.ts";

Deno.test("a run first names directories of models that are new, where ComfyUI sees them by a list", async () => {
  await withRunnable(async ({ world }) => {
    const opened = world();
    const { models, environment: { comfyui } } = opened;
    const link = () => Promise.reject(new Error("Not allowed"));
    await linkModels(models, comfyui, silentReporter, { link });
    await Deno.mkdir(join(models, "upscale_models"), { recursive: true });
    const plan = await prepareRun(opened, {
      mode: "foreground",
      port: "auto",
      args: [],
      sync: false,
    });
    await makeRunnable(opened, plan);
    const list = await Deno.readTextFile(join(comfyui, "extra_model_paths.yaml"));
    assert.match(list, /"upscale_models": "upscale_models"/);
  });
});

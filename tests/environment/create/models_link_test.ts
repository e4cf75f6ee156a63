import assert from "node:assert/strict";
import { join } from "node:path";
import { silentReporter, type WorkEvent } from "../../../src/base/mod.ts";
import { readModelsState } from "../../../src/environment/comfyui/models_state.ts";
import { linkModels } from "../../../src/environment/mod.ts";

async function withPlaces(
  work: (models: string, comfyui: string) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    const comfyui = join(root, "ComfyUI");
    await Deno.mkdir(join(comfyui, "models", "loras"), { recursive: true });
    await Deno.writeTextFile(join(comfyui, "models", "loras", "put_loras_here"), "");
    await Deno.writeTextFile(join(comfyui, "models", "loras", "one.yaml"), "a: 1");
    await work(join(root, "shared"), comfyui);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("linkModels() puts a link in the place of what came with ComfyUI, which is copied over first", async () => {
  await withPlaces(async (models, comfyui) => {
    assert.equal(await linkModels(models, comfyui, silentReporter), "linked");
    assert.equal(await Deno.readLink(join(comfyui, "models")), models);
    assert.equal(await Deno.readTextFile(join(models, "loras", "one.yaml")), "a: 1");
    assert.equal(await linkModels(models, comfyui, silentReporter), "linked");
  });
});

Deno.test("a directory with models of its own is never replaced; a list of paths takes the link's place", async () => {
  await withPlaces(async (models, comfyui) => {
    // However small: an embedding has a few kilobytes.
    const own = join(comfyui, "models", "embeddings", "mine.pt");
    await Deno.mkdir(join(own, ".."), { recursive: true });
    await Deno.writeTextFile(own, "numbers");
    assert.equal(await linkModels(models, comfyui, silentReporter), "listed");
    assert.equal(await Deno.readTextFile(own), "numbers");
    const list = await Deno.readTextFile(join(comfyui, "extra_model_paths.yaml"));
    assert.ok(list.includes(JSON.stringify(models)) && list.includes('"loras": "loras"'));
  });
});

Deno.test("a file that differs from the shared one of its name is content", async () => {
  await withPlaces(async (models, comfyui) => {
    await Deno.mkdir(join(models, "loras"), { recursive: true });
    await Deno.writeTextFile(join(models, "loras", "one.yaml"), "a: 2");
    assert.equal(await linkModels(models, comfyui, silentReporter), "listed");
    assert.equal(await Deno.readTextFile(join(comfyui, "models", "loras", "one.yaml")), "a: 1");
    assert.equal(await Deno.readTextFile(join(models, "loras", "one.yaml")), "a: 2");
  });
});

Deno.test("where links are not allowed, a list of paths is written", async () => {
  await withPlaces(async (models, comfyui) => {
    const link = () => Promise.reject(new Error("Not allowed"));
    assert.equal(await linkModels(models, comfyui, silentReporter, { link }), "listed");
    const path = join(comfyui, "extra_model_paths.yaml");
    assert.match(await Deno.readTextFile(path), /^# Written by comfydock/);
  });
});

Deno.test("a list of paths goes when a link is possible again, and new directories make it old", async () => {
  await withPlaces(async (models, comfyui) => {
    const link = () => Promise.reject(new Error("Not allowed"));
    const list = join(comfyui, "extra_model_paths.yaml");
    assert.equal(await readModelsState(models, comfyui), "unlisted");
    await linkModels(models, comfyui, silentReporter, { link });
    assert.equal(await readModelsState(models, comfyui), "found");
    await Deno.mkdir(join(models, "upscale_models"));
    assert.equal(await readModelsState(models, comfyui), "outdated");
    await linkModels(models, comfyui, silentReporter, { link });
    assert.match(await Deno.readTextFile(list), /"upscale_models": "upscale_models"/);
    assert.equal(await readModelsState(join(models, "..", "other"), comfyui), "outdated");
    await linkModels(models, comfyui, silentReporter);
    await assert.rejects(Deno.stat(list), Deno.errors.NotFound);
    assert.equal(await readModelsState(models, comfyui), "found");
    assert.equal(await readModelsState(join(models, "loras"), comfyui), "theirs");
    await Deno.remove(models, { recursive: true });
    assert.equal(await readModelsState(models, comfyui), "broken");
  });
});

Deno.test("a user's own list of paths is left alone, and a warning says what it lacks", async () => {
  await withPlaces(async (models, comfyui) => {
    const list = join(comfyui, "extra_model_paths.yaml");
    await Deno.writeTextFile(list, "mine: {}\n");
    const warnings: string[] = [];
    const report = {
      emit: (event: WorkEvent) => void (event.kind === "warned" && warnings.push(event.message)),
    };
    const link = () => Promise.reject(new Error("Not allowed"));
    await linkModels(models, comfyui, report, { link });
    assert.equal(await Deno.readTextFile(list), "mine: {}\n");
    assert.ok(warnings.some((message) => message.includes(list) && message.includes(models)));
    assert.equal(await readModelsState(models, comfyui), "theirs");
    await linkModels(models, comfyui, silentReporter);
    assert.equal(await Deno.readTextFile(list), "mine: {}\n");
  });
});

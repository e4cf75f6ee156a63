import assert from "node:assert/strict";
import { join } from "node:path";
import { silentReporter } from "../../../src/base/mod.ts";
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
    const own = join(comfyui, "models", "loras", "mine.safetensors");
    await using file = await Deno.open(own, { create: true, write: true });
    await file.truncate(2 * 1024 ** 2);
    assert.equal(await linkModels(models, comfyui, silentReporter), "listed");
    assert.equal((await Deno.stat(own)).size, 2 * 1024 ** 2);
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

Deno.test("where links are not allowed, a list of paths is written, and one of the user's is left alone", async () => {
  await withPlaces(async (models, comfyui) => {
    const link = () => Promise.reject(new Error("Not allowed"));
    assert.equal(await linkModels(models, comfyui, silentReporter, { link }), "listed");
    const path = join(comfyui, "extra_model_paths.yaml");
    assert.match(await Deno.readTextFile(path), /^# Written by comfydock/);
    await Deno.writeTextFile(path, "mine: {}\n");
    await linkModels(models, comfyui, silentReporter, { link });
    assert.equal(await Deno.readTextFile(path), "mine: {}\n");
  });
});

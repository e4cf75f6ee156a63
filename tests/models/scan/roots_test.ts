import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { locationPath } from "../../../src/models/index/mod.ts";
import { sampleModel } from "../../support/model_files.ts";
import { withModelTree } from "../support/model_tree.ts";

async function put(path: string, content: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, sampleModel(content));
}

Deno.test("another ComfyUI is scanned with its extra_model_paths.yaml, and folders get ComfyUI's names", async () => {
  await withModelTree(async ({ root, scan, index }) => {
    const comfyui = join(root, "ComfyUI");
    await put(join(comfyui, "models", "unet", "a.gguf.safetensors"), "a");
    await put(join(comfyui, "models", "clip", "b.safetensors"), "b");
    await put(join(root, "webui", "models", "Lora", "c.safetensors"), "c");
    await put(join(root, "webui", "models", "own", "d.safetensors"), "d");
    await Deno.writeTextFile(join(comfyui, "main.py"), "");
    await Deno.writeTextFile(
      join(comfyui, "extra_model_paths.yaml"),
      "a111:\n  base_path: ../webui/models\n  loras: Lora\n  my_pack: own\n  vae: none\n",
    );
    const report = await scan([comfyui]);
    assert.deepEqual(report.problems, []);
    const folders = index.models().flatMap(({ locations }) =>
      locations.map((location) => [
        locationPath(location).slice(root.length + 1).replaceAll("\\", "/"),
        location.folder,
      ])
    );
    assert.deepEqual(Object.fromEntries(folders), {
      "ComfyUI/models/unet/a.gguf.safetensors": "diffusion_models",
      "ComfyUI/models/clip/b.safetensors": "text_encoders",
      "webui/models/Lora/c.safetensors": "loras",
      "webui/models/own/d.safetensors": "my_pack",
    });
    assert.equal((await scan([comfyui])).unchanged, 4);
  });
});

Deno.test("below a directory that is no place of models, those of ComfyUI keep their folders", async () => {
  await withModelTree(async ({ root, scan, index }) => {
    const path = join(root, "home", "ComfyUI", "models", "unet", "a.safetensors");
    await put(path, "a");
    await put(join(root, "home", "unet", "models.safetensors"), "b");
    await scan([root]);
    const folders = index.models().flatMap(({ locations }) =>
      locations.map((location) => [locationPath(location) === path, location.folder])
    );
    assert.deepEqual(folders.sort(), [[false, undefined], [true, "diffusion_models"]]);
  });
});

Deno.test("what is named and missing or broken is told, and the rest is scanned", async () => {
  await withModelTree(async ({ root, models, write, scan, held }) => {
    const path = await write("a.safetensors", "a");
    const yaml = join(root, "extra_model_paths.yaml");
    await Deno.writeTextFile(yaml, "a: [1, 2\n");
    const { problems } = await scan([join(root, "none"), path, yaml, models]);
    assert.deepEqual(problems.map(({ code }) => code), [
      "FILE_NOT_FOUND",
      "FILE_UNREADABLE",
      "MODEL_PATHS_INVALID",
    ]);
    assert.equal(Object.keys(held()).length, 1);
  });
});

Deno.test("a root that is not there for the moment is not forgotten", async () => {
  await withModelTree(async ({ root, models, write, scan, held }) => {
    await write("a.safetensors", "a");
    await scan();
    await Deno.rename(models, join(root, "unplugged"));
    const { problems, removed } = await scan();
    assert.deepEqual([problems.length, removed], [1, 0]);
    assert.equal(Object.keys(held()).length, 1);
  });
});

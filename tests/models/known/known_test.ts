import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readModelFolders } from "../../../src/models/folders/mod.ts";
import {
  buildKnownModels,
  knownByName,
  readKnownModels,
  searchKnown,
} from "../../../src/models/known/mod.ts";

const folders = await readModelFolders();

const entry = (more: Readonly<Record<string, unknown>>) => ({
  name: "A model",
  type: "checkpoint",
  base: "SDXL",
  save_path: "default",
  filename: "a.safetensors",
  url: "https://huggingface.co/me/a/resolve/main/a.safetensors",
  size: "4.71MB",
  ...more,
});
const template = (models: readonly unknown[]) => ({ nodes: [{ properties: { models } }] });

Deno.test("the list joins both origins: one entry for a file of a folder, with all its addresses", () => {
  const models = buildKnownModels(
    {
      models: [
        entry({}),
        entry({ filename: "u.gguf", save_path: "unet/flux", base: "FLUX.1", size: "?" }),
        entry({
          url: "https://huggingface.co/me/b/blob/main/b.pth",
          filename: "b.pth",
          type: "upscale",
        }),
        entry({ filename: "<huggingface>", url: "me/whole" }),
        entry({ filename: "run.py" }),
      ],
    },
    [
      template([
        {
          name: "a.safetensors",
          url: "https://huggingface.co/x/a/resolve/main/a.safetensors?download=true",
          directory: "checkpoints",
        },
        {
          name: "t5.safetensors",
          url: "https://huggingface.co/x/t5.safetensors",
          directory: "clip",
          hash: "AB".repeat(32),
          hash_type: "SHA256",
        },
        { name: "bad", url: "ftp://x", directory: "vae" },
        null,
      ]),
      {
        definitions: {
          subgraphs: [
            template([{
              name: "a.safetensors",
              url: "https://huggingface.co/x/a/resolve/main/a.safetensors",
              directory: "checkpoints",
            }]),
          ],
        },
      },
    ],
    folders,
  );
  assert.deepEqual(models, [
    {
      name: "a.safetensors",
      folder: "checkpoints",
      urls: [
        "https://huggingface.co/me/a/resolve/main/a.safetensors",
        "https://huggingface.co/x/a/resolve/main/a.safetensors",
      ],
      base: "SDXL",
      size: 4_710_000,
      template: true,
    },
    {
      name: "b.pth",
      folder: "upscale_models",
      urls: ["https://huggingface.co/me/b/resolve/main/b.pth"],
      base: "SDXL",
      size: 4_710_000,
    },
    {
      name: "t5.safetensors",
      folder: "text_encoders",
      urls: ["https://huggingface.co/x/t5.safetensors"],
      template: true,
      sha256: "ab".repeat(32),
    },
    {
      name: "u.gguf",
      folder: "diffusion_models/flux",
      urls: ["https://huggingface.co/me/a/resolve/main/a.safetensors"],
      base: "FLUX.1",
    },
  ]);
});

Deno.test("models of one name that differ in base or size stay apart", () => {
  const models = buildKnownModels(
    {
      models: [
        entry({}),
        entry({ base: "SD1.5", url: "https://huggingface.co/other/a.safetensors" }),
      ],
    },
    [],
    folders,
  );
  assert.deepEqual(models.map(({ base }) => base), ["SDXL", "SD1.5"]);
});

Deno.test("the shipped list is found by words and by name, and models can be left out of the answer", async () => {
  const fromLines = await searchKnown("vae sa", 500);
  const models = await readKnownModels();
  assert.ok(fromLines.length > 10);
  assert.deepEqual(await searchKnown("vae sa", 500), fromLines);
  assert.ok(models.length > 800 && models.filter((each) => each.template).length > 300);
  for (const { name, folder, urls } of models) {
    assert.ok(folders.isModelFile(name) && folder !== "" && urls.length > 0, name);
    assert.ok(urls.every((url) => /^https?:\/\//.test(url)), name);
  }
  const [best] = await searchKnown("SDXL vae", 5);
  assert.equal(best?.folder.split("/")[0], "vae");
  const named = await knownByName("AE.safetensors");
  assert.ok(named.length > 0 && named.every(({ name }) => name === "ae.safetensors"));
  const except = ({ name }: { readonly name: string }) => name === "ae.safetensors";
  assert.deepEqual(await knownByName("ae.safetensors", { except }), []);
  assert.ok((await searchKnown("ae.safetensors", 50, { except })).every((each) => !except(each)));
  assert.deepEqual(await searchKnown("  ", 5), []);
});

Deno.test("the shipped list is small", async () => {
  const text = JSON.stringify(await readKnownModels());
  assert.ok(gzipSync(text).length < 100_000);
});

import { deepEqual, equal } from "node:assert/strict";
import { analyzeWorkflow, readLoaderTable } from "../../../src/workflows/dependencies/mod.ts";
import { readWorkflow } from "../../../src/workflows/graph/mod.ts";
import { openWorkflow } from "../../../src/workflows/open.ts";
import { templateWorkflows } from "../../support/template_workflows.ts";

const table = await readLoaderTable();

function analyze(data: unknown) {
  return analyzeWorkflow(readWorkflow(JSON.stringify(data), "test.json"), table);
}

function modelsOf(...nodes: readonly Record<string, unknown>[]) {
  const { models } = analyze({ nodes: nodes.map((node, index) => ({ id: index + 1, ...node })) });
  return models.map(({ value, folders, evidence }) => [value, folders.join(), evidence]);
}

const CASES: readonly [string, Record<string, unknown>, readonly (readonly string[])[]][] = [
  ["a loader's widget", { type: "LoraLoader", widgets_values: ["a\\b.safetensors", 1, 1] }, [[
    "a\\b.safetensors",
    "loras",
    "loader",
  ]]],
  ["both widgets of a loader with two", {
    type: "CheckpointLoader",
    widgets_values: ["v1.yaml", "m.ckpt"],
  }, [["v1.yaml", "configs", "loader"], ["m.ckpt", "checkpoints", "loader"]]],
  ["a loader's widget by name", {
    type: "DualCLIPLoader",
    widgets_values: { clip_name2: "b.safetensors", clip_name1: "a.safetensors" },
  }, [["b.safetensors", "text_encoders", "loader"], ["a.safetensors", "text_encoders", "loader"]]],
  ["no word that a loader offers besides files", {
    type: "VAELoader",
    widgets_values: ["pixel_space"],
  }, []],
  ["any text of an unknown class that ends like a model", {
    type: "Mine",
    widgets_values: ["x", "m.GGUF"],
  }, [["m.GGUF", "", "extension"]]],
  ["texts inside of lists and objects", {
    type: "Power Lora Loader (rgthree)",
    widgets_values: [{}, { on: true, lora: "a.safetensors" }],
  }, [["a.safetensors", "", "extension"]]],
  ["embeddings in prompts", {
    type: "CLIPTextEncode",
    widgets_values: ["(embedding:easy:1.2), embedding:sub/bad"],
  }, [["easy", "embeddings", "embedding"], ["sub/bad", "embeddings", "embedding"]]],
  ["no embeddings in notes", { type: "Note", widgets_values: ["use embedding:easy"] }, []],
  ["no address", { type: "Mine", widgets_values: ["https://host/m.safetensors"] }, []],
  ["what only the properties name", {
    type: "Mine",
    properties: { models: [{ name: "m.bin", directory: "vae" }, null, { name: 1 }] },
  }, [["m.bin", "vae", "embedded"]]],
];

for (const [what, node, wanted] of CASES) {
  Deno.test(`models are found: ${what}`, () => deepEqual(modelsOf(node), wanted));
}

Deno.test("the editor's own knowledge of a model goes before the table, once for each place", () => {
  const models = [{
    name: "a.safetensors",
    url: "https://host/a.safetensors",
    directory: "loras",
    hash: "ab",
    hash_type: "SHA256",
  }];
  const node = {
    id: 1,
    type: "LoraLoader",
    widgets_values: ["sub/a.safetensors"],
    properties: { models },
  };
  const { models: found } = analyze({ nodes: [node] });
  equal(found.length, 1);
  deepEqual(found[0]?.embedded, {
    name: "a.safetensors",
    url: "https://host/a.safetensors",
    directory: "loras",
    hash: "ab",
    hashType: "SHA256",
    path: ["nodes", 0, "properties", "models", 0],
  });
  deepEqual(found[0]?.path, ["nodes", 0, "widgets_values", 0]);
});

Deno.test("a value that an instance of a subgraph sets is a file of the loader inside, however deep", () => {
  const link = (
    to: number,
  ) => [{ id: 1, origin_id: -10, origin_slot: 0, target_id: to, target_slot: 0, type: "COMBO" }];
  const input = { name: "vae_name", type: "COMBO", widget: { name: "vae_name" } };
  const { models } = analyze({
    nodes: [{ id: 9, type: "outer", widgets_values: ["a.safetensors"] }],
    definitions: {
      subgraphs: [
        {
          id: "outer",
          inputs: [{ name: "vae_name" }],
          nodes: [{ id: 2, type: "inner", inputs: [input] }],
          links: link(2),
        },
        {
          id: "inner",
          inputs: [{ name: "vae_name" }],
          nodes: [{ id: 3, type: "VAELoader", inputs: [input], widgets_values: ["b.safetensors"] }],
          links: link(3),
        },
      ],
    },
  });
  deepEqual(models.map(({ value, folders }) => [value, folders.join()]), [
    ["a.safetensors", "vae,vae_approx"],
    ["b.safetensors", "vae,vae_approx"],
  ]);
});

Deno.test("classes are listed once for each way in which they are asked for; subgraphs and groups are none", () => {
  const { nodes } = analyze({
    nodes: [
      {
        id: 1,
        type: "A",
        inputs: [{ name: "image", type: "IMAGE" }],
        properties: { cnr_id: "pack", ver: "1.0" },
      },
      {
        id: 2,
        type: "A",
        inputs: [{ name: "image", type: "IMAGE" }],
        properties: { cnr_id: "pack", ver: "1.0" },
        mode: 4,
      },
      { id: 3, type: "A", properties: { aux_id: "me/pack" } },
      { id: 4, type: "sub" },
    ],
    definitions: { subgraphs: [{ id: "sub", nodes: [] }] },
  });
  deepEqual(
    nodes.map((
      { type, registryId, repository, places },
    ) => [type, registryId, repository, places.length]),
    [
      ["A", "pack", undefined, 2],
      ["A", undefined, "me/pack", 1],
    ],
  );
  deepEqual([nodes[0]?.signature.length, nodes[1]?.signature], [8, "_"]);
  equal(nodes[0]?.places[1]?.mode, "bypassed");
});

Deno.test("input files and addresses in notes are found", () => {
  const { inputs, links } = analyze({
    nodes: [
      { id: 1, type: "LoadImage", widgets_values: ["cat.png", "image"] },
      {
        id: 2,
        type: "MarkdownNote",
        widgets_values: ["[a](https://host/x/a%20b.safetensors?download=true) https://host/page"],
      },
    ],
  });
  deepEqual(inputs.map(({ value }) => value), ["cat.png"]);
  deepEqual(links.map(({ url, name }) => [url, name]), [[
    "https://host/x/a%20b.safetensors?download=true",
    "a b.safetensors",
  ]]);
});

Deno.test("every model that ComfyUI's own templates name is found with the folder it belongs to", async () => {
  const found = { embedded: 0, loader: 0, extension: 0, embedding: 0 };
  for await (const [name, path] of templateWorkflows()) {
    for (
      const { evidence, folders, embedded } of analyzeWorkflow(openWorkflow(path).workflow, table)
        .models
    ) {
      found[evidence]++;
      equal(folders.length > 0, true, name);
      if (embedded?.directory) equal(folders.includes(embedded.directory), true, name);
    }
  }
  deepEqual(found, { embedded: 1_204, loader: 316, extension: 0, embedding: 0 });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import type { FindOptions, WorkspaceNodeIndex } from "../../../src/nodes/mod.ts";
import { MappingsBuilder } from "../../support/mappings_builder.ts";
import { withIndexOf } from "../../support/node_index.ts";

const sample = new MappingsBuilder()
  .withPackage("comfyui-impact-pack", {
    display_name: "ComfyUI Impact Pack",
    author: "Dr.Lt.Data",
    description: "Detectors and detailers that enhance faces",
    repository: "https://github.com/ltdrdata/ComfyUI-Impact-Pack",
    tags: ["detailer"],
    github_stars: 2_000,
  })
  .withPackage("pack-of-impact", {
    display_name: "Other",
    description: "impact pack",
    downloads: 9,
  })
  .withPackage("rgthree-comfy", { display_name: "rgthree's nodes", downloads: 900_000 })
  .withPackage("small-lora", { display_name: "Small Lora", downloads: 5 })
  .withPackage("large-lora", { display_name: "Large Lora", downloads: 500_000 })
  .withPackage("upscale-kit", { display_name: "Kit", description: "nothing to see" })
  .withPackage("tagged", { display_name: "Tagged", tags: ["upscaling"] })
  .withPackage("told", { display_name: "Told", description: "does upscaling of images" })
  .withPackage("gone", {
    display_name: "Vanished Sampler",
    downloads: 9_000_000,
    missing_since: "2026-01-01T00:00:00Z",
  })
  .withPackage("here", { display_name: "Present Sampler", downloads: 10 })
  .withPackage("müll-münchen", { display_name: "Größe ändern" })
  .withPackage("manager_someone_lonely", {
    display_name: "Lonely",
    repository: "https://github.com/someone/lonely",
    source: "manager",
    versions: {},
  })
  .withNode("FaceDetailer", ["comfyui-impact-pack"])
  .withNode("Power Lora Loader (rgthree)", ["rgthree-comfy"])
  .withNode("KSampler Advanced Plus", ["told"])
  .build();

function firsts(index: WorkspaceNodeIndex, query: string, options?: FindOptions): string[] {
  return index.find(query, options).map(({ id }) => id);
}

const ranked: readonly (readonly [query: string, best: readonly string[], why: string])[] = [
  ["impact pack", ["comfyui-impact-pack", "pack-of-impact"], "a whole name before a description"],
  ["Impact-Pack", ["comfyui-impact-pack"], "punctuation does not matter"],
  ["impactpack", ["comfyui-impact-pack"], "neither do blanks"],
  ["comfyui-impact-pack", ["comfyui-impact-pack"], "the id"],
  ["lora", ["large-lora", "rgthree-comfy", "small-lora"], "a popular class before an unknown name"],
  ["upscal", ["upscale-kit", "tagged", "told"], "name, then tag, then description"],
  ["sampler", ["here", "told", "gone"], "what may be installed before what is gone"],
  ["FaceDetailer", ["comfyui-impact-pack"], "a class"],
  ["detailer face", ["comfyui-impact-pack"], "parts of a class in any order"],
  ["power lora loader (rgthree)", ["rgthree-comfy"], "a whole class name"],
  ["Dr.Lt.Data", ["comfyui-impact-pack"], "the author"],
  ["munchen", ["müll-münchen"], "accents do not matter"],
  ["GRÖßE", ["müll-münchen"], "nor does case"],
  ["manager_someone_lonely", ["manager_someone_lonely"], "an id that only Manager has"],
  ["manager", [], "the made-up part of an id is no name"],
];

Deno.test("find() ranks name, tag, class, author and description, then popularity", async (t) => {
  await withIndexOf(sample, async (index) => {
    for (const [query, best, why] of ranked) {
      await t.step(`${query}: ${why}`, () => {
        assert.deepEqual(firsts(index, query).slice(0, Math.max(1, best.length)), best);
      });
    }
  });
});

const mistyped: readonly (readonly [query: string, best: string, corrected: string])[] = [
  ["impct pack", "comfyui-impact-pack", "impact pack"],
  ["imapct", "comfyui-impact-pack", "impact"],
  ["rgthere", "rgthree-comfy", "rgthree"],
  ["smapler", "here", "sampler"],
  ["lroa", "large-lora", "lora"],
];

Deno.test("find() forgives slips of the keys and tells what it searched for instead", async () => {
  await withIndexOf(sample, (index) => {
    for (const [query, best, corrected] of mistyped) {
      const result = index.search(query);
      assert.deepEqual([result.found[0]?.id, result.corrected], [best, corrected], query);
    }
    assert.equal(index.search("impact pack").corrected, undefined);
    assert.deepEqual(index.search("qqqqqqqq"), { found: [] });
  });
});

Deno.test("find() puts what is installed first among equals, and keeps to its limit", async () => {
  const twins = new MappingsBuilder().withPackage("twin-a").withPackage("twin-b").build();
  await withIndexOf(twins, (index) => {
    assert.deepEqual(firsts(index, "twin"), ["twin-a", "twin-b"]);
    assert.deepEqual(firsts(index, "twin", { installed: new Set(["twin-b"]) }), [
      "twin-b",
      "twin-a",
    ]);
    assert.deepEqual(firsts(index, "twin", { limit: 1 }), ["twin-a"]);
  });
});

Deno.test("find() says what matched and which version is the newest live one", async () => {
  const mappings = new MappingsBuilder()
    .withPackage("a-pack", {
      tags: ["video"],
      versions: { "1.10.0": { deprecated: true }, "1.9.0": {}, "1.2.0": {} },
    })
    .withNode("VideoThing", ["a-pack"])
    .withNode("AudioThing", ["a-pack"])
    .build();
  await withIndexOf(mappings, (index) => {
    const matched = (query: string) => index.find(query)[0]?.matched;
    assert.equal(matched("a-pack"), "name");
    assert.equal(matched("video"), "tag video");
    assert.equal(matched("audio"), "class AudioThing");
    assert.equal(index.find("a-pack")[0]?.version, "1.9.0");
  });
});

Deno.test("find() never throws, whatever is typed", async () => {
  await withIndexOf(sample, (index) => {
    const odd = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.constantFrom('"', "*", "a* OR", "NEAR(", "%", "''; DROP TABLE packages", "-", "(:)", "\0"),
    );
    fc.assert(
      fc.property(odd, fc.nat(3), (query, limit) => {
        assert.ok(index.find(query, { limit: limit + 1 }).length <= limit + 1);
        index.nearest(query);
      }),
      { numRuns: 100 },
    );
    assert.ok(firsts(index, "impact").length > 0);
  });
});

Deno.test("nearest() names what is near, and nothing that only has a word like it", async () => {
  await withIndexOf(sample, (index) => {
    const nearby: readonly (readonly [text: string, ids: readonly string[]])[] = [
      ["comfyui-impact-pak", ["comfyui-impact-pack"]],
      ["impact", ["comfyui-impact-pack", "pack-of-impact"]],
      ["rgthree-confy", ["rgthree-comfy"]],
      ["smal-lora", ["small-lora"]],
      ["tld", ["told"]],
      ["lroa", []],
      ["smapler", []],
      ["detailer", []],
      ["faces", []],
    ];
    for (const [text, ids] of nearby) assert.deepEqual(index.nearest(text), ids, text);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { searchPackages } from "../../../src/pipeline/mod.ts";
import { MappingsBuilder } from "../../support/mappings_builder.ts";

const mappings = new MappingsBuilder()
  .withPackage("comfyui-impact-pack", {
    display_name: "ComfyUI Impact Pack",
    author: "Dr.Lt.Data",
    github_stars: 2500,
    description: "Detects faces and refines them",
    tags: ["detailer"],
  })
  .withPackage("comfyui-impact-subpack", { github_stars: 100 })
  .withPackage("rgthree-comfy", { display_name: "rgthree's nodes", github_stars: 2000 })
  .withPackage("copycat", { display_name: "Impact of copies", github_stars: 0, downloads: 0 })
  .withPackage("accents", { display_name: "Café Résumé", github_stars: 1 })
  .withPackage("videohelpersuite", { display_name: "VideoHelperSuite", github_stars: 900 })
  .withNode("Power Lora Loader (rgthree)", ["rgthree-comfy", "copycat"])
  .withNode("KSamplerAdvancedPipe", ["comfyui-impact-pack"])
  .withNode("FaceDetailer", ["comfyui-impact-pack"])
  .build();

function idsFor(query: string): string[] {
  return searchPackages(mappings, query).hits.map((hit) => hit.id);
}

const CASES: readonly [query: string, ids: readonly string[], why: string][] = [
  ["impact", ["comfyui-impact-pack", "comfyui-impact-subpack", "copycat"], "the popular first"],
  ["impact pack", ["comfyui-impact-pack"], "all words"],
  ["PACK impact", ["comfyui-impact-pack"], "in any order and case"],
  ["imp sub", ["comfyui-impact-subpack"], "by beginnings"],
  ["copycat", ["copycat"], "by id"],
  ["dr.lt.data", ["comfyui-impact-pack"], "by author"],
  ["refines faces", ["comfyui-impact-pack"], "by description"],
  ["detailer", ["comfyui-impact-pack"], "by tag and part of a class name"],
  ["sampler advanced", ["comfyui-impact-pack"], "by parts of a CamelCase class name"],
  ["Power Lora Loader (rgthree)", ["rgthree-comfy", "copycat"], "by a whole class name"],
  ["cafe resume", ["accents"], "without accents"],
  ["Résumé", ["accents"], "with accents"],
  ["imapct pack", ["comfyui-impact-pack"], "with swapped letters"],
  ["pakc", ["comfyui-impact-pack"], "with swapped letters in a short word"],
  ["facedetialer", ["comfyui-impact-pack"], "with a mistyped class name"],
  ["rgtree", ["rgthree-comfy", "copycat"], "with a letter missing"],
  ["helpersuite", ["videohelpersuite"], "by the middle of a word"],
  [
    "impact zzzzzz",
    ["comfyui-impact-pack", "comfyui-impact-subpack", "copycat"],
    "by some of the words",
  ],
  ["zzzzzz", [], "nothing"],
  ["", [], "nothing for no words"],
  ['" OR * NEAR( -', [], "nothing for the query language of SQLite"],
];

for (const [query, ids, why] of CASES) {
  Deno.test(`searchPackages() finds ${why}: ${JSON.stringify(query)}`, () => {
    assert.deepEqual(idsFor(query).slice(0, ids.length), ids);
    if (ids.length <= 1) assert.ok(idsFor(query).length <= 2);
  });
}

Deno.test("searchPackages() tells what it searched for instead and which classes match", () => {
  const found = searchPackages(mappings, "facedetialer");
  assert.equal(found.corrected, "facedetailer");
  assert.deepEqual(found.hits[0]!.matching_classes, ["FaceDetailer"]);
  assert.equal(searchPackages(mappings, "impact").corrected, undefined);
});

Deno.test("searchPackages() counts all matches and returns as many as asked for", () => {
  const found = searchPackages(mappings, "impact", 1);
  assert.equal(found.total, 3);
  assert.equal(found.hits.length, 1);
});

Deno.test("searchPackages() never throws, whatever is typed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (query) => {
      const { total, hits } = searchPackages(mappings, query);
      assert.ok(hits.length <= total);
    }),
    { numRuns: 100 },
  );
});

Deno.test("searchPackages() finds every package by its own id", () => {
  for (const id of Object.keys(mappings.packages)) assert.equal(idsFor(id)[0], id);
});

import { deepEqual, equal } from "node:assert/strict";
import {
  indexMappings,
  lookupNode,
  mappingIndexOf,
  mappingsText,
  type NodeMappings,
} from "../../src/mappings/mod.ts";
import { MappingsBuilder } from "../support/mappings_builder.ts";

const core = {
  source: "manager",
  repository: "https://github.com/comfyanonymous/ComfyUI",
  github_stars: 1,
  versions: {},
} as const;

/** Answers from memory, from our own lines and from a pretty print; they have to be the same. */
async function answers(
  mappings: NodeMappings,
  nodeType: string,
  signature?: string,
): Promise<readonly (readonly [string, string])[]> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const indexes = [
    indexMappings(mappings, "memory"),
    await mappingIndexOf(encode([...mappingsText(mappings)].join("")), "lines"),
    await mappingIndexOf(encode(JSON.stringify(mappings, null, 2)), "pretty"),
  ];
  const [first, ...others] = indexes.map((index) => lookupNode(index, nodeType, { signature }));
  for (const other of others) deepEqual(other, first);
  first!.forEach(({ rank }, place) => equal(rank, place + 1));
  return first!.map(({ package_id, evidence }) => [package_id, evidence] as const);
}

Deno.test("lookupNode() puts an exact signature before a more popular package with another", async () => {
  const mappings = new MappingsBuilder()
    .withPackage("popular", { downloads: 1_000_000 })
    .withPackage("exact")
    .withNode("N", ["popular"])
    .withNode("N", ["exact"], "80f90a7b")
    .build();
  deepEqual(await answers(mappings, "N", "80f90a7b"), [["exact", "signature"], [
    "popular",
    "type",
  ]]);
  deepEqual(await answers(mappings, "N", "a:INT"), [["exact", "signature"], ["popular", "type"]]);
  deepEqual(await answers(mappings, "N"), [["popular", "type"], ["exact", "type"]]);
  deepEqual(await answers(mappings, "M"), []);
});

Deno.test("lookupNode() never puts deprecated versions before a live one", async () => {
  const versions = (facts: object) => ({
    versions: { "2.0.0": { deprecated: true }, "1.0.0": facts },
  });
  const mappings = new MappingsBuilder()
    .withPackage("deprecated", { downloads: 9_000, ...versions({ deprecated: true }) })
    .withPackage("banned", { downloads: 8_000, ...versions({ status: "NodeVersionStatusBanned" }) })
    .withPackage("vanished", { downloads: 7_000, ...versions({ missing_since: "2026-01-01" }) })
    .withPackage("gone", { downloads: 6_000, missing_since: "2026-01-01" })
    .withPackage("live", versions({ status: "NodeVersionStatusActive" }))
    .withNode("N", ["deprecated", "banned", "vanished", "gone", "live"])
    .build();
  deepEqual((await answers(mappings, "N")).map(([id]) => id), [
    "live",
    "deprecated",
    "banned",
    "vanished",
    "gone",
  ]);
  const [live, deprecated] = lookupNode(indexMappings(mappings, "m"), "N");
  deepEqual([live?.version, live?.live, live?.versions], ["1.0.0", true, ["2.0.0", "1.0.0"]]);
  deepEqual([deprecated?.version, deprecated?.live], [undefined, false]);
});

Deno.test("lookupNode() knows what ComfyUI brings itself, whoever else claims it", async () => {
  const mappings = new MappingsBuilder()
    .withPackage("manager_comfyanonymous_comfyui", core)
    .withPackage("popular", { downloads: 1_000_000, preemptions: ["KSampler"] })
    .withPackage("pretender", { downloads: 2_000_000, repository: core.repository })
    .withNode("KSampler", ["popular", "pretender", "manager_comfyanonymous_comfyui"])
    .withNode("KSampler", ["popular"], "80f90a7b")
    .build();
  deepEqual(
    (await answers(mappings, "KSampler", "80f90a7b")).map(([id, evidence]) => [id, evidence]),
    [
      ["manager_comfyanonymous_comfyui", "builtin"],
      ["popular", "signature"],
      ["pretender", "type"],
    ],
  );
  for (const name of ["PrimitiveNode", "MarkdownNote", "Note", "Reroute"]) {
    deepEqual(await answers(mappings, name), [["comfy-core", "builtin"]]);
  }
});

Deno.test("lookupNode() uses preemptions and safe name patterns", async () => {
  const mappings = new MappingsBuilder()
    .withPackage("popular", { downloads: 1_000_000 })
    .withPackage("takes_over", { preemptions: ["SAMLoader"] })
    .withPackage("makes_names", { nodename_pattern: " \\(rgthree\\)$" })
    .withPackage("hostile", { nodename_pattern: "(a+)+$" })
    .withNode("SAMLoader", ["popular", "takes_over"])
    .build();
  deepEqual(await answers(mappings, "SAMLoader"), [["takes_over", "preemption"], [
    "popular",
    "type",
  ]]);
  deepEqual(await answers(mappings, "Seed (rgthree)"), [["makes_names", "pattern"]]);
  deepEqual(await answers(mappings, `${"a".repeat(100)}!`), []);
});

Deno.test("lookupNode() tells apart names that begin alike, and takes any name for what it is", async () => {
  const names = ["A", "A::B", "A::B::C", '"', "\\", "😀", "constructor", "__proto__", "a\u2028b"];
  const builder = new MappingsBuilder();
  names.forEach((name, index) => builder.withPackage(`p${index}`).withNode(name, [`p${index}`]));
  const mappings = builder.build();
  for (const [index, name] of names.entries()) {
    deepEqual(await answers(mappings, name), [[`p${index}`, "type"]], name);
  }
  for (const name of ["", "a", "toString", "\n", "A::", "::_"]) {
    deepEqual(await answers(mappings, name), []);
  }
});

Deno.test("lookupNode() is not led astray by texts that look like lines of the file", async () => {
  const mappings = new MappingsBuilder()
    .withPackage("p", {
      description: '\n"N::_":[{"package_id":"q","versions":[],"rank":1}],\n"preemptions":["N"]',
      author: '"nodename_pattern":"N"',
    })
    .withNode("M", ["p"])
    .build();
  deepEqual(await answers(mappings, "N"), []);
  deepEqual(await answers(mappings, "M"), [["p", "type"]]);
});

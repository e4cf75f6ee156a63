import { deepEqual, equal } from "node:assert/strict";
import { indexMappings, lookupNode, type NodeMappings } from "../../../src/mappings/mod.ts";
import type { NodeNeed } from "../../../src/workflows/dependencies/mod.ts";
import { type NodeKnowledge, resolveNodes } from "../../../src/workflows/resolution/mod.ts";

const repository = (name: string) => `https://github.com/me/${name}`;
const versions = { "2.0.0": {}, "1.0.0": {} };
const MAPPINGS: NodeMappings = {
  schema_version: 1,
  version: "2026.01.01",
  generated_at: "2026-01-01T00:00:00Z",
  stats: { packages: 4, signatures: 0, total_nodes: 0 },
  mappings: {
    "Only::aaaaaaaa": [{ package_id: "only", versions: ["2.0.0"], rank: 1 }],
    "Only::bbbbbbbb": [{ package_id: "only", versions: ["1.0.0"], rank: 1 }],
    "Both::_": [{ package_id: "big", versions: [], rank: 1 }, {
      package_id: "small",
      versions: [],
      rank: 2,
    }],
    "Both::cccccccc": [{ package_id: "small", versions: ["1.0.0"], rank: 1 }],
    "Load::_": [{ package_id: "big", versions: [], rank: 1 }],
    "Later::_": [{ package_id: "comfy-core", versions: [], rank: 1 }, {
      package_id: "big",
      versions: [],
      rank: 2,
    }],
  },
  packages: {
    only: { repository: repository("only"), versions },
    big: { repository: repository("big"), downloads: 10_000, versions },
    small: { repository: repository("small"), versions },
    "comfy-core": { repository: "https://github.com/comfyanonymous/ComfyUI", versions: {} },
  },
};

function resolve(need: Partial<NodeNeed>, knowledge: Partial<NodeKnowledge> = {}) {
  const mappings = indexMappings(MAPPINGS, "test");
  const [resolved] = resolveNodes([{ type: "Only", signature: "_", places: [], ...need }], {
    builtins: new Set(["KSampler", "Load"]),
    installed: [],
    choices: { nodes: {}, prefer: [], deny: [] },
    index: {
      knowsRegistry: true,
      lookup: (type, signature) => lookupNode(mappings, type, { signature }),
      packageOf: (id) => MAPPINGS.packages[id],
      packageOfRepository: (url) => {
        const [id, pack] = Object.entries(MAPPINGS.packages).find(([, one]) =>
          one.repository === url
        ) ?? [];
        return id && pack ? { id, package: pack } : undefined;
      },
      find: () => [],
    },
    ...knowledge,
  });
  const { outcome, chosen, candidates } = resolved!;
  return {
    outcome,
    pack: chosen?.packageId,
    version: chosen?.version,
    evidence: chosen?.evidence,
    all: candidates.map(({ packageId }) => packageId),
  };
}

const installed = { id: "small", enabled: true, classes: new Set(["Both"]) };
const choices = { nodes: {}, prefer: [], deny: [] };

const CASES: readonly [string, ReturnType<typeof resolve>, string, string?, string?, string?][] = [
  [
    "ComfyUI's own class wins over all who claim its name",
    resolve({ type: "Load", registryId: "big" }),
    "builtin",
  ],
  ["a node that only the editor knows is built in", resolve({ type: "Note" }), "builtin"],
  [
    "the saved id is believed",
    resolve({ type: "Both", registryId: "Small" }),
    "available",
    "small",
    "1.0.0",
    "registry_id",
  ],
  [
    "the saved version is taken where it has the class",
    resolve({ registryId: "only", version: "1.0.0" }),
    "available",
    "only",
    "1.0.0",
    "registry_id",
  ],
  [
    "a version with the class in that shape goes before the saved one",
    resolve({ registryId: "only", version: "1.0.0", signature: "aaaaaaaa" }),
    "available",
    "only",
    "2.0.0",
    "registry_id",
  ],
  [
    "an unknown saved id is passed over",
    resolve({ registryId: "gone" }),
    "available",
    "only",
    "2.0.0",
    "class",
  ],
  [
    "a saved repository is found in the index",
    resolve({ type: "New", repository: "me/big" }),
    "available",
    "big",
    "2.0.0",
    "repository",
  ],
  [
    "a saved repository that no index knows is taken from git",
    resolve({ type: "New", repository: "you/new" }),
    "available",
    undefined,
    undefined,
    "repository",
  ],
  [
    "the exact shape decides between packs",
    resolve({ type: "Both", signature: "cccccccc" }),
    "available",
    "small",
    "1.0.0",
    "signature",
  ],
  ["a name that two packs have is ambiguous", resolve({ type: "Both" }), "ambiguous"],
  [
    "an installed pack goes before all others",
    resolve({ type: "Both" }, { installed: [installed] }),
    "installed",
    "small",
    undefined,
    "installed",
  ],
  [
    "a disabled pack has to be enabled",
    resolve({ type: "Both" }, { installed: [{ ...installed, enabled: false }] }),
    "disabled",
    "small",
    undefined,
    "installed",
  ],
  [
    "a preferred pack is taken",
    resolve({ type: "Both" }, { choices: { ...choices, prefer: ["small"] } }),
    "available",
    "small",
    "1.0.0",
    "class",
  ],
  [
    "a denied pack is never taken",
    resolve({ type: "Both" }, { choices: { ...choices, deny: ["big"] } }),
    "available",
    "small",
    "1.0.0",
    "class",
  ],
  [
    "a decision of the manifest goes before all evidence",
    resolve({ registryId: "only" }, { choices: { ...choices, nodes: { Only: "big" } } }),
    "available",
    "big",
    "2.0.0",
    "manifest",
  ],
  [
    "a class that people do without is optional",
    resolve({}, { choices: { ...choices, nodes: { Only: false } } }),
    "optional",
  ],
  [
    "a class of comfy-core that is missing wants a newer ComfyUI",
    resolve({ type: "Both", registryId: "comfy-core" }),
    "newer_comfyui",
  ],
  [
    "a class that a later ComfyUI has is none of the packs that claim it",
    resolve({ type: "Later" }),
    "newer_comfyui",
  ],
  ["a class that nobody knows is unknown", resolve({ type: "Nobody" }), "unknown"],
];

for (const [what, found, outcome, pack, version, evidence] of CASES) {
  Deno.test(`classes: ${what}`, () => {
    deepEqual([found.outcome, found.pack, found.version, found.evidence], [
      outcome,
      pack,
      version,
      evidence,
    ]);
  });
}

Deno.test("of several packs that offer a class the one of rank 1 is shown first", () => {
  deepEqual(resolve({ type: "Both" }).all, ["big", "small"]);
  equal(resolve({ type: "Both", signature: "cccccccc" }).all[0], "small");
});

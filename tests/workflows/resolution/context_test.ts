import { deepEqual, equal } from "node:assert/strict";
import { indexMappings, lookupNode, type NodeMappings } from "../../../src/mappings/mod.ts";
import type { NodeChoices } from "../../../src/workflows/mod.ts";
import { resolveNodes } from "../../../src/workflows/resolution/mod.ts";

/** By class name, the packs that list it, the best first. */
const LISTED: Readonly<Record<string, readonly string[]>> = {
  Both: ["big", "small"],
  Either: ["small", "big"],
  Three: ["big", "small", "third"],
  OfThird: ["third", "fork"],
  OnlySmall: ["small"],
  OnlyThird: ["third"],
};
const PACKS = ["big", "small", "third", "fork"];
const MAPPINGS: NodeMappings = {
  schema_version: 1,
  version: "2026.01.01",
  generated_at: "2026-01-01T00:00:00Z",
  stats: { packages: PACKS.length, signatures: 0, total_nodes: 0 },
  mappings: Object.fromEntries(
    Object.entries(LISTED).map(([type, ids]) => [
      `${type}::_`,
      ids.map((package_id, at) => ({ package_id, versions: ["1.0.0"], rank: at + 1 })),
    ]),
  ),
  packages: Object.fromEntries(
    PACKS.map((id, at) => [id, {
      repository: `https://github.com/me/${id}`,
      downloads: 10_000 - at * 1_000,
      versions: { "1.0.0": {} },
      ...(id === "fork" ? { nodename_pattern: "^Pattern" } : {}),
    }]),
  ),
};

function resolve(types: readonly string[], choices: Partial<NodeChoices> = {}) {
  const mappings = indexMappings(MAPPINGS, "test");
  const needs = types.map((type) => ({ type, signature: "_", places: [] }));
  return resolveNodes(needs, {
    builtins: new Set<string>(),
    installed: [],
    choices: { nodes: {}, prefer: [], deny: [], ...choices },
    index: {
      knowsRegistry: true,
      lookup: (type) => lookupNode(mappings, type),
      packageOf: (id) => MAPPINGS.packages[id],
      packageOfRepository: () => undefined,
      find: () => [],
    },
  });
}

const short = (types: readonly string[], choices?: Partial<NodeChoices>) =>
  resolve(types, choices).map(({ outcome, chosen }) =>
    [outcome, chosen?.packageId, chosen?.evidence].filter(Boolean).join(" ")
  );

Deno.test("of several packs the one is taken that another class of the workflow needs anyway", () => {
  deepEqual(short(["Both", "OnlySmall"]), [
    "available small needed_anyway",
    "available small class",
  ]);
  equal(resolve(["Both", "OnlySmall"])[0]?.chosen?.confidence, 0.8);
});

Deno.test("what people decided for another class counts as need", () => {
  deepEqual(short(["Both", "Either"], { nodes: { Either: "small" } }), [
    "available small needed_anyway",
    "available small manifest",
  ]);
});

Deno.test("the one pack that has all open classes is taken", () => {
  deepEqual(short(["Three", "OfThird"]), [
    "available third covers_open",
    "available third covers_open",
  ]);
});

Deno.test("what the workflow does not tell stays ambiguous, rank 1 shown first", () => {
  const cases = [["Both"], ["Both", "Both"], ["Both", "Either"], ["Both", "OnlyThird"]];
  for (const types of cases) {
    const found = resolve(types).filter(({ need }) => need.type !== "OnlyThird");
    for (const { need: { type }, outcome, candidates } of found) {
      equal(outcome, "ambiguous", `${types}: ${type}`);
      const expected = lookupNode(indexMappings(MAPPINGS, "test"), type)[0]?.package_id;
      equal(candidates[0]?.packageId, expected);
    }
  }
});

Deno.test("a guess by pattern makes no pack needed, and a denied pack is none", () => {
  deepEqual(short(["OfThird", "PatternNode"])[0], "ambiguous");
  deepEqual(short(["Three", "OnlySmall"], { deny: ["small"] }), ["ambiguous", "unknown"]);
});

Deno.test("candidates keep their order, whichever is taken", () => {
  const [both] = resolve(["Both", "OnlySmall"]);
  deepEqual(both?.candidates.map(({ packageId }) => packageId), ["big", "small"]);
});

import assert from "node:assert/strict";
import { validateData, type ValidationReport } from "../../../src/pipeline/mod.ts";
import { MappingsBuilder } from "../../support/mappings_builder.ts";

const NOW = Date.parse("2026-08-21T12:00:00Z");

function aFile(): MappingsBuilder {
  return new MappingsBuilder()
    .withPackage("alpha")
    .withPackage("beta")
    .withPackage("manager_x_y", { source: "manager", versions: {} })
    .withNode("Loader", ["alpha", "beta"], "0123abcd")
    .withNode("Saver", ["manager_x_y"]);
}

// Faults are planted by hand, so the file is taken as plain JSON here.
type Json = { [key: string]: Json } & Json[];

async function check(change: (value: Json) => unknown): Promise<ValidationReport> {
  const value = JSON.parse(JSON.stringify(aFile().build()));
  change(value);
  return await validateData({ mappings: { file: "node_mappings.json", value }, now: NOW });
}

Deno.test("validateData() finds nothing in sound mappings", async () => {
  const report = await check(() => {});
  assert.deepEqual(report, { ok: true, findings: [], counts: {}, errors: 0, warnings: 0 });
});

const KEY = "Loader::0123abcd";
const CASES: readonly [
  name: string,
  change: (value: Json) => unknown,
  expected: readonly string[],
][] = [
  ["a missing table", (v) => Reflect.deleteProperty(v, "packages"), ["STRUCTURE $.packages"]],
  ["a table of the wrong kind", (v) => set(v, "mappings", []), ["STRUCTURE $.mappings"]],
  ["a newer schema", (v) => set(v, "schema_version", 2), ["SCHEMA_VERSION $.schema_version"]],
  [
    "a wrong count",
    (v) => set(v.stats!, "signatures", 3),
    ['COUNT_MISMATCH $.stats["signatures"]'],
  ],
  [
    "a wrong kind deep inside",
    (v) => set(v.packages!.alpha!.versions!["1.0.0"]!, "deprecated", "no"),
    ['STRUCTURE $.packages["alpha"].versions["1.0.0"].deprecated'],
  ],
  [
    "an orphan package",
    (v) => set(v.mappings![KEY]![1]!, "package_id", "gone"),
    [`ORPHAN_PACKAGE $.mappings["${KEY}"][1].package_id`],
  ],
  [
    "an orphan package named like a property of every object",
    (v) => set(v.mappings![KEY]![1]!, "package_id", "constructor"),
    [`ORPHAN_PACKAGE $.mappings["${KEY}"][1].package_id`],
  ],
  [
    "an orphan version",
    (v) => set(v.mappings![KEY]![0]!, "versions", ["1.0.0", "9.9.9"]),
    [`ORPHAN_VERSION $.mappings["${KEY}"][0].versions[1]`],
  ],
  [
    "a gap in the ranks",
    (v) => set(v.mappings![KEY]![1]!, "rank", 3),
    [`RANK_ORDER $.mappings["${KEY}"][1].rank`],
  ],
  [
    "one provider twice",
    (v) => set(v.mappings![KEY]![1]!, "package_id", "alpha"),
    [`DUPLICATE_ID $.mappings["${KEY}"][1]`],
  ],
  [
    "a key without signature",
    (v) => {
      set(v.mappings!, "Loader", v.mappings![KEY]);
      Reflect.deleteProperty(v.mappings!, KEY);
    },
    ['STRUCTURE $.mappings["Loader"]'],
  ],
  [
    "ids that differ only in case",
    (v) => {
      set(v.packages!, "Alpha", v.packages!.alpha);
      set(v.stats!, "packages", 4);
      set(v.stats!, "registry_packages", 3);
    },
    ['DUPLICATE_ID $.packages["Alpha"]'],
  ],
  [
    "no time at all",
    (v) => set(v, "generated_at", "yesterday"),
    ["TIMESTAMP_INVALID $.generated_at"],
  ],
  [
    "a day that no month has",
    (v) => set(v, "generated_at", "2026-02-30T00:00:00Z"),
    ["TIMESTAMP_INVALID $.generated_at"],
  ],
  [
    "the future",
    (v) => set(v, "generated_at", "2026-08-22T12:00:01Z"),
    ["TIMESTAMP_FUTURE $.generated_at"],
  ],
];

for (const [name, change, expected] of CASES) {
  Deno.test(`validateData() names the path of ${name}`, async () => {
    const report = await check(change);
    const found = report.findings.map(({ code, path }) => `${code} ${path}`);
    assert.deepEqual(found, expected);
    assert.equal(report.ok, false);
    assert.ok(report.findings.every(({ file }) => file === "node_mappings.json"));
  });
}

Deno.test("validateData() only warns of what the registry itself has wrong", async () => {
  const report = await check((v) => {
    set(v.packages!.alpha!, "created_at", "2031-01-01T00:00:00Z");
    set(v.packages!.beta!, "created_at", "2025-11-17 17:49:31");
  });
  assert.equal(report.ok, true);
  assert.deepEqual(report.counts, { TIMESTAMP_FUTURE: 1, TIMESTAMP_INVALID: 1 });
});

Deno.test("validateData() accepts packages without mappings", async () => {
  const value = aFile().withPackage("lonely").build();
  const report = await validateData({ mappings: { file: "m", value }, now: NOW });
  assert.equal(report.ok, true);
});

Deno.test("validateData() keeps a bounded number of findings of a code and counts all", async () => {
  const builder = new MappingsBuilder();
  for (let index = 0; index < 500; index++) builder.withNode(`Node ${index}`, ["gone"]);
  const value = builder.build();
  const report = await validateData({ mappings: { file: "m", value }, now: NOW, keepPerCode: 7 });
  assert.equal(report.findings.length, 7);
  assert.deepEqual(report.counts, { ORPHAN_PACKAGE: 500 });
  assert.equal(report.errors, 500);
});

for (const value of [null, [], "text", 5, { mappings: { a: 1 }, packages: { b: null } }]) {
  Deno.test(`validateData() reports and never throws for ${JSON.stringify(value)}`, async () => {
    const report = await validateData({ mappings: { file: "m", value }, now: NOW });
    assert.equal(report.ok, false);
  });
}

function set(target: Json, key: string, value: unknown): void {
  Reflect.set(target, key, value);
}

import assert from "node:assert/strict";
import { validateData, type ValidationRequest } from "../../../src/pipeline/mod.ts";
import type { CachedPackage } from "../../../src/registry/mod.ts";
import { cachedPackage, cachedVersion, MappingsBuilder } from "../../support/mappings_builder.ts";

const NOW = Date.parse("2026-08-21T12:00:00Z");

async function found(
  packages: Iterable<CachedPackage>,
  more: Partial<ValidationRequest> & { claimed?: Record<string, number> } = {},
): Promise<string[]> {
  const cache = { file: "cache.json", packages, claimed: more.claimed };
  const report = await validateData({ cache, now: NOW, ...more });
  return report.findings.map(({ code, path, file }) => `${code} ${path} in ${file}`);
}

Deno.test("validateData() finds nothing in a sound cache", async () => {
  const claimed = { node_count: 2, versions_processed: 2, metadata_entries: 2 };
  assert.deepEqual(await found([cachedPackage("a"), cachedPackage("b")], { claimed }), []);
});

const CASES: readonly [name: string, fields: Partial<CachedPackage>, expected: string][] = [
  [
    "first_seen after last_checked",
    { first_seen: "2026-08-21T03:00:00Z" },
    "TIMESTAMP_ORDER $.nodes[0].first_seen",
  ],
  [
    "missing before it was seen",
    { missing_since: "2026-07-31T00:00:00Z" },
    "TIMESTAMP_ORDER $.nodes[0].missing_since",
  ],
  [
    "a version that was missing before it was seen",
    { versions_list: [cachedVersion("1.0.0", { missing_since: "2020-01-01T00:00:00Z" })] },
    "TIMESTAMP_ORDER $.nodes[0].versions_list[0].missing_since",
  ],
  [
    "a version twice",
    { versions_list: [cachedVersion("1.0.0"), cachedVersion("1.0.0")] },
    "DUPLICATE_ID $.nodes[0].versions_list[1].version",
  ],
  [
    "metadata that is not there",
    { versions_list: [cachedVersion("1.0.0", { comfy_nodes: undefined })] },
    "STRUCTURE $.nodes[0].versions_list[0].comfy_nodes",
  ],
  [
    "a date in the future",
    { last_checked: "2027-01-01T00:00:00Z" },
    "TIMESTAMP_FUTURE $.nodes[0].last_checked",
  ],
];

for (const [name, fields, expected] of CASES) {
  Deno.test(`validateData() finds ${name} in a cache`, async () => {
    assert.deepEqual(await found([cachedPackage("a", fields)]), [`${expected} in cache.json`]);
  });
}

Deno.test("validateData() finds ids that are there twice, in any case", async () => {
  const packages = [cachedPackage("pack"), cachedPackage("pack"), cachedPackage("Pack")];
  assert.deepEqual(await found(packages), [
    "DUPLICATE_ID $.nodes[1].id in cache.json",
    "DUPLICATE_ID $.nodes[2].id in cache.json",
  ]);
});

Deno.test("validateData() compares the counts that a cache claims", async () => {
  const claimed = { node_count: 2, versions_processed: 1, metadata_entries: 9 };
  assert.deepEqual(await found([cachedPackage("a")], { claimed }), [
    'COUNT_MISMATCH $["node_count"] in cache.json',
    'COUNT_MISMATCH $["metadata_entries"] in cache.json',
  ]);
});

Deno.test("validateData() compares mappings with the cache they were made from", async () => {
  const value = new MappingsBuilder()
    .withPackage("same")
    .withPackage("banned")
    .withPackage("newer", { versions: { "1.0.0": {}, "2.0.0": {} } })
    .withPackage("absent")
    .withPackage("manager_x", { source: "manager", versions: {} })
    .build();
  const packages = [
    cachedPackage("same"),
    cachedPackage("banned", {
      status: "NodeStatusBanned",
      versions_list: [cachedVersion("1.0.0", { deprecated: true })],
    }),
    cachedPackage("newer"),
    cachedPackage("unmapped"),
  ];
  assert.deepEqual(await found(packages, { mappings: { file: "m.json", value } }), [
    'STATUS_DISAGREES $.packages["banned"].status in m.json',
    'STATUS_DISAGREES $.packages["banned"].versions["1.0.0"].deprecated in m.json',
    'CACHE_VERSION_MISSING $.packages["newer"].versions["2.0.0"] in m.json',
    'CACHE_PACKAGE_MISSING $.packages["absent"] in m.json',
  ]);
});

Deno.test("validateData() reads a cache of 20,000 packages one at a time", async () => {
  let alive = 0;
  let most = 0;
  async function* packages(): AsyncGenerator<CachedPackage> {
    for (let index = 0; index < 20_000; index++) {
      most = Math.max(most, ++alive);
      yield cachedPackage(`p${index}`);
      alive--;
    }
  }
  const report = await validateData({ cache: { file: "c", packages: packages() }, now: NOW });
  assert.equal(report.ok, true);
  assert.equal(most, 1);
});

Deno.test("validateData() stops when it is aborted", async () => {
  const signal = AbortSignal.abort();
  const cache = { file: "c", packages: [cachedPackage("a")] };
  await assert.rejects(validateData({ cache, now: NOW, signal }), { code: "INTERRUPTED" });
});

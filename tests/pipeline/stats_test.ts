import assert from "node:assert/strict";
import { computeCacheStats, computeStats } from "../../src/pipeline/mod.ts";
import { cachedPackage, cachedVersion, MappingsBuilder } from "../support/mappings_builder.ts";

Deno.test("computeStats() counts what the file holds and not what it says", () => {
  const mappings = {
    ...new MappingsBuilder()
      .withPackage("a", { downloads: 1000, github_stars: 5 })
      .withPackage("b", { missing_since: "2026-08-01T00:00:00Z", versions: {} })
      .withPackage("manager_c", { source: "manager", downloads: undefined, versions: {} })
      .withNode("Loader", ["a", "b"], "00000001")
      .withNode("Loader", ["manager_c"], "00000002")
      .withNode("Odd::name|x", ["a"])
      .build(),
    stats: { packages: 99, signatures: 99, total_nodes: 99 },
  };
  const { totals, contested, by_version_status } = computeStats(mappings);
  assert.deepEqual(totals, {
    packages: 3,
    registry_packages: 2,
    manager_packages: 1,
    versions: 1,
    deprecated_versions: 0,
    missing_packages: 1,
    signatures: 3,
    class_names: 2,
    contested_class_names: 1,
    downloads: 1100,
    github_stars: 25,
  });
  assert.deepEqual(contested, [{ class_name: "Loader", packages: ["a", "b", "manager_c"] }]);
  assert.deepEqual(by_version_status, { NodeVersionStatusActive: 1 });
});

Deno.test("computeStats() lists the most popular and the newest packages, ties by id", () => {
  const builder = new MappingsBuilder();
  for (
    const [id, downloads, created_at] of [
      ["tie-b", 10, "2025-01-01T00:00:00Z"],
      ["tie-a", 10, "2025-01-01T00:00:00Z"],
      ["big", 5000, "2024-01-01T00:00:00Z"],
      ["new", 1, "2026-08-01T00:00:00Z"],
      ["undated", 0, undefined],
    ] as const
  ) builder.withPackage(id, { downloads, created_at, github_stars: 0 });
  const stats = computeStats(builder.build(), { top: 4 });
  assert.deepEqual(stats.top_packages.map(({ id }) => id), ["big", "tie-a", "tie-b", "new"]);
  assert.deepEqual(stats.newest_packages.map(({ id }) => id), ["new", "tie-a", "tie-b", "big"]);
});

Deno.test("computeStats() gives one cumulative point a month without gaps", () => {
  const versions = {
    "1": { release_date: "2025-11-05T00:00:00Z" },
    "2": { release_date: "garbage" },
  };
  const mappings = new MappingsBuilder()
    .withPackage("a", { created_at: "2025-11-01T00:00:00Z", versions })
    .withPackage("b", { created_at: "2026-02-01T00:00:00Z", versions: {} })
    .withPackage("c", { created_at: "0001-01-01T00:00:00Z", versions: {} })
    .build();
  assert.deepEqual(computeStats(mappings).growth, [
    { month: "2025-11", packages: 1, versions: 1 },
    { month: "2025-12", packages: 1, versions: 1 },
    { month: "2026-01", packages: 1, versions: 1 },
    { month: "2026-02", packages: 2, versions: 1 },
  ]);
});

Deno.test("computeStats() of an empty file is all zeros", () => {
  const stats = computeStats(new MappingsBuilder().build());
  assert.deepEqual([...new Set(Object.values(stats.totals))], [0]);
  assert.deepEqual(stats.growth, []);
});

Deno.test("computeCacheStats() counts versions by what the registry made of them", async () => {
  const stats = await computeCacheStats([
    cachedPackage("a", {
      versions_list: [
        cachedVersion("2.0.0", { inferred: true }),
        cachedVersion("1.0.0", {
          deprecated: true,
          comfy_node_extract_status: "failed",
          metadata_cached: false,
          comfy_nodes: undefined,
        }),
      ],
    }),
    cachedPackage("b", {
      fully_cached: false,
      missing_since: "2026-08-20T00:00:00Z",
      versions_list: [],
    }),
  ]);
  assert.deepEqual(stats, {
    packages: 2,
    fully_cached_packages: 1,
    missing_packages: 1,
    versions: 2,
    versions_with_metadata: 1,
    inferred_versions: 1,
    deprecated_versions: 1,
    classes: 1,
    by_status: { NodeStatusActive: 2 },
    by_version_status: { NodeVersionStatusActive: 2 },
    by_extract_status: { failed: 1, success: 1 },
  });
});

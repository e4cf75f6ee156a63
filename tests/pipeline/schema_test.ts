import assert from "node:assert/strict";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { silentReporter } from "../../src/base/mod.ts";
import { exportCacheJson, importCacheJson, RegistryCache } from "../../src/registry/mod.ts";
import { cachedPackage, cachedVersion, MappingsBuilder } from "../support/mappings_builder.ts";

function aMappings(): MappingsBuilder {
  return new MappingsBuilder()
    .withPackage("alpha", {
      tags: ["image"],
      preemptions: ["Loader"],
      nodename_pattern: "^A",
      versions: { "1.0.0": { missing_since: "2026-08-20T02:00:00Z", inferred: true } },
    })
    .withPackage("manager_x_y", {
      source: "manager",
      versions: {},
      last_update: "2025-11-17 17:49:31",
    })
    .withNode("Loader", ["alpha", "manager_x_y"], "0123abcd")
    .withNode("Line\nbreak::x", ["alpha"]);
}

Deno.test("node_mappings.schema.json accepts what is published", async () => {
  const validate = await compile("node_mappings");
  validate(aMappings().build());
  assert.deepEqual(validate.errors, null);
});

const MAPPING_FAULTS: readonly [path: string, change: (value: Json) => unknown][] = [
  ["/schema_version", (v) => Reflect.set(v, "schema_version", 2)],
  ["/stats", (v) => Reflect.deleteProperty(v.stats!, "signatures")],
  ["/mappings", (v) => Reflect.set(v.mappings!, "Loader", [])],
  ["/mappings/Loader::0123abcd", (v) => Reflect.set(v.mappings!, "Loader::0123abcd", [])],
  [
    "/mappings/Loader::0123abcd/0/rank",
    (v) => Reflect.set(v.mappings!["Loader::0123abcd"]![0]!, "rank", 0),
  ],
  ["/packages/alpha", (v) => Reflect.deleteProperty(v.packages!.alpha!, "versions")],
  ["/packages/alpha", (v) => Reflect.set(v.packages!.alpha!, "unheard_of", 1)],
  ["/packages/alpha/source", (v) => Reflect.set(v.packages!.alpha!, "source", "registry")],
];

for (const [index, [path, change]] of MAPPING_FAULTS.entries()) {
  Deno.test(`node_mappings.schema.json refuses fault ${index + 1} at ${path}`, async () => {
    const validate = await compile("node_mappings");
    const value = JSON.parse(JSON.stringify(aMappings().build()));
    change(value);
    assert.equal(validate(value), false);
    assert.ok(validate.errors!.some((error) => error.instancePath === path));
  });
}

Deno.test("full_registry_cache.schema.json accepts what the cache exports", async () => {
  const value = await exported();
  assert.equal(value.nodes!.length, 2);
  const validate = await compile("full_registry_cache");
  validate(value);
  assert.deepEqual(validate.errors, null);
});

const CACHE_FAULTS: readonly [path: string, change: (value: Json) => unknown][] = [
  ["/nodes", (v) => Reflect.set(v, "nodes", {})],
  ["/nodes/0", (v) => Reflect.deleteProperty(v.nodes![0]!, "id")],
  ["/nodes/0/first_seen", (v) => Reflect.set(v.nodes![0]!, "first_seen", "yesterday")],
  [
    "/nodes/0/versions_list/0/deprecated",
    (v) => Reflect.set(v.nodes![0]!.versions_list![0]!, "deprecated", "no"),
  ],
];

for (const [path, change] of CACHE_FAULTS) {
  Deno.test(`full_registry_cache.schema.json refuses a fault at ${path}`, async () => {
    const validate = await compile("full_registry_cache");
    const value = await exported();
    change(value);
    assert.equal(validate(value), false);
    assert.deepEqual(validate.errors!.map((error) => error.instancePath), [path]);
  });
}

// Faults are planted by hand, so the files are taken as plain JSON here.
type Json = { [key: string]: Json } & Json[];

/** A file as the cache's own export writes it. */
async function exported(): Promise<Json> {
  const dir = await Deno.makeTempDir();
  const cache = new RegistryCache(join(dir, "cache.db"));
  try {
    const packages = [
      cachedPackage("a", { tags: ["x"], latest_version: "1.0.0", publisher: "someone" }),
      cachedPackage("b", {
        missing_since: "2026-08-20T02:00:00Z",
        versions_list: [
          cachedVersion("2.0.0", { inferred: true }),
          cachedVersion("1.0.0", { metadata_cached: false, comfy_nodes: undefined }),
        ],
      }),
    ];
    const now = "2026-08-21T02:00:00Z";
    await importCacheJson(cache, JSON.parse(JSON.stringify(packages)), now, silentReporter);
    return JSON.parse([...exportCacheJson(cache, now)].join(""));
  } finally {
    cache.close();
    await Deno.remove(dir, { recursive: true });
  }
}

async function compile(name: string): Promise<ValidateFunction> {
  const url = new URL(`../../data/schema/${name}.schema.json`, import.meta.url);
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  return ajv.compile(JSON.parse(await Deno.readTextFile(url)));
}

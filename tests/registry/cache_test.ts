import assert from "node:assert/strict";
import { join } from "node:path";
import { isKind, silentReporter } from "../../src/base/mod.ts";
import {
  exportCacheJson,
  importCacheJson,
  readCachedPackages,
  RegistryCache,
  registryErrors,
  type RegistryVersion,
} from "../../src/registry/mod.ts";

const DAY_ONE = "2026-08-19T02:00:00Z";
const DAY_TWO = "2026-08-20T02:00:00Z";

async function withCache(
  work: (cache: RegistryCache, path: string) => void | Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    using cache = new RegistryCache(join(directory, "registry_cache.db"));
    await work(cache, cache.path);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

function version(number: string, more: Partial<RegistryVersion> = {}): RegistryVersion {
  return {
    version: number,
    dependencies: [],
    deprecated: false,
    comfy_node_extract_status: "success",
    ...more,
  };
}

function fill(cache: RegistryCache): void {
  cache.savePackage(
    { id: "beta", name: "Beta", downloads: 5, github_stars: 1, latest_version: "1.1.0" },
    { last_checked: DAY_ONE },
  );
  cache.savePackage({ id: "alpha", name: "Alpha", downloads: 9, github_stars: 0 }, {
    last_checked: DAY_ONE,
  });
  for (const number of ["1.0.0", "1.1.0", "1.0.1"]) {
    cache.saveVersion(
      "beta",
      version(number, { download_url: `https://example.invalid/${number}.zip` }),
      {
        last_checked: DAY_ONE,
      },
    );
  }
  const classes = [{ comfy_node_name: "Zoom", input_types: "{}" }, { comfy_node_name: "Add" }];
  const digest = cache.saveNodeClasses("beta", "1.1.0", classes);
  cache.setNodes("beta", "1.0.1", "inferred", digest);
}

function exported(cache: RegistryCache): string {
  return [...exportCacheJson(cache, DAY_TWO)].join("");
}

Deno.test("a cache gives packages by id, versions newest first, classes by name", async () => {
  await withCache((cache) => {
    fill(cache);
    const packages = [...readCachedPackages(cache)];
    assert.deepEqual(packages.map((one) => one.id), ["alpha", "beta"]);
    const [newest, inferred, unread] = packages[1]!.versions_list;
    assert.deepEqual([newest!.version, inferred!.version, unread!.version], [
      "1.1.0",
      "1.0.1",
      "1.0.0",
    ]);
    assert.deepEqual(newest!.comfy_nodes!.map((one) => one.comfy_node_name), ["Add", "Zoom"]);
    assert.equal(inferred!.inferred, true);
    assert.equal(inferred!.comfy_nodes, newest!.comfy_nodes, "equal lists are one array");
    assert.equal(unread!.metadata_cached, false);
  });
});

Deno.test("a cache exported as JSON and imported again exports the same bytes", async () => {
  await withCache(async (cache) => {
    fill(cache);
    const text = exported(cache);
    await withCache(async (copy) => {
      const taken = await importCacheJson(copy, JSON.parse(text).nodes, DAY_ONE, silentReporter);
      assert.equal(taken, 2);
      assert.equal(exported(copy), text);
    });
  });
});

Deno.test("an export is the seed's structure", async () => {
  await withCache((cache) => {
    fill(cache);
    const { nodes, ...totals } = JSON.parse(exported(cache));
    assert.deepEqual(totals, {
      schema_version: 1,
      cached_at: DAY_TWO,
      node_count: 2,
      versions_processed: 3,
      metadata_entries: 4,
    });
    assert.equal(nodes[1].versions_list[0].download_url, "https://example.invalid/1.1.0.zip");
    assert.equal(nodes[1].first_seen, DAY_ONE);
  });
});

Deno.test("importCacheJson() takes the predecessor's file, which has values where the API has JSON text", async () => {
  await withCache(async (cache) => {
    const seed = [{
      id: "node-id",
      name: "Node Name",
      fully_cached: true,
      versions_list: [{
        version: "1.0.0",
        download_url: "u",
        dependencies: ["numpy"],
        comfy_nodes: [{
          comfy_node_name: "N",
          input_types: { required: { a: ["INT"] } },
          return_types: ["INT"],
        }],
        metadata_cached: true,
      }],
      versions_cached_at: DAY_ONE,
    }];
    await importCacheJson(cache, seed, DAY_ONE, silentReporter);
    const [one] = [...readCachedPackages(cache)];
    assert.equal(one!.versions_list[0]!.comfy_nodes![0]!.input_types, '{"required":{"a":["INT"]}}');
    assert.equal(one!.first_seen, DAY_ONE);
  });
});

Deno.test("importCacheJson() reports a bad package and takes the others", async () => {
  await withCache(async (cache) => {
    const warnings: string[] = [];
    const bad = [{ id: 5 }, { id: "ok", versions_list: [] }, {
      id: "x",
      versions_list: [{ version: "1", tags: 5 }],
    }];
    const taken = await importCacheJson(cache, bad, DAY_ONE, {
      emit: (event) => event.kind === "warned" && warnings.push(event.message),
    });
    assert.equal(taken, 1);
    assert.match(warnings[0]!, /\$\.nodes\[0\]\.id/);
    assert.match(warnings[1]!, /\$\.nodes\[2\]\.versions_list\[0\]\.tags/);
  });
});

Deno.test("a version keeps its download address when a later list leaves it empty", async () => {
  await withCache((cache) => {
    fill(cache);
    const before = exported(cache);
    cache.saveVersion("beta", version("1.1.0"), { last_checked: DAY_ONE });
    assert.equal(exported(cache), before);
  });
});

Deno.test("a package is due when its newest version changed, and when it comes back", async () => {
  await withCache((cache) => {
    fill(cache);
    const due = () => cache.packages().filter((one) => one.versions_due === 1).map((one) => one.id);
    cache.run("UPDATE packages SET versions_due = 0");
    const beta = { id: "beta", name: "Beta", downloads: 6, github_stars: 1 };
    cache.savePackage({ ...beta, latest_version: "1.1.0" }, { last_checked: DAY_TWO });
    assert.deepEqual(due(), []);
    cache.savePackage({ ...beta, latest_version: "1.2.0" }, { last_checked: DAY_TWO });
    assert.deepEqual(due(), ["beta"]);
    cache.run("UPDATE packages SET versions_due = 0");
    cache.run("UPDATE packages SET missing_since = ? WHERE id = 'alpha'", DAY_ONE);
    cache.savePackage({ id: "alpha", name: "Alpha", downloads: 9, github_stars: 0 }, {
      last_checked: DAY_TWO,
    });
    assert.deepEqual(due(), ["alpha"]);
  });
});

Deno.test("opening a cache of a newer schema is refused, and a file that is no cache is named", async () => {
  await withCache((cache, path) => {
    cache.database.exec("PRAGMA user_version = 99");
    assert.throws(
      () => new RegistryCache(path),
      (error) => isKind(error, registryErrors.REGISTRY_CACHE_NEWER),
    );
    const other = `${path}.txt`;
    Deno.writeTextFileSync(
      other,
      "this is no database, and it is long enough to look like a header",
    );
    assert.throws(
      () => new RegistryCache(other),
      (error) => isKind(error, registryErrors.REGISTRY_CACHE_UNREADABLE),
    );
  });
});

Deno.test("two writers of one cache do not both get through", async () => {
  await withCache((cache, path) => {
    cache.setMeta("a", "1");
    using other = new RegistryCache(path);
    assert.throws(
      () => other.setMeta("a", "2"),
      (error) => isKind(error, registryErrors.REGISTRY_CACHE_BUSY),
    );
    cache.checkpoint();
  });
});

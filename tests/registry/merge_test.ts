import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { silentReporter } from "../../src/base/mod.ts";
import { createHttpClient } from "../../src/http/mod.ts";
import { buildMappings, mappingsText } from "../../src/mappings/mod.ts";
import {
  type CrawlOptions,
  crawlRegistry,
  defaultCrawlOptions,
  exportCacheJson,
  mergeCaches,
  readCachedPackages,
  RegistryCache,
} from "../../src/registry/mod.ts";
import { withTempDir } from "../support/alone.ts";
import {
  makeCorpus,
  type RegistryFaults,
  startRegistry,
  type TestRegistry,
} from "../support/registry/mod.ts";
import { dayTime, quickClock } from "../support/registry_runs.ts";

const corpus = await makeCorpus({ packages: 50, source: "synthetic" });
const tomorrow = await makeCorpus({ packages: 50, source: "synthetic", day: 1 });

async function crawl(
  registry: TestRegistry,
  path: string,
  { day = 0, ...options }: Partial<CrawlOptions> & { readonly day?: number } = {},
): Promise<number> {
  using cache = new RegistryCache(path);
  const { requests } = await crawlRegistry({
    cache,
    http: createHttpClient({ clock: quickClock(), env: () => undefined, retries: 8 }),
    registryUrl: registry.url,
    report: silentReporter,
  }, { ...defaultCrawlOptions, now: dayTime(day), ...options });
  return requests;
}

/** The mappings of a cache as text, and the cache itself without what its machine says of itself. */
async function contentOf(path: string): Promise<{ mappings: string; cache: string }> {
  using cache = new RegistryCache(path, { readOnly: true });
  const mappings = await buildMappings(readCachedPackages(cache), { now: dayTime(1) });
  return {
    mappings: [...mappingsText(mappings)].join(""),
    cache: [...exportCacheJson(cache, dayTime(1))].join(""),
  };
}

function merge(target: string, parts: readonly string[]): void {
  using cache = new RegistryCache(target);
  mergeCaches(cache, parts);
}

const FAULTS: RegistryFaults = {
  chances: { "500": 0.02, "503": 0.02, cut: 0.02, truncated: 0.02, html: 0.02 },
};

for (const count of [1, 2, 3, 7]) {
  for (const faults of count === 3 ? [{}, FAULTS] : [{}]) {
    const how = faults === FAULTS ? " in spite of faults" : "";
    Deno.test(`${count} machines give the mappings of one, on two days${how}`, async () => {
      await withTempDir(async (dir) => {
        const at = (name: string) => join(dir, name);
        await using registry = startRegistry({ corpus });
        for (const [day, of] of [corpus, tomorrow].entries()) {
          registry.setCorpus(of);
          registry.setFaults({});
          await crawl(registry, at("alone.db"), { day });
          registry.setFaults(faults);
          const parts = Array.from({ length: count }, (_, part) => at(`part-${part}.db`));
          for (const [part, path] of parts.entries()) {
            if (day > 0) await Deno.copyFile(at("merged.db"), path);
            await crawl(registry, path, { day, shard: { index: part + 1, count } });
          }
          merge(at("merged.db"), parts.toReversed());
          assert.deepEqual(await contentOf(at("merged.db")), await contentOf(at("alone.db")));
        }
      });
    });
  }
}

Deno.test("machines that begin with the lists of one ask for nothing twice", async () => {
  await withTempDir(async (dir) => {
    const at = (name: string) => join(dir, name);
    await using registry = startRegistry({ corpus });
    const alone = await crawl(registry, at("alone.db"));
    let shared = await crawl(registry, at("lists.db"), { metadata: false });
    for (const index of [1, 2, 3]) {
      await Deno.copyFile(at("lists.db"), at(`${index}.db`));
      const shard = { index, count: 3 };
      shared += await crawl(registry, at(`${index}.db`), {
        packages: false,
        versions: false,
        shard,
      });
    }
    merge(at("merged.db"), [at("2.db"), at("3.db"), at("1.db")]);
    assert.deepEqual(await contentOf(at("merged.db")), await contentOf(at("alone.db")));
    assert.equal(shared, alone);
  });
});

Deno.test("of two records the later counts, and what only the earlier knew is not lost", async () => {
  await withTempDir((dir) => {
    const [early, late] = [join(dir, "early.db"), join(dir, "late.db")];
    const base = { dependencies: [], deprecated: false, created_at: "2026-01-01T00:00:00Z" };
    {
      using cache = new RegistryCache(early);
      cache.savePackage({ id: "a", name: "A", downloads: 1, github_stars: 0 }, {
        last_checked: dayTime(0),
      });
      const address = "https://host.example/a.zip";
      const version = { ...base, version: "1.0.0", id: "x", download_url: address };
      cache.saveVersion("a", version, { last_checked: dayTime(0) });
      cache.saveNodeClasses("a", "1.0.0", [{ comfy_node_name: "Known" }]);
    }
    {
      using cache = new RegistryCache(late);
      cache.savePackage({ id: "a", name: "A", downloads: 2, github_stars: 0 }, {
        last_checked: dayTime(1),
      });
      const version = { ...base, version: "1.0.0", id: "x", deprecated: true };
      cache.saveVersion("a", version, { last_checked: dayTime(1) });
    }
    for (const parts of [[early, late], [late, early]]) {
      const target = join(dir, `${parts.indexOf(early)}.db`);
      merge(target, parts);
      using cache = new RegistryCache(target, { readOnly: true });
      const [found] = [...readCachedPackages(cache)];
      assert.deepEqual([found!.downloads, found!.first_seen], [2, dayTime(0)]);
      const [version] = found!.versions_list;
      assert.deepEqual(Object.keys(version!).slice(0, 3), ["version", "id", "download_url"]);
      assert.deepEqual(
        [version!.download_url, version!.deprecated, version!.last_checked],
        ["https://host.example/a.zip", true, dayTime(1)],
      );
      assert.deepEqual(version!.comfy_nodes, [{ comfy_node_name: "Known" }]);
    }
    return Promise.resolve();
  });
});

Deno.test("caches that share packages in any way merge to the whole, in any order", async () => {
  await withTempDir(async (dir) => {
    const whole = join(dir, "whole.db");
    await using registry = startRegistry({ corpus });
    await crawl(registry, whole);
    const expected = await contentOf(whole);
    let run = 0;
    const split = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 50, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(split, fc.boolean(), async (places, backwards) => {
        const parts = [0, 1, 2].map((bit) =>
          subset(whole, join(dir, `${run}-${bit}.db`), places, bit)
        );
        const target = join(dir, `${run++}.db`);
        merge(target, backwards ? parts.toReversed() : parts);
        assert.deepEqual(await contentOf(target), expected);
      }),
      { numRuns: 6 },
    );
  });
});

/** A copy with only those packages whose place has a bit. */
function subset(whole: string, path: string, places: readonly number[], bit: number): string {
  Deno.copyFileSync(whole, path);
  using cache = new RegistryCache(path);
  for (const [index, { id }] of cache.packages().entries()) {
    if ((places[index % places.length]! >> bit) & 1) continue;
    cache.run("DELETE FROM versions WHERE package_id = ?", id);
    cache.run("DELETE FROM packages WHERE id = ?", id);
  }
  cache.setMeta("shard", "");
  return path;
}

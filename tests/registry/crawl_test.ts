import assert from "node:assert/strict";
import { join } from "node:path";
import { silentReporter } from "../../src/base/mod.ts";
import type { Corpus } from "../../src/demo/sample_registry/mod.ts";
import { createHttpClient } from "../../src/http/mod.ts";
import {
  type CachedPackage,
  type CrawlOptions,
  crawlRegistry,
  type CrawlSummary,
  defaultCrawlOptions,
  readCachedPackages,
  RegistryCache,
} from "../../src/registry/mod.ts";
import { withTempDir } from "../support/alone.ts";
import {
  makeCorpus,
  type RegistryFaults,
  startRegistry,
  type TestRegistry,
  withoutPackages,
} from "../support/registry/mod.ts";
import { dayTime, quickClock } from "../support/registry_runs.ts";

const corpus = await makeCorpus({ packages: 60, source: "synthetic" });

interface Crawl {
  readonly registry: TestRegistry;
  run(day: number, options?: Partial<CrawlOptions>, budget?: number): Promise<CrawlSummary>;
  packages(): Map<string, CachedPackage>;
}

async function withCrawl(
  work: (crawl: Crawl) => Promise<void>,
  faults: RegistryFaults = {},
): Promise<void> {
  await using registry = startRegistry({ corpus, faults });
  await withTempDir(async (dir) => {
    using cache = new RegistryCache(join(dir, "cache.db"));
    await work({
      registry,
      packages: () => new Map([...readCachedPackages(cache)].map((one) => [one.id, one])),
      run: (day, options = {}, requestBudget) =>
        crawlRegistry({
          cache,
          http: createHttpClient({ clock: quickClock(), requestBudget, env: () => undefined }),
          registryUrl: registry.url,
          report: silentReporter,
        }, { ...defaultCrawlOptions, now: dayTime(day), ...options }),
    });
  });
}

/** A corpus in which one package is changed. */
function withChange(
  id: string,
  change: (entry: Corpus["packages"][number]) => Corpus["packages"][number],
): Corpus {
  return { packages: corpus.packages.map((entry) => entry.id === id ? change(entry) : entry) };
}

const id = corpus.packages.find((entry) => entry.versions.length > 4)!.id;

Deno.test("a package that vanishes is marked with the day, and the mark goes when it comes back", async () => {
  await withCrawl(async ({ registry, run, packages }) => {
    await run(0);
    registry.setCorpus(withoutPackages(corpus, [id]));
    assert.equal((await run(1)).missing_packages, 1);
    const versions = packages().get(id)!.versions_list.length;
    await run(2);
    assert.equal(packages().get(id)!.missing_since, dayTime(1));
    registry.setCorpus(corpus);
    assert.equal((await run(3)).missing_packages, 0);
    assert.equal(packages().get(id)!.missing_since, undefined);
    assert.equal(packages().get(id)!.first_seen, dayTime(0));
    assert.equal(packages().get(id)!.versions_list.length, versions);
  });
});

Deno.test("a version that vanishes is marked with the day, and the mark goes when it comes back", async () => {
  await withCrawl(async ({ registry, run, packages }) => {
    await run(0);
    const gone = corpus.packages.find((entry) => entry.id === id)!.versions.at(-1)!.version;
    registry.setCorpus(
      withChange(id, (entry) => ({ ...entry, versions: entry.versions.slice(0, -1) })),
    );
    const found = () => packages().get(id)!.versions_list.find((one) => one.version === gone)!;
    assert.equal((await run(1, { sweep: "full" })).missing_versions, 1);
    assert.deepEqual([found().missing_since, found().last_checked], [dayTime(1), dayTime(0)]);
    registry.setCorpus(corpus);
    await run(2, { sweep: "full" });
    assert.deepEqual([found().missing_since, found().last_checked], [undefined, dayTime(2)]);
  });
});

Deno.test("a new release is found from the list, read alone, and its classes with it", async () => {
  await withCrawl(async ({ registry, run, packages }) => {
    await run(0);
    const next = await makeCorpus({ packages: 60, source: "synthetic", day: 20 });
    registry.setCorpus(next);
    registry.resetCounters();
    const { new_versions } = await run(1, { sweep: "none" });
    assert.ok(new_versions > 0);
    const { byEndpoint } = registry.counters();
    assert.ok((byEndpoint.node_versions ?? 0) <= new_versions);
    for (const entry of next.packages) {
      const known = packages().get(entry.id)!.versions_list.map((one) => one.version);
      assert.deepEqual(known.toSorted(), entry.versions.map((one) => one.version).toSorted());
    }
  });
});

Deno.test("a version whose classes were pending is read once the registry has extracted them", async () => {
  await withCrawl(async ({ registry, run, packages }) => {
    const restate = (to: string) =>
      withChange(id, (entry) => ({
        ...entry,
        versions: entry.versions.map((version) => ({
          ...version,
          listed: version.listed.replace(/"comfy_node_extract_status":"\w+"/, to),
          whole: version.whole.replace(/"comfy_node_extract_status":"\w+"/, to),
        })),
      }));
    const known = () => packages().get(id)!.versions_list.filter((one) => one.metadata_cached);
    registry.setCorpus(restate('"comfy_node_extract_status":"pending"'));
    await run(0);
    assert.equal(known().length, 0);
    registry.setCorpus(restate('"comfy_node_extract_status":"success"'));
    for (let day = 1; day <= 7; day++) await run(day);
    assert.equal(known().length, packages().get(id)!.versions_list.length);
  });
});

Deno.test("inferred class lists are confirmed with spare budget, and never asked for twice", async () => {
  await withCrawl(async ({ registry, run, packages }) => {
    const { node_lists_inferred } = await run(0);
    assert.ok(node_lists_inferred > 0);
    const lists = () =>
      JSON.stringify(
        [...packages().values()].map((one) =>
          one.versions_list.map((version) => version.comfy_nodes)
        ),
      );
    const before = lists();
    registry.resetCounters();
    assert.equal((await run(0, {}, 10_000)).node_lists_inferred, 0);
    assert.ok((registry.counters().byEndpoint.comfy_nodes ?? 0) >= node_lists_inferred);
    assert.equal(lists(), before, "what was inferred was right");
    registry.resetCounters();
    await run(0, {}, 10_000);
    assert.equal(registry.counters().byEndpoint.comfy_nodes, undefined);
  });
});

for (const missing of [["bulk"], ["versions"], ["bulk", "versions"]] as const) {
  Deno.test(`a crawl of a server without ${missing.join(" and ")} finds all the same`, async () => {
    const told: string[] = [];
    for (const faults of [{}, { missing }]) {
      await withCrawl(async ({ registry, run, packages }) => {
        assert.equal((await run(0)).failures, 0);
        told.push(JSON.stringify([...packages().values()]));
        assert.equal(registry.counters().violations, 0);
      }, faults);
    }
    assert.equal(told[1], told[0]);
  });
}

Deno.test("a crawl that reads everything a second time at the same moment changes nothing", async () => {
  await withCrawl(async ({ run, packages }) => {
    await run(0);
    const before = JSON.stringify([...packages().values()]);
    const again = await run(0, { sweep: "full" });
    assert.deepEqual([again.new_packages, again.new_versions], [0, 0]);
    assert.equal(JSON.stringify([...packages().values()]), before);
  });
});

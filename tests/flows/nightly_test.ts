import assert from "node:assert/strict";
import { join } from "node:path";
import { makeCorpus } from "../support/registry/mod.ts";
import { withNights } from "../support/nightly_scene.ts";

const tomorrow = await makeCorpus({ packages: 40, source: "synthetic", day: 60 });
const half = { packages: tomorrow.packages.slice(0, 1) };

Deno.test("nights with a data repository: cache and mappings are committed, and nothing new is no commit", async () => {
  await withNights("repository", async ({ night, git, registry, github, summaries, directory }) => {
    const first = await night(0);
    assert.deepEqual([first.ok, first.published], [true, true], first.notes.join("\n"));
    const inData = (await git("-C", "data.git", "ls-tree", "-r", "--name-only", "main")).split(
      "\n",
    );
    for (
      const path of [
        "cache/registry_cache.json.gz",
        "cache/registry_cache.json.gz.sha256",
        "cache/metadata.json",
        "history/2026/09/registry_cache_20260901.json.gz",
        "manager/extension-node-map.json",
        "manager/last_updated.txt",
      ]
    ) assert(inData.includes(path), `${path} in ${inData.join(" ")}`);
    assert(!inData.some((path) => /\.db|full_registry|node_mappings/.test(path)));
    const published = await git("-C", "main.git", "ls-tree", "-r", "--name-only", "registry-data");
    assert.equal(published, "node_mappings.json\nnode_mappings.json.sha256\n");
    const message = await git("-C", "data.git", "log", "-1", "--format=%an%n%B", "main");
    assert.match(message, /^GitHub Actions\nUpdate registry data 2026-09-01\n\n/);
    assert.match(message, /^packages: 40\n[^]*^node signatures: \d+$/m);
    assert.match(summaries[0]!, /^## Registry data\n[^]*\| requests \| \d+ \|/);

    registry.resetCounters();
    const second = await night(0.04);
    assert.deepEqual([second.ok, second.published], [true, false], second.notes.join("\n"));
    assert(registry.counters().total < 60, "the cache of the night before is used");
    assert.equal(await git("-C", "data.git", "rev-list", "--count", "main"), "1\n");
    assert.equal(await git("-C", "main.git", "rev-list", "--count", "registry-data"), "1\n");

    registry.setCorpus(tomorrow);
    const third = await night(1);
    assert.deepEqual([third.ok, third.published], [true, true], third.notes.join("\n"));
    assert.equal(await git("-C", "data.git", "rev-list", "--count", "main"), "2\n");
    const copy = join(directory, "machine-2", "data", ".git", "shallow");
    assert((await Deno.stat(copy)).isFile, "only the newest commit is fetched");
    const config = await Deno.readTextFile(join(directory, "machine-2", "data", ".git", "config"));
    assert(!config.includes("token"), config);
    assert.deepEqual([github.issues, github.strangers, github.releases], [[], [], []]);
  });
});

Deno.test("nights with releases: the last seven caches stay, each with its metadata, and a damaged one is passed over", async () => {
  await withNights("releases", async ({ night, registry, github }) => {
    for (let day = 0; day < 2; day++) {
      registry.setCorpus(await makeCorpus({ packages: 40, source: "synthetic", day: day * 60 }));
      const outcome = await night(day);
      assert.deepEqual([outcome.ok, outcome.published], [true, true], outcome.notes.join("\n"));
    }
    assert.deepEqual(github.releases.map((one) => one.tag_name), ["cache-1", "cache-2"]);
    const newest = github.releases.at(-1)!;
    assert.deepEqual([newest.draft, newest.make_latest], [false, "false"]);
    assert.deepEqual([...newest.assets.keys()].sort(), [
      "build_metadata.json",
      "registry_cache.json.gz",
    ]);
    const metadata = JSON.parse(
      new TextDecoder().decode(newest.assets.get("build_metadata.json")),
    );
    assert.deepEqual([metadata.date, metadata.metrics.run], ["2026-09-02", 2]);
    const whole = new Map(newest.assets);
    newest.assets.set("registry_cache.json.gz", new Uint8Array([1, 2, 3]));
    github.releases.push({
      ...newest,
      id: 99,
      tag_name: "cache-99",
      assets: new Map(),
      draft: true,
    });
    registry.resetCounters();
    const passed = await night(1.04);
    assert.equal(passed.ok, true, passed.notes.join("\n"));
    assert.match(passed.notes.join("\n"), /The snapshot of 2026-09-02 is passed over/);
    assert(registry.counters().total < 150, "the cache before it is used");
    for (let number = 90; number < 98; number++) {
      const tag_name = `cache-${number}`;
      github.releases.push({ ...newest, id: number + 100, tag_name, assets: whole });
    }
    registry.setCorpus(tomorrow);
    const next = await night(3, { GITHUB_RUN_NUMBER: "98" });
    assert.equal(next.published, true, next.notes.join("\n"));
    assert.deepEqual(
      github.releases.map((one) => one.tag_name),
      ["cache-92", "cache-93", "cache-94", "cache-95", "cache-96", "cache-97", "cache-98"],
    );
    assert.deepEqual([github.issues, github.strangers], [[], []]);
  });
});

Deno.test("a night that fails publishes nothing and tells one issue; the next failure adds to it", async () => {
  await withNights("releases", async ({ night, registry, github, git, summaries }) => {
    assert.equal((await night(0)).ok, true);
    registry.setFaults({ missing: ["nodes"] });
    assert.equal((await night(1)).ok, false);
    registry.setFaults({});
    registry.setCorpus(half);
    // With the history lost, what is left of the registry would publish far less than before.
    github.releases.length = 0;
    const shrunk = await night(2, { FORCE_FULL: "true" });
    assert.deepEqual([shrunk.ok, shrunk.published], [false, false]);
    assert.match(shrunk.notes[0]!, /Found errors in the new data/);
    assert.equal(github.issues.length, 1);
    assert.match(github.issues[0]!.body, /\[The run\]\(https:.*\/actions\/runs\//);
    assert.equal(github.issues[0]!.comments.length, 1);
    assert.match(summaries.at(-1)!, /^## Registry data: failed/);
    assert.equal(await git("-C", "main.git", "rev-list", "--count", "registry-data"), "1\n");
  });
});

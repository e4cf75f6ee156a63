import assert from "node:assert/strict";
import { join } from "node:path";
import type { ValidationReport } from "../../../src/pipeline/mod.ts";
import { withTempDir } from "../../support/alone.ts";
import { startRegistry } from "../../support/registry/mod.ts";
import { crawl, dayTime, listing, published, update } from "../../support/registry_runs.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { sixty, withDataDir } from "./data_dir.ts";

const NOT_FOUND: readonly [argv: readonly string[], code: string][] = [
  [["lookup", "No Such Node", "--data-dir", "$"], "NODE_NOT_FOUND"],
  [["search", "qqzzxx", "--data-dir", "$"], "NOTHING_FOUND"],
  [["lookup", "KSampler", "--data-dir", "$/none"], "FILE_NOT_FOUND"],
  [["stats", "--mappings", "$/none.json"], "FILE_NOT_FOUND"],
  [["diff", "$/none.json", "$/node_mappings.json"], "FILE_NOT_FOUND"],
  [["validate", "--data-dir", "$/none"], "FILE_NOT_FOUND"],
  [["mappings", "--cache", "$/none.db", "--output", "$/m.json"], "FILE_NOT_FOUND"],
  [["snapshot", "--data-dir", "$/none"], "FILE_NOT_FOUND"],
  [["snapshot", "--data-dir", "$/none", "--dry-run"], "FILE_NOT_FOUND"],
  [["snapshot", "restore", "2020-01-01", "--data-dir", "$"], "SNAPSHOT_NOT_FOUND"],
  [["snapshot", "restore", "2020-01-01", "--data-dir", "$", "--dry-run"], "SNAPSHOT_NOT_FOUND"],
];

Deno.test("what is not there ends with exit 4, a code and a hint, and changes nothing", async () => {
  await withDataDir(async (dir) => {
    const before = await listing(dir);
    for (const [argv, code] of NOT_FOUND) {
      const words = argv.map((word) => word.startsWith("$") ? join(dir, word.slice(1)) : word);
      const run = await runInProcess(["registry", ...words, "--json"]);
      assert.deepEqual([run.code, run.json?.error?.code], [4, code], run.stdout);
      assert.ok(run.json?.error?.hint, run.stdout);
    }
    assert.deepEqual(await listing(dir), before);
  });
});

Deno.test("registry validate ends with exit 1 when there are findings, each with its path", async () => {
  await withDataDir(async (dir) => {
    const path = join(dir, "node_mappings.json");
    const mappings = JSON.parse(await Deno.readTextFile(path));
    mappings.stats.signatures++;
    const [key] = Object.keys(mappings.mappings);
    mappings.mappings[key!][0].rank = 7;
    mappings.mappings[key!][0].package_id = "nobody";
    await Deno.writeTextFile(path, JSON.stringify(mappings));
    const argv = ["registry", "validate", "--data-dir", dir, "--now", dayTime(0)];
    const run = await runInProcess([...argv, "--json"]);
    await assertPublishedShape(run.json);
    assert.deepEqual([run.code, run.json?.ok, run.json?.error?.code], [1, false, "CHECK_FAILED"]);
    const { findings } = run.json?.data as ValidationReport;
    const codes = new Set(findings.map((one) => one.code));
    for (const code of ["COUNT_MISMATCH", "RANK_ORDER", "ORPHAN_PACKAGE"] as const) {
      assert.ok(codes.has(code), `${code} in ${[...codes]}`);
    }
    assert.ok(findings.every((one) => one.path.startsWith("$") && one.file !== ""));
    const people = await runInProcess(argv);
    assert.equal(people.code, 1);
    assert.match(people.stdout, /^error RANK_ORDER .*node_mappings\.json \$\.mappings\[/m);
  });
});

Deno.test("an update that would publish 5 % less is refused, and done with --allow-shrink", async () => {
  await withDataDir(async (dir, registry) => {
    const path = join(dir, "node_mappings.json");
    const mappings = JSON.parse(await Deno.readTextFile(path));
    // What was published before had more than registry and Manager tell of today.
    for (let index = 0; index < 40; index++) {
      const id = `manager_lost_${index}`;
      mappings.packages[id] = { repository: `https://example.invalid/${id}`, versions: {} };
      mappings.packages[id].source = "manager";
      mappings.mappings[`Lost${index}::_`] = [
        { package_id: id, versions: [], rank: 1, source: "manager" },
      ];
    }
    await Deno.writeTextFile(path, JSON.stringify(mappings));
    const before = await published(dir);
    const argv = ["--force-full", "--json"];
    const refused = await update(registry, dir, { day: 1, argv });
    assert.deepEqual([refused.code, refused.json?.error?.code], [1, "VALIDATION_FAILED"]);
    assert.match(refused.json?.error?.hint ?? "", /--allow-shrink/);
    await assertPublishedShape(refused.json);
    assert.deepEqual(await published(dir), before);
    const check = await runInProcess([
      ...["registry", "validate", "--data-dir", dir, "--previous", path],
      ...["--now", dayTime(1)],
    ]);
    assert.match(check.stdout, /errors/);
    const allowed = await update(registry, dir, { day: 1, argv: [...argv, "--allow-shrink"] });
    assert.equal(allowed.code, 0, allowed.stdout);
    assert.notEqual((await published(dir)).mappings, before.mappings);
  });
});

Deno.test("a crawl in which reads failed for good keeps what it read, and ends with exit 6", async () => {
  await using registry = startRegistry({
    corpus: sixty,
    faults: { chances: { "503": 1 }, repeats: Infinity, only: ["comfy_nodes"] },
  });
  await withTempDir(async (dir) => {
    const output = join(dir, "c.json");
    const run = await crawl(registry, output, { argv: ["--max-versions", "1", "--json"] });
    assert.deepEqual([run.code, run.json?.error?.code], [6, "REGISTRY_INCOMPLETE"]);
    await assertPublishedShape(run.json);
    const { nodes } = JSON.parse(await Deno.readTextFile(output));
    assert.equal(nodes.length, 60);
    registry.setFaults({});
    assert.equal((await crawl(registry, output, { argv: ["--max-versions", "1"] })).code, 0);
  });
});

Deno.test("registry update --offline works from the disk, and says so when there is nothing", async () => {
  await withDataDir(async (dir, registry) => {
    const before = await published(dir);
    const offline = await update(registry, dir, { argv: ["--offline"] });
    assert.equal(offline.code, 0, offline.stderr);
    assert.equal(registry.counters().total, 0);
    assert.deepEqual(await published(dir), before);
    await Deno.remove(join(dir, "registry_cache.db"));
    assert.equal((await update(registry, dir, { argv: ["--offline"] })).code, 0);
    assert.deepEqual(await published(dir), before);
    const nothing = await update(registry, join(dir, "none"), { argv: ["--offline", "--json"] });
    assert.deepEqual([nothing.code, nothing.json?.error?.code], [2, "NOTHING_TO_UPDATE"]);
  });
});

Deno.test("a request budget counts for the registry, and Manager's data comes all the same", async () => {
  await using registry = startRegistry({ corpus: sixty });
  await withTempDir(async (dir) => {
    const run = await update(registry, dir, { argv: ["--request-budget", "20", "--json"] });
    assert.equal(run.code, 0, run.stdout);
    assert.equal(registry.counters().total, 20);
  });
});

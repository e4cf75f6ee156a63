import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { withTempDir } from "../../support/alone.ts";
import { startRegistry } from "../../support/registry/mod.ts";
import { crawl, dayTime, listing } from "../../support/registry_runs.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { sixty } from "./data_dir.ts";

interface Summary {
  readonly requests: number;
  readonly budget_spent: boolean;
  readonly packages: number;
  readonly node_lists_read: number;
  readonly node_lists_inferred: number;
}
const summaryOf = (run: { json?: { data?: unknown } }) =>
  (run.json?.data as { summary: Summary }).summary;

/** What a crawl of everything writes. */
const whole = await (async () => {
  await using registry = startRegistry({ corpus: sixty });
  return await withTempDir(async (dir) => {
    const output = join(dir, "cache.json");
    assert.equal((await crawl(registry, output)).code, 0);
    return await Deno.readTextFile(output);
  });
})();

Deno.test("registry cache in three phases, one at a time, writes the bytes of all at once", async () => {
  await using registry = startRegistry({ corpus: sixty });
  await withTempDir(async (dir) => {
    const output = join(dir, "cache.json");
    const off = ["--no-nodes", "--no-versions", "--no-metadata"];
    const asked: unknown[] = [];
    for (const phase of off) {
      registry.resetCounters();
      const argv = off.filter((option) => option !== phase);
      assert.equal((await crawl(registry, output, { argv })).code, 0);
      asked.push(Object.keys(registry.counters().byEndpoint));
    }
    assert.deepEqual(asked, [["nodes"], ["versions", "bulk"], ["comfy_nodes"]]);
    assert.equal(await Deno.readTextFile(output), whole);
  });
});

for (const form of ["json", "json.gz", "json.zst", "db"]) {
  Deno.test(`registry cache goes on from an --input in the form .${form} without asking for it again`, async () => {
    await using registry = startRegistry({ corpus: sixty });
    await withTempDir(async (dir) => {
      const input = join(dir, `first.${form}`);
      assert.equal((await crawl(registry, input)).code, 0);
      if (form !== "db") await Deno.remove(join(dir, "first.db"));
      registry.resetCounters();
      const output = join(dir, "second.json");
      const run = await crawl(registry, output, { argv: ["--input", input, "--sweep", "none"] });
      assert.equal(run.code, 0, run.stderr);
      assert.deepEqual(registry.counters().byEndpoint, { nodes: 1 });
      assert.equal(await Deno.readTextFile(output), whole);
    });
  });
}

Deno.test("registry cache leaves one file for a .db, and a .db beside a JSON file", async () => {
  await using registry = startRegistry({ corpus: sixty });
  await withTempDir(async (dir) => {
    const names = async () => (await listing(dir)).map((line) => line.split(" ")[0]);
    assert.equal((await crawl(registry, join(dir, "one.db"))).code, 0);
    assert.deepEqual(await names(), ["one.db"]);
    assert.equal((await crawl(registry, join(dir, "two.json.zst"))).code, 0);
    assert.deepEqual(await names(), ["one.db", "two.db", "two.json.zst"]);
  });
});

Deno.test("registry cache --pages reads so many pages of the list, and what belongs to them", async () => {
  await using registry = startRegistry({ corpus: sixty });
  await withTempDir(async (dir) => {
    const argv = ["--pages", "2", "--nodes-per-page", "5", "--json"];
    const run = await crawl(registry, join(dir, "c.json"), { argv });
    assert.equal(run.code, 0, run.stderr);
    assert.equal(summaryOf(run).packages, 10);
    assert.equal(registry.counters().byEndpoint.nodes, 2);
    const check = await runInProcess([
      ...["registry", "validate", "--cache", join(dir, "c.json"), "--now", dayTime(0)],
    ]);
    assert.equal(check.code, 0, check.stdout);
  });
});

Deno.test("registry cache --max-versions and --history decide how many class lists are read", async () => {
  await using registry = startRegistry({ corpus: sixty });
  await withTempDir(async (dir) => {
    const read = async (...argv: string[]) => {
      const run = await crawl(registry, join(dir, `${argv.join("")}.db`), {
        argv: [...argv, "--json"],
      });
      return summaryOf(run);
    };
    const [one, all, full, none] = [
      await read("--max-versions", "1"),
      await read(),
      await read("--history", "full"),
      await read("--max-versions", "0"),
    ];
    assert.ok(one.node_lists_read <= 60 && one.node_lists_inferred === 0);
    assert.ok(one.node_lists_read < all.node_lists_read);
    assert.equal(full.node_lists_inferred, 0);
    assert.equal(full.node_lists_read, all.node_lists_read + all.node_lists_inferred);
    assert.equal(none.node_lists_read, 0);
  });
});

Deno.test("registry cache --request-budget stops cleanly and the next runs go on to the same bytes", async () => {
  await using registry = startRegistry({ corpus: sixty });
  await withTempDir(async (dir) => {
    const output = join(dir, "cache.json");
    let runs = 0;
    for (let spent = true; spent; runs++) {
      assert.ok(runs < 60, "the budget must bring every run further");
      registry.resetCounters();
      const argv = ["--request-budget", "15", "--json"];
      const run = await crawl(registry, output, { argv });
      assert.equal(run.code, 0, run.stderr);
      assert.equal(registry.counters().total, summaryOf(run).requests);
      assert.ok(summaryOf(run).requests <= 15);
      spent = summaryOf(run).budget_spent;
    }
    assert.ok(runs > 5);
    const { nodes } = JSON.parse(await Deno.readTextFile(output));
    const states = (text: { versions_list: { comfy_nodes?: unknown }[] }[]) =>
      text.map((one) => one.versions_list.map((version) => version.comfy_nodes));
    assert.deepEqual(states(nodes), states(JSON.parse(whole).nodes));
  });
});

Deno.test("registry cache with a small budget reads the newest versions of popular packages first", async () => {
  await using registry = startRegistry({ corpus: sixty });
  await withTempDir(async (dir) => {
    const output = join(dir, "cache.db");
    const run = await crawl(registry, output, { argv: ["--request-budget", "30", "--json"] });
    assert.equal(summaryOf(run).budget_spent, true);
    using database = new DatabaseSync(output, { readOnly: true });
    const read = database.prepare(
      `SELECT p.downloads FROM versions v JOIN packages p ON p.id = v.package_id
       WHERE nodes_state IS NOT NULL AND extract = 'success'`,
    ).all().map((row) => Number(row.downloads));
    const unread = database.prepare(
      `SELECT max(p.downloads) AS most FROM packages p WHERE NOT EXISTS (SELECT 1 FROM versions v
         WHERE v.package_id = p.id AND (nodes_state IS NOT NULL))
       AND EXISTS (SELECT 1 FROM versions v WHERE v.package_id = p.id AND extract = 'success')`,
    ).get();
    assert.ok(read.length > 10);
    assert.ok(Math.min(...read) >= Number(unread?.most), "the popular ones come first");
  });
});

Deno.test("two runs on one cache: the second is refused by the name of the first", async () => {
  await using registry = startRegistry({ corpus: sixty, faults: { latencyMs: 20 } });
  await withTempDir(async (dir) => {
    const output = join(dir, "cache.db");
    const first = crawl(registry, output);
    while (registry.counters().total === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await crawl(registry, output, { argv: ["--json"] });
    assert.equal(second.code, 5);
    assert.equal(second.json?.error?.code, "REGISTRY_CACHE_BUSY");
    assert.match(second.json?.error?.message ?? "", /"comfydock registry cache" \(process \d+\)/);
    assert.equal((await first).code, 0);
  });
});

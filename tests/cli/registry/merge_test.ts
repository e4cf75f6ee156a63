import assert from "node:assert/strict";
import { join } from "node:path";
import { withTempDir } from "../../support/alone.ts";
import { makeCorpus, startRegistry } from "../../support/registry/mod.ts";
import { crawl, dayTime } from "../../support/registry_runs.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

const corpus = await makeCorpus({ packages: 30, source: "synthetic" });

Deno.test("three parts of any form, merged on the command line, are the cache of one machine", async () => {
  await using registry = startRegistry({ corpus });
  await withTempDir(async (dir) => {
    const at = (name: string) => join(dir, name);
    assert.equal((await crawl(registry, at("alone.json"))).code, 0);
    const parts = [at("1.db"), at("2.json"), at("3.json.gz")];
    for (const [index, part] of parts.entries()) {
      const run = await crawl(registry, part, { argv: ["--shard", `${index + 1}/3`, "--json"] });
      assert.equal(run.code, 0, run.stderr);
      await assertPublishedShape(run.json);
    }
    const argv = ["registry", "merge", ...parts, "--output", at("all.json"), "--now", dayTime(0)];
    const plan = await runInProcess([...argv, "--dry-run", "--json"]);
    await assertPublishedShape(plan.json);
    await assert.rejects(Deno.stat(at("all.json")), Deno.errors.NotFound);
    const run = await runInProcess([...argv, "--json"]);
    assert.equal(run.code, 0, run.stderr);
    await assertPublishedShape(run.json);
    assert.equal(
      await Deno.readTextFile(at("all.json")),
      await Deno.readTextFile(at("alone.json")),
    );
  });
});

Deno.test("a part that is not I/N, and a file that is no cache, are refused", async () => {
  await withTempDir(async (dir) => {
    for (const part of ["0/3", "4/3", "1/0", "1/300", "x", "1/3/5", "-1/2"]) {
      const run = await runInProcess(
        ["registry", "cache", "--output", join(dir, "x.db"), `--shard=${part}`],
      );
      assert.equal(run.code, 2, part);
      assert.match(run.stderr, /I\/N/, part);
    }
    const bad = join(dir, "bad.json");
    await Deno.writeTextFile(bad, "{}");
    const output = join(dir, "all.db");
    const none = await runInProcess(["registry", "merge", join(dir, "no.db"), "--output", output]);
    assert.match(none.stderr, /no\.db/);
    const run = await runInProcess(["registry", "merge", bad, "--output", output]);
    assert.match(run.stderr, /Found no "nodes"/);
    await assert.rejects(Deno.stat(output), Deno.errors.NotFound);
  });
});

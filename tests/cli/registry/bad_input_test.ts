import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { withTempDir } from "../../support/alone.ts";
import { type RegistryFaults, startRegistry, withOddRecords } from "../../support/registry/mod.ts";
import { crawl, crawlArguments, listing, update } from "../../support/registry_runs.ts";
import { runCli } from "../../support/run_cli.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { sixty, withDataDir } from "./data_dir.ts";

const ANSWERS: readonly [what: string, fault: RegistryFaults["chances"], code: string][] = [
  ["a page of HTML", { html: 1 }, "HTTP_BODY_INVALID"],
  ["invalid JSON", { truncated: 1 }, "HTTP_BODY_INVALID"],
  ["a body of 300 MB", { huge: 1 }, "HTTP_BODY_TOO_LARGE"],
  ["an error each time", { "500": 1 }, "HTTP_STATUS"],
];

for (const [what, chances, code] of ANSWERS) {
  Deno.test(`registry cache answered with ${what} ends with ${code}, exit 6, a hint, and no file`, async () => {
    await using registry = startRegistry({
      corpus: sixty,
      faults: { chances, repeats: Infinity },
    });
    await withTempDir(async (dir) => {
      const run = await crawl(registry, join(dir, "c.json"), { argv: ["--json"] });
      assert.deepEqual([run.code, run.json?.error?.code], [6, code]);
      assert.ok(run.json?.error?.hint);
      assert.deepEqual(await listing(dir), []);
    });
  });
}

Deno.test("registry update without a network ends with exit 6 and changes nothing that is published", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`;
  listener.close();
  await withTempDir(async (dir) => {
    const run = await update({ url }, dir, { argv: ["--json"] });
    assert.deepEqual([run.code, run.json?.error?.code], [6, "NETWORK_UNREACHABLE"]);
    assert.ok(run.json?.error?.hint);
    assert.deepEqual(await listing(dir), []);
  });
});

Deno.test("registry update without Manager's server publishes with the Manager data at hand, and tells", async () => {
  await withDataDir(async (dir, registry) => {
    const before = await Deno.readTextFile(join(dir, "manager", "extension-node-map.json"));
    const run = await runInProcess([
      ...["registry", "update", "--data-dir", dir, "--manager-url", `${registry.url}/nowhere`],
      ...crawlArguments(registry, 1),
      "--json",
    ]);
    assert.deepEqual([run.code, run.json?.error?.code], [6, "MANAGER_DATA_KEPT"]);
    assert.equal((run.json?.data as { result: { published: boolean } }).result.published, true);
    const after = await Deno.readTextFile(join(dir, "manager", "extension-node-map.json"));
    assert.equal(after, before);
  });
});

Deno.test("records that are wrong deep inside are reported and skipped, and the others are read", async () => {
  await using registry = startRegistry({ corpus: withOddRecords(sixty, 10) });
  await using plain = startRegistry({ corpus: sixty });
  await withTempDir(async (dir) => {
    const [odd, good] = [join(dir, "odd.json"), join(dir, "good.json")];
    const run = await crawl(registry, odd, { argv: ["--json"] });
    assert.equal(run.code, 0, run.stdout);
    assert.ok(run.json!.warnings.some((one) => /\$\.nodes\[\d+\]\.id/.test(one.message)));
    assert.ok(run.json!.warnings.some((one) => /Left out a node class/.test(one.message)));
    assert.equal((await crawl(plain, good)).code, 0);
    assert.equal(await Deno.readTextFile(odd), await Deno.readTextFile(good));
    // A list with unreadable records still tells what vanished.
    registry.setCorpus(withOddRecords({ packages: sixty.packages.slice(1) }, 10));
    assert.equal((await crawl(registry, odd, { day: 1 })).code, 0);
    const { nodes } = JSON.parse(await Deno.readTextFile(odd));
    const gone = nodes.filter((one: { missing_since?: string }) => one.missing_since);
    assert.deepEqual(gone.map((one: { id: string }) => one.id), [sixty.packages[0]!.id]);
  });
});

Deno.test("a package whose name has control characters is reported and skipped", async () => {
  const [first, ...others] = sixty.packages;
  const bad = { ...first!, json: first!.json.replace(/"id":"[^"]*"/, '"id":"evil\\u001b[2J"') };
  await using registry = startRegistry({ corpus: { packages: [bad, ...others] } });
  await withTempDir(async (dir) => {
    const run = await crawl(registry, join(dir, "c.json"));
    assert.equal(run.code, 0);
    assert.match(run.stderr, /warning: Left out a record/);
    assert.equal((run.stderr + run.stdout).includes("\u001b[2J"), false);
    assert.doesNotMatch(await Deno.readTextFile(join(dir, "c.json")), /evil/);
  });
});

const CACHES: readonly [what: string, make: (path: string) => void, code: string, exit: number][] =
  [
    [
      "that is no cache",
      (path) => Deno.writeTextFileSync(path, "not a database, whatever its name says ".repeat(9)),
      "REGISTRY_CACHE_UNREADABLE",
      1,
    ],
    [
      "of a newer schema",
      (path) => {
        using database = new DatabaseSync(path);
        database.exec("PRAGMA user_version = 99");
      },
      "REGISTRY_CACHE_NEWER",
      3,
    ],
    [
      "that is damaged",
      (path) => {
        const bytes = new Uint8Array(8192).fill(255);
        bytes.set(new TextEncoder().encode("SQLite format 3\0"));
        Deno.writeFileSync(path, bytes);
      },
      "REGISTRY_CACHE_UNREADABLE",
      1,
    ],
  ];

for (const [what, make, code, exit] of CACHES) {
  Deno.test(`registry update on a cache ${what} ends with ${code} and leaves it as it is`, async () => {
    await using registry = startRegistry({ corpus: sixty });
    await withTempDir(async (dir) => {
      make(join(dir, "registry_cache.db"));
      const before = await listing(dir);
      const run = await update(registry, dir, { argv: ["--json"] });
      assert.deepEqual([run.code, run.json?.error?.code], [exit, code], run.stdout);
      assert.ok(run.json?.error?.hint);
      assert.deepEqual(await listing(dir), before);
    });
  });
}

Deno.test("an unreadable --input is told before anything is made", async () => {
  await withTempDir(async (dir) => {
    const input = join(dir, "in.json");
    await Deno.writeTextFile(input, "<html>");
    const before = await listing(dir);
    for (const [file, code, exit] of [[input, "DATA_INVALID", 1], ["no", "FILE_NOT_FOUND", 4]]) {
      const output = join(dir, "out.json");
      const argv = ["--input", String(file), "--json"];
      const run = await crawl({ url: "http://127.0.0.1:1" }, output, { argv });
      assert.deepEqual([run.code, run.json?.error?.code], [exit, code], run.stdout);
      assert.deepEqual(await listing(dir), before);
    }
  });
});

Deno.test("a data directory that cannot be made is told as such", async () => {
  await withTempDir(async (dir) => {
    const file = join(dir, "file");
    await Deno.writeTextFile(file, "in the way");
    const run = await update({ url: "http://127.0.0.1:1" }, join(file, "data"), {
      argv: ["--json"],
    });
    assert.deepEqual([run.code, run.json?.error?.code], [1, "FILE_UNWRITABLE"], run.stdout);
    assert.ok(run.json?.error?.hint);
  });
});

const WRONG: readonly (readonly [string, ...string[]])[] = [
  ["--rate", "0"],
  ["--max-versions", "-2"],
  ["--sweep", "weekly"],
  ["--history", "none"],
  ["--now", "tomorrow"],
  ["--concurrency", "many"],
  ["--registry-url", "ftp://example.invalid"],
  ["--pagse", "1"],
];

for (const argv of WRONG) {
  Deno.test(`registry cache ${argv.join(" ")} is refused with exit 2 and a hint`, async () => {
    await withTempDir(async (dir) => {
      const line = ["registry", "cache", "--output", join(dir, "c.json"), ...argv, "--json"];
      const run = await runInProcess(line);
      assert.equal(run.code, 2, run.stdout);
      assert.ok(run.json?.error?.hint, run.stdout);
      assert.deepEqual(await listing(dir), []);
    });
  });
}

Deno.test("registry update needs --data-dir, as a process of its own too", async () => {
  const run = await runCli(["registry", "update", "--json"]);
  assert.deepEqual([run.code, run.json?.error?.code], [2, "OPTION_MISSING"]);
  assert.match(run.json?.error?.message ?? "", /data-dir/);
});

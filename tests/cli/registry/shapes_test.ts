import assert from "node:assert/strict";
import { join } from "node:path";
import { withTempDir } from "../../support/alone.ts";
import type { TestRegistry } from "../../support/registry/mod.ts";
import { crawlArguments, dayTime, listing, sampleManager } from "../../support/registry_runs.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { withDataDir } from "./data_dir.ts";

const REGISTRY = "url of the registry";
const NOW = "now";

/** Each command with what it prints for people; `$` stands for the data directory. */
const COMMANDS: readonly { argv: readonly string[]; says: RegExp; changes?: boolean }[] = [
  {
    argv: ["update", "--data-dir", "$", "--manager-url", sampleManager, REGISTRY],
    says: /^60 packages \(0 new\)/,
    changes: true,
  },
  {
    argv: ["update", "--data-dir", "$/new", "--manager-url", sampleManager, REGISTRY],
    says: /^60 packages \(60 new\)/,
    changes: true,
  },
  {
    argv: ["cache", "--output", "$/new/c.json.gz", REGISTRY],
    says: /Wrote .*c\.json\.gz$/m,
    changes: true,
  },
  {
    argv: ["mappings", "--cache", "$/registry_cache.db", "--output", "$/new/m.json", NOW],
    says: /node signatures of 60 packages\nWrote/,
    changes: true,
  },
  { argv: ["validate", "--data-dir", "$", NOW], says: /^0 errors, 0 warnings\n$/ },
  {
    argv: ["manager", "fetch", "--output", "$/new", "--manager-url", sampleManager, NOW],
    says: /^extension-node-map\.json +\S+ KiB +fetched$/m,
    changes: true,
  },
  {
    argv: [
      ...["manager", "augment", "--mappings", "$/node_mappings.json"],
      ...["--manager", "$/manager", "--output", "$/new/m.json", NOW],
    ],
    says: /packages are known from Manager only\nOdd records: /,
    changes: true,
  },
  { argv: ["search", "image", "--data-dir", "$"], says: /\S {2}\S/ },
  { argv: ["stats", "--data-dir", "$", "--top", "3"], says: /Most popular\n/ },
  {
    argv: ["stats", "--data-dir", "$", "--cache", "$/registry_cache.db"],
    says: /^ {2}versions +\d+$/m,
  },
  {
    argv: ["stats", "--data-dir", "$", "--cache", "$/full_registry_cache.json"],
    says: /^ {2}versions +\d+$/m,
  },
  {
    argv: ["diff", "$/node_mappings.json", "$/node_mappings.json"],
    says: /^Both hold the same data\n$/,
  },
  {
    argv: ["report", "--data-dir", "$", "--html", "$/new/report.html"],
    says: /^(Wrote|Would write) .*report\.html, /,
    changes: true,
  },
  {
    argv: ["snapshot", "--data-dir", "$", "--now", dayTime(1)],
    says: /^Snapshot of 2026-09-02/,
    changes: true,
  },
  { argv: ["snapshot", "list", "--data-dir", "$"], says: /^2026-09-01 .* current\n$/ },
  {
    argv: ["snapshot", "restore", "2026-09-01", "--data-dir", "$"],
    says: /^Restored the snapshot of 2026-09-01/,
    changes: true,
  },
];

function words(argv: readonly string[], dir: string, registry: TestRegistry): string[] {
  return [
    "registry",
    ...argv.flatMap((word) => {
      if (word === REGISTRY) return crawlArguments(registry);
      if (word === NOW) return ["--now", dayTime(0)];
      return [word.startsWith("$") ? join(dir, word.slice(1)) : word];
    }),
  ];
}

for (const { argv, says, changes } of COMMANDS) {
  const name = `registry ${argv.filter((word) => /^[a-z]+$/.test(word)).join(" ")}`;
  Deno.test(`${name} (${argv.join(" ")}) tells people, and programs in the published shape`, async () => {
    await withDataDir(async (dir, registry) => {
      const line = words(argv, dir, registry);
      if (changes) await assertDryRunChangesNothing(line, dir, registry);
      const people = await runInProcess(line);
      assert.equal(people.code, 0, people.stderr);
      assert.match(people.stdout, says);
      const programs = await runInProcess([...line, "--json"]);
      assert.equal(programs.code, 0, programs.stdout);
      await assertPublishedShape(programs.json);
    });
  });
}

async function assertDryRunChangesNothing(
  line: readonly string[],
  dir: string,
  registry: TestRegistry,
): Promise<void> {
  const before = await listing(dir);
  const people = await runInProcess([...line, "--dry-run"]);
  assert.equal(people.code, 0, people.stderr);
  assert.match(people.stdout, /would/i);
  const programs = await runInProcess([...line, "--dry-run", "--json"]);
  await assertPublishedShape(programs.json);
  assert.equal((programs.json?.data as { dry_run?: boolean }).dry_run ?? true, true);
  assert.deepEqual(await listing(dir), before);
  assert.equal(registry.counters().total, 0, "a dry run asks nothing");
}

Deno.test("registry lookup tells who provides a class, best first, in the published shape", async () => {
  await withDataDir(async (dir) => {
    const { mappings } = JSON.parse(await Deno.readTextFile(join(dir, "node_mappings.json")));
    for (const key of Object.keys(mappings).slice(0, 40)) {
      const [nodeType, signature] = key.split("::");
      const line = ["registry", "lookup", nodeType!, "--data-dir", dir, "--signature", signature!];
      const { code, json } = await runInProcess([...line, "--json"]);
      assert.equal(code, 0, key);
      await assertPublishedShape(json);
      const { answers } = json?.data as { answers: { package_id: string; rank: number }[] };
      assert.equal(answers[0]!.package_id, mappings[key][0].package_id, key);
      const { stdout } = await runInProcess(line);
      assert.ok(stdout.includes(`1. ${answers[0]!.package_id}`), stdout);
    }
  });
});

Deno.test("demo shows the whole tool in the published shape, and leaves files only when asked to", async () => {
  await withTempDir(async (dir) => {
    const { code, json, stderr } = await runInProcess([
      ...["demo", "--keep", join(dir, "kept"), "--json"],
    ]);
    assert.equal(code, 0, stderr);
    await assertPublishedShape(json);
    assert.ok((await listing(join(dir, "kept"))).length > 5);
  });
  const { code, stdout } = await runInProcess(["demo"]);
  assert.equal(code, 0);
  assert.match(stdout, /^1\. A registry becomes node_mappings\.json/);
});

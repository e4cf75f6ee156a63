import assert from "node:assert/strict";
import { join } from "node:path";
import { withTempDir } from "../support/alone.ts";
import {
  makeCorpus,
  startRegistry,
  withoutPackages,
  withVersionStatus,
} from "../support/registry/mod.ts";
import { crawl, dayTime, published, update } from "../support/registry_runs.ts";

interface Sighted {
  readonly last_checked: string;
  readonly missing_since?: string;
}
interface Version extends Sighted {
  readonly version: string;
  readonly status: string;
}
interface Package extends Sighted {
  readonly id: string;
  readonly versions_list: readonly Version[];
}

const source = "synthetic" as const;
const first = await makeCorpus({ packages: 400, source });
const packagesOf = (text: string) =>
  new Map((JSON.parse(text).nodes as Package[]).map((one) => [one.id, one]));
const keysOf = (packages: ReadonlyMap<string, Package>) =>
  [...packages.values()].flatMap((one) => one.versions_list.map((v) => `${one.id} ${v.version}`));

Deno.test("the next day's update brings what is new and marks what changed or vanished, and removes nothing", async () => {
  await using registry = startRegistry({ corpus: first });
  await withTempDir(async (dir) => {
    assert.equal((await update(registry, dir)).code, 0);
    const before = packagesOf((await published(dir)).cache);

    const vanished = first.packages[7]!.id;
    const banned = first.packages[9]!;
    const version = banned.versions[0]!.version;
    const next = await makeCorpus({ packages: 400, source, day: 1 });
    registry.setCorpus(withVersionStatus(
      withoutPackages(next, [vanished]),
      banned.id,
      version,
      "NodeVersionStatusBanned",
    ));
    registry.resetCounters();
    const run = await update(registry, dir, { day: 1, argv: ["--sweep", "full"] });
    assert.equal(run.code, 0, run.stderr);
    assert.equal(registry.counters().violations, 0);

    const after = packagesOf((await published(dir)).cache);
    const released = next.packages.flatMap((one) =>
      one.versions.map((v) => `${one.id} ${v.version}`)
    )
      .filter((key) => !keysOf(before).includes(key));
    assert.ok(released.length > 0, "the corpus has releases on its first day");
    const known = new Set(keysOf(after));
    for (const key of [...keysOf(before), ...released]) assert.ok(known.has(key), key);
    assert.deepEqual(
      [after.get(vanished)?.missing_since, after.get(vanished)?.last_checked],
      [dayTime(1), dayTime(0)],
    );
    const status = after.get(banned.id)?.versions_list.find((one) => one.version === version)
      ?.status;
    assert.equal(status, "NodeVersionStatusBanned");
    const { packages } = JSON.parse((await published(dir)).mappings);
    assert.equal(packages[vanished].missing_since, dayTime(1));
    assert.equal(packages[banned.id].versions[version].status, "NodeVersionStatusBanned");
  });
});

Deno.test("an update of the next day asks for little more than what changed", async () => {
  await using registry = startRegistry({ corpus: first });
  await withTempDir(async (dir) => {
    assert.equal((await update(registry, dir)).code, 0);
    registry.setCorpus(await makeCorpus({ packages: 400, source, day: 1 }));
    registry.resetCounters();
    assert.equal((await update(registry, dir, { day: 1 })).code, 0);
    const { total, byEndpoint } = registry.counters();
    assert.ok(total < 40, `${total} requests: ${JSON.stringify(byEndpoint)}`);
  });
});

Deno.test("answers that fail for good are never taken for an absence: old data stays and tells its age", async () => {
  await using registry = startRegistry({ corpus: first });
  await withTempDir(async (dir) => {
    assert.equal((await update(registry, dir)).code, 0);
    const before = packagesOf((await published(dir)).cache);
    registry.setCorpus(await makeCorpus({ packages: 400, source, day: 1 }));
    registry.setFaults({
      chances: { "500": 1 },
      repeats: Infinity,
      only: ["versions", "node_versions", "comfy_nodes"],
    });
    const run = await update(registry, dir, { day: 1, argv: ["--json", "--sweep", "full"] });
    assert.equal(run.code, 6);
    assert.equal(run.json?.error?.code, "REGISTRY_INCOMPLETE");
    const after = packagesOf((await published(dir)).cache);
    assert.deepEqual(keysOf(after), keysOf(before));
    for (const one of after.values()) {
      for (const version of one.versions_list) {
        assert.equal(version.missing_since, undefined);
        assert.equal(version.last_checked, dayTime(0), `${one.id} ${version.version}`);
      }
    }

    registry.setFaults({});
    assert.equal((await update(registry, dir, { day: 2 })).code, 0);
    const healed = keysOf(packagesOf((await published(dir)).cache));
    assert.ok(healed.length > keysOf(before).length, "the releases of the bad day are caught up");
  });
});

Deno.test("an update without an answer to the list of packages leaves what is published as it is", async () => {
  await using registry = startRegistry({ corpus: first });
  await withTempDir(async (dir) => {
    assert.equal((await update(registry, dir)).code, 0);
    const before = await published(dir);
    registry.setFaults({ chances: { html: 1 }, repeats: Infinity });
    const run = await update(registry, dir, { day: 1, argv: ["--json"] });
    assert.equal(run.code, 6);
    assert.equal(run.json?.error?.code, "HTTP_BODY_INVALID");
    assert.deepEqual(await published(dir), before);
  });
});

for (const missing of [[], ["versions"]] as const) {
  const where = missing.length > 0 ? "a server without GET /versions" : "GET /versions";
  Deno.test(`seven daily runs with the rolling sweep see every status that changed, by ${where}`, async () => {
    const corpus = await makeCorpus({ packages: 120, source });
    await using registry = startRegistry({ corpus, faults: { missing } });
    await withTempDir(async (dir) => {
      const output = join(dir, "cache.json");
      assert.equal((await crawl(registry, output, { argv: ["--no-metadata"] })).code, 0);
      registry.setCorpus({
        packages: corpus.packages.map((one) => ({
          ...one,
          versions: one.versions.map((version) => ({
            ...version,
            listed: version.listed.replace(/NodeVersionStatus\w+/, "NodeVersionStatusFlagged"),
            status: "NodeVersionStatusFlagged",
          })),
        })),
      });
      for (let day = 1; day <= 7; day++) {
        const run = await crawl(registry, output, { day, argv: ["--no-metadata"] });
        assert.equal(run.code, 0, run.stderr);
      }
      const packages = packagesOf(await Deno.readTextFile(output));
      const versions = [...packages.values()].flatMap((one) => one.versions_list);
      assert.ok(versions.length > 500);
      assert.deepEqual(
        versions.filter((one) => one.status !== "NodeVersionStatusFlagged").map((one) =>
          one.last_checked
        ),
        [],
      );
    });
  });
}

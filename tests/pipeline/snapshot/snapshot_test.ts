import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  listSnapshots,
  restoreSnapshot,
  type SnapshotRequest,
  validateData,
  writeSnapshot,
} from "../../../src/pipeline/mod.ts";
import { cachedPackage, cacheJson } from "../../support/mappings_builder.ts";

const DAY_1 = Date.parse("2026-08-20T02:00:00Z");
const DAY_2 = Date.parse("2026-08-21T02:00:00Z");
const HISTORY_1 = "history/2026/08/registry_cache_20260820.json.gz";
const HISTORY_2 = "history/2026/08/registry_cache_20260821.json.gz";

Deno.test("writeSnapshot() writes the published layout with matching checksums", async () => {
  await using dir = await temporary();
  const managerFiles = [{ name: "extension-node-map.json", content: "{}" }];
  const { changed, written } = await write(dir.path, ["a"], DAY_2, { managerFiles });
  assert.equal(changed, true);
  const files = await filesIn(dir.path);
  assert.deepEqual([...files.keys()], [
    "cache/metadata.json",
    "cache/registry_cache.json.gz",
    "cache/registry_cache.json.gz.sha256",
    HISTORY_2,
    `${HISTORY_2}.sha256`,
    "manager/extension-node-map.json",
    "manager/last_updated.txt",
  ]);
  assert.deepEqual([...written].sort(), [...files.keys()]);
  const packed = files.get("cache/registry_cache.json.gz")!;
  const sha256 = createHash("sha256").update(packed).digest("hex");
  assert.equal(
    text(files, "cache/registry_cache.json.gz.sha256"),
    `${sha256}  registry_cache.json.gz\n`,
  );
  assert.deepEqual(files.get(HISTORY_2), packed);
  assert.equal(text(files, "manager/last_updated.txt"), "2026-08-21T02:00:00.000Z\n");
  assert.equal(gunzipSync(packed).toString(), [...cacheJson([cachedPackage("a")])].join(""));
  assert.deepEqual(JSON.parse(text(files, "cache/metadata.json")).stats, { packages: 1 });
  const report = await validateData({ dataDir: dir.path, now: DAY_2 });
  assert.deepEqual(report.findings, []);
});

Deno.test("writeSnapshot() packs equal content to equal bytes without a time in them", async () => {
  await using one = await temporary();
  await using two = await temporary();
  await write(one.path, ["a"], DAY_1);
  await write(two.path, ["a"], DAY_2);
  const [left, right] = [await filesIn(one.path), await filesIn(two.path)];
  const packed = left.get("cache/registry_cache.json.gz")!;
  assert.deepEqual(packed, right.get("cache/registry_cache.json.gz"));
  assert.deepEqual([...packed.subarray(4, 8)], [0, 0, 0, 0]);
});

Deno.test("writeSnapshot() changes nothing when the content is equal", async () => {
  await using dir = await temporary();
  const managerFiles = [{ name: "github-stats.json", content: "{}" }];
  await write(dir.path, ["a"], DAY_1, { managerFiles });
  const before = await filesIn(dir.path);
  const { changed } = await write(dir.path, ["a"], DAY_2, { managerFiles });
  assert.equal(changed, false);
  assert.deepEqual(await filesIn(dir.path), before);
});

Deno.test("writeSnapshot() replaces the snapshot of the same day and keeps those of others", async () => {
  await using dir = await temporary();
  await write(dir.path, ["a"], DAY_1);
  await write(dir.path, ["b"], DAY_2);
  await write(dir.path, ["c"], DAY_2 + 3_600_000);
  const files = await filesIn(dir.path);
  assert.deepEqual(idsIn(files.get(HISTORY_1)!), ["a"]);
  assert.deepEqual(idsIn(files.get(HISTORY_2)!), ["c"]);
  const list = await listSnapshots(dir.path);
  assert.deepEqual(list.map(({ date, current }) => [date, current]), [
    ["2026-08-21", true],
    ["2026-08-20", false],
  ]);
});

Deno.test("writeSnapshot() leaves the older snapshot when the content breaks off", async () => {
  await using dir = await temporary();
  await write(dir.path, ["a"], DAY_1);
  const before = await filesIn(dir.path);
  function* broken(): Generator<string> {
    yield '{"nodes":[';
    throw new Error("the database is gone");
  }
  await assert.rejects(
    writeSnapshot(dir.path, { cacheJson: broken(), now: DAY_2 }),
    /the database is gone/,
  );
  assert.deepEqual(await filesIn(dir.path), before);
});

for (const name of ["../evil.json", "a/b.json", ".hidden.json", "x.txt", "x", "..json", ""]) {
  Deno.test(`writeSnapshot() refuses a Manager file called ${JSON.stringify(name)}`, async () => {
    await using dir = await temporary();
    const managerFiles = [{ name, content: "{}" }];
    await assert.rejects(write(dir.path, ["a"], DAY_1, { managerFiles }), {
      code: "SNAPSHOT_NAME_INVALID",
    });
    assert.equal((await filesIn(dir.path)).size, 0);
  });
}

Deno.test("restoreSnapshot() brings back the cache of a day and leaves the dated copies", async () => {
  await using dir = await temporary();
  await write(dir.path, ["a", "b"], DAY_1);
  await write(dir.path, ["c"], DAY_2);
  const before = await filesIn(dir.path);
  const restored = await restoreSnapshot(dir.path, "20260820", { now: DAY_2 });
  assert.equal(restored.date, "2026-08-20");
  assert.equal(restored.snapshot.verified, "sha256");
  assert.deepEqual([restored.snapshot.packages, restored.snapshot.versions], [2, 2]);
  const files = await filesIn(dir.path);
  assert.equal(restored.json, join(dir.path, "full_registry_cache.json"));
  const json = JSON.parse(text(files, "full_registry_cache.json"));
  assert.deepEqual(json.nodes.map((found: { id: string }) => found.id), ["a", "b"]);
  for (const path of [HISTORY_1, HISTORY_2]) assert.deepEqual(files.get(path), before.get(path));
  assert.deepEqual(files.get("cache/registry_cache.json.gz"), before.get(HISTORY_1));
  const report = await validateData({ dataDir: dir.path, now: DAY_2 });
  assert.deepEqual(report.findings, []);
});

Deno.test("restoreSnapshot() reads a snapshot without checksum file, as others keep them", async () => {
  await using dir = await temporary();
  await plant(dir.path, gzipSync('{"nodes":[{"id":"x","versions_list":[]}]}'));
  const { snapshot } = await restoreSnapshot(dir.path, "2026-08-20", { now: DAY_2 });
  assert.equal(snapshot.verified, "gzip");
});

const whole = gzipSync([...cacheJson([cachedPackage("a")])].join(""));
const flipped = new Uint8Array(whole);
flipped[flipped.length - 6]! ^= 0xff;
const DAMAGES: readonly [name: string, bytes: Uint8Array, checksum?: string][] = [
  ["a cut file", whole.subarray(0, -20)],
  ["a wrong CRC", flipped],
  ["a wrong checksum", whole, "0".repeat(64)],
  ["an empty checksum file", whole, ""],
  ["plain JSON", new TextEncoder().encode('{"nodes":[]}')],
  ["an empty file", new Uint8Array()],
  ["no JSON", gzipSync("<html>")],
  ["JSON that is cut", gzipSync('{"nodes":[{"id":"a"')],
  ["JSON of something else", gzipSync('{"models":[]}')],
  ["packages that are no list", gzipSync('{"nodes":{}}')],
  ["a package without id", gzipSync('{"nodes":[{"name":"a"}]}')],
  ["a version that is a number", gzipSync('{"nodes":[{"id":"a","versions_list":[1]}]}')],
];

for (const [name, bytes, checksum] of DAMAGES) {
  Deno.test(`restoreSnapshot() refuses ${name} and changes nothing`, async () => {
    await using dir = await temporary();
    await write(dir.path, ["now"], DAY_2);
    await plant(dir.path, bytes, checksum);
    const before = await filesIn(dir.path);
    await assert.rejects(restoreSnapshot(dir.path, "2026-08-20", { now: DAY_2 }), {
      code: "SNAPSHOT_DAMAGED",
    });
    assert.deepEqual(await filesIn(dir.path), before);
  });
}

Deno.test("restoreSnapshot() refuses what unpacks to more than is accepted", async () => {
  await using dir = await temporary();
  await plant(dir.path, gzipSync(`{"pad":"${" ".repeat(5_000_000)}","nodes":[]}`));
  const options = { now: DAY_2, limits: { maxBytes: 1_000_000 } };
  await assert.rejects(restoreSnapshot(dir.path, "2026-08-20", options), {
    code: "SNAPSHOT_TOO_LARGE",
  });
});

Deno.test("restoreSnapshot() names the nearest day when there is none of the one asked for", async () => {
  await using dir = await temporary();
  await write(dir.path, ["a"], DAY_1);
  await assert.rejects(restoreSnapshot(dir.path, "2026-08-25", { now: DAY_2 }), {
    code: "SNAPSHOT_NOT_FOUND",
    hint: "Run `comfydock registry snapshot restore 2026-08-20` for the nearest one",
  });
});

for (const date of ["yesterday", "2026-02-30", "2026/08/20", "../../etc", "20260820/..", ""]) {
  Deno.test(`restoreSnapshot() refuses the date ${JSON.stringify(date)}`, async () => {
    await using dir = await temporary();
    await assert.rejects(restoreSnapshot(dir.path, date, { now: DAY_2 }), {
      code: "SNAPSHOT_DATE_INVALID",
    });
  });
}

Deno.test("validateData() finds snapshot files that do not match their checksums", async () => {
  await using dir = await temporary();
  await write(dir.path, ["a"], DAY_1);
  await write(dir.path, ["b"], DAY_2);
  await Deno.writeFile(join(dir.path, HISTORY_1), whole);
  await Deno.writeFile(join(dir.path, "cache/registry_cache.json.gz"), whole);
  const report = await validateData({ dataDir: dir.path, now: DAY_2 });
  assert.deepEqual(report.findings.map(({ code, file }) => `${code} ${file}`), [
    "CHECKSUM_MISMATCH cache/registry_cache.json.gz",
    "CHECKSUM_MISMATCH cache/metadata.json",
    `CHECKSUM_MISMATCH ${HISTORY_1}`,
  ]);
});

function write(
  path: string,
  ids: readonly string[],
  now: number,
  more: Partial<SnapshotRequest> = {},
) {
  const packages = ids.map((id) => cachedPackage(id));
  const stats = { packages: ids.length };
  return writeSnapshot(path, { cacheJson: cacheJson(packages), now, stats, ...more });
}

async function plant(path: string, bytes: Uint8Array, checksum?: string): Promise<void> {
  await Deno.mkdir(join(path, "history/2026/08"), { recursive: true });
  await Deno.writeFile(join(path, HISTORY_1), bytes);
  if (checksum !== undefined) {
    await Deno.writeTextFile(join(path, `${HISTORY_1}.sha256`), `${checksum}  x\n`);
  }
}

function idsIn(packed: Uint8Array): string[] {
  return JSON.parse(gunzipSync(packed).toString()).nodes.map((found: { id: string }) => found.id);
}

function text(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  return new TextDecoder().decode(files.get(path));
}

async function filesIn(path: string, below = ""): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const entry of Deno.readDir(join(path, below))) {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory) { for (const found of await filesIn(path, name)) files.set(...found); }
    else files.set(name, await Deno.readFile(join(path, name)));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function temporary(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

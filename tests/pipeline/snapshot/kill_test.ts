import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { listSnapshots, validateData } from "../../../src/pipeline/mod.ts";

const WRITER = new URL("writer_process.ts", import.meta.url);
const METADATA = JSON.stringify({
  date: "2026-08-21",
  created_at: "2026-08-21T02:00:00Z",
  file: "registry_cache.json.gz",
  bytes: 1,
  sha256: "0",
  content_bytes: 1,
  content_sha256: "0",
});
const NOW = Date.parse("2026-08-25T00:00:00Z");

Deno.test("writeSnapshot() killed anywhere leaves one whole snapshot, older or newer", async () => {
  const dir = await Deno.makeTempDir();
  try {
    for (let round = 0; round < 8; round++) {
      await writeUntilKilled(dir, round * 1000, 40 + 13 * round);
      await checkAsFound(dir);
      const list = await listSnapshots(dir);
      assert.ok(list.filter((found) => found.current).length === 1);
      const report = await validateData({ dataDir: dir, now: NOW });
      assert.deepEqual(report.findings, []);
      const generation = await currentGeneration(dir);
      const metadata = JSON.parse(await Deno.readTextFile(join(dir, "cache/metadata.json")));
      const manager = JSON.parse(await Deno.readTextFile(join(dir, "manager/github-stats.json")));
      assert.deepEqual([metadata.stats.generation, manager.generation], [generation, generation]);
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

for (let done = 0; done <= 6; done++) {
  Deno.test(`listSnapshots() completes a snapshot that was killed after ${done} of its renames`, async () => {
    const dir = await Deno.makeTempDir();
    try {
      const paths = [
        "cache/registry_cache.json.gz",
        "history/2026/08/registry_cache_20260821.json.gz",
        "cache/metadata.json",
        "manager/github-stats.json",
        "cache/registry_cache.json.gz.sha256",
        "history/2026/08/registry_cache_20260821.json.gz.sha256",
      ];
      const content = (path: string, edition: string) =>
        path.endsWith("metadata.json") ? METADATA : `${edition} ${path}`;
      for (const [index, path] of paths.entries()) {
        const target = join(dir, path);
        await Deno.mkdir(dirname(target), { recursive: true });
        const staged = join(dirname(target), `.${basename(target)}.staged`);
        await Deno.writeTextFile(target, content(path, index < done ? "new" : "old"));
        if (index >= done) await Deno.writeTextFile(staged, content(path, "new"));
      }
      await Deno.writeTextFile(join(dir, ".snapshot.json"), JSON.stringify({ paths }));
      await listSnapshots(dir);
      for (const path of paths) {
        assert.equal(await Deno.readTextFile(join(dir, path)), content(path, "new"));
      }
      assert.equal(await readOrNothing(join(dir, ".snapshot.json")), undefined);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}

Deno.test("listSnapshots() refuses an intent that names files outside of the snapshot", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const paths = ["../../home/.profile"];
    await Deno.writeTextFile(join(dir, ".snapshot.json"), JSON.stringify({ paths }));
    await assert.rejects(listSnapshots(dir), { code: "DATA_INVALID" });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

/** Lets a process write snapshots, and ends it some milliseconds after its first one. */
async function writeUntilKilled(dir: string, first: number, delay: number): Promise<void> {
  const args = ["run", "-A", "--no-check", WRITER.href, dir, String(first)];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "null", stderr: "inherit" })
    .spawn();
  const before = await currentGeneration(dir);
  for (let waited = 0; await currentGeneration(dir) === before && waited < 60_000; waited += 5) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await new Promise((resolve) => setTimeout(resolve, delay));
  child.kill("SIGKILL");
  await child.status;
}

/** Looks at the files as any other program would, before our own has put anything right. */
async function checkAsFound(dir: string): Promise<void> {
  const packed = join(dir, "cache/registry_cache.json.gz");
  assert.equal(typeof await currentGeneration(dir), "number");
  const line = await readOrNothing(`${packed}.sha256`);
  if (line === undefined) return;
  const sha256 = createHash("sha256").update(await Deno.readFile(packed)).digest("hex");
  assert.equal(new TextDecoder().decode(line), `${sha256}  registry_cache.json.gz\n`);
}

async function currentGeneration(dir: string): Promise<number | undefined> {
  const bytes = await readOrNothing(join(dir, "cache/registry_cache.json.gz"));
  if (!bytes) return undefined;
  const { nodes } = JSON.parse(gunzipSync(bytes).toString());
  const generations = new Set(nodes.map((found: { downloads: number }) => found.downloads));
  assert.equal(generations.size, 1);
  return nodes[0].downloads;
}

async function readOrNothing(path: string): Promise<Uint8Array | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import type { CacheCleanData } from "../../../src/cli/workspace/cache/clean.ts";
import type { CachePruneData } from "../../../src/cli/workspace/cache/prune.ts";
import type { CacheSizeData } from "../../../src/cli/workspace/cache/size.ts";
import { acquireLock, CACHE_LOCK, environmentLayout } from "../../../src/workspace/mod.ts";
import { mirrorName } from "../../../src/workspace/mirrors/mod.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { withStubs } from "../../support/stub_programs.ts";
import {
  dataOf,
  exists,
  MANIFEST,
  withWorkspace,
  type WorkspaceFixture,
} from "./support/workspace.ts";

const OLD = new Date("2026-01-01T00:00:00Z");
const STORED = "a".repeat(64);
const NO_PROGRAMS = { PATH: "" };

/** Puts a file into each part of the cache; all are old. */
async function fill({ layout }: WorkspaceFixture): Promise<Readonly<Record<string, string>>> {
  const things = {
    uv: join(layout.uvCache, "wheels"),
    used: join(layout.nodeStore, STORED),
    unused: join(layout.nodeStore, "b".repeat(64)),
    mirror: join(layout.comfyuiMirrors, "comfyui-00000000.git"),
    packMirror: join(layout.nodeMirrors, "pack-00000000.git"),
    download: join(layout.downloads, "half"),
  };
  for (const path of Object.values(things)) {
    await Deno.mkdir(path, { recursive: true });
    await Deno.writeTextFile(join(path, "file"), "x".repeat(5000));
    await Deno.utime(path, OLD, OLD);
  }
  return things;
}

Deno.test("cache dir and cache size tell where and how much, part by part", async () => {
  await withWorkspace(async (fixture) => {
    const { run, layout } = fixture;
    await fill(fixture);
    const dir = await run(["cache", "dir", "--json"]);
    await assertPublishedShape(dir.json);
    equal((await run(["cache", "dir", "uv"])).stdout, `${layout.uvCache}\n`);
    const size = await run(["cache", "size", "--json"]);
    await assertPublishedShape(size.json);
    const { buckets, files } = dataOf<CacheSizeData>(size);
    deepEqual(buckets.map(({ name, files }) => [name, files]), [
      ["uv", 1],
      ["nodes", 3],
      ["comfyui", 1],
      ["downloads", 1],
      ["api", 0],
    ]);
    equal(files, 6);
    match((await run(["cache", "size", "nodes"])).stdout, /^nodes +\S+ \S+ +3 files/);
  });
});

Deno.test("cache clean empties the named part and nothing else; --dry-run nothing at all", async () => {
  await withWorkspace(async (fixture) => {
    const { run } = fixture;
    const things = await fill(fixture);
    const planned = await run(["cache", "clean", "--dry-run", "--json"], { env: NO_PROGRAMS });
    await assertPublishedShape(planned.json);
    equal(dataOf<CacheCleanData>(planned).files, 6);
    for (const path of Object.values(things)) equal(await exists(path), true);
    equal((await run(["cache", "clean", "nodes"])).code, 0);
    equal(await exists(things.used!), false);
    equal(await exists(things.mirror!), true);
    equal((await run(["cache", "clean"], { env: NO_PROGRAMS })).code, 0);
    equal(dataOf<CacheSizeData>(await run(["cache", "size", "--json"])).files, 0);
  });
});

Deno.test("a cache of uv's outside the workspace is emptied only when it is named", async () => {
  await withWorkspace(async (fixture) => {
    const { run, root } = fixture;
    const shared = join(root, "shared");
    await Deno.mkdir(shared);
    await Deno.writeTextFile(join(shared, "wheel"), "x");
    const env = { ...NO_PROGRAMS, COMFYDOCK_UV_CACHE_DIR: shared };
    const done = await run(["cache", "clean", "--json"], { env });
    deepEqual(dataOf<CacheCleanData>(done).left, ["uv"]);
    const { uv } = dataOf<CachePruneData>(await run(["cache", "prune", "--json"], { env }));
    equal(uv, "shared");
    equal(await exists(join(shared, "wheel")), true);
    equal((await run(["cache", "clean", "uv"], { env })).code, 0);
    equal(await exists(join(shared, "wheel")), false);
  });
});

Deno.test({
  name: "uv empties and prunes its own cache, with the workspace's as its place",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withWorkspace(async (fixture) => {
      const { run, root, layout } = fixture;
      await fill(fixture);
      const log = join(root, "log");
      const script = `echo "$UV_CACHE_DIR $*" >> '${log}'
case "$*" in *--version) echo "uv 0.99.0";; esac`;
      await withStubs({ uv: { script } }, async (env) => {
        const { uv } = dataOf<CachePruneData>(await run(["cache", "prune", "--json"], { env }));
        equal(uv, "pruned");
        await run(["cache", "clean", "uv"], { env });
      });
      const calls = (await Deno.readTextFile(log)).split("\n")
        .filter((line) => line.startsWith(layout.uvCache));
      match(calls[0]!, /cache prune$/);
      match(calls[1]!, /cache clean --$/);
    }),
});

Deno.test("cache prune spares what environments use and what is new", async () => {
  await withWorkspace(async (fixture) => {
    const { run, layout } = fixture;
    const things = await fill(fixture);
    const { cec, manifest } = environmentLayout(layout, "demo");
    await Deno.mkdir(cec, { recursive: true });
    const node = `[tool.comfydock.nodes.pack]\nname = "pack"\nsource = "registry"\n` +
      `tree_sha256 = "${STORED}"\n`;
    const url = "https://git.test/user/used.git";
    const usedMirror = join(layout.nodeMirrors, await mirrorName(url));
    await Deno.mkdir(usedMirror);
    await Deno.utime(usedMirror, OLD, OLD);
    const fromGit = `[tool.comfydock.nodes.used]\nsource = "git"\nrepository = "${url}"\n`;
    await Deno.writeTextFile(manifest, `${MANIFEST}\n${node}\n${fromGit}`);
    const fresh = join(layout.downloads, "fresh");
    await Deno.writeTextFile(fresh, "x");
    const done = await run(["cache", "prune", "--older-than", "3", "--json"], { env: NO_PROGRAMS });
    await assertPublishedShape(done.json);
    const { removed, uv } = dataOf<CachePruneData>(done);
    deepEqual(
      removed.map(({ path }) => path).sort(),
      [
        things.mirror,
        things.packMirror,
        things.unused,
        things.download,
      ].sort(),
    );
    equal(uv, "missing");
    for (const path of [things.used!, fresh, things.uv!]) equal(await exists(path), true, path);
  });
});

Deno.test("cache prune removes nothing when it cannot tell what an environment uses", async () => {
  await withWorkspace(async (fixture) => {
    const things = await fill(fixture);
    const { cec, manifest } = environmentLayout(fixture.layout, "demo");
    await Deno.mkdir(cec, { recursive: true });
    await Deno.writeTextFile(manifest, "[project\n");
    const { code, stderr } = await fixture.run(["cache", "prune"], { env: NO_PROGRAMS });
    equal(code, 1);
    match(stderr, /pyproject\.toml/);
    equal(await exists(things.unused!), true);
  });
});

Deno.test("cache clean waits for who fills the cache, and is refused by name", async () => {
  await withWorkspace(async (fixture) => {
    const { run, layout } = fixture;
    const things = await fill(fixture);
    const lock = await acquireLock(layout, CACHE_LOCK, { command: "create", timeoutMs: 0 });
    try {
      const env = { ...NO_PROGRAMS, COMFYDOCK_LOCK_TIMEOUT: "0.05" };
      const { code, stderr } = await run(["cache", "clean", "nodes"], { env });
      equal(code, 5);
      match(stderr, /comfydock create/);
    } finally {
      await lock.release();
    }
    equal(await exists(things.used!), true);
    const wrong = await run(["cache", "size", "node", "--json"]);
    deepEqual([wrong.code, wrong.json?.error?.hint], [2, "Did you mean `nodes`?"]);
  });
});

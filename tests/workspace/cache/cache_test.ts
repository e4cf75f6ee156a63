import assert from "node:assert/strict";
import { join } from "node:path";
import {
  applyCachePlan,
  CACHE_LOCK,
  cacheBuckets,
  findBuckets,
  measureBuckets,
  planClean,
  planPrune,
  withLock,
  type WorkspaceLayout,
} from "../../../src/workspace/mod.ts";
import { readTree, writeTree } from "../support/tree.ts";
import { withWorkspace } from "../support/workspace.ts";

async function fill(layout: WorkspaceLayout): Promise<void> {
  await writeTree(layout.root, {
    "uv_cache/wheels/numpy": "numpy",
    "comfydock_cache/custom_nodes/store/aaa/node.py": "a",
    "comfydock_cache/custom_nodes/store/bbb/node.py": "b",
    "comfydock_cache/comfyui/mirror.git/HEAD": "ref",
    "comfydock_cache/downloads/part": "part",
    "comfydock_cache/models/precious.safetensors": "model",
    ".metadata/api_cache.db": "db",
    ".metadata/api_cache.db-wal": "wal",
    "environments/demo/.cec/pyproject.toml": "manifest",
  });
}

async function apply(layout: WorkspaceLayout, plan: Parameters<typeof applyCachePlan>[0]) {
  const options = { command: "cache clean", timeoutMs: 10_000 };
  await withLock(layout, CACHE_LOCK, options, (lock) => applyCachePlan(plan, lock));
}

Deno.test("every bucket is measured on its own, and models and environments are in none", async () => {
  await withWorkspace(async (layout) => {
    await fill(layout);
    const sizes = await measureBuckets(cacheBuckets(layout));
    assert.deepEqual(sizes.map(({ name, files }) => [name, files]), [
      ["uv", 1],
      ["nodes", 2],
      ["comfyui", 1],
      ["downloads", 1],
      ["api", 2],
    ]);
    const plan = await planClean(cacheBuckets(layout));
    assert.equal(plan.files, 7);
    await apply(layout, plan);
    const left = Object.keys(await readTree(layout.root, [".metadata/locks"]));
    assert(left.includes("comfydock_cache/models/precious.safetensors"));
    assert(left.includes("environments/demo/.cec/pyproject.toml"));
    assert(left.includes("comfydock_cache/custom_nodes/store"), "the bucket itself stays");
    assert(!left.some((path) => /numpy|node\.py|mirror|part|api_cache/.test(path)));
  });
});

Deno.test("one bucket is cleaned by its name, and a wrong name shows the right one", async () => {
  await withWorkspace(async (layout) => {
    await fill(layout);
    const buckets = cacheBuckets(layout);
    await apply(layout, await planClean(findBuckets(buckets, ["nodes"])));
    const sizes = await measureBuckets(buckets);
    assert.deepEqual(sizes.map(({ files }) => files), [1, 0, 1, 1, 2]);
    assert.throws(() => findBuckets(buckets, ["node"]), { hint: "Did you mean `nodes`?" });
  });
});

Deno.test("pruning spares what is used and what is young, and leaves uv's cache to uv", async () => {
  await withWorkspace(async (layout) => {
    await fill(layout);
    const old = new Date("2020-01-01");
    const store = layout.nodeStore;
    for (const path of [join(store, "aaa"), join(store, "bbb"), join(layout.uvCache, "wheels")]) {
      await Deno.utime(path, old, old);
    }
    const used = [join(store, "aaa")];
    const before = Date.now() - 86_400_000;
    const plan = await planPrune(cacheBuckets(layout), { used, before });
    assert.deepEqual(plan.removals, [{ bucket: "nodes", path: join(store, "bbb") }]);
  });
});

Deno.test("a uv cache elsewhere is the one that is measured, and a plan needs the cache's lock", async () => {
  await withWorkspace(async (layout, directory) => {
    await fill(layout);
    await writeTree(directory, { "shared/wheels/torch": "torch" });
    const buckets = findBuckets(cacheBuckets(layout, join(directory, "shared")), ["uv"]);
    const plan = await planClean(buckets);
    assert.deepEqual(plan.removals.map(({ path }) => path), [join(directory, "shared", "wheels")]);
    await withLock(layout, "other", { command: "x", timeoutMs: 0 }, async (lock) => {
      await assert.rejects(applyCachePlan(plan, lock), { code: "INTERNAL" });
    });
  });
});

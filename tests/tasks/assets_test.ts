import assert from "node:assert/strict";
import { command, createRunner } from "../../src/tools/mod.ts";
import { ASSET_DIRECTORIES, assetPaths, isAsset } from "../../tasks/assets.ts";
import { projectRoot } from "../../tasks/run_deno.ts";

Deno.test("every file of config/ and data/ that git keeps is shipped", async () => {
  const assets = await assetPaths();
  const runner = createRunner({ env: Deno.env.toObject() });
  const list = command({
    program: "git",
    args: ["ls-files", "-z", "--", ...ASSET_DIRECTORIES],
    cwd: projectRoot,
  });
  // A copy of the sources need not be a repository.
  const { code, stdout } = await runner.run(list, { accept: [128] });
  const kept = code === 0 ? stdout.split("\0").filter(Boolean) : assets;
  assert(kept.length > 100);
  assert.deepEqual(kept.filter((path) => !assets.includes(path)), []);
});

Deno.test("what registry update and Python leave in a copy of the sources is not shipped", () => {
  const left = [
    "data/node_mappings.json",
    "data/full_registry_cache.json",
    "data/registry/registry_cache.db",
    "data/cache/registry_cache.json.gz",
    "data/history/2026/01/registry_cache_20260101.json.gz",
    "data/run/__pycache__/keeper.cpython-312.pyc",
  ];
  assert.deepEqual(left.filter(isAsset), []);
});

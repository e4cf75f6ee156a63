import assert from "node:assert/strict";
import { readInstalled } from "../../../src/environment/mod.ts";
import { hashTree } from "../../../src/nodes/mod.ts";
import { listTrash } from "../../../src/workspace/mod.ts";
import { actionsOf, withNodeScene } from "../../support/node_scene.ts";

Deno.test("a pack that is there stays as it is until another version is named", async () => {
  await withNodeScene(
    [{ id: "alpha", version: "1.0.0" }, { id: "alpha", version: "1.1.0" }],
    async (scene) => {
      const { node, registry } = scene;
      assert.deepEqual(actionsOf(await node("add", "alpha@1.0.0", "alpha@1.0.0")), ["alpha added"]);
      const again = await node("add", "Alpha");
      assert.deepEqual(actionsOf(again), ["alpha kept"]);
      assert.match(again.nodes[0]!.why, /node update alpha takes 1\.1\.0/);
      assert.equal(again.commit, null);
      assert.deepEqual(actionsOf(await node("add", "alpha@1.1.0")), ["alpha updated"]);
      assert.equal(await scene.refused("add", "alpha@1.0.0", "alpha@1.1.0"), "NODE_REFUSED");
      assert.equal(await scene.refused("remove", "alfa"), "NODE_NOT_INSTALLED");
      const fetched = registry.fetched();
      await node("remove", "alpha");
      await node("add", "alpha@1.0.0");
      assert.equal(registry.fetched(), fetched, "the store has it");
    },
  );
});

Deno.test("a disabled pack lies apart, its packages leave .venv, and enable brings back what it was", async () => {
  await withNodeScene([{ id: "alpha", version: "1.0.0", requirements: ["six"] }], async (scene) => {
    const { node, environment, path, kinds } = scene;
    await node("add", "alpha");
    const [tree, manifest] = [
      await hashTree(path("alpha")),
      await Deno.readTextFile(environment.manifest),
    ];
    await node("disable", "alpha");
    assert.equal(await hashTree(path(".disabled", "alpha")), tree);
    assert.equal((await readInstalled(environment.venv))?.six, undefined);
    assert.deepEqual(await kinds(), []);
    assert.deepEqual(actionsOf(await node("disable", "alpha")), ["alpha kept"]);
    // As ComfyUI-Manager names it, it is still the same pack.
    await Deno.rename(path(".disabled", "alpha"), path(".disabled", "alpha@1_0_0"));
    assert.deepEqual(await kinds(), []);
    await node("enable", "ALPHA");
    assert.equal(await hashTree(path("alpha")), tree);
    assert.equal(await Deno.readTextFile(environment.manifest), manifest);
    assert.ok((await readInstalled(environment.venv))?.six);
    await Deno.mkdir(path(".disabled"), { recursive: true });
    await Deno.rename(path("alpha"), path(".disabled", "alpha"));
    assert.deepEqual(await kinds(), ["node_disabled alpha"]);
  });
});

Deno.test("local changes are refused, go to the trash when they are given up, and files of one's own come along", async () => {
  await withNodeScene([{ id: "alpha", version: "1.0.0" }], async (scene) => {
    const { node, registry, path, workspace, kinds } = scene;
    await node("add", "alpha");
    await Deno.writeTextFile(path("alpha", "settings.json"), "mine");
    assert.deepEqual(await kinds(), [], "a file that a pack made is no change of it");
    await Deno.writeTextFile(path("alpha", "README.md"), "changed");
    assert.deepEqual(await kinds(), ["node_changed alpha"]);
    registry.publish({ id: "alpha", version: "1.1.0" });
    assert.equal(await scene.refused("update", "alpha"), "NODE_CHANGED");
    assert.equal(await Deno.readTextFile(path("alpha", "README.md")), "changed");
    assert.deepEqual(actionsOf(await node("update", "--all", "--discard")), ["alpha updated"]);
    assert.equal(await Deno.readTextFile(path("alpha", "settings.json")), "mine");
    assert.equal(await Deno.readTextFile(path("alpha", "README.md")), "# alpha 1.1.0\n");
    assert.deepEqual(await kinds(), []);

    await Deno.writeTextFile(path("alpha", "__init__.py"), "broken");
    assert.deepEqual(actionsOf(await node("update", "alpha", "--discard")), ["alpha updated"]);
    assert.deepEqual(await kinds(), []);
    await node("remove", "alpha");
    // What a removed pack held besides its own files is nowhere else.
    const [last] = await listTrash(workspace);
    assert.match(last!.from, /custom_nodes.alpha$/);
  });
});

Deno.test("a change that keeps size and time escapes status, and not validate --strict", async () => {
  await withNodeScene([{ id: "alpha", version: "1.0.0" }], async ({ node, path, kinds, cli }) => {
    await node("add", "alpha");
    const file = path("alpha", "README.md");
    const { atime, mtime } = await Deno.stat(file);
    await Deno.writeTextFile(file, "# ALPHA 1.0.0\n");
    await Deno.utime(file, atime!, mtime!);
    assert.deepEqual(await kinds(), []);
    assert.equal((await cli(["validate", "--strict"])).code, 1);
    assert.deepEqual(await kinds(), []);
  });
});

Deno.test("a pack comes in only where nothing foreign stands, also in another case; a disabled copy makes way", async () => {
  await withNodeScene(
    [{ id: "alpha", version: "1.0.0" }, { id: "beta", version: "1.0.0" }],
    async (scene) => {
      const { node, path, kinds } = scene;
      await Deno.mkdir(path("Alpha"), { recursive: true });
      await Deno.writeTextFile(path("Alpha", "own.py"), "mine");
      assert.equal(await scene.refused("add", "alpha"), "NODE_DIRECTORY_TAKEN");
      const partly = await node("add", "alpha", "beta", "missing-pack", "--keep-going");
      assert.deepEqual(actionsOf(partly), ["beta added"]);
      const code = await scene.refused("add", "beta", "missing-pack", "--keep-going");
      assert.equal(code, "NODE_PARTLY_FAILED");
      assert.deepEqual(
        partly.failures.map(({ named, code }) => `${named} ${code}`),
        ["missing-pack NODE_PACK_NOT_FOUND", "alpha NODE_DIRECTORY_TAKEN"],
      );
      assert.deepEqual(await kinds(), ["node_extra Alpha"]);
      await Deno.rename(path("Alpha"), path("alpha.disabled"));
      assert.deepEqual(actionsOf(await node("add", "alpha")), ["alpha added"]);
      assert.deepEqual(await kinds(), []);
      assert.equal(await Deno.stat(path("alpha.disabled")).catch(() => undefined), undefined);
    },
  );
});

Deno.test("of packs that exclude each other --keep-going takes the first", async () => {
  await withNodeScene([
    { id: "alpha", version: "1.0.0", requirements: ["six==1.16.0"] },
    { id: "beta", version: "0.9.0", requirements: ["six>=1.15"] },
    { id: "beta", version: "1.0.0", requirements: ["six==1.15.0"] },
    { id: "gamma", version: "1.0.0" },
  ], async ({ node, kinds }) => {
    const data = await node("add", "alpha", "beta", "gamma", "--keep-going");
    assert.deepEqual(actionsOf(data), ["alpha added", "gamma added"]);
    assert.deepEqual(data.failures.map(({ named, code }) => `${named} ${code}`), [
      "beta NODE_CONFLICT",
    ]);
    assert.match(`${data.failures[0]?.hint}`, /beta@0\.9\.0.* fits/, "and tells what would help");
    assert.deepEqual(await kinds(), []);
  });
});

Deno.test("a pack's own script runs only when it is wanted, with the environment's Python; its failure takes all back", async () => {
  const script = "import sys, pathlib; pathlib.Path('ran.txt').write_text(sys.prefix)\n";
  await withNodeScene([
    { id: "alpha", version: "1.0.0", files: { "install.py": script } },
    { id: "beta", version: "1.0.0", files: { "install.py": "raise SystemExit(3)\n" } },
  ], async ({ node, refused, path, environment, kinds }) => {
    await node("add", "alpha");
    assert.equal(await Deno.stat(path("alpha", "ran.txt")).catch(() => undefined), undefined);
    await node("remove", "alpha");
    await node("add", "alpha", "--run-scripts");
    assert.equal(await Deno.readTextFile(path("alpha", "ran.txt")), environment.venv);
    assert.match(await Deno.readTextFile(environment.manifest), /run_scripts = \["install\.py"\]/);
    assert.equal(await refused("add", "beta", "--run-scripts"), "NODE_SCRIPT_FAILED");
    assert.deepEqual(await kinds(), []);
    assert.equal(await Deno.stat(path("beta")).catch(() => undefined), undefined);
  });
});

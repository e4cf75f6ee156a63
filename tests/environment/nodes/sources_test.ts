import assert from "node:assert/strict";
import { join } from "node:path";
import { addNodes, removeNodes } from "../../../src/environment/nodes/mod.ts";
import { hashTree } from "../../../src/nodes/mod.ts";
import { readManifest } from "../../../src/pyproject/mod.ts";
import { listTrash } from "../../../src/workspace/mod.ts";
import { command } from "../../../src/tools/mod.ts";
import { packFiles, packResolver, worldWithPacks } from "../../support/node_packs.ts";
import { actionsOf, type NodeScene, withNodeScene } from "../../support/node_scene.ts";
import { writeFiles } from "../../support/node_world.ts";

const URL = "https://git.test/test/gamma";

/** A repository that the user's git finds behind an address. */
async function makeRepository({ root, world }: NodeScene) {
  const path = join(root, "gamma");
  const git = async (...args: string[]) =>
    (await world().runner.run(command({ program: "git", args: ["-C", path, ...args] }))).stdout
      .trim();
  await Deno.mkdir(path);
  await git("init", "--quiet", "--initial-branch=main");
  const config = join(root, "home", ".gitconfig");
  await Deno.writeTextFile(config, `[url "${path}"]\ninsteadOf = ${URL}\n`, { append: true });
  const commit = async (version: string) => {
    await writeFiles(path, packFiles({ id: "gamma", version }));
    await git("add", "--all");
    await git("commit", "--quiet", "--message", version);
    return await git("rev-parse", "HEAD");
  };
  return { git, commit };
}

async function entryOf({ environment }: NodeScene, id: string) {
  return readManifest(await Deno.readTextFile(environment.manifest), "m").nodes[id];
}

Deno.test("a pack of a repository is locked to a commit, follows its branch on update, and moves to the trash with own commits", async () => {
  await withNodeScene([], async (scene) => {
    const { node, path, kinds, world } = scene;
    const repository = await makeRepository(scene);
    const first = await repository.commit("1.0.0");
    assert.deepEqual(actionsOf(await node("add", `${URL}@main`)), ["gamma added"]);
    const entry = await entryOf(scene, "gamma");
    assert.deepEqual([entry?.source, entry?.commit, entry?.ref], ["git", first, "main"]);
    const tree = await hashTree(path("gamma"));
    assert.equal(entry?.treeSha256, tree);
    assert.deepEqual(await kinds(), []);

    const second = await repository.commit("1.1.0");
    assert.deepEqual(actionsOf(await node("update", "gamma")), ["gamma updated"]);
    assert.equal((await entryOf(scene, "gamma"))?.commit, second);
    assert.deepEqual(await listTrash(scene.workspace), [], "the repository gives the old one back");
    assert.equal(await world().git.resolve(path("gamma"), "HEAD"), second);
    assert.deepEqual(await kinds(), []);
    const outdated = async () =>
      (await node("update", "gamma", "--dry-run")).nodes.map(({ action }) => action);
    await node("remove", "gamma");
    await node("add", `${URL}@${first.slice(0, 10)}`);
    assert.deepEqual(await outdated(), ["kept"], "who names a commit stays there");
    await scene.cli(["rollback", "HEAD~2"]);
    assert.equal((await entryOf(scene, "gamma"))?.commit, second);
    const { code } = await scene.cli(["rollback", "HEAD~4"]);
    assert.equal(code, 0);
    assert.equal(await hashTree(path("gamma")), tree);

    // Whoever pulls by hand has another version than the manifest says; sync returns to it.
    const pull = ["-C", path("gamma"), "checkout", "--quiet", second];
    await world().runner.run(
      command({ program: "git", args: ["-C", path("gamma"), "fetch", "--quiet", URL] }),
    );
    await world().runner.run(command({ program: "git", args: pull }));
    assert.deepEqual(await kinds(), ["node_version gamma"]);
    assert.equal((await scene.cli(["sync"])).code, 0);
    assert.equal(await hashTree(path("gamma")), tree);
    assert.deepEqual(await kinds(), []);

    const own = ["-C", path("gamma"), "commit", "--quiet", "--allow-empty", "--message", "own"];
    await world().runner.run(command({ program: "git", args: own }));
    await node("remove", "gamma");
    const trashed = (await listTrash(scene.workspace)).map(({ name }) => name);
    assert.ok(trashed.includes("gamma"), `${trashed}`);
  });
});

Deno.test("two copies of a pack are told, and the one that is not wanted goes to the trash", async () => {
  await withNodeScene([{ id: "alpha", version: "1.0.0" }], async (scene) => {
    const { node, path, kinds, cli, refused } = scene;
    await node("add", "alpha");
    await Deno.mkdir(path(".disabled", "alpha@0_9_0"), { recursive: true });
    await Deno.writeTextFile(path(".disabled", "alpha@0_9_0", "notes.txt"), "mine");
    assert.deepEqual(await kinds(), ["node_twice alpha"]);
    assert.equal(await refused("add", "--adopt", "alpha@0_9_0"), "NODE_DIRECTORY_TAKEN");
    assert.deepEqual(await kinds(), ["node_twice alpha"], "the one in use stays");
    assert.equal((await cli(["sync"])).code, 0);
    assert.deepEqual(await kinds(), []);
  });
});

Deno.test("a pack in development is linked, recorded and never touched", async () => {
  await withNodeScene([], async (scene) => {
    const { node, path, kinds, root } = scene;
    const own = join(root, "my-nodes");
    await writeFiles(own, packFiles({ id: "my-nodes", version: "0.1.0" }));
    const before = await hashTree(own);
    await node("add", "--dev", own);
    assert.equal(await Deno.realPath(path("my-nodes")), own);
    assert.equal((await entryOf(scene, "my-nodes"))?.source, "development");
    await Deno.writeTextFile(join(own, "new.py"), "# at work\n");
    assert.deepEqual(await kinds(), []);
    assert.deepEqual(actionsOf(await node("update", "--all", "--discard")), ["my-nodes kept"]);
    await node("disable", "my-nodes");
    await node("enable", "my-nodes");
    await node("remove", "my-nodes");
    assert.equal(await Deno.lstat(path("my-nodes")).catch(() => undefined), undefined);
    await Deno.remove(join(own, "new.py"));
    assert.equal(await hashTree(own), before);

    await Deno.rename(own, path("my-nodes"));
    await node("add", "--dev", path("my-nodes"));
    await node("remove", "my-nodes");
    assert.equal(await hashTree(path("my-nodes")), before);
    assert.deepEqual(await kinds(), ["node_extra my-nodes"]);
  });
});

Deno.test("what ComfyUI-Manager or nobody installed is seen, and taken in as it is", async () => {
  await withNodeScene([{ id: "alpha", version: "1.0.0" }], async (scene) => {
    const { node, path, kinds, registry, refused } = scene;
    const world = worldWithPacks(scene);
    await addNodes(world, { named: ["alpha"], resolve: packResolver(registry) });
    const { treeSha256 } = (await entryOf(scene, "alpha"))!;
    // Left as Manager would have left it: files and `.tracking`, without an entry.
    await Deno.rename(path("alpha"), path("..", "kept"));
    await removeNodes(world, ["alpha"]);
    await Deno.rename(path("..", "kept"), path("alpha"));
    await Deno.mkdir(path("Odd Pack"));
    await Deno.writeTextFile(path("Odd Pack", "__init__.py"), "NODE_CLASS_MAPPINGS = {}\n");
    await Deno.mkdir(path(".disabled"), { recursive: true });
    await Deno.mkdir(path(".disabled", "old@2_0_0"));
    await Deno.writeTextFile(path(".disabled", "old@2_0_0", "__init__.py"), "# old\n");
    assert.deepEqual(await kinds(), [
      "node_extra Odd Pack",
      "node_extra alpha",
      "node_extra old@2_0_0",
    ]);

    for await (const { name } of Deno.readDir(path("alpha"))) {
      await Deno.mkdir(path("again"), { recursive: true });
      await Deno.copyFile(path("alpha", name), path("again", name));
    }
    assert.equal(await refused("add", "--adopt", "alpha", "again"), "NODE_DIRECTORY_TAKEN");
    await Deno.remove(path("again"), { recursive: true });
    const data = await node("add", "--adopt", "alpha", "Odd Pack", path(".disabled", "old@2_0_0"));
    assert.deepEqual(actionsOf(data), ["alpha adopted", "Odd Pack adopted", "old adopted"]);
    assert.deepEqual(await kinds(), []);
    const alpha = await entryOf(scene, "alpha");
    assert.deepEqual([alpha?.source, alpha?.version, alpha?.treeSha256], [
      "registry",
      "1.0.0",
      treeSha256,
    ]);
    assert.equal((await entryOf(scene, "Odd Pack"))?.source, "local");
    assert.equal((await entryOf(scene, "old"))?.enabled, false);

    // Manager updates a pack behind our back; adopting takes that over.
    registry.publish({ id: "alpha", version: "1.2.0" });
    await writeFiles(path("alpha"), packFiles({ id: "alpha", version: "1.2.0" }));
    assert.deepEqual(await kinds(), ["node_version alpha"]);
    assert.deepEqual(actionsOf(await node("add", "--adopt", "alpha")), ["alpha adopted"]);
    assert.equal((await entryOf(scene, "alpha"))?.version, "1.2.0");
    assert.deepEqual(await kinds(), []);
    assert.equal(await scene.refused("add", "--adopt", "nothing"), "NODE_NOT_INSTALLED");
  });
});

Deno.test("repair puts back what is missing, a clone keeps its packs, and undo brings them back", async () => {
  await withNodeScene([{ id: "alpha", version: "1.0.0" }], async (scene) => {
    const { node, path, kinds, cli, environment, world } = scene;
    await node("add", "alpha");
    const tree = await hashTree(path("alpha"));
    await Deno.remove(path("alpha"), { recursive: true });
    assert.deepEqual(await kinds(), ["node_missing alpha"]);
    assert.equal((await cli(["repair"])).code, 0);
    assert.equal(await hashTree(path("alpha")), tree);
    assert.equal((await cli(["clone", "demo", "copy"])).code, 0);
    const copy = world({ name: "copy" });
    assert.equal(await hashTree(join(copy.environment.customNodes, "alpha")), tree);
    assert.equal((await cli(["validate", "--env", "copy"])).code, 0);
    await Deno.writeTextFile(path("alpha", "settings.json"), "mine");
    const { json } = await cli(["delete", "demo", "--dry-run", "--json"]);
    const { kept } = json?.data as { kept: readonly { path: string }[] };
    const inside = kept.filter((one) => one.path.includes("alpha")).map((one) => one.path);
    assert.deepEqual(inside, ["ComfyUI/custom_nodes/alpha/settings.json"]);
    await Deno.remove(path("alpha", "settings.json"));
    await node("remove", "alpha");
    assert.equal((await cli(["undo"])).code, 0);
    assert.equal(await hashTree(path("alpha")), tree);
    assert.equal((await node("prune", "--dry-run")).nodes.length, 1);
    await node("prune", "--yes");
    assert.deepEqual(
      await Array.fromAsync(Deno.readDir(environment.customNodes), ({ name }) => name),
      [
        "example_node.py.example",
      ],
    );
  });
});

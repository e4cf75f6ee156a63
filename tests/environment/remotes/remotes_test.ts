import assert from "node:assert/strict";
import { join } from "node:path";
import { createBranch, listBranches, switchBranch } from "../../../src/environment/branches/mod.ts";
import {
  addRemote,
  fetchEnvironment,
  listRemotes,
  planPush,
  pullEnvironment,
  pushEnvironment,
  removeRemote,
} from "../../../src/environment/remotes/mod.ts";
import { readStatus, undoEnvironment } from "../../../src/environment/mod.ts";
import { addNodes } from "../../../src/environment/nodes/mod.ts";
import { removeTree } from "../../../src/workspace/mod.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";
import { worldWithPacks } from "../../support/node_packs.ts";
import { writePack } from "../../support/share_world.ts";
import { commitChange, makeBareRepository, withTwoClones } from "../../support/two_clones.ts";

Deno.test("a remote that is removed takes what was seen of it along, and undo brings it back", async () => {
  await withEnvironment(async (fixture) => {
    const { world, root } = fixture;
    const shared = await makeBareRepository(fixture);
    await addRemote(world(), "origin", shared, { cwd: root });
    await pushEnvironment(world());
    const before = await listBranches(world());
    assert.equal(before.branches[0]?.upstream, "origin/main");
    assert.deepEqual(before.remote.map(({ name }) => name), ["origin/main"]);
    await removeRemote(world(), "origin");
    assert.deepEqual(await listRemotes(world()), []);
    const { branches: [main], remote } = await listBranches(world());
    assert.deepEqual({ upstream: main?.upstream, remote }, { upstream: undefined, remote: [] });
    await undoEnvironment(world(), "demo");
    assert.deepEqual(await listRemotes(world()), [{ name: "origin", url: shared }]);
    await fetchEnvironment(world());
    assert.deepEqual(await listBranches(world()), before);
  });
});

Deno.test("a branch that only a remote has is made by switching to it, and follows it", async () => {
  await withEnvironment(async (fixture) => {
    const { world, root, environment: { cec } } = fixture;
    await addRemote(world(), "origin", await makeBareRepository(fixture), { cwd: root });
    await pushEnvironment(world());
    await createBranch(world(), "side");
    await switchBranch(world(), { branch: "side" });
    await commitChange(world(), "Side", { files: { "workflows/a.json": "1" } });
    await pushEnvironment(world());
    await switchBranch(world(), { branch: "main" });
    await world().git.setRef(cec, "refs/heads/side");
    const { plan } = await switchBranch(world(), { branch: "side" });
    assert.equal(plan.follows, "origin");
    assert.equal((await planPush(world())).follows, true);
    assert.equal(await Deno.readTextFile(join(cec, "workflows", "a.json")), "1");
    await undoEnvironment(world(), "demo");
    assert.deepEqual((await listBranches(world())).branches.map(({ name }) => name), ["main"]);
  });
});

Deno.test("two remotes are told apart by name, offline reaches only this machine, secrets are masked", async () => {
  await withEnvironment(async (fixture) => {
    const { world, root, environment: { cec } } = fixture;
    const shared = await makeBareRepository(fixture);
    await addRemote(world(), "near", shared, { cwd: root });
    await addRemote(world(), "far", "git@git.test:me/demo.git", { cwd: root });
    await assert.rejects(pushEnvironment(world()), { code: "REMOTE_NONE", hint: /near or far/ });
    await assert.rejects(planPush(world({ offline: true }), { remote: "far" }), {
      code: "REMOTE_OFFLINE",
      exit: 6,
    });
    await pushEnvironment(world({ offline: true }), { remote: "near" });
    assert.equal((await planPush(world())).remote, "near");
    for (const name of ["a b", "../x", "-x", ""]) {
      await assert.rejects(addRemote(world(), name, shared, { cwd: root }), { exit: 2 }, name);
    }
    const config = join(cec, ".git", "config");
    await world().git.setConfig(config, "remote.far.url", "https://me:s3cret-word@git.test/x");
    assert.deepEqual((await listRemotes(world())).at(-1), {
      name: "far",
      url: "https://***@git.test/x",
    });
    await world().git.setConfig(config, "remote.far.url", `ext::touch ${join(root, "hacked")}`);
    await assert.rejects(fetchEnvironment(world(), { remote: "far" }));
    await assert.rejects(Deno.stat(join(root, "hacked")), Deno.errors.NotFound);
  });
});

Deno.test("a local pack that only another machine has is told as missing, and all else is pulled and switched", async () => {
  await withTwoClones(async ({ fixture, one, other }) => {
    const path = await writePack(join(fixture.root, "own-pack"), "OwnNode");
    await addNodes(worldWithPacks(fixture), {
      named: [path],
      resolve: () => Promise.resolve({ source: "local", id: "own-pack", name: "own pack", path }),
    });
    await commitChange(one(), "More", { files: { "workflows/more.json": "{}" } });
    await pushEnvironment(one());
    // As on another machine, whose store has never seen the pack.
    await removeTree(fixture.workspace.nodeStore);
    await pullEnvironment(other(), await fetchEnvironment(other()));
    const { environment } = other();
    assert.equal(await Deno.readTextFile(join(environment.workflows, "more.json")), "{}");
    const missing = (await readStatus(other())).differences
      .filter(({ subject }) => subject === "own-pack");
    assert.deepEqual(missing.map(({ kind }) => kind), ["node_missing"]);
    assert.match(missing[0]?.settle ?? "", /^comfydock node add PATH/);
    await createBranch(other(), "side");
    await switchBranch(other(), { branch: "side" });
  });
});

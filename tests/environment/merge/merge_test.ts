import assert from "node:assert/strict";
import { addNodes } from "../../../src/environment/nodes/mod.ts";
import { createBranch, switchBranch } from "../../../src/environment/branches/mod.ts";
import {
  mergeEnvironment,
  planMerge,
  previewMergedLock,
} from "../../../src/environment/merge/mod.ts";
import {
  commitEnvironment,
  readInstalled,
  readStatus,
  undoEnvironment,
} from "../../../src/environment/mod.ts";
import { addConstraint, addDependency } from "../../../src/pyproject/mod.ts";
import { command } from "../../../src/tools/mod.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";
import { packResolver, startPackRegistry, worldWithPacks } from "../../support/node_packs.ts";
import { commitChange } from "../../support/two_clones.ts";

Deno.test("a merge joins the node packs and packages of two branches, on disk too, or nothing changes", async () => {
  await using registry = startPackRegistry(
    { id: "alpha", version: "1.0.0", requirements: ["six"] },
    { id: "beta", version: "1.0.0", requirements: ["toml"] },
  );
  await withEnvironment(async (fixture) => {
    const world = () => worldWithPacks(fixture);
    const { venv, cec } = fixture.environment;
    const resolve = packResolver(registry);
    const has = async () => {
      const installed = await readInstalled(venv);
      return ["six", "toml"].filter((name) => installed?.[name] !== undefined).join();
    };
    await createBranch(world(), "side");
    await addNodes(world(), { named: ["alpha"], resolve });
    await commitEnvironment(world(), "Alpha").catch(() => {});
    await switchBranch(world(), { branch: "side" });
    assert.equal(await has(), "", "packages follow the branch");
    await addNodes(world(), { named: ["beta"], resolve });
    await commitEnvironment(world(), "Beta").catch(() => {});
    const plan = await planMerge(world(), { revision: "main" });
    assert.deepEqual(plan.changes.map(({ id, change }) => `${change} ${id}`), ["added node alpha"]);
    assert.deepEqual((await previewMergedLock(world(), plan)).map(({ name }) => name), ["six"]);
    assert.equal(await has(), "toml", "a plan changes nothing");
    const { commit } = await mergeEnvironment(world(), { revision: "main" });
    assert.equal(await has(), "six,toml");
    assert.deepEqual((await readStatus(world())).differences, []);
    const [merge] = await world().git.log(cec, { limit: 1 });
    assert.deepEqual([merge?.commit, merge?.parents.length], [commit, 2]);
    await undoEnvironment(world(), "demo");
    assert.equal(await has(), "toml");
    assert.deepEqual((await readStatus(world())).differences, []);
  });
});

Deno.test("branches whose requirements exclude each other, or that share nothing, are not merged", async () => {
  await withEnvironment(async ({ world, environment: { cec, manifest } }) => {
    const { git, runner } = world();
    await createBranch(world(), "side");
    await commitChange(world(), "Here", { edits: [addDependency("six>=1.16")] });
    const text = await Deno.readTextFile(manifest);
    const head = await git.resolve(cec, "HEAD");
    await git.setRef(cec, "refs/heads/keep", head);
    await switchBranch(world(), { branch: "side" });
    await commitChange(world(), "There", { edits: [addConstraint("six<1.10")] });
    await switchBranch(world(), { branch: "main" });
    await assert.rejects(mergeEnvironment(world(), { revision: "side" }), {
      code: "PACKAGE_CONFLICT",
      exit: 5,
    });
    assert.equal(await Deno.readTextFile(manifest), text);
    assert.equal(await git.resolve(cec, "HEAD"), head);
    const tree = (await git.resolve(cec, "HEAD"))!;
    const { stdout } = await runner.run(command({
      program: "git",
      args: ["commit-tree", "-m", "Elsewhere", `${tree}^{tree}`],
      cwd: cec,
    }));
    await assert.rejects(mergeEnvironment(world(), { revision: stdout.trim() }), {
      code: "HISTORIES_UNRELATED",
      exit: 5,
    });
  });
});

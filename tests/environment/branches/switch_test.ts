import assert from "node:assert/strict";
import { join } from "node:path";
import {
  createBranch,
  deleteBranch,
  listBranches,
  planSwitch,
  switchBranch,
} from "../../../src/environment/branches/mod.ts";
import { mergeEnvironment } from "../../../src/environment/merge/mod.ts";
import { undoEnvironment } from "../../../src/environment/mod.ts";
import { setEnvironmentFacts, setTrackedWorkflow } from "../../../src/pyproject/mod.ts";
import { command } from "../../../src/tools/mod.ts";
import { listTrash } from "../../../src/workspace/mod.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";
import { placesOf, textAt } from "../../support/tracked_workflows.ts";
import { commitChange } from "../../support/two_clones.ts";

const TRACKED = setTrackedWorkflow({
  key: "w",
  file: "workflows/w.json",
  requires: { nodes: [], models: [], python: [] },
});

Deno.test("switch brings files, ComfyUI and its workflows to the other branch and back, undo too", async () => {
  await withEnvironment(async (fixture) => {
    const { world, environment: { comfyui, cec } } = fixture;
    const { git } = world();
    const newer = await git.resolve(comfyui, "HEAD");
    const older = await git.resolve(comfyui, "v0.1.0");
    const { copy, tracked } = placesOf(fixture, "w");
    await commitChange(world(), "Start", { edits: [TRACKED], files: { "workflows/w.json": "1" } });
    const { plan } = await switchBranch(world(), { branch: "try/older", create: true });
    assert.ok(plan.created);
    await commitChange(world(), "Older", {
      edits: [setEnvironmentFacts({ comfyuiCommit: older })],
      files: { "workflows/w.json": "2" },
    });
    const branchNames = async () =>
      (await listBranches(world())).branches
        .map(({ name, current }) => `${name}${current ? "*" : ""}`);
    assert.deepEqual(await branchNames(), ["main", "try/older*"]);
    await switchBranch(world(), { branch: "main" });
    assert.deepEqual(await branchNames(), ["main*", "try/older"]);
    assert.equal(await textAt(tracked), "1");
    assert.equal(await textAt(copy), "1");
    const { comfyuiMoved } = await switchBranch(world(), { branch: "try/older" });
    assert.ok(comfyuiMoved);
    assert.equal(await git.resolve(comfyui, "HEAD"), older);
    assert.equal(await textAt(copy), "2", "ComfyUI's copy follows");
    assert.deepEqual((await git.status(cec)).entries, []);
    await undoEnvironment(world(), "demo");
    assert.deepEqual(await branchNames(), ["main*", "try/older"]);
    assert.equal(await git.resolve(comfyui, "HEAD"), newer);
    assert.equal(await textAt(copy), "1");
    assert.deepEqual((await git.status(cec)).entries, []);
  });
});

Deno.test("switch keeps what is not committed, refuses what it would lose, and moves it to the trash when told", async () => {
  await withEnvironment(async ({ world, workspace, environment: { cec, workflows } }) => {
    const at = (name: string) => join(workflows, name);
    await createBranch(world(), "side");
    await commitChange(world(), "Main", {
      files: { "workflows/a.json": "main", "workflows/b.json": "main" },
    });
    await switchBranch(world(), { branch: "side" });
    assert.equal(await textAt(at("a.json")), undefined);
    await Deno.writeTextFile(at("a.json"), "mine");
    await Deno.writeTextFile(at("b.json"), "main");
    await Deno.writeTextFile(at("c.json"), "free");
    const { lost, kept } = await planSwitch(world(), "main");
    assert.deepEqual({ lost, kept }, { lost: ["workflows/a.json"], kept: ["workflows/c.json"] });
    await assert.rejects(switchBranch(world(), { branch: "main" }), {
      code: "CHANGES_NOT_COMMITTED",
      exit: 5,
      hint: /--discard/,
    });
    assert.equal(await textAt(at("a.json")), "mine");
    await switchBranch(world(), { branch: "main", discard: true });
    assert.equal(await textAt(at("a.json")), "main");
    assert.equal(await textAt(at("c.json")), "free");
    assert.deepEqual((await listTrash(workspace)).map(({ name }) => name), ["a.json"]);
    await undoEnvironment(world(), "demo");
    assert.equal(await textAt(at("a.json")), "mine");
    // A name that git ignores is in the way as well.
    await Deno.writeTextFile(join(cec, ".git", "info", "exclude"), "a.json\n").catch(async () => {
      await Deno.mkdir(join(cec, ".git", "info"), { recursive: true });
      await Deno.writeTextFile(join(cec, ".git", "info", "exclude"), "a.json\n");
    });
    await assert.rejects(switchBranch(world(), { branch: "main" }), { exit: 5 });
  });
});

Deno.test("a branch is made, refused where it cannot be, and deleted only with its commits elsewhere", async () => {
  await withEnvironment(async ({ world }) => {
    await createBranch(world(), "side");
    const names: readonly (readonly [string, string])[] = [
      ["side", "BRANCH_EXISTS"],
      ["SIDE", "BRANCH_EXISTS"],
      ["", "BRANCH_INVALID"],
      ["-d", "BRANCH_INVALID"],
      ["a b", "BRANCH_INVALID"],
      ["a..b", "BRANCH_INVALID"],
      ["HEAD", "BRANCH_INVALID"],
      ["x".repeat(300), "BRANCH_INVALID"],
    ];
    for (const [name, code] of names) {
      await assert.rejects(createBranch(world(), name), { code }, name);
    }
    await assert.rejects(switchBranch(world(), { branch: "nowhere" }), {
      code: "BRANCH_NOT_FOUND",
      exit: 4,
    });
    await assert.rejects(deleteBranch(world(), "main"), { code: "BRANCH_IN_USE" });
    await switchBranch(world(), { branch: "side" });
    await commitChange(world(), "Only here", { files: { "workflows/a.json": "1" } });
    await switchBranch(world(), { branch: "main" });
    await assert.rejects(deleteBranch(world(), "side"), { code: "BRANCH_NOT_MERGED", exit: 5 });
    const { commit } = await deleteBranch(world(), "side", { force: true });
    await undoEnvironment(world(), "demo");
    assert.equal((await listBranches(world())).branches.at(-1)?.commit, commit);
    await mergeEnvironment(world(), { revision: "side" });
    await deleteBranch(world(), "side");
    assert.equal((await listBranches(world())).branches.length, 1);
  });
});

Deno.test("a commit with links or paths that lead elsewhere is not taken", async () => {
  await withEnvironment(async ({ world, environment: { cec } }) => {
    const { git, runner } = world();
    const run = async (args: readonly string[], stdin?: string) =>
      (await runner.run(command({ program: "git", args, cwd: cec, stdin }))).stdout.trim();
    const blob = await run(["hash-object", "-w", "--stdin"], "target");
    const entries = {
      "a link": `120000 blob ${blob}\tworkflows-link`,
      "a drive": `100644 blob ${blob}\tC:evil`,
    };
    for (const [name, entry] of Object.entries(entries)) {
      const tree = await run(["mktree"], `${await run(["ls-tree", "HEAD"])}\n${entry}\n`);
      const commit = await run(["commit-tree", "-p", "HEAD", "-m", name, tree]);
      await git.setRef(cec, "refs/heads/evil", commit);
      await assert.rejects(switchBranch(world(), { branch: "evil" }), {
        code: "REVISION_UNSAFE",
        exit: 5,
      }, name);
      await assert.rejects(mergeEnvironment(world(), { revision: "evil" }), {
        code: "REVISION_UNSAFE",
      }, name);
    }
    assert.deepEqual((await git.status(cec)).entries, []);
  });
});

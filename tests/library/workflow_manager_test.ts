import assert from "node:assert/strict";
import { join } from "node:path";
import { BundleManager, WorkflowManager } from "../../mod.ts";
import { withLibrary } from "../support/library_scene.ts";
import { saveInComfyUI, sidesOf, workflowText } from "../support/workflow_files.ts";

Deno.test("workflows are tracked, brought together and let go of", async () => {
  await withLibrary(async ({ demo, fixture }) => {
    const workflows = new WorkflowManager();
    for (const name of ["face", "sets/one", "sets/two"]) {
      await saveInComfyUI(fixture, name, workflowText(1));
    }
    const tracking = async () =>
      (await workflows.scanWorkflows(demo)).map(({ name, tracking }) => [name, tracking]);
    await workflows.trackWorkflow(demo, "face");
    assert.deepEqual(await tracking(), [
      ["face", "tracked"],
      ["sets/one", "watched"],
      ["sets/two", "watched"],
    ]);
    const { workflows: taken } = await workflows.trackAll(demo, "*one");
    assert.deepEqual(taken.map(({ key }) => key), ["sets/one"]);
    await workflows.untrackWorkflow(demo, "sets/one");
    assert.equal((await workflows.getWorkflowState(demo, "sets/one")).tracking, "watched");
    await assert.rejects(workflows.getWorkflowState(demo, "none"), { code: "WORKFLOW_NOT_FOUND" });

    const { kept, copy } = sidesOf(fixture, "face");
    await Deno.writeTextFile(copy, workflowText(2));
    assert.deepEqual((await workflows.syncWorkflows(demo)).steps.map(({ action }) => action), [
      "take",
    ]);
    await Deno.writeTextFile(copy, workflowText(3));
    await Deno.writeTextFile(kept, workflowText(4));
    await assert.rejects(workflows.syncWorkflows(demo), { code: "WORKFLOW_CONFLICT" });
    await workflows.resolveConflicts(demo, "face", "theirs");
    assert.equal(await Deno.readTextFile(kept), workflowText(3));
  });
});

Deno.test("workflows travel alone and with what they need; bundles are opened and checked", async () => {
  await withLibrary(async ({ workspace, demo, fixture }) => {
    const workflows = new WorkflowManager();
    const bundles = new BundleManager(workspace);
    await saveInComfyUI(fixture, "face", workflowText(1));
    await workflows.trackWorkflow(demo, "face");
    const needs = await workflows.analyzeDependencies(workflowText(1));
    assert.deepEqual(needs.nodes.map(({ type }) => type), ["VAELoader", "KSampler"]);

    const plain = join(fixture.root, "plain.json");
    await Deno.writeTextFile(plain, "mine");
    assert.equal(await workflows.exportWorkflow(demo, "face", false, { output: plain }), plain);
    assert.equal(JSON.parse(await Deno.readTextFile(plain)).nodes.length, 2);
    assert.equal((await workflows.importWorkflow(demo, plain)).name, "plain");

    const output = join(fixture.root, "face.tar.zst");
    assert.equal(await workflows.exportWorkflow(demo, "face", true, { output }), output);
    const check = await bundles.validateBundle(output);
    assert.ok(check.ok && check.summary.kind === "workflow");
    const second = join(fixture.root, "second.tar.zst");
    await bundles.createWorkflowBundle(demo, "face", { file: second });
    await workflows.untrackWorkflow(demo, "face");
    await Deno.remove(sidesOf(fixture, "face").copy);
    assert.equal((await workflows.importWorkflow(demo, second)).name, "face");

    const whole = join(fixture.root, "demo.tar.zst");
    await bundles.createEnvBundle(demo, { file: whole });
    await using opened = await bundles.extractBundle(whole);
    assert.deepEqual(Object.keys(opened.content.manifest.workflows).sort(), ["face", "plain"]);
    await Deno.truncate(whole, 100);
    const damaged = await bundles.validateBundle(whole);
    assert.equal(damaged.ok, false);
  });
});

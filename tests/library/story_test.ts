import assert from "node:assert/strict";
import { join } from "node:path";
import {
  BundleManager,
  Environment,
  ModelIndex,
  WorkflowManager,
  WorkspaceManager,
} from "../../mod.ts";
import { withEmptyWorkspace } from "../support/environment_fixture.ts";
import { sampleModel } from "../support/model_files.ts";
import { packVariables, startPackRegistry } from "../support/node_packs.ts";
import { put } from "../support/tracked_workflows.ts";
import { workflowText } from "../support/workflow_files.ts";

Deno.test("from an empty directory to a second environment out of a bundle, through the library alone", async () => {
  await withEmptyWorkspace(async (fixture) => {
    await using registry = startPackRegistry({ id: "alpha", version: "1.0.0" });
    const env = await packVariables(fixture, registry);
    const path = join(fixture.root, "story");
    const events: string[] = [];
    const report = { emit: ({ kind }: { kind: string }) => void events.push(kind) };
    const workspace = await WorkspaceManager.create(path, { env, report });
    assert.deepEqual(await workspace.listEnvironments(), []);
    assert.equal(await workspace.getActiveEnvironment(), undefined);

    await workspace.updateConfig({ torch_backend: "none", comfyui_source: fixture.source });
    const made = await workspace.createEnvironment("portraits", { comfyui: "latest" });
    assert.equal(made.path, join(path, "environments", "portraits"));
    assert.ok(events.includes("started"), "the reporter is told of progress");
    await workspace.setActiveEnvironment("portraits");
    assert.equal((await workspace.getActiveEnvironment())?.name, "portraits");

    const { plan } = await made.addNode("alpha");
    assert.deepEqual(plan.changes.map(({ id, action }) => [id, action]), [["alpha", "added"]]);

    const { layout } = await workspace.read();
    const vae = join(layout.defaultModels, "vae", "ae.safetensors");
    await Deno.mkdir(join(layout.defaultModels, "vae"), { recursive: true });
    await Deno.writeFile(vae, sampleModel("ae"));
    assert.equal((await new ModelIndex(workspace).scanStandardLocations()).added, 1);
    await made.addModel(vae);
    const [model] = await made.listModels();
    assert.equal(model?.models.length, 1, "the model of the manifest is here");

    const workflows = new WorkflowManager();
    const { environment } = await made.open();
    const saved = join(environment.comfyui, "user", "default", "workflows", "face.json");
    await put(saved, workflowText(1));
    await workflows.trackWorkflow(made, "face");
    assert.equal((await workflows.getWorkflowState(made, "face")).change, "synced");
    assert.deepEqual((await made.validate()).ok, true);

    const bundles = new BundleManager(workspace);
    const file = join(fixture.root, "portraits.comfydock.tar.zst");
    const exported = await bundles.createEnvBundle(made, { file, nodes: "all", models: true });
    assert.deepEqual([exported.nodes, exported.models.length], [["alpha"], 1]);
    await registry[Symbol.asyncDispose]();
    const again = await bundles.importEnvironment(file, {
      name: "again",
      comfyuiSource: fixture.source,
    });
    assert.ok(again instanceof Environment);
    assert.deepEqual((await workspace.listEnvironments()).map(({ name }) => name), [
      "again",
      "portraits",
    ]);
    assert.deepEqual(
      (await again.listNodes()).map(({ node, state }) => [node.id, state]),
      [["alpha", "ok"]],
    );
    assert.equal((await workflows.getWorkflowState(again, "face")).tracking, "tracked");

    await workspace.deleteEnvironment("portraits");
    await assert.rejects(workspace.getEnvironment("portraits"), { code: "ENVIRONMENT_NOT_FOUND" });
    assert.equal(await workspace.getActiveEnvironment(), undefined);
  });
});

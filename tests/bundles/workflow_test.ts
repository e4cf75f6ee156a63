import assert from "node:assert/strict";
import { join } from "node:path";
import { openSource } from "../../src/bundles/mod.ts";
import { exportWorkflow, importWorkflowBundle } from "../../src/bundles/workflow/mod.ts";
import { readEnvironmentState, readStatus, undoEnvironment } from "../../src/environment/mod.ts";
import { editManifest, setTrackedWorkflow } from "../../src/pyproject/mod.ts";
import { furnish, MODEL } from "../support/bundle_scene.ts";
import {
  type EnvironmentFixture,
  withEmptyWorkspace,
  withEnvironment,
} from "../support/environment_fixture.ts";
import { endInterrupted } from "../support/kill_story.ts";
import { placesOf, textAt } from "../support/tracked_workflows.ts";

/** Notes what the workflow of the scene needs. */
async function noteNeeds({ environment }: EnvironmentFixture): Promise<void> {
  const text = await Deno.readTextFile(environment.manifest);
  const edit = setTrackedWorkflow({
    key: "portrait",
    file: "workflows/portrait.json",
    requires: { nodes: ["local-pack", "development-pack"], models: ["base"], python: [] },
  });
  await Deno.writeTextFile(environment.manifest, editManifest(text, [edit], "pyproject.toml"));
}

async function bringIn({ world }: EnvironmentFixture, path: string, as?: string) {
  await using source = await openSource(world(), { kind: "file", path });
  return await importWorkflowBundle(world(), source, { as, dryRun: false });
}

Deno.test("a workflow goes into another environment with its packs and models, in one step", async () => {
  await withEnvironment(async (here) => {
    await furnish(here);
    await noteNeeds(here);
    const file = join(here.root, "portrait.comfydock-workflow.tar.zst");
    const request = { workflow: "portrait", file, nodes: "own", models: true, dryRun: false };
    const report = await exportWorkflow(here.world(), { ...request, nodes: "own" });
    assert.deepEqual([report.packedNodes, report.packedModels], [["local-pack"], ["base"]]);
    assert.match(report.notes.join(), /development-pack is in development/);
    await assert.rejects(
      exportWorkflow(here.world(), { ...request, nodes: "own", workflow: "none" }),
      { code: "BUNDLE_INCOMPLETE", hint: /workflow track/ },
    );

    await withEmptyWorkspace(async (there) => {
      const made = await there.cli([
        ...["create", "demo", "--torch-backend", "none", "--use"],
        ...["--comfyui-source", there.source],
      ]);
      assert.equal(made.code, 0, made.stderr);
      const asked = await there.cli(["import", file, "--json"]);
      assert.match(asked.json?.error?.hint ?? "", /workflow import/);
      const before = await readEnvironmentState(there.world());
      for (const point of ["import:model-placed", "environment:workflow-imported"]) {
        const killed = await there.cli(["workflow", "import", file], { COMFYDOCK_KILL_AT: point });
        assert.equal(killed.code, 137, `${point}: ${killed.stderr}`);
        await endInterrupted(there.world());
        assert.equal((await readEnvironmentState(there.world())).manifestText, before.manifestText);
        assert.equal(await textAt(placesOf(there, "portrait").copy), undefined, point);
      }
      const imported = await bringIn(there, file);
      assert.deepEqual([imported.nodes, imported.models, imported.missing], [
        ["local-pack"],
        ["base"],
        [],
      ]);
      const { tracked, copy } = placesOf(there, "portrait");
      const original = await textAt(placesOf(here, "portrait").tracked);
      assert.deepEqual([await textAt(tracked), await textAt(copy)], [original, original]);
      const model = join(there.workspace.defaultModels, "checkpoints", "base.safetensors");
      assert.deepEqual(await Deno.readFile(model), MODEL);
      const { differences } = await readStatus(there.world());
      assert.deepEqual(differences, []);
      const { customNodes } = there.environment;
      assert.ok((await Deno.stat(join(customNodes, "local-pack", "tool.sh"))).isFile);

      await undoEnvironment(there.world(), "demo");
      assert.equal((await readEnvironmentState(there.world())).manifestText, before.manifestText);
      await bringIn(there, file, "mine");
      assert.equal(await textAt(placesOf(there, "mine").copy), original);
      await Deno.writeTextFile(placesOf(there, "portrait").copy, "{}");
      await assert.rejects(bringIn(there, file), { code: "WORKFLOW_EXISTS" });
    });
  });
});

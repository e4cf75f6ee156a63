import { deepEqual, equal, rejects } from "node:assert/strict";
import { applyClone } from "../../../src/environment/clone/mod.ts";
import { planEnvironmentUndo, undoEnvironment } from "../../../src/environment/history/mod.ts";
import { type EnvironmentWorld, readStatus } from "../../../src/environment/mod.ts";
import { importWorkflow, resolveWorkflow } from "../../../src/environment/workflows/mod.ts";
import { readManifest } from "../../../src/pyproject/mod.ts";
import { environmentLayout, lookAt } from "../../../src/workspace/mod.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";
import { classOf } from "../../support/node_packs.ts";
import { withNodeScene } from "../../support/node_scene.ts";
import { workflowText } from "../../support/workflow_files.ts";

function asOneCommand(world: EnvironmentWorld, command: string): EnvironmentWorld {
  return { ...world, chain: { command, last: new Map() } };
}

Deno.test("an environment that a command made and changed goes with one undo, and comes back as it was", async () => {
  await withEnvironment(async ({ environment, workspace, world }) => {
    const open = asOneCommand(world({ name: "twin" }), "import");
    await applyClone(open, environment, { withData: false, use: false });
    await importWorkflow(open, { name: "flow", text: workflowText(1), dryRun: false });
    const { root, cec } = environmentLayout(workspace, "twin");
    const head = await open.git.headCommit(cec);
    const { parts } = await undoEnvironment(open, "twin");
    deepEqual(parts, ["clone", "workflow import"]);
    equal(await lookAt(root), undefined);
    await undoEnvironment(open, "twin");
    equal(await open.git.headCommit(cec), head);
    deepEqual((await readStatus(open)).differences, []);
    await undoEnvironment(open, "twin");
    equal(await lookAt(root), undefined);
  });
});

Deno.test("a resolution that fails after its first change takes back its own changes alone", async () => {
  await withNodeScene([{ id: "alpha", version: "1.0.0" }], async ({ node, world, environment }) => {
    await node("add", "alpha");
    await node("disable", "alpha");
    const open = asOneCommand(world(), "workflow import");
    const types = [classOf("alpha"), "Nobody"];
    const nodes = types.map((type, at) => ({ id: at + 1, type, properties: { cnr_id: "alpha" } }));
    const text = JSON.stringify({ nodes, links: [], version: 0.4 });
    const { path } = await importWorkflow(open, { name: "flow", text, dryRun: false });
    const before = await Deno.readTextFile(environment.manifest);
    const failure = new Error("No such pack");
    const index = {
      knowsRegistry: true,
      lookup: () => [],
      packageOf: () => undefined,
      packageOfRepository: () => undefined,
      find: () => [],
    };
    const resolve = resolveWorkflow(open, {
      path,
      answers: { packs: new Map([[types[0]!, "alpha"], ["Nobody", "gone"]]), models: new Map() },
      install: true,
      download: false,
      writeHashes: false,
      index,
      resolveNode: async () => {
        const now = readManifest(await Deno.readTextFile(environment.manifest), "m");
        equal(now.nodes.alpha?.enabled, true, "something is to be taken back");
        throw failure;
      },
      dryRun: false,
    });
    await rejects(resolve, failure);
    equal(await Deno.readTextFile(environment.manifest), before);
    deepEqual((await readStatus(open)).differences, []);
    deepEqual((await planEnvironmentUndo(open, "demo")).parts, ["workflow import"]);
    await undoEnvironment(open, "demo");
    equal(await lookAt(path), undefined);
  });
});

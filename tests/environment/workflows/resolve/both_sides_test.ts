import { deepEqual, equal } from "node:assert/strict";
import {
  readWorkflowStates,
  resolveWorkflow,
  trackWorkflows,
} from "../../../../src/environment/mod.ts";
import { withEnvironment } from "../../../support/environment_fixture.ts";
import { saveInComfyUI, sidesOf, workflowText } from "../../../support/workflow_files.ts";

const index = {
  knowsRegistry: true,
  lookup: () => [],
  packageOf: () => undefined,
  packageOfRepository: () => undefined,
  find: () => [],
};

Deno.test("resolving a workflow whose sides differ leaves the other side, and the conflict, to a sync", async () => {
  await withEnvironment(async (fixture) => {
    const { world } = fixture;
    await saveInComfyUI(fixture, "a", workflowText(1));
    await trackWorkflows(world(), { names: ["a"] });
    const { kept, copy } = sidesOf(fixture, "a");
    await Deno.writeTextFile(kept, workflowText(2));
    await Deno.writeTextFile(copy, workflowText(3));
    await resolveWorkflow(world(), {
      path: copy,
      answers: { packs: new Map(), models: new Map() },
      install: false,
      download: false,
      writeHashes: true,
      index,
      resolveNode: () => Promise.reject(new Error("No pack is asked for")),
      dryRun: false,
    });
    equal(await Deno.readTextFile(kept), workflowText(2));
    deepEqual((await readWorkflowStates(world())).map(({ change }) => change), ["conflict"]);
  });
});

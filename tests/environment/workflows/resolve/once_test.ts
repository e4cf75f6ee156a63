import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "node:path";
import { isKind } from "../../../../src/base/mod.ts";
import {
  type ResolveRequest,
  resolveWorkflow,
  workflowChangeErrors,
} from "../../../../src/environment/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../../support/environment_fixture.ts";
import { sampleModel } from "../../../support/model_files.ts";
import { runInProcess } from "../../../support/run_in_process.ts";
import { saveInComfyUI, sidesOf } from "../../../support/workflow_files.ts";

const WORKFLOW = JSON.stringify({
  nodes: [
    { id: 1, type: "Nobody" },
    { id: 2, type: "LoraLoader", widgets_values: ["wanted.safetensors", 1, 1] },
  ],
  links: [],
  version: 0.4,
});

/** A workflow with a class and a model that nobody knows, and how often the index is asked for the class. */
async function prepare(fixture: EnvironmentFixture, onLookup: () => void = () => {}) {
  await saveInComfyUI(fixture, "flow", WORKFLOW);
  let lookups = 0;
  const index = {
    knowsRegistry: true,
    lookup: () => {
      lookups++;
      onLookup();
      return [];
    },
    packageOf: () => undefined,
    packageOfRepository: () => undefined,
    find: () => [],
  };
  const { copy } = sidesOf(fixture, "flow");
  const resolve = (choices: Partial<ResolveRequest> = {}) =>
    resolveWorkflow(fixture.world(), {
      path: copy,
      answers: { packs: new Map(), models: new Map() },
      install: false,
      download: false,
      writeHashes: false,
      index,
      resolveNode: () => Promise.reject(new Error("No pack is asked for")),
      dryRun: false,
      ...choices,
    });
  return { resolve, copy, asked: () => lookups };
}

Deno.test("what changes nothing is resolved once, with and without questions that nobody answers", () =>
  withEnvironment(async (fixture) => {
    const { resolve, asked } = await prepare(fixture);
    const { before, after } = await resolve();
    deepEqual([asked(), after === before], [1, true]);
    await resolve({ ask: () => Promise.resolve(undefined) });
    equal(asked(), 2);
  }));

Deno.test("a file from anywhere takes its place, and one check afterwards finds it", () =>
  withEnvironment(async (fixture) => {
    const { resolve, asked, copy } = await prepare(fixture);
    const outside = join(fixture.root, "elsewhere.safetensors");
    await Deno.writeFile(outside, sampleModel("elsewhere"));
    const models = new Map([["wanted.safetensors", outside]]);
    const { after, edited } = await resolve({
      answers: { packs: new Map(), models },
      download: true,
    });
    deepEqual(after.models.map(({ outcome }) => outcome), ["local"]);
    deepEqual([asked(), edited, await Deno.readTextFile(copy)], [2, false, WORKFLOW]);
    const placed = join(fixture.workspace.defaultModels, "loras", "wanted.safetensors");
    deepEqual(await Deno.readFile(placed), await Deno.readFile(outside));
  }));

Deno.test("what is saved in ComfyUI while a workflow is resolved is what is edited", () =>
  withEnvironment(async (fixture) => {
    const saved = WORKFLOW.replace('"id":1', '"id":100');
    const { copy } = sidesOf(fixture, "flow");
    const { resolve } = await prepare(fixture, () => Deno.writeTextFileSync(copy, saved));
    const loras = join(fixture.workspace.defaultModels, "loras");
    await Deno.mkdir(loras, { recursive: true });
    await Deno.writeFile(join(loras, "here.safetensors"), sampleModel("here"));
    await runInProcess(["model", "scan"], { env: fixture.env });
    const models = new Map([["wanted.safetensors", "here.safetensors"]]);
    const { after } = await resolve({ answers: { packs: new Map(), models } });
    deepEqual(after.models.map(({ outcome }) => outcome), ["local"]);
    equal(await Deno.readTextFile(copy), saved.replace("wanted.", "here."));
  }));

Deno.test("what is neither an address nor a file that is here is no answer", () =>
  withEnvironment(async (fixture) => {
    const { resolve, copy } = await prepare(fixture);
    const models = new Map([["wanted.safetensors", "nowhere.safetensors"]]);
    await rejects(
      resolve({ answers: { packs: new Map(), models } }),
      (error) => isKind(error, workflowChangeErrors.WORKFLOW_ANSWER_INVALID),
    );
    equal(await Deno.readTextFile(copy), WORKFLOW);
  }));

Deno.test("a model that the workflow can do without is not missed again, until somebody names a source", () =>
  withEnvironment(async (fixture) => {
    const { resolve } = await prepare(fixture);
    const packs = new Map();
    await resolve({ answers: { packs, models: new Map([["wanted.safetensors", false]]) } });
    deepEqual((await resolve()).after.plan.open.models, []);
    const path = join(fixture.root, "elsewhere.safetensors");
    await Deno.writeFile(path, sampleModel("elsewhere"));
    const models = new Map([["wanted.safetensors", path]]);
    await resolve({ answers: { packs, models }, download: true });
    deepEqual((await resolve()).after.models.map(({ outcome }) => outcome), ["local"]);
  }));

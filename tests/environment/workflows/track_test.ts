import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import {
  commitEnvironment,
  readEnvironmentState,
  readStatus,
  readWorkflowStates,
  syncWorkflows,
  trackWorkflows,
  undoEnvironment,
  untrackWorkflows,
} from "../../../src/environment/mod.ts";
import { listTrash } from "../../../src/workspace/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { saveInComfyUI, sidesOf, workflowText } from "../../support/workflow_files.ts";

async function statesOf({ world }: EnvironmentFixture) {
  return (await readWorkflowStates(world())).map(({ name, tracking, change }) =>
    [name, tracking, change].join(" ")
  );
}

async function textsOf(fixture: EnvironmentFixture, name: string) {
  const { kept, copy } = sidesOf(fixture, name);
  return await Promise.all([kept, copy].map((path) => Deno.readTextFile(path)));
}

Deno.test("what ComfyUI shows is watched, ignored by rule, or tracked with what it needs and a commit", async () => {
  await withEnvironment(async (fixture) => {
    const { world, environment } = fixture;
    for (const name of ["a", "sub/b", "drafts/c"]) {
      await saveInComfyUI(fixture, name, workflowText(1));
    }
    await Deno.writeTextFile(environment.ignoreFile, "drafts/\n");
    deepEqual(await statesOf(fixture), [
      "a watched new",
      "drafts/c ignored new",
      "sub/b watched new",
    ]);
    const { workflows, commit } = await trackWorkflows(world(), {
      names: ["sub*"],
      all: true,
      description: "two",
    });
    deepEqual(workflows.map(({ key, description }) => [key, description]), [["sub/b", "two"]]);
    match(commit ?? "", /^[0-9a-f]{40}$/);
    const { manifest } = await readEnvironmentState(world());
    deepEqual(manifest.workflows["sub/b"]?.requires, {
      nodes: [],
      models: ["ae.safetensors"],
      python: [],
    });
    equal((await textsOf(fixture, "sub/b"))[0], workflowText(1));
    deepEqual(await statesOf(fixture), [
      "a watched new",
      "drafts/c ignored new",
      "sub/b tracked synced",
    ]);
    const { differences } = await readStatus(world());
    deepEqual(differences.filter(({ subject }) => subject.includes("sub/b")), []);
  });
});

Deno.test("a workflow of another user keeps that user's name", async () => {
  await withEnvironment(async ({ world, environment }) => {
    const directory = join(environment.comfyui, "user", "alice", "workflows");
    await Deno.mkdir(directory, { recursive: true });
    await Deno.writeTextFile(join(directory, "a.json"), workflowText(1));
    await trackWorkflows(world(), { names: ["@alice/a"] });
    equal(
      await Deno.readTextFile(join(environment.workflows, "@alice", "a.json")),
      workflowText(1),
    );
    await Deno.writeTextFile(join(environment.workflows, "@alice", "a.json"), workflowText(2));
    await syncWorkflows(world());
    equal(await Deno.readTextFile(join(directory, "a.json")), workflowText(2));
  });
});

Deno.test("each side gets what only the other one has changed, and the manifest follows", async () => {
  await withEnvironment(async (fixture) => {
    const { world } = fixture;
    for (const name of ["a", "b", "c"]) await saveInComfyUI(fixture, name, workflowText(1));
    await trackWorkflows(world(), { names: [], all: true });
    await saveInComfyUI(fixture, "a", workflowText(2));
    await Deno.writeTextFile(sidesOf(fixture, "b").kept, workflowText(3));
    await Deno.remove(sidesOf(fixture, "c").copy);
    deepEqual(await statesOf(fixture), [
      "a tracked modified",
      "b tracked edited",
      "c tracked deleted",
    ]);
    const { steps } = await syncWorkflows(world());
    deepEqual(steps.map(({ name, action }) => [name, action]), [["a", "take"], ["b", "put"], [
      "c",
      "put",
    ]]);
    deepEqual(await textsOf(fixture, "a"), [workflowText(2), workflowText(2)]);
    deepEqual(await textsOf(fixture, "b"), [workflowText(3), workflowText(3)]);
    deepEqual(await textsOf(fixture, "c"), [workflowText(1), workflowText(1)]);
    deepEqual(await statesOf(fixture), [
      "a tracked synced",
      "b tracked synced",
      "c tracked synced",
    ]);
    deepEqual((await syncWorkflows(world())).steps, []);
    await undoEnvironment(world(), "demo");
    deepEqual(await statesOf(fixture), [
      "a tracked modified",
      "b tracked edited",
      "c tracked deleted",
    ]);
  });
});

Deno.test("a conflict is refused before anything is touched; decided, both versions stay in the trash", async () => {
  await withEnvironment(async (fixture) => {
    const { world, workspace } = fixture;
    for (const name of ["a", "b"]) await saveInComfyUI(fixture, name, workflowText(1));
    await trackWorkflows(world(), { names: [], all: true });
    await saveInComfyUI(fixture, "a", workflowText(2));
    await Deno.writeTextFile(sidesOf(fixture, "a").kept, workflowText(3));
    await saveInComfyUI(fixture, "b", workflowText(4));
    await rejects(syncWorkflows(world()), { code: "WORKFLOW_CONFLICT" });
    equal((await textsOf(fixture, "b"))[0], workflowText(1));
    const { steps, conflicts } = await syncWorkflows(world(), { skipConflicts: true });
    deepEqual([steps.length, conflicts.map(({ name }) => name)], [1, ["a"]]);
    await syncWorkflows(world(), { strategy: "ours" });
    deepEqual(await textsOf(fixture, "a"), [workflowText(3), workflowText(3)]);
    equal((await listTrash(workspace)).length, 2);
  });
});

Deno.test("letting go of a workflow leaves ComfyUI's copy, and its version goes to the trash", async () => {
  await withEnvironment(async (fixture) => {
    const { world, workspace } = fixture;
    await saveInComfyUI(fixture, "a", workflowText(1));
    await trackWorkflows(world(), { names: ["a"] });
    await untrackWorkflows(world(), ["a.json"]);
    deepEqual(await statesOf(fixture), ["a watched new"]);
    equal((await listTrash(workspace)).length, 1);
    equal((await readStatus(world())).differences.length, 0);
  });
});

Deno.test("a name that none has is told with the nearest, one that leads elsewhere is refused", async () => {
  await withEnvironment(async (fixture) => {
    const { world } = fixture;
    await saveInComfyUI(fixture, "portrait", workflowText(1));
    await rejects(
      trackWorkflows(world(), { names: ["portrat"] }),
      (error: Error & { hint?: string }) => {
        match(error.hint ?? "", /portrait/);
        return true;
      },
    );
    await rejects(trackWorkflows(world(), { names: ["../../secret"] }), {
      code: "WORKFLOW_NAME_INVALID",
    });
    await rejects(untrackWorkflows(world(), ["portrait"]), { code: "WORKFLOW_NOT_FOUND" });
  });
});

Deno.test("a workflow that is no JSON is kept as it is, with a warning", async () => {
  await withEnvironment(async (fixture) => {
    const { world, events } = fixture;
    await saveInComfyUI(fixture, "broken", "{");
    await trackWorkflows(world(), { names: ["broken"] });
    equal((await textsOf(fixture, "broken"))[0], "{");
    equal(events.some(({ kind }) => kind === "warned"), true);
    await rejects(commitEnvironment(world(), "nothing left"), { code: "NOTHING_TO_COMMIT" });
  });
});

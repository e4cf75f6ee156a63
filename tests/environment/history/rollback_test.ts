import assert from "node:assert/strict";
import { join } from "node:path";
import {
  commitEnvironment,
  readStatus,
  rollbackEnvironment,
  undoEnvironment,
} from "../../../src/environment/mod.ts";
import { listTrash } from "../../../src/workspace/mod.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";

Deno.test("a bare rollback gives up what is not committed, by way of the trash, and undo brings it back", async () => {
  await withEnvironment(async ({ world, environment: { cec, manifest, workflows }, workspace }) => {
    const before = await Deno.readTextFile(manifest);
    const edited = before.replace("\n", "\n# mine\n");
    await Deno.writeTextFile(manifest, edited);
    await Deno.writeTextFile(join(workflows, "new one.json"), "{}");
    await Deno.remove(join(cec, ".comfydockignore"));
    const { plan, commit, packages } = await rollbackEnvironment(world());
    assert.equal(commit, undefined);
    assert.deepEqual(packages, []);
    assert.deepEqual(plan.steps.map(({ path, action, trash }) => `${path} ${action} ${trash}`), [
      ".comfydockignore write true",
      "pyproject.toml write true",
      "workflows/new one.json remove true",
    ]);
    assert.equal(await Deno.readTextFile(manifest), before);
    assert.deepEqual((await readStatus(world())).differences, []);
    const trashed = (await listTrash(workspace)).map(({ name }) => name).sort();
    assert.deepEqual(trashed, ["new one.json", "pyproject.toml"]);
    await undoEnvironment(world(), "demo");
    assert.equal(await Deno.readTextFile(manifest), edited);
    assert.equal(await Deno.readTextFile(join(workflows, "new one.json")), "{}");
    assert.deepEqual(await listTrash(workspace), []);
  });
});

Deno.test("rollback to a revision makes its content a new commit; packages that stay start no uv", async () => {
  await withEnvironment(async ({ world, environment: { cec, workflows }, root }) => {
    await Deno.writeTextFile(join(workflows, "one.json"), "1\r\n");
    await commitEnvironment(world(), "One");
    await Deno.writeTextFile(join(workflows, "one.json"), "2");
    await commitEnvironment(world(), "Two");
    const began = performance.now();
    await rollbackEnvironment(world({ uvPath: join(root, "no-uv") }), "HEAD~1");
    assert.ok(performance.now() - began < 20_000);
    assert.equal(await Deno.readTextFile(join(workflows, "one.json")), "1\r\n");
    const { git } = world();
    const [newest, ...older] = await git.log(cec);
    assert.match(newest!.subject, /^Roll back to [0-9a-f]{8}$/);
    assert.deepEqual(older.map(({ subject }) => subject), [
      "Two",
      "One",
      "Create environment demo",
    ]);
    assert.deepEqual(await git.differences(cec, "HEAD~2", "HEAD"), []);
    await assert.rejects(rollbackEnvironment(world()), { code: "NOTHING_TO_ROLL_BACK" });
    await assert.rejects(rollbackEnvironment(world(), "HEAD~2"), { code: "NOTHING_TO_ROLL_BACK" });
    await assert.rejects(rollbackEnvironment(world(), "nowhere"), { code: "REVISION_NOT_FOUND" });
    await assert.rejects(rollbackEnvironment(world(), "--all"), { code: "GIT_REF_NOT_FOUND" });
    await assert.rejects(commitEnvironment(world(), "Again"), { code: "NOTHING_TO_COMMIT" });
  });
});

Deno.test("rollback across versions of ComfyUI is refused while it has local changes, and nothing changes", async () => {
  await withEnvironment(async ({ world, environment: { manifest, comfyui, cec } }) => {
    const { git } = world();
    const older = await git.resolve(comfyui, "v0.1.0");
    const newer = await git.resolve(comfyui, "HEAD");
    const text = await Deno.readTextFile(manifest);
    await Deno.writeTextFile(manifest, text.replace(newer!, older!));
    await commitEnvironment(world(), "Older");
    await Deno.writeTextFile(manifest, text);
    await commitEnvironment(world(), "Newer");
    await Deno.writeTextFile(join(comfyui, "nodes.py"), "mine");
    const head = await git.resolve(cec, "HEAD");
    await assert.rejects(rollbackEnvironment(world(), "HEAD~1"), {
      code: "COMFYUI_CHANGED",
      exit: 5,
    });
    assert.equal(await Deno.readTextFile(manifest), text);
    assert.equal(await git.resolve(cec, "HEAD"), head);
    assert.deepEqual((await git.status(cec)).entries, []);
    await git.checkout(comfyui, newer!, { force: true });
    await Deno.remove(join(comfyui, "models"), { recursive: true });
    const { comfyuiMoved } = await rollbackEnvironment(world(), "HEAD~1");
    assert.ok(comfyuiMoved);
    assert.equal(await git.resolve(comfyui, "HEAD"), older);
  });
});

Deno.test("undo does not lose what was committed by hand since", async () => {
  await withEnvironment(async ({ world, environment: { cec, workflows } }) => {
    await Deno.writeTextFile(join(workflows, "one.json"), "1");
    await commitEnvironment(world(), "One");
    // Dates of commits have whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await Deno.writeTextFile(join(workflows, "two.json"), "2");
    await world().git.add(cec);
    await world().git.commit(cec, "By hand");
    await assert.rejects(undoEnvironment(world(), "demo"), {
      code: "UNDO_IMPOSSIBLE",
      message: 'Cannot undo "comfydock commit": "By hand" was committed since',
    });
  });
});

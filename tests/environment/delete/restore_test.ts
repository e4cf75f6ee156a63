import assert from "node:assert/strict";
import { join } from "node:path";
import { listTrash, lookAt } from "../../../src/workspace/mod.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";

Deno.test("what delete kept comes back from the trash, and repair brings the rest", async () => {
  await withEnvironment(async ({ environment, workspace, cli }) => {
    const picture = join(environment.comfyui, "output", "a.png");
    await Deno.writeTextFile(picture, "picture");
    const manifest = await Deno.readTextFile(environment.manifest);
    const planned = await cli(["delete", "demo", "--dry-run", "--json"]);
    await assertPublishedShape(planned.json);
    const { removed } = planned.json?.data as { removed: { files: number } };
    assert.ok(removed.files > 100);
    const deleted = await cli(["delete", "demo", "--json"]);
    assert.equal(deleted.code, 0, deleted.stderr);
    await assertPublishedShape(deleted.json);
    const [entry] = await listTrash(workspace);
    const restored = await cli(["trash", "restore", entry!.id]);
    assert.equal(restored.code, 0, restored.stderr);
    assert.match(restored.stdout, /Next: comfydock repair --env demo/);
    assert.equal((await cli(["validate"])).code, 1);
    const repaired = await cli(["repair"]);
    assert.equal(repaired.code, 0, repaired.stdout + repaired.stderr);
    assert.equal((await cli(["validate", "--strict"])).code, 0);
    assert.equal(await Deno.readTextFile(environment.manifest), manifest);
    assert.equal(await Deno.readTextFile(picture), "picture");
    assert.ok(await lookAt(join(environment.comfyui, "main.py")));
    assert.deepEqual(await listTrash(workspace), []);
  });
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { endInterrupted } from "../support/kill_story.ts";
import { exportAll, furnish } from "../support/bundle_scene.ts";
import { withEmptyWorkspace, withEnvironment } from "../support/environment_fixture.ts";
import { makeBareRepository } from "../support/two_clones.ts";
import { environmentLayout } from "../../src/workspace/mod.ts";
import { readStatus } from "../../src/environment/mod.ts";

const POINTS = [
  "import:model-placed",
  "restore:fetched",
  "restore:node-placed:2",
  "restore:placed",
  "journal:committed",
];

Deno.test("import that is killed anywhere has happened or has not, and goes on when it is given again", async () => {
  await withEnvironment(async (here) => {
    await furnish(here);
    const file = join(here.root, "demo.tar.zst");
    await exportAll(here, file);
    await withEmptyWorkspace(async (there) => {
      const argv = ["import", file, "--strict", "--offline", "--comfyui-source", here.source];
      for (const point of POINTS) {
        const name = point.replace(/\W/g, "-");
        const killed = await there.cli([...argv, "--name", name], { COMFYDOCK_KILL_AT: point });
        assert.equal(killed.code, 137, `${point}: ${killed.stderr}`);
        await endInterrupted(there.world({ name }));
        const { root } = environmentLayout(there.workspace, name);
        const is = await Deno.stat(root).then(() => true, () => false);
        assert.equal(is, point === "journal:committed", point);
        if (is) {
          assert.deepEqual((await readStatus(there.world({ name }))).differences, [], point);
        }
      }
      const again = await there.cli([...argv, "--name", "last", "--json"]);
      assert.equal(again.code, 0, again.stderr);
      const left = await Array.fromAsync(Deno.readDir(there.workspace.journal));
      assert.deepEqual(left.map(({ name }) => name), []);
      const models = join(there.workspace.defaultModels, "checkpoints");
      const names = (await Array.fromAsync(Deno.readDir(models))).map(({ name }) => name);
      assert.deepEqual(names.sort(), ["base.safetensors", "put_checkpoints_here"]);
    });
  });
});

Deno.test("import of a repository that is killed anywhere leaves nothing once the next one has run", async () => {
  await withEnvironment(async (fixture) => {
    const { workspace, environment, source, world } = fixture;
    const argv = ["import", await makeBareRepository(fixture), "--comfyui-source", source];
    const { git } = world();
    await git.updateMirror(argv[1]!, environment.cec);
    for (const point of ["import:cloned", "restore:history"]) {
      const words = [...argv, "--name", "killed"];
      const killed = await fixture.cli(words, { COMFYDOCK_KILL_AT: point });
      assert.equal(killed.code, 137, `${point}: ${killed.stderr}`);
      const left = await Array.fromAsync(Deno.readDir(workspace.downloads));
      assert.equal(left.length, 1, `${point}: ${left.map(({ name }) => name)}`);
      await endInterrupted(world());
      const { root } = environmentLayout(workspace, "killed");
      assert.equal(await Deno.stat(root).catch(() => undefined), undefined, point);
    }
    const again = await fixture.cli([...argv, "--name", "again"]);
    assert.equal(again.code, 0, again.stderr);
    for (const directory of [workspace.downloads, workspace.journal]) {
      assert.deepEqual(await Array.fromAsync(Deno.readDir(directory)), []);
    }
    const { cec } = environmentLayout(workspace, "again");
    assert.equal(await git.resolve(cec, "HEAD"), await git.resolve(environment.cec, "HEAD"));
  });
});

import assert from "node:assert/strict";
import { readStatus } from "../../src/environment/mod.ts";
import { environmentLayout } from "../../src/workspace/mod.ts";
import { withEnvironment } from "../support/environment_fixture.ts";
import { digestOfTree, makePortable } from "../support/foreign_install.ts";
import { endInterrupted } from "../support/kill_story.ts";
import { packVariables, startPackRegistry } from "../support/node_packs.ts";

Deno.test("adopt that is killed has happened or has not, the install stays as it was, and given again it happens", async () => {
  await using registry = startPackRegistry(
    { id: "alpha", version: "1.0.0" },
    { id: "beta", version: "1.0.0" },
  );
  await withEnvironment(async (fixture) => {
    const { path } = await makePortable(fixture);
    const before = await digestOfTree(path);
    const variables = await packVariables(fixture, registry);
    const argv = ["adopt", path, "--name", "mine", "--torch-backend", "none"];
    const { root } = environmentLayout(fixture.workspace, "mine");
    for (const point of ["adopt:furnished", "journal:committed"]) {
      const killed = await fixture.cli(argv, { ...variables, COMFYDOCK_KILL_AT: point });
      assert.equal(killed.code, 137, `${point}: ${killed.stderr}`);
      assert.equal(await digestOfTree(path), before);
      await endInterrupted(fixture.world({ name: "mine" }));
      const is = await Deno.stat(root).then(() => true, () => false);
      assert.equal(is, point === "journal:committed", point);
    }
    assert.deepEqual((await readStatus(fixture.world({ name: "mine" }))).differences, []);
    const left = await Array.fromAsync(Deno.readDir(fixture.workspace.journal));
    assert.deepEqual(left.map(({ name }) => name), []);
  });
});

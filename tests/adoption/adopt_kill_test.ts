import assert from "node:assert/strict";
import { readStatus } from "../../src/environment/mod.ts";
import { environmentLayout } from "../../src/workspace/mod.ts";
import { withEnvironment } from "../support/environment_fixture.ts";
import { digestOfTree, makePortable } from "../support/foreign_install.ts";
import { endInterrupted } from "../support/kill_story.ts";
import { packVariables, runWithPacks, startPackRegistry } from "../support/node_packs.ts";

const POINTS = ["takeover:packs", "adopt:furnished", "journal:committed"];

Deno.test("adopt that is killed anywhere has happened or has not, the install stays as it was, and given again it happens", async () => {
  await using registry = startPackRegistry(
    { id: "alpha", version: "1.0.0" },
    { id: "beta", version: "1.0.0" },
  );
  await withEnvironment(async (fixture) => {
    const { path } = await makePortable(fixture);
    const before = await digestOfTree(path);
    const variables = await packVariables(fixture, registry);
    const argv = ["adopt", path, "--torch-backend", "none"];
    for (const point of POINTS) {
      const name = point.replace(/\W/g, "-");
      const killed = await fixture.cli([...argv, "--name", name], {
        ...variables,
        COMFYDOCK_KILL_AT: point,
      });
      assert.equal(killed.code, 137, `${point}: ${killed.stderr}`);
      await endInterrupted(fixture.world({ name }));
      const { root } = environmentLayout(fixture.workspace, name);
      const is = await Deno.stat(root).then(() => true, () => false);
      assert.equal(is, point === "journal:committed", point);
      if (is) {
        assert.deepEqual((await readStatus(fixture.world({ name }))).differences, [], point);
      }
    }
    const again = await runWithPacks(fixture, registry, [...argv, "--name", "last"]);
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual((await readStatus(fixture.world({ name: "last" }))).differences, []);
    assert.equal(await digestOfTree(path), before);
    const left = await Array.fromAsync(Deno.readDir(fixture.workspace.journal));
    assert.deepEqual(left.map(({ name }) => name), []);
  });
});

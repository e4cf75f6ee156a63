import assert from "node:assert/strict";
import { join } from "node:path";
import { ModelIndex } from "../../src/models/mod.ts";
import { environmentLayout } from "../../src/workspace/mod.ts";
import {
  type EnvironmentFixture,
  withEmptyWorkspace,
  withEnvironment,
} from "../support/environment_fixture.ts";
import { sampleModel } from "../support/model_files.ts";
import { classOf, type PackRegistry, startPackRegistry } from "../support/node_packs.ts";
import {
  addModels,
  cutOff,
  essence,
  type Line,
  linesOn,
  writePack,
} from "../support/share_world.ts";
import { put, track } from "../support/tracked_workflows.ts";
import { makeBareRepository } from "../support/two_clones.ts";

const PACKS = ["pack-one", "pack-two", "pack-three"];

/** Five node packs, one of which asks for a package without a wheel, two models and two workflows. */
async function furnish(fixture: EnvironmentFixture, line: Line): Promise<void> {
  await line("node", "add", ...PACKS);
  const local = await writePack(join(fixture.root, "local-pack"), "LocalNode");
  const development = await writePack(join(fixture.root, "dev-pack"), "DevelopmentNode");
  await line("node", "add", local);
  await line("node", "add", development, "--dev");
  await addModels(fixture, {
    base: sampleModel("weights ".repeat(30_000)),
    style: sampleModel("styles ".repeat(30_000)),
  });
  await track(fixture, { portrait: '{"nodes": []}\n', cat: '{"nodes":\t[]}' });
}

/** What a running ComfyUI says of its classes. */
async function objectInfo(line: Line, name: string): Promise<Record<string, unknown>> {
  const words = ["run", "--env", name, "--detach", "--wait", "--port", "auto"];
  const { port } = await line(...words) as { port: number };
  const answer = await fetch(`http://127.0.0.1:${port}/object_info`);
  await line("stop", "--env", name);
  return await answer.json();
}

Deno.test("an environment travels as a bundle without any network, then as a repository, and keeps up with changes", async () => {
  await using registry: PackRegistry = startPackRegistry(
    { id: "pack-one", version: "1.0.0", requirements: ["six", "docopt==0.6.2"] },
    { id: "pack-two", version: "1.0.0" },
    { id: "pack-three", version: "1.0.0", files: { "data/prompts.txt": "one\n" } },
  );
  await withEnvironment(async (here) => {
    const one = await linesOn(here, registry);
    await furnish(here, one);
    const file = join(here.root, "demo.comfydock.tar.zst");
    const exported = await one("export", file, "--offline-packages", "--with-models") as {
      builds: string[];
      nodes: string[];
    };
    assert.deepEqual(exported.builds, ["docopt"]);
    assert.equal(exported.nodes.length, 5);
    const again = join(here.root, "again.comfydock.tar.zst");
    await one("export", again, "--offline-packages", "--with-models");
    assert.deepEqual(await Deno.readFile(again), await Deno.readFile(file), "equal bytes");

    await withEmptyWorkspace(async (there) => {
      const two = await linesOn(there, registry, cutOff(there));
      await two("import", file, "--offline", "--strict", "--use");
      assert.deepEqual(await essence(there, "demo"), await essence(here, "demo"));
      using index = new ModelIndex(there.workspace.modelIndex);
      assert.deepEqual(index.count(), { models: 2, locations: 2 });
      const classes = await objectInfo(two, "demo");
      assert.deepEqual(classes, await objectInfo(one, "demo"));
      for (const name of [...PACKS.map(classOf), "LocalNode", "DevelopmentNode"]) {
        assert.ok(name in classes, name);
      }

      await one("remote", "add", "origin", await makeBareRepository(here));
      await one("push");
      const three = await linesOn(there, registry);
      await three("import", join(here.root, "shared.git"), "--name", "pulled");
      const pulled = environmentLayout(there.workspace, "pulled");
      const heads = () =>
        Promise.all(
          [here.environment.cec, pulled.cec].map((cec) => here.world().git.resolve(cec, "HEAD")),
        );
      const [first, second] = await heads();
      assert.equal(second, first, "the history goes on where it was");
      await put(join(here.environment.workflows, "portrait.json"), '{"nodes": [], "more": 1}\n');
      await one("workflow", "sync", "--strategy", "ours");
      await one("push");
      await three("pull", "--env", "pulled");
      const [theirs, ours] = await heads();
      assert.equal(ours, theirs);
      assert.match(await Deno.readTextFile(join(pulled.workflows, "portrait.json")), /more/);
    });
  });
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { exportEnvironment } from "../../src/bundles/mod.ts";
import { readStatus } from "../../src/environment/mod.ts";
import { addNodes, listNodes } from "../../src/environment/nodes/mod.ts";
import { readManifest } from "../../src/pyproject/mod.ts";
import { environmentLayout } from "../../src/workspace/mod.ts";
import { worldWithPacks } from "../support/node_packs.ts";
import { writePack } from "../support/share_world.ts";
import { exportAll, furnish, importInto, MODEL } from "../support/bundle_scene.ts";
import {
  type EnvironmentFixture,
  withEmptyWorkspace,
  withEnvironment,
} from "../support/environment_fixture.ts";

async function facts(fixture: EnvironmentFixture, name: string) {
  const { world, workspace } = fixture;
  const { cec, comfyui, customNodes, lockFile, manifest, workflows } = environmentLayout(
    workspace,
    name,
  );
  const text = await Deno.readTextFile(manifest);
  const read = readManifest(text, manifest);
  const { nodes } = await listNodes(world({ name }));
  return {
    lock: await Deno.readTextFile(lockFile),
    python: await Deno.readTextFile(join(cec, ".python-version")),
    manifest: text.replace(/^comfyui_repository.*\n/m, ""),
    comfyui: await world().git.resolve(comfyui, "HEAD"),
    trees: Object.values(read.nodes).map(({ id, treeSha256 }) => [id, treeSha256]),
    nodes: nodes.map(({ node, state }) => [node.id, state]),
    script: (await Deno.stat(join(customNodes, "local-pack", "tool.sh"))).mode! & 0o111,
    development: await Deno.readTextFile(join(customNodes, "development-pack", "__init__.py")),
    workflow: await Deno.readTextFile(join(workflows, "portrait.json")),
    shown: await Deno.readTextFile(
      join(comfyui, "user", "default", "workflows", "portrait.json"),
    ),
  };
}

Deno.test("an environment that is exported and imported elsewhere without a network is the same", async () => {
  await withEnvironment(async (here) => {
    await furnish(here);
    const file = join(here.root, "demo.comfydock.tar.zst");
    const report = await exportAll(here, file);
    assert.deepEqual(report.nodes, ["alpha", "development-pack", "local-pack"]);
    assert.deepEqual(report.models, ["base"]);
    const bytes = await Deno.readFile(file);
    await exportAll(here, join(here.root, "again.tar.zst"));
    assert.deepEqual(await Deno.readFile(join(here.root, "again.tar.zst")), bytes, "equal bytes");

    await withEmptyWorkspace(async (there) => {
      const reference = { kind: "file", path: file } as const;
      const { environment, models, shortfalls, missing } = await importInto(there, reference, {
        name: "copy",
        strict: true,
        offline: true,
      });
      assert.deepEqual([shortfalls, missing, models], [[], [], ["base"]]);
      assert.equal(environment.lockFits, true);
      assert.deepEqual(await facts(there, "copy"), await facts(here, "demo"));
      assert.deepEqual(
        await Deno.readFile(
          join(there.workspace.defaultModels, "checkpoints", "base.safetensors"),
        ),
        MODEL,
      );
      const { differences } = await readStatus(there.world({ name: "copy" }));
      assert.deepEqual(differences, []);
      // Imported once more, the model that is there is passed over.
      const second = await importInto(there, reference, { name: "second" });
      assert.deepEqual(second.models, []);
    });
  });
});

Deno.test("a local pack that did not come along is told as missing, and the rest of the environment is made", async () => {
  await withEnvironment(async (here) => {
    const path = await writePack(join(here.root, "own-pack"), "OwnNode");
    await addNodes(worldWithPacks(here), {
      named: [path],
      resolve: () => Promise.resolve({ source: "local", id: "own-pack", name: "own pack", path }),
    });
    const file = join(here.root, "small.comfydock.tar.zst");
    await exportEnvironment(here.world(), { file, nodes: "none", models: false, dryRun: false });
    const reference = { kind: "file", path: file } as const;
    await withEmptyWorkspace(async (there) => {
      const { environment, shortfalls } = await importInto(there, reference, { name: "copy" });
      assert.deepEqual(environment.nodes, [{ id: "own-pack", state: "missing" }]);
      assert.deepEqual(shortfalls, ["The local node pack own-pack did not come along"]);
      const { differences } = await readStatus(there.world({ name: "copy" }));
      assert.match(JSON.stringify(differences), /own-pack/);
      await assert.rejects(importInto(there, reference, { name: "strict", strict: true }), {
        code: "BUNDLE_INEXACT",
      });
    });
  });
});

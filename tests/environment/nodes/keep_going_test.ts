import assert from "node:assert/strict";
import { runWithPacks } from "../../support/node_packs.ts";
import { actionsOf, withNodeScene } from "../../support/node_scene.ts";

/** Nothing listens there. */
const UNREACHABLE = "lost @ git+http://127.0.0.1:9/lost/lost";

Deno.test("--keep-going leaves out packs whose git requirements cannot be had, and those that do not fit", async () => {
  await withNodeScene([
    { id: "alpha", version: "1.0.0", requirements: ["# far away", UNREACHABLE] },
    { id: "beta", version: "1.0.0", requirements: ["six==1.16.0"] },
    {
      id: "gamma",
      version: "1.0.0",
      requirements: ["-r more.txt"],
      files: { "more.txt": "\nsix==1.15.0\n" },
    },
    { id: "delta", version: "1.0.0", requirements: [UNREACHABLE.replaceAll("lost", "gone")] },
  ], async (scene) => {
    const { node, kinds, environment } = scene;
    const before = await Deno.readTextFile(environment.manifest);
    const { json } = await runWithPacks(scene, scene.registry, ["node", "add", "alpha", "beta"]);
    assert.equal(json?.error?.code, "GIT_NETWORK");
    assert.match(
      json.error.message,
      /node pack alpha wants it .*in line 2 of its requirements\.txt/,
    );
    assert.equal(await Deno.readTextFile(environment.manifest), before);

    const data = await node("add", "alpha", "beta", "gamma", "delta", "--keep-going");
    assert.deepEqual(actionsOf(data), ["beta added"]);
    const failures = new Map(data.failures.map((one) => [one.named, one]));
    assert.deepEqual([...failures.keys()].sort(), ["alpha", "delta", "gamma"]);
    assert.equal(failures.get("alpha")?.code, "GIT_NETWORK");
    assert.match(failures.get("alpha")!.message, /in line 2 of its requirements\.txt/);
    assert.match(failures.get("gamma")!.message, /in line 2 of its more\.txt/);
    // The registry lists "-r more.txt" alone; that is no other version.
    assert.doesNotMatch(`${failures.get("gamma")!.hint}`, /gamma@/);
    assert.deepEqual(await kinds(), []);
  });
});

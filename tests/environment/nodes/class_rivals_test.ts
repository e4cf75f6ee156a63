import assert from "node:assert/strict";
import { runWithPacks } from "../../support/node_packs.ts";
import { type NodeScene, withNodeScene } from "../../support/node_scene.ts";

/** The warnings about classes of a command on node packs that ends well. */
async function toldBy(scene: NodeScene, ...argv: string[]): Promise<readonly string[]> {
  const { code, json } = await runWithPacks(scene, scene.registry, ["node", ...argv]);
  assert.equal(code, 0, json?.error?.message);
  return (json?.warnings ?? []).filter((one) => one.code === "NODE_CLASSES_SHARED")
    .map(({ message }) => message);
}

Deno.test("packs that declare the same classes are told by name when one of them comes in", async () => {
  const many = Array.from({ length: 7 }, (_, at) => `Many${at}`);
  await withNodeScene([
    { id: "alpha", version: "1.0.0", classes: ["Shared", "AlphaOnly", ...many] },
    { id: "beta", version: "1.0.0", classes: ["BetaOnly", "Shared"] },
    { id: "gamma", version: "1.0.0", classes: many },
    { id: "delta", version: "1.0.0" },
  ], async (scene) => {
    const [both, ...others] = await toldBy(scene, "add", "beta", "alpha", "delta", "--no-sync");
    assert.match(both!, /^alpha and beta both have the node class Shared: ComfyUI keeps what/);
    assert.deepEqual(others, []);
    const later = await toldBy(scene, "add", "gamma", "--dry-run");
    assert.equal(later.length, 1, "what was told before is not told again");
    assert.match(later[0]!, /alpha and gamma .* classes Many0, Many1, .*Many4 and 2 more: /);
    assert.deepEqual(await toldBy(scene, "disable", "beta", "--no-sync"), []);
    assert.deepEqual(await toldBy(scene, "remove", "delta", "--no-sync"), []);
    assert.equal((await toldBy(scene, "enable", "beta", "--no-sync")).length, 1);
  });
});

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { planArchive, planMove, planRestore } from "../../../src/templates/edits/mod.ts";
import { applyChanges } from "../../../src/templates/mod.ts";
import { inventoryPaths } from "../../../src/templates/repository/mod.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";
import { treeOf } from "../../support/templates/tree.ts";

const FILE = "scripts/data/frozen_bundle_inventory.json";
const TEXT = `{
  "media-image": ["img_a", "img_b"],
  "files": {"media-image": {"img_a-1.webp": "00", "img_b-1.webp": "11"}}
}
`;
const WITHOUT = `{
  "media-image": ["img_b"],
  "files": {"media-image": {"img_b-1.webp": "11"}}
}
`;

async function withInventory(text: string): Promise<TemplateFixture> {
  const fixture = await templateRepository("today", { git: false });
  await fixture.write(FILE, text);
  return fixture;
}

Deno.test("what leaves a frozen bundle leaves its inventory, and comes back there to the byte", async () => {
  await using fixture = await withInventory(TEXT);
  const before = await treeOf(fixture);
  await applyChanges(fixture.root, (await planArchive(fixture.root, ["img_a"])).changes);
  equal(await fixture.read(FILE), WITHOUT);
  await applyChanges(fixture.root, (await planRestore(fixture.root, ["img_a"])).changes);
  deepEqual(await treeOf(fixture), before);
});

Deno.test("a move out of a frozen bundle takes the template out of the inventory", async () => {
  await using fixture = await withInventory(TEXT);
  const plan = await planMove(fixture.root, ["img_a"], "media-assets-02");
  await applyChanges(fixture.root, plan.changes);
  equal(await fixture.read(FILE), WITHOUT);
});

Deno.test("an inventory that is no JSON is told with its line, and nothing is changed", async () => {
  await using fixture = await withInventory('{\n  "media-image": [,]\n}\n');
  await rejects(planArchive(fixture.root, ["img_a"]), (error: Error) => {
    ok(error.message.includes(`${FILE}:2`), error.message);
    return true;
  });
});

Deno.test("an inventory is searched whatever its shape, and ids that only begin alike stay", () => {
  const value = {
    bundles: [{ id: "a" }, { id: "a-2" }, { id: "a.app" }],
    a: 1,
    "templates/a-1.webp": "00",
    "a_b.json": "11",
    list: ["a", "a-2", "a.app", "a.json", "b-1.webp"],
  };
  deepEqual(inventoryPaths(value, "a"), [
    ...[["bundles", 0], ["a"], ["templates/a-1.webp"]],
    ...[["list", 0], ["list", 3]],
  ]);
});

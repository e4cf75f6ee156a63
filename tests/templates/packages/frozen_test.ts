import { deepEqual, rejects } from "node:assert/strict";
import { checkFrozen, planBump } from "../../../src/templates/packages/mod.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";
import { compare } from "../../support/templates/comparisons.ts";
import { addToBundle } from "../../support/template_repository.ts";
import { tinyWebp } from "../../support/templates/pictures.ts";

async function bumped(fixture: TemplateFixture): Promise<readonly string[]> {
  return planBump(await compare(fixture)).raised.map(({ id }) => id);
}

async function codes(fixture: TemplateFixture): Promise<readonly string[]> {
  const { changes } = await compare(fixture);
  return checkFrozen(changes, "media-assets-02").map(({ code }) => code);
}

Deno.test("scenario 17, frozen: media of a frozen package must not change, its JSON in another package may", async () => {
  await using fixture = await templateRepository("today");
  await fixture.write("templates/api_a.json", '{"nodes": []}');
  deepEqual(await bumped(fixture), ["json"]);
  await fixture.write("templates/api_a-1.webp", tinyWebp("new"));
  await rejects(bumped(fixture), {
    code: "E_FROZEN",
    message: /"media_api" is frozen, and templates\/api_a-1\.webp has been changed/,
  });
  deepEqual(await codes(fixture), ["E_FROZEN_CHANGE"]);
});

Deno.test("scenario 17, frozen: an id may leave a frozen bundle, none may come", async () => {
  await using fixture = await templateRepository("today");
  await addToBundle(fixture, "media-api", "api_new");
  await rejects(bumped(fixture), { code: "E_FROZEN", message: /the new id "api_new"/ });
  await fixture.change<Record<string, string[]>>(
    "bundles.json",
    (bundles) => void (bundles["media-api"] = []),
  );
  await fixture.remove("templates/api_a.json");
  await fixture.remove("templates/api_a-1.webp");
  deepEqual(await codes(fixture), [], "there is no inventory that could be stale");
  await fixture.write("scripts/data/frozen_bundle_inventory.json", '{"media-api": ["api_a"]}');
  deepEqual(await codes(fixture), ["W_STALE_INVENTORY"]);
  deepEqual(await bumped(fixture), ["json"]);
});

import { deepEqual, equal } from "node:assert/strict";
import { templateRepository } from "../../support/template_repository.ts";
import { compare } from "../../support/templates/comparisons.ts";
import { addTemplate, packagesCommand } from "../../support/templates/package_commands.ts";

Deno.test("scenario 16, move: both packages change, no byte is lost, and sizes before and after are told", async () => {
  await using fixture = await templateRepository("seed");
  for (const id of ["img_b", "img_c"]) await addTemplate(fixture, id, "media-image");
  await fixture.commit("two more", "v0.6.0");
  await fixture.change<Record<string, string[]>>("bundles.json", (bundles) => {
    bundles["media-image"] = ["img_a"];
    bundles["media-api"]?.push("img_b", "img_c");
  });
  const { changes: { packages } } = await compare(fixture);
  deepEqual(packages.map(({ id }) => id), ["media_api", "media_image", "meta"]);
  const [api, image] = packages;
  const gained = api!.bytes.after - api!.bytes.before;
  equal(gained > 0 && gained, image!.bytes.before - image!.bytes.after);
  deepEqual(api?.reasons.map(({ rule, from }) => `${rule} from ${from?.package}`), [
    "added from media_image",
    "added from media_image",
    "added from media_image",
    "added from media_image",
  ]);
  const { stdout } = await packagesCommand(fixture, ["changed"]);
  equal(/^media_api 0\.3\.5 [\d.]+ KiB → [\d.]+ KiB$/m.test(stdout), true, stdout);
});

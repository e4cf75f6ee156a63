import { deepEqual, equal } from "node:assert/strict";
import {
  excludedIds,
  openRepository,
  packagedIndexText,
  planContents,
  readIndexes,
  readManifestFile,
  workingFiles,
} from "../../../src/templates/mod.ts";
import { type TemplateLayout, templateRepository } from "../../support/template_repository.ts";

async function contentsOf(layout: TemplateLayout): Promise<Record<string, readonly string[]>> {
  await using fixture = await templateRepository(layout, { git: false });
  // Copies of an earlier build are none of a package's own files.
  await fixture.write("packages/media_api/src/demo_media_api/templates/old.json", "{}");
  await fixture.write("packages/core/dist/old.whl", "");
  const repository = await openRepository(workingFiles(fixture.root));
  const { value } = await readIndexes(repository.files, repository.config);
  const manifest = (await readManifestFile(repository)).value;
  const contents = await planContents(repository, { ...value, manifest });
  return Object.fromEntries(
    [...contents].map(([id, files]) => [
      id,
      files.map(({ target, kind }) => `${kind} ${target.replace(/.*\/src\/[^/]+\//, "")}`),
    ]),
  );
}

Deno.test("in the seed's layout each package ships workflows and media of its bundle", async () => {
  const { core, media_api: api, media_image: image, meta } = await contentsOf("seed");
  deepEqual(core, ["own packages/core/pyproject.toml", "own __init__.py", "own manifest.json"]);
  deepEqual(api, [
    "own packages/media_api/pyproject.toml",
    "own __init__.py",
    "copy templates/api_a-1.webp",
    "copy templates/api_a.json",
    "index templates/index.json",
  ]);
  deepEqual(image?.slice(2), ["copy templates/img_a-1.webp", "copy templates/img_a.json"]);
  deepEqual(meta, ["own README.md", "own __init__.py", "own pyproject.toml"]);
});

Deno.test("in today's layout JSON goes to its own package, logos where the policy says, excluded ones nowhere", async () => {
  const contents = await contentsOf("today");
  deepEqual(contents.json?.slice(2), [
    "copy templates/api_a.json",
    "copy templates/img_a.json",
    "index templates/index.json",
    "index templates/index.zh.json",
    "copy templates/index_logo.json",
    "copy templates/sd3.5_c.json",
    "copy templates/vid_b.json",
  ]);
  deepEqual(contents.media_image?.slice(2), [
    "copy templates/img_a-1.webp",
    "copy templates/logo/google.png",
  ]);
  deepEqual(contents.media_assets_02?.slice(2), [
    "copy templates/logo/new.png",
    "copy templates/sd3.5_c-1.webp",
  ]);
  deepEqual(contents.blueprints?.slice(2), [
    "copy blueprints/text_to_image-1.webp",
    "copy blueprints/text_to_image.json",
  ]);
});

Deno.test("the packaged index leaves out what is not shipped and keeps every other byte", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const repository = await openRepository(workingFiles(fixture.root));
  const { index, locales } = (await readIndexes(repository.files, repository.config)).value;
  const excluded = excludedIds(index!);
  deepEqual([...excluded], ["needs_nodes"]);
  for (const one of [index!, locales[0]!]) {
    const text = packagedIndexText(one, excluded);
    const value = JSON.parse(one.document.text);
    deepEqual(JSON.parse(text), value.slice(0, 2));
    equal(one.document.text.startsWith(text.slice(0, -3)), true);
  }
});

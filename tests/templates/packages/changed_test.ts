import { deepEqual, equal } from "node:assert/strict";
import { templateRepository } from "../../support/template_repository.ts";
import { changedIds, compare, reasonsOf } from "../../support/templates/comparisons.ts";
import { addTemplate, setVersion } from "../../support/templates/package_commands.ts";
import { tinyWebp } from "../../support/templates/pictures.ts";

Deno.test("point 9: each changed package has its version at the release and its reasons", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("templates/api_a-1.webp", tinyWebp("another"));
  const { changes } = await compare(fixture);
  equal(changes.base.tag, "v0.5.0");
  const [api] = changes.packages;
  equal(api?.id, "media_api");
  equal(api?.baseVersion, "0.3.5");
  deepEqual(api?.reasons, [
    { rule: "changed", file: "templates/api_a-1.webp", template: "api_a" },
  ]);
});

Deno.test("point 13: staged, unstaged and new files count, unless only what is committed is asked for", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("templates/api_a-1.webp", tinyWebp("staged"));
  await fixture.git("add", "templates/api_a-1.webp");
  await fixture.write("templates/api_a.json", "{}");
  await fixture.write("templates/api_a-2.webp", tinyWebp("untracked"));
  deepEqual(await reasonsOf(fixture, "media_api"), [
    "changed templates/api_a-1.webp",
    "added templates/api_a-2.webp",
    "changed templates/api_a.json",
  ]);
  deepEqual(await changedIds(fixture, { committed: true }), []);
  await fixture.commit("all of it");
  deepEqual(await changedIds(fixture, { committed: true }), ["media_api", "meta"]);
});

Deno.test("what git ignores, and what was added and deleted again, does not count", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("packages/media_api/src/demo_media_api/templates/api_a.json", "{}");
  await fixture.write("packages/core/src/demo_core/extra.py", "");
  await fixture.git("add", "--all");
  await fixture.remove("packages/core/src/demo_core/extra.py");
  deepEqual(await changedIds(fixture), []);
  await fixture.git("rm", "--cached", "--quiet", "templates/img_a.json");
  deepEqual(await changedIds(fixture), []);
});

Deno.test("point 14: a rename is told on both sides, in the packages that it concerns", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.git("mv", "templates/api_a-1.webp", "templates/img_b-1.webp");
  await fixture.change<Record<string, string[]>>(
    "bundles.json",
    (bundles) => void bundles["media-image"]?.push("img_b"),
  );
  const { changes } = await compare(fixture);
  const [api, image] = changes.packages;
  deepEqual(api?.reasons, [{
    rule: "removed",
    file: "templates/api_a-1.webp",
    template: "api_a",
    to: { file: "templates/img_b-1.webp", package: "media_image" },
  }]);
  deepEqual(image?.reasons, [{
    rule: "added",
    file: "templates/img_b-1.webp",
    template: "img_b",
    from: { file: "templates/api_a-1.webp", package: "media_api" },
  }]);
});

Deno.test("point 15: a deleted template belongs to the package of its old bundle", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.remove("templates/img_a.json");
  await fixture.remove("templates/img_a-1.webp");
  await fixture.change<Record<string, string[]>>(
    "bundles.json",
    (bundles) => void (bundles["media-image"] = []),
  );
  deepEqual(await reasonsOf(fixture, "media_image"), [
    "removed templates/img_a-1.webp",
    "removed templates/img_a.json",
  ]);
  deepEqual(await changedIds(fixture), ["media_image", "meta"]);
});

Deno.test("point 16: another order of bundles changes nothing", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write(
    "bundles.json",
    '{"media-image": ["img_a"], "media-api": ["api_a", "index"]}\n',
  );
  deepEqual(await changedIds(fixture), []);
});

Deno.test("point 17: other blanks in the index change the package of JSON, and are told as such", async () => {
  await using fixture = await templateRepository("today");
  const index = JSON.parse(await fixture.read("templates/index.json"));
  await fixture.write("templates/index.json", JSON.stringify(index));
  deepEqual(await reasonsOf(fixture, "json"), ["formatting templates/index.json"]);
  deepEqual(await changedIds(fixture), ["json", "meta"]);
});

Deno.test("a change of an entry that packages leave out changes none of them", async () => {
  await using fixture = await templateRepository("today");
  await fixture.change<{ templates: { title: string }[] }[]>(
    "templates/index.json",
    (categories) => void (categories[2]!.templates[0]!.title = "Another"),
  );
  deepEqual(await changedIds(fixture), []);
});

Deno.test("point 18: the meta package follows every package that changed", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("packages/core/src/demo_core/__init__.py", "# other\n");
  deepEqual(await reasonsOf(fixture, "meta"), ["follows packages/core/pyproject.toml"]);
});

Deno.test("point 21: names with blanks, quotes and other scripts come out whole", async () => {
  await using fixture = await templateRepository("seed");
  const names = ['say "hi" \\ it', "Größe 图", "tab\tname"]
    .map((name) => `packages/core/src/demo_core/${name}.py`);
  for (const name of names) await fixture.write(name, "");
  await fixture.commit("odd names");
  const reasons = await reasonsOf(fixture, "core");
  deepEqual(reasons.toSorted(), names.map((name) => `added ${name}`).toSorted());
});

Deno.test("scenario 7, too broad: a thumbnail concerns its package, the manifest and meta; documents concern none", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("docs/x.md", "# Text\n");
  await fixture.write("docs/media-api.md", "# Text\n");
  await fixture.write("templates_media_api.txt", "");
  deepEqual(await changedIds(fixture), []);
  await fixture.write("templates/img_a-1.webp", tinyWebp("another"));
  await fixture.change<{ templates: { id: string; assets: { sha256: string }[] }[] }>(
    "packages/core/src/demo_core/manifest.json",
    ({ templates }) => {
      templates.find(({ id }) => id === "img_a")!.assets[0]!.sha256 = "0".repeat(64);
    },
  );
  deepEqual(await changedIds(fixture), ["core", "media_image", "meta"]);
});

Deno.test("scenario 8, prefix collision: each file is its own template's, in both directions", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.change<Record<string, string[]>>("bundles.json", (bundles) => {
    bundles["media-image"]?.push("image_krea", "foo");
    bundles["media-api"]?.push("image_krea_int8", "foo-bar");
  });
  for (const name of ["image_krea", "image_krea_int8", "foo", "foo-bar"]) {
    await fixture.write(`templates/${name}-1.webp`, tinyWebp(name));
  }
  deepEqual(await reasonsOf(fixture, "media_api"), [
    "added templates/foo-bar-1.webp",
    "added templates/image_krea_int8-1.webp",
  ]);
  deepEqual(await reasonsOf(fixture, "media_image"), [
    "added templates/foo-1.webp",
    "added templates/image_krea-1.webp",
  ]);
});

Deno.test("scenario 13, release-only PR: what was merged earlier without a new version is still found", async () => {
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_late", "media-api");
  await fixture.commit("merged without a new version");
  await setVersion(fixture, ".", "0.6.0");
  await fixture.commit("release 0.6.0");
  const { changes } = await compare(fixture);
  const api = changes.packages.find(({ id }) => id === "media_api");
  equal(api?.bumped, false);
  equal(api?.reasons.length, 3);
});

import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { planMove, planRename } from "../../../src/templates/edits/mod.ts";
import {
  applyChanges,
  openRepository,
  unifiedDiff,
  workingFiles,
} from "../../../src/templates/mod.ts";
import { manifestChanges } from "../../support/templates/manifest_state.ts";
import { addToBundle, templateRepository } from "../../support/template_repository.ts";
import { translationsOf, treeOf } from "../../support/templates/tree.ts";

Deno.test("rename reaches every file that names a template, and changes no other line", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await fixture.write("scripts/data/i18n.json", translationsOf(["vid_b", "img_a"]));
  const content = await fixture.read("templates/vid_b.json");
  const plan = await planRename(fixture.root, "vid_b", "video_new.v2");
  deepEqual(plan.moved, [
    { from: "templates/vid_b.json", to: "templates/video_new.v2.json" },
    { from: "templates/vid_b-1.webp", to: "templates/video_new.v2-1.webp" },
  ]);
  const index = plan.changes.find(({ path }) => path === "templates/index.zh.json");
  deepEqual(unifiedDiff(index!).filter((line) => /^[-+] /.test(line)), [
    '-        "name": "vid_b",',
    '+        "name": "video_new.v2",',
  ]);
  const translations = plan.changes.find(({ path }) => path.endsWith("i18n.json"));
  deepEqual(unifiedDiff(translations!).filter((line) => /^[-+] /.test(line)), [
    '-      "vid_b": {',
    '+      "video_new.v2": {',
    '-    "vid_b": {',
    '+    "video_new.v2": {',
  ]);
  await applyChanges(fixture.root, plan.changes);
  equal(await fixture.read("templates/video_new.v2.json"), content);
  deepEqual(await manifestChanges(fixture.root), []);
  for (const [path, text] of Object.entries(await treeOf(fixture))) {
    // Titles are the maker's own, and so is what stands in workflow and thumbnail.
    if (!path.includes("video_new")) ok(!/"vid_b["-]|\/vid_b\//.test(atob(text)), path);
  }
});

Deno.test("an id with a blank that stands in bundles alone is corrected, beside the right one or alone", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await addToBundle(fixture, "media-api", "api_a ");
  await addToBundle(fixture, "media-assets-01", "new one");
  const apply = async (from: string, to: string) =>
    await applyChanges(fixture.root, (await planRename(fixture.root, from, to)).changes);
  await rejects(apply("api_a ", "api a"), { code: "E_BAD_TEMPLATE" });
  await apply("api_a ", "api_a");
  await apply("new one", "new_one");
  const bundles = JSON.parse(await fixture.read("bundles.json"));
  deepEqual(bundles["media-api"], ["api_a"]);
  deepEqual(bundles["media-assets-01"], ["vid_b", "new_one"]);
  deepEqual((await openRepository(workingFiles(fixture.root))).findings, []);
});

Deno.test("rename refuses ids that are taken, cannot be ids, or are of a frozen bundle, and changes nothing", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await fixture.write("templates/video_new-1.webp", "someone's");
  const before = await treeOf(fixture);
  const refused = [
    ["vid_b", "needs_nodes", "E_TEMPLATE_EXISTS"],
    ["vid_b", "SD3.5_C", "E_TEMPLATE_EXISTS"],
    ["vid_b", "video b", "E_BAD_TEMPLATE"],
    ["vid_b", "../vid", "E_BAD_TEMPLATE"],
    ["vid_b", "video_new", "E_FILE_EXISTS"],
    ["vid_c", "video_c", "E_NO_TEMPLATE"],
    ["img_a", "image_a", "E_FROZEN"],
  ] as const;
  for (const [from, to, code] of refused) {
    await rejects(planRename(fixture.root, from, to), { code }, `${from} ${to}`);
  }
  deepEqual(await treeOf(fixture), before);
  await rejects(planRename(fixture.root, "vid_c", "x"), { hint: 'Did you mean "vid_b"?' });
});

Deno.test("move changes bundles and manifest alone, and tells what bundles weigh before and after", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const plan = await planMove(fixture.root, ["vid_b", "sd3.5_c"], "media-assets-02");
  deepEqual(plan.changes.map(({ path }) => path), [
    ...["bundles.json", "packages/core/src/demo_core/manifest.json"],
  ]);
  const [from, to] = plan.sizes;
  equal(from?.bundle, "media-assets-01");
  equal(from?.after, 0);
  ok((from?.before ?? 0) > 500);
  equal((from?.before ?? 0) + (to?.before ?? 0), (from?.after ?? 0) + (to?.after ?? 0));
  await applyChanges(fixture.root, plan.changes);
  const { bundles } = await openRepository(workingFiles(fixture.root));
  equal(bundles.bundleOf.get("vid_b"), "media-assets-02");
  match(
    await fixture.read("packages/core/src/demo_core/manifest.json"),
    /media-assets-02\/vid_b\//,
  );
  deepEqual(await manifestChanges(fixture.root), []);
  deepEqual((await planMove(fixture.root, ["vid_b"], "media-assets-02")).changes, []);
});

Deno.test("move refuses frozen bundles and such that there are not", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await rejects(planMove(fixture.root, ["vid_b"], "media-api"), {
    code: "E_FROZEN",
    exit: 5,
    hint: 'Use the bundle "media-assets-02"',
  });
  await rejects(planMove(fixture.root, ["vid_b"], "media-asset-02"), {
    code: "E_NO_BUNDLE",
    hint: 'Did you mean "media-assets-02"?',
  });
  const plan = await planMove(fixture.root, ["img_a"], "media-assets-01");
  equal(plan.sizes.length, 2);
});

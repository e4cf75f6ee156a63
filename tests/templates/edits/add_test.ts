import { deepEqual, equal, match, rejects } from "node:assert/strict";
import {
  blankThumbnail,
  blankWorkflow,
  parseRenames,
  planAdd,
  planMigrate,
  type TemplateDraft,
} from "../../../src/templates/edits/mod.ts";
import { applyChanges, readIndexes, workingFiles } from "../../../src/templates/mod.ts";
import { readSide } from "../../../src/templates/packages/mod.ts";
import { manifestChanges } from "../../support/templates/manifest_state.ts";
import { sampleWorkflow } from "../../support/templates/sample_files.ts";
import { templateRepository } from "../../support/template_repository.ts";
import { treeOf } from "../../support/templates/tree.ts";

const DRAFT: TemplateDraft = {
  id: "image_fill",
  workflow: blankWorkflow("00000000-0000-4000-8000-000000000000"),
  thumbnails: [{ extension: "webp", content: blankThumbnail() }],
  mediaType: "image",
  tags: ["Inpaint"],
  models: ["Flux"],
  date: "2026-01-02",
};

Deno.test("add writes workflow, thumbnail, index, translations, bundle and manifest; a sync finds nothing to do", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const plan = await planAdd(fixture.root, DRAFT);
  deepEqual(plan.changes.map(({ path }) => path), [
    "bundles.json",
    "packages/core/src/demo_core/manifest.json",
    "templates/image_fill-1.webp",
    "templates/image_fill.json",
    "templates/index.json",
    "templates/index.zh.json",
  ]);
  await applyChanges(fixture.root, plan.changes);
  const side = await readSide(workingFiles(fixture.root));
  deepEqual(side.findings, []);
  const entry = side.index?.categories[0]?.templates.at(-1);
  deepEqual(entry?.raw, {
    name: "image_fill",
    title: "Fill",
    description: "Fill",
    mediaType: "image",
    mediaSubtype: "webp",
    tags: ["Inpaint"],
    models: ["Flux"],
    date: "2026-01-02",
    openSource: true,
  });
  equal(side.locales[0]?.categories[0]?.templates.at(-1)?.name, "image_fill");
  equal(side.repository.bundles.bundleOf.get("image_fill"), "media-assets-02");
  deepEqual(await manifestChanges(fixture.root), []);
  const manifest = await fixture.read("packages/core/src/demo_core/manifest.json");
  const [json, webp] = ["json", "webp"].map((end) => manifest.search(`"image_fill(-1)?\\.${end}"`));
  equal(json! > 0 && json! < webp!, true, "the workflow comes first, as a sync writes it");
});

Deno.test("the entry of a new template holds what its workflow tells: custom nodes, inputs, app mode, partner nodes", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const workflow = JSON.parse(sampleWorkflow("api_x"));
  workflow.extra = { linearMode: true };
  workflow.nodes.push({
    ...workflow.nodes[1],
    id: 3,
    type: "LoadImage",
    properties: { cnr_id: "some-pack", ver: "1.0.0" },
    widgets_values: ["face.png", "image"],
  });
  const plan = await planAdd(fixture.root, {
    ...DRAFT,
    id: "api_x",
    workflow: JSON.stringify(workflow),
    category: "Image",
  });
  await applyChanges(fixture.root, plan.changes);
  const { repository } = await readSide(workingFiles(fixture.root));
  const { value } = await readIndexes(repository.files, repository.config);
  const { raw } = value.index!.templates.find(({ name }) => name === "api_x")!;
  deepEqual(raw.requiresCustomNodes, ["some-pack"]);
  deepEqual(raw.io, { inputs: [{ nodeId: 3, nodeType: "LoadImage", file: "face.png" }] });
  equal(raw.isApp, true);
  equal(raw.openSource, false);
  deepEqual(raw.tags, ["Inpaint", "API"]);
  equal(repository.bundles.bundleOf.get("api_x"), "media-api");
  match(plan.notes.join("\n"), /needs custom nodes[^]*reads "input\/face\.png"/);
  deepEqual(await manifestChanges(fixture.root), []);
});

Deno.test("add refuses what cannot become a template, and writes nothing", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const before = await treeOf(fixture);
  const [thumbnail] = DRAFT.thumbnails;
  const refused: readonly [Partial<TemplateDraft>, string][] = [
    [{ id: "a b" }, "E_BAD_TEMPLATE"],
    [{ id: "IMG_A" }, "E_TEMPLATE_EXISTS"],
    [{ thumbnails: [] }, "E_BAD_TEMPLATE"],
    [{ thumbnails: [thumbnail!, { ...thumbnail!, extension: "png" }] }, "E_BAD_TEMPLATE"],
    [{ variant: "compareSlider" }, "E_BAD_TEMPLATE"],
    [{ workflow: '{"1": {"class_type": "KSampler", "inputs": {}}}' }, "E_BAD_TEMPLATE"],
    [{ workflow: "{" }, "WORKFLOW_INVALID"],
    [{ bundle: "media-image" }, "E_FROZEN"],
    [{ bundle: "none" }, "E_NO_BUNDLE"],
    [{ category: "Imagee" }, "E_NO_CATEGORY"],
    [{ mediaType: "3d" }, "E_NO_CATEGORY"],
  ];
  for (const [more, code] of refused) {
    await rejects(planAdd(fixture.root, { ...DRAFT, ...more }), { code }, JSON.stringify(more));
  }
  deepEqual(await treeOf(fixture), before);
});

Deno.test("migrate takes lists of models to the nodes that use them, and keeps those that nobody uses", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const file = "templates/vid_b.json";
  const workflow = JSON.parse(await fixture.read(file));
  const [model] = workflow.nodes[0].properties.models;
  delete workflow.nodes[0].properties.models;
  const lost = { name: "lost.safetensors", url: "https://models.invalid/lost", directory: "vae" };
  await fixture.write(file, JSON.stringify({ ...workflow, models: [model, lost] }, null, 1));
  const plan = await planMigrate(fixture.root);
  deepEqual(plan.templates, ["vid_b"]);
  match(plan.notes[0]!, /"lost\.safetensors", which no node/);
  await applyChanges(fixture.root, plan.changes);
  const now = JSON.parse(await fixture.read(file));
  deepEqual(now.models, [lost]);
  deepEqual(now.nodes[0].properties.models, [model]);
  deepEqual((await planMigrate(fixture.root)).changes, []);
  await fixture.write(file, JSON.stringify({ ...now, models: [model] }));
  await applyChanges(fixture.root, (await planMigrate(fixture.root, { ids: ["vid_b"] })).changes);
  equal("models" in JSON.parse(await fixture.read(file)), false);
});

Deno.test("migrate renames as a map says, all or nothing", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const before = await treeOf(fixture);
  const renames = parseRenames('{"vid_b": "video_b", "sd3.5_c": "vid_b"}', "map.json");
  await rejects(planMigrate(fixture.root, { renames: new Map([["vid_b", "x y"]]) }));
  deepEqual(await treeOf(fixture), before);
  const other = await fixture.read("templates/sd3.5_c.json");
  const plan = await planMigrate(fixture.root, { renames });
  await applyChanges(fixture.root, plan.changes);
  deepEqual(await manifestChanges(fixture.root), []);
  equal(await fixture.read("templates/vid_b.json"), other, "an id that was given up is free");
  const again = new Map([["sd3.5_c", "vid_b"]]);
  deepEqual((await planMigrate(fixture.root, { renames: again })).changes, []);
  for (const text of ["{", "[]", '{"a": 1}']) {
    await rejects(async () => await parseRenames(text, "map.json"), { code: "E_BAD_TEMPLATE" });
  }
});

Deno.test("where the recommended bundle is not there, the advice is to add it", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await fixture.change<{ recommended_asset_bundle: string }>(
    "scripts/data/version_policy.json",
    (policy) => void (policy.recommended_asset_bundle = "media-assets-09"),
  );
  await rejects(planAdd(fixture.root, { ...DRAFT, bundle: "media-image" }), {
    code: "E_FROZEN",
    hint: /Add the bundle "media-assets-09"/,
  });
});

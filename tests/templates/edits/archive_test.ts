import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { planArchive, planRename, planRestore } from "../../../src/templates/edits/mod.ts";
import { applyChanges, openRepository, workingFiles } from "../../../src/templates/mod.ts";
import { readSide } from "../../../src/templates/packages/mod.ts";
import { manifestChanges } from "../../support/templates/manifest_state.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";
import { translationsOf, treeOf } from "../../support/templates/tree.ts";

const TRANSLATIONS = "scripts/data/i18n.json";

async function archive(fixture: TemplateFixture, ...ids: readonly string[]): Promise<void> {
  await applyChanges(fixture.root, (await planArchive(fixture.root, ids)).changes);
}

async function restore(fixture: TemplateFixture, ...ids: readonly string[]) {
  const plan = await planRestore(fixture.root, ids);
  await applyChanges(fixture.root, plan.changes);
  return plan;
}

/** A repository with translations, CRLF and a byte order mark, lists on one line, and an index for agents. */
async function oddRepository(): Promise<TemplateFixture> {
  const fixture = await templateRepository("today", { git: false });
  await fixture.write(TRANSLATIONS, translationsOf(["img_a", "vid_b"]));
  const zh = await fixture.read("templates/index.zh.json");
  await fixture.write("templates/index.zh.json", `\ufeff${zh.replaceAll("\n", "\r\n")}`);
  const index = await fixture.read("templates/index.json");
  await fixture.write(
    "templates/index.mcp.json",
    index.replace(/\[\n\s+"Image"\n\s+\]/g, '["Image"]'),
  );
  await applyChanges(fixture.root, await manifestChanges(fixture.root));
  return fixture;
}

Deno.test("scenario 18, archive: files, index, translations, bundles and manifest in one go, and all bytes come back", async () => {
  await using fixture = await oddRepository();
  const before = await treeOf(fixture);
  await archive(fixture, "img_a");
  const texts = await Promise.all([
    "templates/index.json",
    "templates/index.zh.json",
    "templates/index.mcp.json",
    "bundles.json",
    TRANSLATIONS,
    "packages/core/src/demo_core/manifest.json",
  ].map((path) => fixture.read(path)));
  for (const text of texts) ok(!text.includes('"img_a"'), text.slice(0, 80));
  const archived = await treeOf(fixture);
  ok(archived["archived/img_a.json"] && archived["archived/img_a-1.webp"]);
  equal(archived["templates/img_a.json"], undefined);
  match(await fixture.read("archived/index.zh.json"), /模板 img_a/);
  match(await fixture.read("archived/archived_i18n.json"), /甲/);
  const repository = await openRepository(workingFiles(fixture.root));
  deepEqual(repository.findings, []);
  deepEqual(await manifestChanges(fixture.root), []);
  deepEqual((await restore(fixture, "img_a")).notes, []);
  deepEqual(await treeOf(fixture), before);
});

Deno.test("several templates that were archived one by one come back to the byte in one go", async () => {
  await using fixture = await oddRepository();
  const before = await treeOf(fixture);
  await archive(fixture, "img_a", "vid_b");
  await archive(fixture, "sd3.5_c");
  deepEqual((await restore(fixture, "img_a", "vid_b", "sd3.5_c")).notes, []);
  deepEqual(await treeOf(fixture), before);
});

Deno.test("a template comes back to a repository that went on meanwhile, at the end of its category", async () => {
  await using fixture = await oddRepository();
  await archive(fixture, "img_a");
  await applyChanges(fixture.root, (await planRename(fixture.root, "vid_b", "vid_new")).changes);
  await fixture.write("scripts/data/version_policy.json", "{}\n");
  const { notes } = await restore(fixture, "img_a");
  equal(notes.length, 1);
  const side = await readSide(workingFiles(fixture.root));
  deepEqual(side.findings, []);
  deepEqual(side.index?.categories[0]?.templates.map(({ name }) => name), [
    ...["api_a", "sd3.5_c", "img_a"],
  ]);
  equal(side.repository.bundles.bundleOf.get("img_a"), "media-image");
  match(await fixture.read(TRANSLATIONS), /"img_a"/);
  ok(!(await fixture.read("archived/archived_i18n.json")).includes("img_a"));
  deepEqual(await manifestChanges(fixture.root), []);
});

Deno.test("what another program archived comes back with a named bundle, without its status", async () => {
  await using fixture = await oddRepository();
  await archive(fixture, "vid_b");
  await fixture.remove("archived/records/vid_b.json");
  await fixture.change<{ templates: { status?: string }[] }[]>("archived/index.json", (list) => {
    list[0]!.templates[0]!.status = "archived";
  });
  await rejects(planRestore(fixture.root, ["vid_b"]), { code: "E_NO_BUNDLE" });
  await rejects(planRestore(fixture.root, ["vid_b"], { bundle: "media-api" }), {
    code: "E_FROZEN",
    exit: 5,
  });
  const plan = await planRestore(fixture.root, ["vid_b"], { bundle: "media-assets-02" });
  await applyChanges(fixture.root, plan.changes);
  const side = await readSide(workingFiles(fixture.root));
  equal(side.index?.templates.find(({ name }) => name === "vid_b")?.status, undefined);
  deepEqual(await manifestChanges(fixture.root), []);
});

Deno.test("nothing is archived over what the archive has, nothing restored that it does not have", async () => {
  await using fixture = await oddRepository();
  await fixture.write("archived/img_a.json", "{}\n");
  const before = await treeOf(fixture);
  await rejects(planArchive(fixture.root, ["vid_b", "img_a"]), { code: "E_FILE_EXISTS", exit: 5 });
  await rejects(planArchive(fixture.root, ["img_b"]), { code: "E_NO_TEMPLATE", exit: 4 });
  await rejects(planRestore(fixture.root, ["gone"]), { code: "E_NOT_ARCHIVED", exit: 4 });
  await rejects(planRestore(fixture.root, ["img_a"]), { code: "E_TEMPLATE_EXISTS" });
  deepEqual(await treeOf(fixture), before);
});

Deno.test("what is archived already is told to be, with the way back", async () => {
  await using fixture = await oddRepository();
  await archive(fixture, "vid_b");
  await rejects(planArchive(fixture.root, ["vid_b"]), {
    code: "E_NO_TEMPLATE",
    message: 'Cannot archive "vid_b": it is in the archive already',
    hint: "Run `comfydock templates restore vid_b` to take it back",
  });
});

Deno.test("a record that was tampered with is refused", async () => {
  await using fixture = await oddRepository();
  await archive(fixture, "vid_b");
  const record = (file: string, splices: unknown = []) =>
    JSON.stringify({ id: "vid_b", files: [{ file, sha256: "0", splices }] });
  const texts = [
    ...[record("../outside"), record(".git/config"), record("README.md"), "[]", "{"],
    record("bundles.json", [{ at: -1, removed: "x", added: 0 }]),
  ];
  for (const text of texts) {
    await fixture.write("archived/records/vid_b.json", text);
    await rejects(planRestore(fixture.root, ["vid_b"]), { code: "E_BAD_ARCHIVE", exit: 1 });
  }
});

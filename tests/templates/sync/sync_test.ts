import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import { openDigests } from "../../../src/templates/digests/mod.ts";
import {
  openRepository,
  readIndexes,
  readManifestFile,
  templateErrors,
  workingFiles,
} from "../../../src/templates/mod.ts";
import {
  applySync,
  planSync,
  readGenerated,
  type SyncPlan,
} from "../../../src/templates/sync/mod.ts";
import { isKind } from "../../../src/base/mod.ts";
import { tinyWebp } from "../../support/templates/pictures.ts";
import { sampleWorkflow } from "../../support/templates/sample_files.ts";
import {
  addToBundle,
  type TemplateFixture,
  templateRepository,
} from "../../support/template_repository.ts";

const MANIFEST = "packages/core/src/demo_core/manifest.json";
const COPIES = "packages/media_image/src/demo_media_image/templates";

async function plan({ root }: TemplateFixture): Promise<SyncPlan> {
  const repository = await openRepository(workingFiles(root));
  const { value } = await readIndexes(repository.files, repository.config);
  const manifest = (await readManifestFile(repository)).value;
  const digests = await openDigests(root, { cache: false });
  return await planSync(repository, { ...value, manifest }, digests, await readGenerated(root));
}

async function sync(fixture: TemplateFixture): Promise<SyncPlan> {
  const planned = await plan(fixture);
  await applySync(fixture.root, planned);
  return planned;
}

async function addTemplate(fixture: TemplateFixture, id: string): Promise<void> {
  await fixture.write(`templates/${id}.json`, sampleWorkflow(id));
  await fixture.write(`templates/${id}-1.webp`, tinyWebp(id));
  await addToBundle(fixture, "media-image", id);
}

Deno.test("a sync copies what packages ship, and a second one changes nothing", async () => {
  await using fixture = await templateRepository("today");
  const first = await sync(fixture);
  equal(first.manifest.length, 0, "the manifest was right");
  equal(first.copies.every(({ fault }) => fault === "missing"), true);
  const second = await plan(fixture);
  deepEqual([second.manifest, second.copies, second.removed, second.foreign], [[], [], [], []]);
});

Deno.test("point 65: the manifest is the same for the same files, sorted by id, and a new entry changes no other byte", async () => {
  await using fixture = await templateRepository("seed");
  const before = await fixture.read(MANIFEST);
  await addTemplate(fixture, "aaa");
  await sync(fixture);
  const after = await fixture.read(MANIFEST);
  const ids = JSON.parse(after).templates.map(({ id }: { id: string }) => id);
  deepEqual(ids, ["aaa", "api_a", "img_a", "index"]);
  await addToBundle(fixture, "media-image", "zzz");
  await fixture.change<Record<string, string[]>>("bundles.json", (bundles) => {
    bundles["media-image"] = ["img_a"];
  });
  await sync(fixture);
  equal(await fixture.read(MANIFEST), before);
});

Deno.test("point 65: a manifest in a style of its own keeps it: byte order mark, CRLF, short lists, no end of line", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const own = (await fixture.read(MANIFEST)).trimEnd().replaceAll("\n", "\r\n")
    .replace(/"version": "0\.0\.0"\r\n +\}/, '"version": "0.0.0" }');
  await fixture.write(MANIFEST, `\ufeff${own}`);
  deepEqual((await plan(fixture)).manifest, []);
  await addTemplate(fixture, "img_b");
  await sync(fixture);
  const after = await fixture.read(MANIFEST);
  const start = after.indexOf('"id": "img_b"');
  const end = after.indexOf('"id": "index"');
  const entry = after.slice(start, end);
  match(entry, /^"id": "img_b",\r\n {6}"bundle": "media-image",\r\n/);
  equal(after.slice(0, start) + after.slice(end), `\ufeff${own}`, "nothing else changed");
});

Deno.test("point 67: what packages do not ship is in no manifest and in no copy, and copies of the index leave it out", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await fixture.remove(MANIFEST);
  const planned = await sync(fixture);
  equal(planned.copies.some(({ target }) => target.includes("needs_nodes")), false);
  equal((await fixture.read(MANIFEST)).includes("needs_nodes"), false);
  for (const name of ["index.json", "index.zh.json"]) {
    const copy = await fixture.read(`packages/json/src/demo_json/templates/${name}`);
    equal(copy.includes("needs_nodes"), false);
    equal(copy.includes("img_a"), true);
  }
});

Deno.test("only copies that a sync made are removed; what a user put among them stays", async () => {
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "img_b");
  await sync(fixture);
  await fixture.write(`${COPIES}/mine.txt`, "mine");
  await fixture.remove("templates/img_b.json");
  await fixture.remove("templates/img_b-1.webp");
  const planned = await sync(fixture);
  deepEqual(planned.removed, [`${COPIES}/img_b-1.webp`, `${COPIES}/img_b.json`]);
  deepEqual(planned.foreign, [`${COPIES}/mine.txt`]);
  equal(await fixture.read(`${COPIES}/mine.txt`), "mine");
  await fixture.write(`${COPIES}/img_b.json`, "a user's own, later");
  deepEqual((await plan(fixture)).removed, [], "what was removed is not known any more");
  equal((await fixture.git("status", "--short")).includes("comfydock"), false);
});

Deno.test("what a sync that was killed left of a copy goes with the next one", async () => {
  await using fixture = await templateRepository("seed");
  const half = `${COPIES}/.img_a.json.4711-0a1b2c3d.tmp`;
  await fixture.write(half, "{");
  await fixture.write(`${COPIES}/.notes.tmp`, "mine");
  const planned = await sync(fixture);
  deepEqual(planned.removed, [half]);
  deepEqual(planned.foreign, [`${COPIES}/.notes.tmp`]);
});

Deno.test("a manifest that was edited since the plan is left alone", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await addTemplate(fixture, "img_b");
  const planned = await plan(fixture);
  await fixture.write(MANIFEST, "{}");
  await rejects(
    applySync(fixture.root, planned),
    (error) => isKind(error, templateErrors.E_FILE_CHANGED),
  );
  equal(await fixture.read(MANIFEST), "{}");
  const left = await Array.fromAsync(Deno.readDir(join(fixture.root, COPIES)));
  equal(left.some(({ name }) => name.endsWith(".tmp")), false);
});

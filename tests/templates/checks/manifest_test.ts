import { deepEqual, equal, match } from "node:assert/strict";
import { createGit, createRunner } from "../../../src/tools/mod.ts";
import { revisionFiles } from "../../../src/templates/mod.ts";
import { sampleEntry, sampleWorkflow } from "../../support/templates/sample_files.ts";
import { tinyWebp } from "../../support/templates/pictures.ts";
import { findingsAfter, findingsOf, only } from "../../support/templates/check_findings.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import {
  addIndexEntry,
  addToBundle,
  type TemplateFixture,
  templateRepository,
} from "../../support/template_repository.ts";

const MANIFEST = "packages/core/src/demo_core/manifest.json";

async function addTemplate(fixture: TemplateFixture, bundle: string, id: string): Promise<void> {
  await fixture.write(`templates/${id}.json`, sampleWorkflow(id));
  await fixture.write(`templates/${id}-1.webp`, tinyWebp(`${id} 1`));
  await addIndexEntry(fixture, sampleEntry(id));
  await addToBundle(fixture, bundle, id);
}

Deno.test("point 66: digests of the manifest are compared with the files, wanted and given told", async () => {
  const found = await findingsAfter(
    (fixture) => fixture.write("templates/img_a-1.webp", tinyWebp("another")),
    { area: "manifest" },
  );
  const stale = only(found, "E_MANIFEST_STALE", {
    file: MANIFEST,
    path: "$.templates[1].assets[0].sha256",
    message: /"img_a-1\.webp"/,
    hint: /templates sync/,
  });
  equal(`${stale.details?.expected}`.length, 64);
  equal(`${stale.details?.actual}`.length, 64);
});

Deno.test("what the manifest lacks, has too much, or has in another bundle is told", async () => {
  const found = await findingsAfter(async (fixture) => {
    await addTemplate(fixture, "media-image", "img_b");
    await fixture.write("templates/img_a-2.webp", tinyWebp("second"));
    await fixture.remove("templates/api_a-1.webp");
    await fixture.change<{ templates: Record<string, unknown>[] }>(MANIFEST, ({ templates }) => {
      templates[1]!.bundle = "media-api";
      templates.push({ ...templates[0]!, id: "gone" });
    });
  }, { area: "manifest" });
  deepEqual(
    found.filter(({ code }) => code !== "E_MANIFEST_STALE").map((one) =>
      `${one.code} ${one.message}`
    ),
    [
      'E_MANIFEST_MISSING The manifest lacks the template "img_b"',
      'E_MANIFEST_EXTRA There is no "api_a-1.webp", which the manifest gives to "api_a"',
      'E_MANIFEST_BUNDLE The manifest has "img_a" in bundle "media-api", and it is in "media-image"',
      'E_MANIFEST_MISSING The manifest lacks "img_a-2.webp" of template "img_a"',
      'E_MANIFEST_EXTRA Packages do not ship the template "gone"',
    ],
  );
});

Deno.test("scenario 8, prefix collision: a picture belongs to the longest id, and a manifest that gives it away is told", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  for (
    const [bundle, id] of [
      ["media-image", "image_krea"],
      ["media-api", "image_krea_int8"],
      ["media-api", "foo"],
      ["media-image", "foo-bar"],
    ] as const
  ) await addTemplate(fixture, bundle, id);
  equal((await runInProcess(["templates", "sync", "-C", fixture.root])).code, 0);
  deepEqual((await findingsOf(fixture)).map(({ code }) => code), [], "each in its own bundle");
  for (
    const path of [
      "packages/media_image/src/demo_media_image/templates/foo-bar-1.webp",
      "packages/media_image/src/demo_media_image/templates/image_krea-1.webp",
      "packages/media_api/src/demo_media_api/templates/image_krea_int8-1.webp",
    ]
  ) await Deno.stat(`${fixture.root}/${path}`);
  interface Entry {
    id: string;
    assets: { filename: string }[];
  }
  await fixture.change<{ templates: Entry[] }>(MANIFEST, ({ templates }) => {
    const krea = templates.find(({ id }) => id === "image_krea")!;
    const other = templates.find(({ id }) => id === "image_krea_int8")!;
    krea.assets.push(other.assets.pop()!);
  });
  only(await findingsOf(fixture, "manifest"), "E_WRONG_OWNER", {
    message: /gives "image_krea_int8-1\.webp" to "image_krea", and it belongs to "image_krea_int8"/,
  });
});

Deno.test("scenario 9, stale manifest: a check tells and writes nothing, a sync corrects, and what is committed can still be looked at", async () => {
  await using fixture = await templateRepository("today");
  await fixture.change<unknown[]>("templates/index.zh.json", (index) => void index.reverse());
  const before = await fixture.read(MANIFEST);
  const check = (...more: string[]) =>
    runInProcess(["templates", "check", "manifest", "-C", fixture.root, ...more, "--json"]);
  const stale = await check();
  equal(stale.code, 1);
  equal(await fixture.read(MANIFEST), before, "a check writes nothing");
  const [found] = (stale.json?.data as { findings: { code: string; details: object }[] }).findings;
  equal(found?.code, "E_MANIFEST_STALE");
  deepEqual(Object.keys(found!.details), ["id", "expected", "actual"]);
  equal((await runInProcess(["templates", "sync", "-C", fixture.root])).code, 0);
  equal((await check()).code, 0);
  equal((await check("--committed")).code, 1, "HEAD still has the old one");
  await fixture.commit("sync");
  equal((await check("--committed")).code, 0);
  const git = createGit(createRunner({ env: Deno.env.toObject() }));
  const head = await revisionFiles(git, fixture.root, "HEAD");
  deepEqual(await findingsOf(fixture, "manifest", { manifestFrom: head }), []);
});

Deno.test("without a manifest that is told, and `load` tells what the loader would not find", async () => {
  const found = await findingsAfter((fixture) => fixture.remove(MANIFEST), { area: "manifest" });
  only(found, "E_MANIFEST_ABSENT", { file: MANIFEST });
  await using fixture = await templateRepository("today", { git: false });
  const load = () => findingsOf(fixture, "load", { copies: true });
  equal((await load()).filter(({ code }) => code === "E_NOT_LOADABLE").length > 8, true);
  equal((await runInProcess(["templates", "sync", "-C", fixture.root])).code, 0);
  deepEqual(await load(), []);
  await fixture.write("packages/json/src/demo_json/templates/img_a.json", "{}");
  only(await load(), "E_NOT_LOADABLE", {
    file: MANIFEST,
    message: /is not what the manifest says/,
  });
});

Deno.test("names in the manifest and the index that lead outside are not followed", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const outside = "../../../../../../etc/hostname";
  interface Manifest {
    templates: { id: string; assets: { filename: string; sha256: string }[] }[];
  }
  await fixture.change<Manifest>(MANIFEST, ({ templates }) => {
    templates[0]!.assets = [{ filename: outside, sha256: "0".repeat(64) }];
  });
  await fixture.change<{ templates: Record<string, unknown>[] }[]>(
    "templates/index.json",
    ([category]) => void (category!.templates[0]!.thumbnail = ["../../../etc/hostname"]),
  );
  const load = await findingsOf(fixture, "load", { copies: true });
  match(load[0]?.message ?? "", /^There is no /);
  only(await findingsOf(fixture), "E_NO_THUMBNAIL", { path: "$[0].templates[0].thumbnail[0]" });
});

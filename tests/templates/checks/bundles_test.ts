import { deepEqual, equal } from "node:assert/strict";
import { sampleEntry, sampleWorkflow } from "../../support/templates/sample_files.ts";
import { tinyWebp } from "../../support/templates/pictures.ts";
import { findingsAfter, findingsOf, only } from "../../support/templates/check_findings.ts";
import {
  addIndexEntry,
  addToBundle,
  templateRepository,
} from "../../support/template_repository.ts";

Deno.test("a sound repository has no findings", async () => {
  await using seed = await templateRepository("seed", { git: false });
  deepEqual(await findingsOf(seed), []);
  await using today = await templateRepository("today", { git: false });
  // The workflow of the fixture does not tell its pack.
  deepEqual((await findingsOf(today)).map(({ code }) => code), ["W_CUSTOM_NODES"]);
});

Deno.test("point 38: a workflow in no bundle is told", async () => {
  const found = await findingsAfter((fixture) =>
    fixture.write("templates/api_banana.json", sampleWorkflow("api_banana"))
  );
  only(found, "E_UNASSIGNED", { file: "templates/api_banana.json", message: /"api_banana"/ });
});

Deno.test("point 39: an id in two bundles is told with its second place", async () => {
  const found = await findingsAfter((fixture) => addToBundle(fixture, "media-image", "api_a"));
  only(found, "E_DUPLICATE_ID", { file: "bundles.json", line: 8, path: "$.media-image[1]" });
});

Deno.test("point 40: a bundle without package is told", async () => {
  const found = await findingsAfter((fixture) => addToBundle(fixture, "media-sound", "x"));
  only(found, "E_UNKNOWN_BUNDLE", { path: "$.media-sound", message: /"media-sound"/ });
});

Deno.test("point 41: an id without file is told, of blueprints as well", async () => {
  const found = await findingsAfter((fixture) => addToBundle(fixture, "media-image", "img_ghost"));
  only(found, "E_GHOST_ID", { path: "$.media-image[1]", message: /templates\/img_ghost\.json/ });
  const blueprints = await findingsAfter(async (fixture) => {
    await fixture.write("blueprints/new.json", sampleWorkflow("new"));
    await fixture.write("blueprints_bundles.json", '{"blueprints": ["text_to_image", "gone"]}');
  }, { layout: "today" });
  only(blueprints, "E_GHOST_ID", { file: "blueprints_bundles.json", path: "$.blueprints[1]" });
  only(blueprints, "E_UNASSIGNED", { file: "blueprints/new.json" });
});

Deno.test("point 42: a template that the index lacks is a warning, an entry without file an error", async () => {
  const found = await findingsAfter(async (fixture) => {
    await fixture.write("templates/img_b.json", sampleWorkflow("img_b"));
    await addToBundle(fixture, "media-image", "img_b");
    await addIndexEntry(fixture, sampleEntry("img_c"));
  });
  equal(only(found, "W_NOT_IN_INDEX", { file: "templates/img_b.json" }).severity, "warning");
  const absent = only(found, "E_INDEX_NO_FILE", { path: "$[0].templates[2].name" });
  equal(absent.severity, "error");
});

Deno.test("scenario 10, bad ids: blanks, brackets and names that differ by case are told with what helps", async () => {
  const found = await findingsAfter(async (fixture) => {
    await fixture.write("templates/x (2).json", sampleWorkflow("x"));
    await fixture.write("templates/IMG_A-1.webp", tinyWebp("other"));
    await addToBundle(fixture, "media-image", "img_a ");
    await addToBundle(fixture, "media-api", "Img_A");
    await addIndexEntry(fixture, sampleEntry("bad id"));
  });
  only(found, "E_BAD_FILE_NAME", { file: "templates/x (2).json", hint: /"x_2\.json"/ });
  const ids = found.filter(({ code }) => code === "E_BAD_ID");
  deepEqual(ids.map(({ file, hint }) => `${file}: ${hint}`), [
    'bundles.json: Call it "img_a"',
    'templates/index.json: Call it "bad_id"',
  ]);
  const clashes = found.filter(({ code }) => code === "E_CASE_CLASH");
  deepEqual(clashes.map(({ file, message }) => `${file}: ${message}`), [
    'bundles.json: "Img_A.json" and "img_a.json" differ only by case',
    'templates/img_a-1.webp: "IMG_A-1.webp" and "img_a-1.webp" differ only by case',
  ]);
});

Deno.test("oddities: byte order marks and CRLF are read, and lines are told as editors count them", async () => {
  const found = await findingsAfter(async (fixture) => {
    for (const path of ["bundles.json", "templates/index.json", "templates/img_a.json"]) {
      await fixture.write(path, `\ufeff${(await fixture.read(path)).replaceAll("\n", "\r\n")}`);
    }
    await fixture.write("templates/api_a.json", '\ufeff{"nodes": [\r\n}');
  });
  only(found, "E_WORKFLOW_INVALID", { file: "templates/api_a.json", line: 2 });
  const others = found.filter(({ code }) => code !== "E_WORKFLOW_INVALID");
  // What the manifest says of these files does not hold any more.
  deepEqual([...new Set(others.map(({ code }) => code))], ["E_MANIFEST_STALE"]);
});

Deno.test("a file that is no JSON is told once, and not everything that rests on it", async () => {
  const codes = async (path: string) =>
    (await findingsAfter((fixture) => fixture.write(path, "[,]\n"), { layout: "today" }))
      .map(({ code, file }) => `${code} ${file}`).filter((one) => !one.startsWith("W_"));
  for (const path of ["bundles.json", "templates/index.json"]) {
    deepEqual(await codes(path), [`E_JSON_SYNTAX ${path}`]);
  }
});

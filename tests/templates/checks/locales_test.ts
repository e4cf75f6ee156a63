import { deepEqual } from "node:assert/strict";
import { sampleEntry } from "../../support/templates/sample_files.ts";
import { findingsAfter, only } from "../../support/templates/check_findings.ts";

type Entry = Record<string, unknown>;
type Index = { type: string; templates: Entry[] }[];

const ZH = "templates/index.zh.json";

Deno.test("point 46: a translation with a template less or more is told", async () => {
  const found = await findingsAfter((fixture) =>
    fixture.change<Index>(ZH, (index) => {
      index[0]!.templates[0] = { ...sampleEntry("stranger") };
    }), { layout: "today", area: "locales" });
  only(found, "E_LOCALE_MISSING", { file: ZH, message: /"api_a"/ });
  only(found, "E_LOCALE_EXTRA", {
    file: ZH,
    path: "$[0].templates[0].name",
    message: /"stranger"/,
  });
});

Deno.test("point 46: fields that are not translated have to be those of the index", async () => {
  const found = await findingsAfter((fixture) =>
    fixture.change<Index>(ZH, (index) => {
      index[1]!.type = "image";
      index[0]!.templates[1]!.date = "2020-01-01";
      index[0]!.templates[2]!.tags = [];
      index[0]!.templates[0]!.size = 5;
    }), { layout: "today", area: "locales" });
  const drift = found.filter(({ code }) => code === "E_LOCALE_DRIFT");
  deepEqual(drift.map(({ path, message }) => `${path} ${message}`), [
    '$[0].templates[0].size "size" of template "api_a" is 5, and absent in the index',
    '$[0].templates[1].date "date" of template "img_a" is "2020-01-01", and "2025-11-01" in the index',
    '$[0].templates[2].tags Template "sd3.5_c" has 0 tags, and 1 in the index',
    '$[1].type "type" of category 2 is "image", and "video" in the index',
  ]);
});

Deno.test("point 46: what is not translated is listed, once for each translation", async () => {
  const found = await findingsAfter((fixture) =>
    fixture.change<Index>(ZH, (index) => {
      for (const entry of index[0]!.templates) entry.description = `What ${entry.name} does`;
    }), { layout: "today", area: "locales" });
  const told = only(found, "W_UNTRANSLATED", { path: "$[0].templates[0].description" });
  deepEqual(told.details?.templates, ["api_a", "img_a", "sd3.5_c"]);
});

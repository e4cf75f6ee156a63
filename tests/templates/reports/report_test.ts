import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildTemplateReport, renderTemplateReport } from "../../../src/templates/reports/mod.ts";
import { MEASURE_PAGE, type PageMeasures } from "../../pipeline/report/page_checks.ts";
import { findChromium, startChromium, type TestBrowser } from "../../support/chromium.ts";
import { reportScene } from "../../support/templates/report_scene.ts";
import { sampleEntry } from "../../support/templates/sample_files.ts";
import { templateRepository } from "../../support/template_repository.ts";

const HOSTILE = '</script><script>globalThis.broken = true</script><img src=x onerror="broken=1">';

await using fixture = await templateRepository("today", { git: false });
await fixture.change<{ title: string; templates: Record<string, unknown>[] }[]>(
  "templates/index.json",
  (list) => {
    list[0]!.title = HOSTILE;
    Object.assign(list[0]!.templates[0]!, { title: HOSTILE, date: "2025-08-01" });
    for (let index = 0; index < 70; index++) {
      list[1]!.templates.push(sampleEntry(`more_${index}`, { date: "2026-01-02" }));
    }
  },
);
const { facts, digests, findings } = await reportScene(fixture.root);
const answers = [
  {
    url: "https://models.invalid/resolve/main/vid_b.safetensors",
    state: "dead" as const,
    reason: "the server answers 404",
  },
];
const downloads = [{ name: `demo-core ${HOSTILE}`, day: 1, week: 20, month: 3000 }];
const report = await buildTemplateReport(facts, digests, { findings, answers, downloads });
const page = renderTemplateReport(report, {
  thumbnail: (name) => `templates/${encodeURIComponent(name)}`,
  media: "'self' file:",
});

Deno.test("a report has coverage, growth, sizes, faults, dead links and downloads", () => {
  equal(report.statistics.templates, 75);
  deepEqual(report.coverage.find(({ name }) => name === "Thumbnail"), {
    ...{ name: "Thumbnail", have: 5, all: 75 },
  });
  deepEqual(report.growth, [
    { month: "2025-08", templates: 1 },
    { month: "2025-11", templates: 5 },
    { month: "2026-01", templates: 75 },
  ]);
  ok(report.sizes.packages.some(({ id, bytes }) => id === "media_image" && bytes > 0));
  equal(report.faults.reduce((sum, { count }) => sum + count, 0), findings.length);
  deepEqual(report.links.dead, [{
    url: answers[0]!.url,
    reason: "the server answers 404",
    files: ["templates/vid_b.json"],
  }]);
  for (const title of ["Coverage", "Growth", "Sizes of packages", "Dead links", "Downloads"]) {
    match(page, new RegExp(`<h2 id="[a-z]+-heading">${title}</h2>`));
  }
  const faulty = report.templates.find(({ id }) => id === "more_1");
  ok(faulty && faulty.faults > 0 && faulty.file === undefined);
});

Deno.test("equal values give equal bytes, and names from outside stay texts", () => {
  const again = renderTemplateReport(report, {
    thumbnail: (name) => `templates/${encodeURIComponent(name)}`,
    media: "'self' file:",
  });
  equal(again, page);
  equal(page.split("<script").length, 3);
  doesNotMatch(page, /<img|onerror="/);
});

Deno.test("without links and downloads the report says how they come in", async () => {
  const plain = await buildTemplateReport(facts, digests, { findings: [] });
  const text = renderTemplateReport(plain, { thumbnail: () => undefined });
  match(text, /No server was asked/);
  match(text, /Not known; <code>--downloads<\/code>/);
  doesNotMatch(/<main>([^]*)<\/main>/.exec(text)?.[1] ?? "", /NaN|undefined|Infinity/);
});

const executable = findChromium();

Deno.test({
  name: "the report works in Chromium: thumbnails, search, quiet, legible, light and dark",
  ignore: executable === undefined && Deno.build.os !== "linux",
  async fn(t) {
    ok(executable, "Cannot find Chromium: install it, or name it with CHROMIUM");
    // The first one is gone when tests run.
    await using pictures = await templateRepository("today", { git: false });
    await pictures.write("report.html", page);
    const url = pathToFileURL(join(pictures.root, "report.html")).href;
    await using browser = await startChromium(executable);
    for (const [scheme, width] of [["light", 390], ["dark", 1280]] as const) {
      await t.step(`${scheme} at ${width} pixels`, () => checkLook(browser, url, width, scheme));
    }
    await t.step(
      "thumbnails are shown and the gallery is searched",
      () => checkGallery(browser, url),
    );
  },
});

async function checkLook(
  browser: TestBrowser,
  url: string,
  width: number,
  scheme: "light" | "dark",
): Promise<void> {
  await using opened = await browser.open(url, { width, scheme });
  const measured = await opened.page.evaluate(MEASURE_PAGE) as PageMeasures;
  deepEqual(opened.complaints, []);
  ok(opened.requests.every((request) => request.startsWith("file:")), opened.requests.join());
  equal(await opened.page.evaluate("globalThis.broken"), undefined);
  equal(measured.overflow, 0);
  ok(measured.smallest.size >= 12, JSON.stringify(measured.smallest));
  ok(measured.faintest.ratio >= 4.5, JSON.stringify(measured.faintest));
}

async function checkGallery(browser: TestBrowser, url: string): Promise<void> {
  await using opened = await browser.open(url, { width: 1280, scheme: "light" });
  const { page } = opened;
  const count = () => page.$eval("#count", (found) => found.textContent);
  equal(await count(), "60 of 75 templates");
  await page.click("#more");
  equal(await count(), "75 of 75 templates");
  await page.type("#query", "sd3.5");
  equal(await count(), "1 of 1 template");
  await page.waitForFunction("document.querySelector('.card img')?.naturalWidth === 1");
  equal(await page.$eval(".card bdi", (found) => found.textContent), "Template sd3.5_c");
  deepEqual(opened.complaints, []);
}

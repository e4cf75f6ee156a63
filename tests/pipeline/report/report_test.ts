import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { buildReport, renderReport } from "../../../src/pipeline/mod.ts";
import { findChromium, startChromium, type TestBrowser } from "../../support/chromium.ts";
import { MappingsBuilder } from "../../support/mappings_builder.ts";
import { MEASURE_PAGE, type PageMeasures } from "./page_checks.ts";

const HOSTILE = [
  "</script><script>globalThis.broken = true</script>",
  "<img src=x onerror='globalThis.broken = true'>",
  "--></style><!--",
  "\u202egnp.exe\u202c and \u2066more",
  "عقدة عربية — עברית",
  "W".repeat(67),
  "tab\tnul\0bell\x07esc\x1b[31m",
  "\ud800 lone",
  "${globalThis.broken = true}",
  "\u2028\u2029&amp;\"'`",
  "__proto__",
];

function hostileMappings(): MappingsBuilder {
  const builder = new MappingsBuilder();
  HOSTILE.forEach((name, index) => {
    builder.withPackage(`pack-${index} ${name}`, {
      display_name: name,
      author: name,
      repository: index % 2
        ? `javascript:globalThis.broken = true//${name}`
        : `https://x.example/"${name}`,
      status: name,
      downloads: 10 ** (index % 8),
      created_at: `2025-${String(index + 1).padStart(2, "0")}-01T00:00:00Z`,
      versions: { "1.0.0": { status: name, release_date: "2026-01-01T00:00:00Z" } },
    });
  });
  for (let index = 0; index < 300; index++) builder.withPackage(`filler-${index}`);
  const ids = HOSTILE.map((name, index) => `pack-${index} ${name}`);
  for (const name of HOSTILE) builder.withNode(name, ids.slice(0, 5));
  return builder;
}

const html = renderReport(buildReport(hostileMappings().build()));

Deno.test("renderReport() gives equal bytes for equal data", () => {
  assert.equal(renderReport(buildReport(hostileMappings().build())), html);
});

Deno.test("renderReport() escapes every name, whatever it is", () => {
  const count = (text: string, part: string) => text.split(part).length;
  const clean = renderReport(buildReport(aReport("plain")));
  fc.assert(
    fc.property(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary" }), (bad, noise) => {
      const page = renderReport(buildReport(aReport(bad + noise)));
      for (const tag of ["<script", "</script", "<style", "</style", "<img", "<!--"]) {
        assert.equal(count(page, tag), count(clean, tag), tag);
      }
      assert.doesNotMatch(page, /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]|javascript:/u);
    }),
    { numRuns: 60 },
  );
});

Deno.test("renderReport() links to nothing but the web", () => {
  assert.ok(html.includes('href="https://x.example/'));
  assert.ok(!html.includes("javascript:"));
});

Deno.test("renderReport() of no data at all is still a page", () => {
  const page = renderReport(buildReport(new MappingsBuilder().build()));
  const main = /<main>([^]*)<\/main>/.exec(page)?.[1] ?? "";
  assert.ok(main.includes("None."));
  assert.equal(/NaN|undefined|Infinity/.exec(main)?.[0], undefined);
});

const executable = findChromium();

Deno.test({
  name: "renderReport() works in Chromium: quiet, offline, legible, light and dark, searchable",
  ignore: executable === undefined && Deno.build.os !== "linux",
  async fn(t) {
    assert.ok(executable, "Cannot find Chromium: install it, or name it with CHROMIUM");
    const dir = await Deno.makeTempDir();
    await using browser = await startChromium(executable);
    try {
      const file = join(dir, "report.html");
      await Deno.writeTextFile(file, html);
      const url = pathToFileURL(file).href;
      const grounds = new Set<string>();
      for (const scheme of ["light", "dark"] as const) {
        for (const width of [390, 1280]) {
          await t.step(`${scheme} at ${width} pixels`, async () => {
            grounds.add(await checkLook(browser, url, width, scheme));
          });
        }
      }
      assert.equal(grounds.size, 2);
      await t.step("the search box filters and the headings sort", () => checkTable(browser, url));
      await t.step("the content policy refuses other scripts", () => checkPolicy(browser, url));
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});

async function checkLook(
  browser: TestBrowser,
  url: string,
  width: number,
  scheme: "light" | "dark",
): Promise<string> {
  await using opened = await browser.open(url, { width, scheme });
  const measured = await opened.page.evaluate(MEASURE_PAGE) as PageMeasures;
  assert.deepEqual(opened.complaints, []);
  assert.deepEqual(opened.requests, []);
  assert.equal(await opened.page.evaluate("globalThis.broken"), undefined);
  assert.equal(measured.overflow, 0);
  assert.ok(measured.smallest.size >= 12, JSON.stringify(measured.smallest));
  assert.ok(measured.faintest.ratio >= 4.5, JSON.stringify(measured.faintest));
  return measured.background;
}

async function checkTable(browser: TestBrowser, url: string): Promise<void> {
  await using opened = await browser.open(url, { width: 1280, scheme: "light" });
  const { page } = opened;
  const count = () => page.$eval("#count", (found) => found.textContent);
  const first = () => page.$eval("#packages tbody th bdi", (found) => found.textContent);
  assert.equal(await count(), "100 of 311 packages");
  await page.click("#more");
  assert.equal(await count(), "200 of 311 packages");
  await page.type("#query", "FILLER-29");
  assert.equal(await count(), "11 of 11 packages");
  assert.equal(await first(), "filler-29");
  await page.click('th[data-sort="name"] button');
  await page.click('th[data-sort="name"] button');
  assert.equal(await first(), "filler-299");
  await page.type("#query", " nothing");
  assert.equal(await count(), "0 of 0 packages");
  assert.deepEqual(opened.complaints, []);
}

async function checkPolicy(browser: TestBrowser, url: string): Promise<void> {
  await using opened = await browser.open(url, { width: 390, scheme: "light" });
  await opened.page.evaluate(`(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.broken = true";
    document.body.append(script);
  })()`);
  assert.equal(await opened.page.evaluate("globalThis.broken"), undefined);
  assert.equal(opened.complaints.length, 1);
}

function aReport(name: string) {
  return new MappingsBuilder()
    .withPackage(name, {
      display_name: name,
      author: name,
      repository: name,
      created_at: name,
      status: name,
    })
    .withPackage("other")
    .withNode(name, [name, "other"])
    .build();
}

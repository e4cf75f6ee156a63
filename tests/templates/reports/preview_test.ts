import { deepEqual, equal, match, ok } from "node:assert/strict";
import { workingFiles } from "../../../src/templates/mod.ts";
import { previewHandler } from "../../../src/templates/reports/mod.ts";
import { findChromium, startChromium } from "../../support/chromium.ts";
import { reportScene } from "../../support/templates/report_scene.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";
import { blankThumbnail } from "../../../src/templates/edits/mod.ts";

function handlerOf({ root }: TemplateFixture) {
  return previewHandler({
    files: workingFiles(root),
    templatesDir: "templates",
    read: () => reportScene(root),
  });
}

Deno.test("a preview gives out files below templates and nothing else, to this machine alone", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const handler = handlerOf(fixture);
  const ask = async (path: string, init?: RequestInit, host = "127.0.0.1:8190") => {
    const response = await handler(new Request(`http://${host}${path}`, init));
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      text: await response.text(),
    };
  };
  const index = await ask("/templates/index.json");
  equal(index.text, await fixture.read("templates/index.json"));
  equal(index.type, "application/json; charset=utf-8");
  equal((await ask("/templates/logo%2Fgoogle.png")).type, "image/png");
  equal((await ask("/templates/vid_b-1.webp", { method: "HEAD" })).text, "");
  for (
    const path of [
      ...["/templates/..%2Fbundles.json", "/templates/%2e%2e%2fpyproject.toml", "/bundles.json"],
      ...["/templates/", "/templates/%zz", "/templates//etc/passwd", "/.git/config"],
    ]
  ) equal((await ask(path)).status, 404, path);
  equal((await ask("/", { method: "POST" })).status, 405);
  equal((await ask("/", {}, "evil.example:8190")).status, 403);
  equal((await ask("/", {}, "localhost:8190")).status, 200);
});

Deno.test("a preview shows what is edited meanwhile, and tells a configuration that cannot be used", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const handler = handlerOf(fixture);
  const page = async () => await (await handler(new Request("http://127.0.0.1/"))).text();
  ok(!(await page()).includes("Fresh title"));
  await fixture.change<{ templates: { title: string }[] }[]>("templates/index.json", (list) => {
    list[0]!.templates[0]!.title = "Fresh title";
  });
  match(await page(), /Fresh title/);
  await fixture.write("templates.config.json", '{"bundels": "x"}');
  match(await page(), /Cannot use templates\.config\.json/);
});

const executable = findChromium();

Deno.test({
  name: "the preview works in Chromium: pictures, also an empty template's, quiet",
  ignore: executable === undefined && Deno.build.os !== "linux",
  async fn() {
    ok(executable, "Cannot find Chromium: install it, or name it with CHROMIUM");
    await using fixture = await templateRepository("today", { git: false });
    await fixture.write("templates/vid_b-1.webp", blankThumbnail());
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      handlerOf(fixture),
    );
    await using browser = await startChromium(executable);
    const url = `http://127.0.0.1:${server.addr.port}/`;
    await using opened = await browser.open(url, { width: 1280, scheme: "light" });
    const loaded =
      "[...document.querySelectorAll('.card img')].filter((one) => one.naturalWidth > 0)";
    await opened.page.waitForFunction(`${loaded}.length === 5`, { timeout: 30_000 });
    equal(
      await opened.page.$eval(".card a", (found) => found.getAttribute("href")),
      "/templates/api_a.json",
    );
    deepEqual(opened.complaints, []);
    ok(opened.requests.every((request) => request.startsWith(url)));
  },
});

import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { templateRepository } from "../../support/template_repository.ts";

interface Stats {
  readonly templates: number;
  readonly bytes: number;
  readonly categories: readonly { name: string; templates: number; bytes: number }[];
  readonly media_types: readonly { name: string; templates: number; bytes: number }[];
  readonly bundles: readonly { name: string; templates: number; bytes: number }[];
  readonly locales: readonly { locale: string; present: number; translated: number }[];
}

Deno.test("point 81: stats counts per category, media type, bundle and translation, with bytes", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await fixture.change<{ templates: { name: string; description: string; mediaType: string }[] }[]>(
    "templates/index.zh.json",
    (list) => void (list[0]!.templates[0]!.description = "What api_a does"),
  );
  await fixture.change<{ templates: { mediaType: string }[] }[]>(
    "templates/index.json",
    (list) => void (list[1]!.templates[0]!.mediaType = "video"),
  );
  const argv = ["templates", "stats", "-C", fixture.root, "--no-cache"];
  const { code, json } = await runInProcess([...argv, "--json"]);
  equal(code, 0);
  await assertPublishedShape(json);
  const data = json?.data as Stats;
  const counts = (list: readonly { name: string; templates: number }[]) =>
    list.map(({ name, templates }) => `${name} ${templates}`);
  equal(data.templates, 5);
  deepEqual(counts(data.categories), ["Image 3", "Video 1", "Image 1"]);
  deepEqual(counts(data.media_types), ["image 4", "video 1"]);
  deepEqual(counts(data.bundles).slice(2), ["media-assets-01 1", "media-assets-02 2"]);
  const sizes = ["vid_b.json", "vid_b-1.webp"].map((name) =>
    Deno.statSync(join(fixture.root, "templates", name)).size
  );
  equal(data.media_types[1]?.bytes, sizes[0]! + sizes[1]!);
  deepEqual(
    data.locales.map(({ locale, present, translated }) => [locale, present, translated]),
    [["zh", 5, 4]],
  );
  match((await runInProcess(argv)).stdout, /zh +4 +80 %/);
});

Deno.test("stats count in an access log what was given out, by template", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const line = (request: string, status: number) =>
    `127.0.0.1 - - [01/Nov/2025:00:00:00 +0000] "${request} HTTP/1.1" ${status} 12 "-" "agent"`;
  await fixture.write(
    "access.log",
    [
      line("GET /templates/api_a.json?v=1", 200),
      line("HEAD /templates/api_a.json", 304),
      line("GET /templates/api_a-1.webp", 206),
      line("GET /templates/img_a.json", 404),
      line("POST /templates/img_a.json", 200),
      line("GET /templates/api_a_other.json", 200),
      "no line of a log",
      "",
    ].join("\r\n"),
  );
  const argv = [
    "templates",
    "stats",
    "-C",
    fixture.root,
    "--log",
    join(fixture.root, "access.log"),
  ];
  const { code, json } = await runInProcess([...argv, "--json"]);
  equal(code, 0);
  await assertPublishedShape(json);
  deepEqual((json?.data as { usage: unknown }).usage, [
    { id: "api_a", requests: 3, opened: 2 },
    { id: "img_a", requests: 0, opened: 0 },
  ]);
  match((await runInProcess(argv)).stdout, /Opened\napi_a +2 +3 requests\nimg_a +0/);
  const none = [...argv.slice(0, -1), join(fixture.root, "none.log")];
  match((await runInProcess(none)).stderr, /none\.log": it does not exist/);
});

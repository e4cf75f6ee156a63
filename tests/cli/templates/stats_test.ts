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

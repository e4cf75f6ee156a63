import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { serve } from "../../support/http_server.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { sampleEntry, sampleWorkflow } from "../../support/templates/sample_files.ts";
import { tinyWebp } from "../../support/templates/pictures.ts";
import {
  addIndexEntry,
  addToBundle,
  type TemplateFixture,
  templateRepository,
} from "../../support/template_repository.ts";

/** Runs a command of the group twice: for its data, whose shape is checked, and for people. */
async function run({ root }: TemplateFixture, ...words: string[]) {
  const argv = ["templates", ...words, "-C", root];
  const { code, json } = await runInProcess([...argv, "--json"]);
  await assertPublishedShape(json);
  const { stdout } = await runInProcess(argv);
  return { code, data: (json?.data ?? {}) as Record<string, unknown>, stdout };
}

Deno.test("check ends with 1 on errors, with --strict also on warnings, and tells one area alone", async () => {
  await using fixture = await templateRepository("seed");
  const sound = await run(fixture, "check");
  deepEqual([sound.code, sound.stdout], [0, "No findings\n"]);
  await fixture.write("templates/nobody-1.webp", tinyWebp("nobody"));
  equal((await run(fixture, "check")).code, 0);
  const strict = await run(fixture, "check", "--strict");
  equal(strict.code, 1);
  match(strict.stdout, /^warning W_ORPHAN_MEDIA templates\/nobody-1\.webp: .*\n {2}hint: /);
  await fixture.write("templates/img_b.json", sampleWorkflow("img_b"));
  equal((await run(fixture, "check")).code, 1);
  equal((await run(fixture, "check", "locales")).code, 0);
  equal((await runInProcess(["templates", "check", "locale", "-C", fixture.root])).code, 2);
});

Deno.test("check takes a list of published files, in JSON or line by line", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await fixture.write("list.txt", "a/api_a.json\r\nimg_a.json\nimg_a-1.webp\n");
  await fixture.write("list.json", '{"files": ["api_a.json", "img_a.json", "x/img_a-1.webp"]}');
  for (const list of ["list.txt", "list.json"]) {
    const { code, data } = await run(fixture, "check", "--published", join(fixture.root, list));
    equal(code, 1);
    const [found] = data.findings as { file: string; code: string }[];
    deepEqual([found?.code, found?.file], ["E_NOT_PUBLISHED", "templates/api_a-1.webp"]);
  }
});

Deno.test("sync --check and --dry-run change nothing; sync changes what they tell", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("templates/img_a-1.webp", tinyWebp("new"));
  const check = await run(fixture, "sync", "--check");
  equal(check.code, 1);
  const dry = await run(fixture, "sync", "--dry-run");
  equal(dry.code, 0);
  match(dry.stdout, /^\+ +"sha256"/m);
  match(
    dry.stdout,
    /^copy packages\/media_image\/src\/demo_media_image\/templates\/img_a-1\.webp$/m,
  );
  equal(await fixture.git("status", "--short"), "M templates/img_a-1.webp");
  equal((await runInProcess(["templates", "sync", "-C", fixture.root])).code, 0);
  match(await fixture.git("status", "--short"), /manifest\.json/);
  const again = await run(fixture, "sync", "--check");
  deepEqual([again.code, again.stdout], [0, "Everything is in step\n"]);
  await fixture.write("bundles.json", '{"media-api": ["api_a "]}');
  equal((await runInProcess(["templates", "sync", "-C", fixture.root])).code, 1, "first the ids");
});

Deno.test("duplicates, size and stats measure what is there", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await fixture.write("templates/img_a-1.webp", tinyWebp("api_a 1"));
  const duplicates = await run(fixture, "duplicates");
  const [group] = duplicates.data.groups as {
    files: string[];
    bundles: string[];
    wasted_bytes: number;
  }[];
  deepEqual(group?.files, ["api_a-1.webp", "img_a-1.webp"]);
  deepEqual(group?.bundles, ["media-api", "media-image"]);
  equal(duplicates.data.wasted_bytes, tinyWebp("api_a 1").length);

  equal((await run(fixture, "size")).code, 0);
  await fixture.write("templates.config.json", '{"limits": {"fileLimit": 400}}');
  const size = await run(fixture, "size");
  equal(size.code, 1);
  match(size.stdout, /^media_assets_02 .* over$/m);
  match(size.stdout, /^png .*as webp about .* less$/m);
  await fixture.remove("templates.config.json");

  await fixture.write(
    "access.log",
    ["/t/img_a.json", "/t/img_a-1.webp?x", "/t/img_a.json", "/t/gone.json"]
      .map((path) => `127.0.0.1 - - [01/Nov/2025:00:00:00 +0000] "GET ${path} HTTP/1.1" 200 5\n`)
      .join(""),
  );
  const stats = await run(fixture, "stats", "--log", join(fixture.root, "access.log"));
  const { usage, locales, categories, bundles, media_types } = stats.data as Record<
    string,
    object[]
  >;
  deepEqual(usage?.[0], { id: "img_a", requests: 3, opened: 2 });
  deepEqual(locales, [{ locale: "zh", present: 5, translated: 5, percent: 100 }]);
  deepEqual(
    [categories, bundles, media_types].map((list) =>
      list?.map((one) => Object.values(one).slice(0, 2).join(" "))
    ),
    [
      ["Image 3", "Video 1", "Image 1"],
      ["media-api 1", "media-image 1", "media-assets-01 1", "media-assets-02 2"],
      ["image 5"],
    ],
  );
});

Deno.test("links tells addresses, and with --online whether something is there", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await using server = serve((request) =>
    new Response(null, { status: request.url.endsWith("/api_a.safetensors") ? 200 : 404 })
  );
  for (const id of ["api_a", "img_a"]) {
    await fixture.write(
      `templates/${id}.json`,
      sampleWorkflow(id).replace("https://models.invalid", server.url),
    );
  }
  const offline = await run(fixture, "links");
  deepEqual([offline.code, offline.stdout], [0, "2 addresses; --online asks their servers\n"]);
  equal(server.requests.length, 0);
  const online = await run(fixture, "links", "--online", "--retries", "0");
  equal(online.code, 1);
  deepEqual((online.data.links as { state: string }[]).map(({ state }) => state), [
    "alive",
    "dead",
  ]);
  match(online.stdout, /^error E_DEAD_LINK templates\/img_a\.json:\d+ \$\.nodes\[0\]/);
  match(online.stdout, /1 of 2 addresses lead somewhere/);
  const skip = await run(fixture, "links", "--online", "--skip", server.url);
  equal(skip.code, 0);
});

Deno.test("versions tells revisions and releases from the tags", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("templates/img_a-1.webp", tinyWebp("second"));
  await fixture.commit("second", "v0.6.0");
  await fixture.commit("nothing", "v0.10.0");
  await fixture.write("templates/api_a.json", sampleWorkflow("api_b"));
  const { data, stdout } = await run(fixture, "versions");
  const shown = (data.templates as Record<string, unknown>[]).map((
    { id, revision, first_release, last_release, released },
  ) => [id, revision, first_release, last_release, released]);
  deepEqual(shown, [
    ["api_a", 2, "v0.5.0", "v0.5.0", false],
    ["img_a", 2, "v0.5.0", "v0.6.0", true],
  ]);
  match(stdout, /^api_a +r2 +[0-9a-f]{12} +v0\.5\.0 … v0\.5\.0 +not released$/m);
  const before = data.templates as { content: string }[];
  await fixture.commit("third", "v0.11.0");
  const after = (await run(fixture, "versions")).data.templates as {
    content: string;
    released: boolean;
  }[];
  equal(after[0]?.content, before[0]?.content, "a commit does not change the content");
  equal(after[0]?.released, true);
});

Deno.test("oddities: a shallow clone and a directory without git are told, a repository without tags has no release", async () => {
  await using fixture = await templateRepository("seed", { tag: null });
  const none = await run(fixture, "compat");
  deepEqual([none.code, none.stdout], [0, "There is no release to compare with\n"]);
  await fixture.commit("second");
  const clone = await Deno.makeTempDir();
  await fixture.git("clone", "--quiet", "--depth", "1", `file://${fixture.root}`, clone);
  for (const words of [["compat"], ["versions"]]) {
    const shallow = await runInProcess(["templates", ...words, "-C", clone, "--json"]);
    deepEqual([shallow.code, shallow.json?.error?.code], [3, "E_SHALLOW"]);
  }
  await Deno.remove(join(clone, ".git"), { recursive: true });
  equal((await runInProcess(["templates", "compat", "-C", clone])).code, 3);
  const committed = await runInProcess(["templates", "check", "--committed", "-C", clone]);
  deepEqual([committed.code, /not under git/.test(committed.stderr)], [3, true]);
  await Deno.remove(clone, { recursive: true });
});

Deno.test("compat tells what users of the last release would miss, unless it is acknowledged", async () => {
  await using fixture = await templateRepository("seed");
  type Index = { title: string; isEssential?: boolean; templates: Record<string, unknown>[] }[];
  await fixture.write("templates/img_old.json", sampleWorkflow("img_old"));
  await addIndexEntry(fixture, sampleEntry("img_old"));
  await fixture.change<Index>("templates/index.json", (index) => {
    index.push({
      ...index[0]!,
      title: "Start",
      isEssential: true,
      templates: [sampleEntry("img_b")],
    });
    index.push({ ...index[0]!, title: "Other", templates: [] });
  });
  type Graph = { nodes: Record<string, unknown>[] };
  await fixture.change<Graph>("templates/img_a.json", ({ nodes }) => {
    const load = { ...nodes[1], id: 3, type: "LoadImage", inputs: [] };
    nodes.push({ ...load, widgets_values: ["picture.png", "image"] });
  });
  await fixture.commit("more", "v0.6.0");
  await fixture.change<Index>("templates/index.json", (index) => {
    index[0]!.templates[0]!.minComfyUIVersion = "0.4.0";
    index[0]!.templates[2] = sampleEntry("img_new");
    index[1]!.templates = [];
    index.pop();
  });
  await fixture.write("templates/img_new.json", sampleWorkflow("img_old"));
  await fixture.change<Graph>("templates/img_a.json", ({ nodes }) => {
    nodes[0]!.properties = {};
    nodes.pop();
  });
  const { code, data } = await run(fixture, "compat");
  equal(code, 1);
  const codes = (data.findings as { code: string; message: string }[])
    .map((one) => `${one.code} ${one.message}`).sort();
  deepEqual(codes, [
    'E_CATEGORY_EMPTIED The essential category "Start" is empty',
    'E_INPUT_REMOVED Template "img_a" reads 0 files, and read 1 before',
    'E_MIN_VERSION_RAISED Template "api_a" needs ComfyUI 0.4.0, and needed no certain version before',
    'E_MODEL_REMOVED Template "img_a" does not use "img_a.safetensors" any more',
    'E_TEMPLATE_REMOVED The template "img_b" of v0.6.0 is gone',
    'E_TEMPLATE_RENAMED The template "img_old" is called "img_new" now',
    'W_CATEGORY_REMOVED The category "Other" is gone',
  ]);
  deepEqual(data.added, ["img_new"]);
  const meant = ["Start", "api_a", "img_a", "img_b", "img_old"].flatMap((
    id,
  ) => ["--acknowledge", id]);
  equal((await run(fixture, "compat", ...meant)).code, 0);
});

Deno.test("test looks at one template, also at whether ComfyUI offers its nodes", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  equal((await run(fixture, "test", "img_a")).code, 0);
  await fixture.write("info.json", '{"CheckpointLoaderSimple": {}}');
  const info = ["--object-info", join(fixture.root, "info.json")];
  const unknown = await run(fixture, "test", "img_a", ...info);
  deepEqual([unknown.code, unknown.data.unknown_classes], [1, ["PreviewAny"]]);
  match(unknown.stdout, /^error ComfyUI offers no "PreviewAny"$/m);
  await fixture.remove("templates/img_a-1.webp");
  const broken = await run(fixture, "test", "img_a");
  equal(broken.code, 1);
  equal((await run(fixture, "test", "api_a")).code, 0, "the other one is sound");
  const none = await runInProcess(["templates", "test", "img_aa", "-C", fixture.root, "--json"]);
  deepEqual([none.code, none.json?.error?.code], [4, "E_NO_TEMPLATE"]);
  match(none.json?.error?.hint ?? "", /img_a/);
  await addToBundle(fixture, "media-image", "ghost");
  equal((await run(fixture, "test", "api_a")).code, 0);
});

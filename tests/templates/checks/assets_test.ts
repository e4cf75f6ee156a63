import { deepEqual } from "node:assert/strict";
import { tinyPng, tinyWebp } from "../../support/templates/pictures.ts";
import { findingsAfter, only } from "../../support/templates/check_findings.ts";
import type { TemplateFixture } from "../../support/template_repository.ts";

type Entry = Record<string, unknown>;

function changeEntry(fixture: TemplateFixture, change: (entry: Entry) => void): Promise<void> {
  return fixture.change<{ templates: Entry[] }[]>(
    "templates/index.json",
    ([category]) => void change(category!.templates[0]!),
  );
}

Deno.test("point 51: a missing first picture, a missing second of a pair and a gap are told", async () => {
  const found = await findingsAfter(async (fixture) => {
    await fixture.remove("templates/api_a-1.webp");
    await changeEntry(fixture, (entry) => entry.thumbnailVariant = "compareSlider");
    await fixture.write("templates/img_a-3.webp", tinyWebp("third"));
  }, { area: "assets" });
  const missing = found.filter(({ code }) => code === "E_NO_THUMBNAIL");
  deepEqual(missing.map(({ path, message }) => `${path} ${message}`), [
    "$[0].templates[0] There is no templates/api_a-1.webp",
    '$[0].templates[0] There is no templates/api_a-2.webp, which "compareSlider" shows',
  ]);
  only(found, "E_THUMBNAIL_GAP", { file: "templates/img_a-3.webp", message: /none with number 2/ });
});

Deno.test("point 52: extension, mediaSubtype and first bytes have to agree", async () => {
  const found = await findingsAfter(async (fixture) => {
    await fixture.remove("templates/api_a-1.webp");
    await fixture.write("templates/api_a-1.png", tinyPng("api"));
    await fixture.write("templates/img_a-1.webp", tinyPng("img"));
    await fixture.write("templates/img_a-2.webp", "version https://git-lfs.github.com/spec/v1\n");
    await fixture.write("templates/img_a-3.webp", "");
    await fixture.write("templates/img_a-4.webp", "RIFX?");
  }, { area: "assets" });
  only(found, "E_THUMBNAIL_TYPE", {
    file: "templates/api_a-1.png",
    message: /says webp, and the file is png/,
  });
  const types = found.filter(({ code }) => code === "E_CONTENT_TYPE");
  deepEqual(types.map(({ message, hint }) => `${message}: ${hint}`), [
    '"img_a-1.webp" is a png file: Rename it to end with .png, or convert it',
    '"img_a-2.webp" is only a pointer of git LFS: Run `git lfs pull`',
    '"img_a-3.webp" is empty: Export it again',
    '"img_a-4.webp" does not begin as a webp file does: Export it again',
  ]);
});

Deno.test("point 53: files that belong to no template are warned of", async () => {
  const found = await findingsAfter(async (fixture) => {
    await fixture.write("templates/nobody-1.webp", tinyWebp("nobody"));
    await fixture.write("templates/img_a-1.psd", "8BPS");
    await fixture.write("templates/logo/unused.png", tinyPng("unused"));
  }, { area: "assets" });
  const orphans = found.filter(({ code }) => code === "W_ORPHAN_MEDIA").map(({ file }) => file);
  deepEqual(orphans, [
    "templates/img_a-1.psd",
    "templates/logo/unused.png",
    "templates/nobody-1.webp",
  ]);
});

Deno.test("point 54: pictures of several templates with the same content are warned of", async () => {
  const found = await findingsAfter(async (fixture) => {
    await fixture.write("templates/img_a-1.webp", tinyWebp("api_a 1"));
    await fixture.write("templates/img_a-2.webp", tinyWebp("api_a 1"));
  }, { area: "duplicates" });
  const same = only(found, "W_DUPLICATE_FILE", { file: "templates/api_a-1.webp" });
  deepEqual(same.details?.ids, ["api_a", "img_a"]);
});

Deno.test("point 55: a large file is warned of, one above the limit of the index is an error", async () => {
  const grown = (size: number) => {
    const bytes = new Uint8Array(size);
    bytes.set(tinyWebp("grown"));
    return bytes;
  };
  const found = await findingsAfter(async (fixture) => {
    await fixture.write("templates.config.json", '{"limits": {"fileLimit": 6000000}}');
    await fixture.write("templates/api_a-1.webp", grown(5_000_001));
    await fixture.write("templates/img_a-1.webp", grown(6_000_001));
  }, { area: "assets" });
  only(found, "W_LARGE_FILE", { file: "templates/api_a-1.webp", message: /has 5\.0 MB/ });
  only(found, "E_LARGE_FILE", { file: "templates/img_a-1.webp", message: /may have 6 MB/ });
});

Deno.test("point 56: files that templates read have to be among the inputs", async () => {
  const found = await findingsAfter(async (fixture) => {
    await fixture.write("input/sub/there.png", tinyPng("there"));
    await changeEntry(fixture, (entry) =>
      entry.io = {
        inputs: ["picture.png", "gone.png", ""].map((file, at) => ({
          ...{ nodeId: at, nodeType: "LoadImage", file, mediaType: "image" },
        })),
      });
    await fixture.change<{ nodes: Entry[] }>("templates/img_a.json", ({ nodes }) => {
      const load = (widgets_values: string[]) => ({
        ...nodes[0],
        type: "LoadImage",
        widgets_values,
      });
      nodes[0] = { ...load(["lost.png"]), properties: {} };
      const there = ["picture.png [input]", "x.png [output]", "example.png", "sub\\there.png"];
      for (const [at, name] of there.entries()) {
        nodes.push({ ...load([name]), id: 3 + at, properties: {}, outputs: [], order: 2 + at });
      }
    });
  }, { layout: "today", area: "assets" });
  const missing = found.filter(({ code }) => code === "E_INPUT_MISSING");
  deepEqual(missing.map(({ file, path, message }) => `${file} ${path} ${message}`), [
    'templates/img_a.json $.nodes[0].widgets_values[0] Template "img_a" reads "lost.png", and there is no input/lost.png',
    'templates/index.json $[0].templates[0].io.inputs[1].file Template "api_a" reads "gone.png", and there is no input/gone.png',
  ]);
});

Deno.test("point 57: a video that is said to be written as JSON is warned of", async () => {
  const found = await findingsAfter((fixture) =>
    changeEntry(fixture, (entry) =>
      entry.io = {
        outputs: ["api_a.json", "api_a.mp4"].map((file) => ({
          ...{ nodeId: 2, nodeType: "SaveVideo", file, mediaType: "video" },
        })),
      })
  );
  only(found, "W_OUTPUT_FILE", {
    path: "$[0].templates[0].io.outputs[0].file",
    message: /SaveVideo writes the video "api_a\.json"/,
  });
});

Deno.test("scenario 15, outside templates: a picture that was never published is told although the index names another", async () => {
  const found = await findingsAfter(async (fixture) => {
    await changeEntry(fixture, (entry) => entry.thumbnail = ["thumbnail/x.png"]);
    await fixture.write("thumbnail/x.png", tinyPng("x"));
  }, { published: new Set(["api_a.json", "img_a.json", "img_a-1.webp", "index.json"]) });
  only(found, "E_NOT_PUBLISHED", {
    file: "templates/api_a-1.webp",
    message: /"api_a-1\.webp" of template "api_a"/,
  });
  const absent = await findingsAfter((fixture) =>
    changeEntry(fixture, (entry) => entry.thumbnail = ["thumbnail/x.png"])
  );
  only(absent, "E_NO_THUMBNAIL", { path: "$[0].templates[0].thumbnail[0]" });
});

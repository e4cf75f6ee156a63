import { deepEqual, equal, match } from "node:assert/strict";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { templateRepository } from "../../support/template_repository.ts";
import { findingsOf } from "../../support/templates/check_findings.ts";
import { readPicture } from "../../support/templates/shown_pictures.ts";

interface Found {
  readonly findings: readonly { readonly code: string; readonly file: string }[];
}

interface Duplicates {
  readonly groups: readonly {
    readonly files: readonly string[];
    readonly changed: readonly string[];
  }[];
  readonly similar:
    | readonly { readonly files: readonly string[]; readonly distance: number }[]
    | null;
  readonly broken: readonly { readonly file: string }[];
}

const env = { PATH: Deno.env.get("PATH") ?? "" };

Deno.test("thumbnails of two templates that look alike are a warning, and an error where one of them changed", async () => {
  await using fixture = await templateRepository("seed");
  const check = async (...args: readonly string[]) => {
    const argv = ["templates", "check", ...args, "-C", fixture.root, "--json"];
    const { code, json } = await runInProcess(argv, { env });
    const { findings } = json?.data as Found;
    return [
      code,
      ...findings.flatMap(({ code: one, file }) =>
        /SIMILAR|DUPLIC|BROKEN/.test(one) ? [`${one} ${file}`] : []
      ),
    ];
  };
  await fixture.write("templates/api_a-1.webp", await readPicture("still.webp"));
  await fixture.commit("feat: a picture", "v0.6.0");
  deepEqual(await check("duplicates"), [0]);
  await fixture.write("templates/img_a-1.webp", await readPicture("animated.webp"));
  const [warning, error] = ["W", "E"].map((letter) => `${letter}_SIMILAR_THUMBNAIL templates/`);
  deepEqual(await check("duplicates"), [0, `${warning}api_a-1.webp`]);
  deepEqual(await check("duplicates", "--since", "v0.6.0"), [1, `${error}img_a-1.webp`]);
  deepEqual((await check("--since", "v0.6.0")).slice(1), [], "only asked for by name");
  await fixture.commit("feat: another one");
  deepEqual(await check("duplicates", "--since", "HEAD"), [0, `${warning}api_a-1.webp`]);
  await fixture.write("templates/img_a-1.webp", await readPicture("still.webp"));
  deepEqual(await check("duplicates", "--since", "HEAD"), [
    1,
    "E_DUPLICATE_THUMBNAIL templates/img_a-1.webp",
  ]);
  equal(
    (await runInProcess(["templates", "check", "--since", "nowhere", "-C", fixture.root], { env }))
      .code,
    2,
  );
});

Deno.test("duplicates tells equal files, alike thumbnails and those that cannot be seen", async () => {
  await using fixture = await templateRepository("seed");
  const run = async (...args: readonly string[]) => {
    const argv = ["templates", "duplicates", ...args, "-C", fixture.root];
    const { code, json } = await runInProcess([...argv, "--json"], { env });
    await assertPublishedShape(json);
    const { stdout } = await runInProcess(argv, { env });
    return { code, stdout, data: json?.data as Duplicates };
  };
  const quiet = await run("--perceptual");
  deepEqual([quiet.code, quiet.data.similar], [0, []]);
  match(quiet.stdout, /no thumbnails look alike/);
  await fixture.write("templates/api_a-1.webp", await readPicture("still.webp"));
  await fixture.write("templates/img_a-1.webp", await readPicture("animated.webp"));
  await fixture.write("templates/img_a-2.webp", (await readPicture("animated.webp")).slice(0, 400));
  equal((await run()).data.similar, null);
  const { code, data, stdout } = await run("--perceptual", "--since", "v0.5.0");
  equal(code, 1);
  deepEqual(data.similar?.map(({ files }) => files), [["api_a-1.webp", "img_a-1.webp"]]);
  deepEqual(data.broken.map(({ file }) => file), ["img_a-2.webp"]);
  match(stdout, /alike api_a-1\.webp \(changed\), img_a-1\.webp \(changed\)/);
  await fixture.write("templates/img_a-1.webp", await readPicture("still.webp"));
  const equalFiles = await run("--since", "v0.5.0");
  deepEqual([equalFiles.code, equalFiles.data.groups[0]?.changed], [1, [
    "api_a-1.webp",
    "img_a-1.webp",
  ]]);
});

Deno.test("a picture that looks like several others is told once, with them", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const picture = await readPicture("still.webp");
  await fixture.write("templates/api_a-1.webp", picture);
  await fixture.write("templates/img_a-1.webp", Uint8Array.of(...picture, 0));
  await fixture.write("templates/vid_b-1.webp", await readPicture("animated.webp"));
  const found = (await findingsOf(fixture, "duplicates", { pictures: true }))
    .map(({ code, message }) => `${code} ${message}`);
  deepEqual(found, [
    'W_SIMILAR_THUMBNAIL "api_a-1.webp" looks like "img_a-1.webp", "vid_b-1.webp"',
    'W_SIMILAR_THUMBNAIL "img_a-1.webp" looks like "vid_b-1.webp"',
  ]);
});

import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { templateRepository } from "../../support/template_repository.ts";
import { treeOf } from "../../support/templates/tree.ts";

interface Edit {
  readonly templates: readonly string[];
  readonly moved: readonly unknown[];
  readonly changes: readonly { readonly path: string; readonly diff: readonly string[] }[];
}

Deno.test("every edit shows its difference on a dry run, writes it otherwise, and its data has the published shape", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const picture = join(fixture.root, "templates", "vid_b-1.webp");
  const workflow = join(fixture.root, "templates", "vid_b.json");
  await fixture.write("renames.json", '{"vid_b": "video_b"}');
  const lines = [
    ["new", "image_x", "--title", "X", "--variant", "compareSlider"],
    ["add", "video_y", "--workflow", workflow, "--thumbnail", picture, "--media-type", "video"],
    ["rename", "image_x", "image_z"],
    ["move", "image_z", "--bundle", "media-assets-01"],
    ["archive", "image_z", "video_y"],
    ["restore", "image_z", "video_y"],
    ["migrate", "--renames", join(fixture.root, "renames.json")],
  ];
  for (const [command = "", ...words] of lines) {
    const argv = ["templates", command, ...words, "-C", fixture.root];
    const before = await treeOf(fixture);
    const dry = await runInProcess([...argv, "--dry-run", "--json"]);
    equal(dry.code, 0, dry.stderr);
    await assertPublishedShape(dry.json);
    deepEqual(await treeOf(fixture), before, command);
    const { json, code } = await runInProcess([...argv, "--json"]);
    equal(code, 0);
    await assertPublishedShape(json);
    const [shown, done] = [dry.json?.data as Edit, json?.data as Edit];
    deepEqual(shown.moved, done.moved);
    deepEqual(shown.changes.map(({ path }) => path), done.changes.map(({ path }) => path));
    equal(shown.changes.every(({ diff }) => diff.length > 2), true);
    equal(done.changes.length > 0, true, command);
  }
  equal(
    JSON.parse(await fixture.read("bundles.json"))["media-assets-01"].includes("image_z"),
    true,
  );
});

Deno.test("point 6: with --json one document is all of stdout, and what people are told goes to stderr", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const argv = ["templates", "rename", "-C", fixture.root, "--json"];
  for (const words of [["img_a", "img_b"], ["nothing", "img_c"]]) {
    const { stdout, stderr, json, code } = await runInProcess([...argv, ...words]);
    deepEqual(JSON.parse(stdout), json);
    equal(json?.ok, code === 0);
    if (code !== 0) match(stderr, /Cannot find the template "nothing"/);
  }
});

Deno.test("an edit tells moves, changed files and what is left to do", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const dry = await runInProcess(
    ["templates", "rename", "vid_b", "video_b", "-C", fixture.root, "--dry-run"],
  );
  match(dry.stdout, /^move templates\/vid_b\.json → templates\/video_b\.json$/m);
  match(dry.stdout, /^- +"name": "vid_b",$/m);
  const made = await runInProcess(["templates", "new", "image_x", "-C", fixture.root]);
  match(made.stdout, /^create templates\/image_x\.json\n/m);
  match(made.stdout, /^note Put the workflow/m);
  const moved = await runInProcess(
    ["templates", "move", "image_x", "--bundle", "media-assets-01", "-C", fixture.root],
  );
  match(moved.stdout, /^media-assets-02 .*B → .*B$/m);
  const date = await runInProcess(["templates", "new", "y", "--date", "today", "-C", fixture.root]);
  equal(date.code, 2);
});

Deno.test("scenario 18, archive: check stays clean, compat lists what is gone, and nothing is gone after restore", async () => {
  await using fixture = await templateRepository("today");
  const run = async (...words: readonly string[]) =>
    await runInProcess(["templates", ...words, "-C", fixture.root], {
      env: { PATH: Deno.env.get("PATH") ?? "" },
    });
  const before = (await run("check")).stdout;
  equal((await run("archive", "img_a")).code, 0);
  const check = await run("check");
  equal(check.code, 0, check.stdout);
  const compat = await run("compat");
  equal(compat.code, 1);
  match(compat.stdout, /img_a/);
  equal((await run("restore", "img_a")).code, 0);
  equal((await run("compat")).code, 0);
  equal((await run("check")).stdout, before);
  equal(await fixture.git("status", "--porcelain"), "");
});

Deno.test("every edit leaves a repository without errors as it was", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const check = async () =>
    await runInProcess(["templates", "check", "-C", fixture.root, "--no-cache"]);
  equal((await check()).code, 0);
  const lines = [
    ["new", "image_x"],
    ["rename", "sd3.5_c", "sd4_c"],
    ["move", "vid_b", "--bundle", "media-assets-02"],
    ["archive", "image_x", "vid_b"],
    ["restore", "vid_b"],
  ];
  for (const words of lines) {
    const { code, stderr } = await runInProcess(["templates", ...words, "-C", fixture.root]);
    equal(code, 0, stderr);
    const found = await check();
    equal(found.code, 0, `${words.join(" ")}: ${found.stdout}`);
  }
});

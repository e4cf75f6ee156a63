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

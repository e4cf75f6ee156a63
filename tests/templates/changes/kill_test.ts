import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { sha256OfText } from "../../../src/base/mod.ts";
import { runCli } from "../../support/run_cli.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { templateRepository } from "../../support/template_repository.ts";
import { treeOf } from "../../support/templates/tree.ts";

/** Where a command is killed, and whether what it began is then done or undone. */
const POINTS: readonly (readonly [point: string, end: "before" | "after"])[] = [
  ["templates:noted", "before"],
  ["templates:staged:3", "before"],
  ["templates:decided", "after"],
  ["templates:swapped:1", "after"],
  ["templates:swapped:4", "after"],
];

Deno.test("a command that is killed between two files is finished or taken back by the next one, which says so", async () => {
  await using fixture = await templateRepository("seed");
  const { root } = fixture;
  const archive = ["templates", "archive", "img_a", "-C", root];
  const before = await treeOf(fixture);
  equal((await runInProcess(archive)).code, 0);
  const after = await treeOf(fixture);
  const takeBack = async () => {
    await fixture.git("checkout", "--quiet", "--", ".");
    await fixture.git("clean", "-dfq");
    deepEqual(await treeOf(fixture), before);
  };
  await takeBack();
  for (const [point, end] of POINTS) {
    const { code } = await runCli(archive, { env: { COMFYDOCK_KILL_AT: point } });
    equal(code, 137, point);
    const next = await runInProcess(["templates", "stats", "-C", root]);
    equal(next.code, 0, next.stderr);
    match(next.stderr, end === "after" ? /Finished what .* \d+ files/ : /had changed nothing/);
    deepEqual(await treeOf(fixture), end === "after" ? after : before, point);
    const again = await runInProcess(["templates", "stats", "-C", root]);
    equal(again.stderr.includes("killed"), false);
    await takeBack();
  }
});

Deno.test("what somebody wrote after a command was killed stays as it is", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const { root } = fixture;
  const { code } = await runCli(["templates", "archive", "img_a", "-C", root], {
    env: { COMFYDOCK_KILL_AT: "templates:decided" },
  });
  equal(code, 137);
  await fixture.write("bundles.json", '{"mine": []}\n');
  const next = await runInProcess(["templates", "stats", "-C", root]);
  match(next.stderr, /bundles\.json was changed since/);
  equal(await fixture.read("bundles.json"), '{"mine": []}\n');
  const left = await Array.fromAsync(Deno.readDir(root));
  deepEqual(left.filter(({ name }) => /^\.comfydock|\.tmp$/.test(name)), []);
});

Deno.test("a journal that leads out of the repository, or is none, is refused with what to do", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const outside = await Deno.makeTempFile();
  const file = join(fixture.root, ".comfydock-changes.json");
  const journal = (step: unknown) =>
    JSON.stringify({ format: 1, phase: "swapping", made: [], steps: [step] });
  for (
    const text of [
      "{",
      journal({ path: "../x" }),
      journal({ path: outside }),
      journal({ path: "bundles.json", staged: "templates/img_a.json" }),
    ]
  ) {
    await Deno.writeTextFile(file, text);
    const { code, stderr } = await runInProcess(["templates", "stats", "-C", fixture.root]);
    equal(code, 1, text);
    match(stderr, /is no journal of them/);
    match(stderr, /git status/);
  }
  equal((await Deno.stat(outside)).isFile, true);
  await Deno.remove(outside);
  if (Deno.build.os === "windows") return;
  const elsewhere = await Deno.makeTempDir();
  await Deno.writeTextFile(join(elsewhere, "x"), "mine");
  await Deno.symlink(elsewhere, join(fixture.root, "link"));
  await Deno.writeTextFile(
    file,
    journal({ path: "link/x", before: await sha256OfText("mine") }),
  );
  const { stderr } = await runInProcess(["templates", "stats", "-C", fixture.root]);
  match(stderr, /a link leads out of/);
  equal(await Deno.readTextFile(join(elsewhere, "x")), "mine");
  await Deno.remove(elsewhere, { recursive: true });
});

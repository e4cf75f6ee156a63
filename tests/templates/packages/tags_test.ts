import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "node:path";
import { baseOf } from "../../../src/templates/packages/mod.ts";
import { templateRepository } from "../../support/template_repository.ts";
import { changedIds, compare, reasonsOf, testGit } from "../../support/templates/comparisons.ts";

Deno.test("point 10: of the tags in the history the highest version is the last release", async () => {
  await using fixture = await templateRepository("seed", { tag: "v0.9.9" });
  await fixture.commit("more", "v0.10.0");
  equal((await baseOf(testGit, fixture.root)).tag, "v0.10.0");
  await fixture.git("checkout", "--quiet", "-b", "side", "v0.9.9");
  equal((await baseOf(testGit, fixture.root)).tag, "v0.9.9");
});

Deno.test("point 11: tags that are no versions are passed over, and a version needs no prefix", async () => {
  await using fixture = await templateRepository("seed", { tag: "v0.5.0" });
  await fixture.commit("more", "nightly");
  for (const name of ["v99", "v9.9", "release-1.0.0", "v1.x.0", "core-9.9.9"]) {
    await fixture.git("tag", name);
  }
  equal((await baseOf(testGit, fixture.root)).tag, "v0.5.0");
  await fixture.git("tag", "0.6.0");
  equal((await baseOf(testGit, fixture.root)).tag, "0.6.0");
});

Deno.test("point 12: annotated and light tags both lead to their commit", async () => {
  await using fixture = await templateRepository("seed", { tag: null });
  const commit = await fixture.git("rev-parse", "HEAD");
  await fixture.git("tag", "v0.4.0");
  deepEqual(await baseOf(testGit, fixture.root), { tag: "v0.4.0", commit });
  await fixture.git("tag", "--annotate", "v0.5.0", "-m", "release");
  deepEqual(await baseOf(testGit, fixture.root), { tag: "v0.5.0", commit });
  deepEqual(await changedIds(fixture), []);
});

Deno.test("a release after its pre-releases is above them; a revision that is named counts before any", async () => {
  await using fixture = await templateRepository("seed", { tag: "v0.6.0" });
  await fixture.commit("more", "v0.6.0-rc.2");
  equal((await baseOf(testGit, fixture.root)).tag, "v0.6.0");
  equal((await baseOf(testGit, fixture.root, { since: "v0.6.0-rc.2" })).tag, "v0.6.0-rc.2");
  await rejects(baseOf(testGit, fixture.root, { since: "v7" }), { code: "E_NO_REVISION" });
});

Deno.test("scenario 20, no tag: all packages are new, and why is told", async () => {
  await using fixture = await templateRepository("seed", { tag: null });
  const { changes } = await compare(fixture);
  deepEqual(changes.base, {});
  deepEqual(changes.packages.map(({ id }) => id), ["core", "media_api", "media_image", "meta"]);
  deepEqual(await reasonsOf(fixture, "media_api"), [
    "first release packages/media_api/pyproject.toml",
  ]);
});

Deno.test("scenario 20, shallow clone: nothing is guessed", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.commit("more");
  const clone = join(fixture.root, "clone");
  await fixture.git("clone", "--quiet", "--depth=1", `file://${fixture.root}`, clone);
  await rejects(compare({ root: clone }), { code: "E_SHALLOW" });
});

Deno.test("without git, and below another repository, the history is refused", async () => {
  await using bare = await templateRepository("seed", { git: false });
  await rejects(compare(bare), { code: "E_NO_GIT" });
  await using fixture = await templateRepository("seed");
  const below = join(fixture.root, "below");
  await Deno.mkdir(below);
  await Deno.writeTextFile(join(below, "bundles.json"), "{}");
  await rejects(compare({ root: below }), /it is a part of the repository/);
});

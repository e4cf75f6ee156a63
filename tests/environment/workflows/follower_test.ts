import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import {
  commitEnvironment,
  isInSync,
  readStatus,
  repairEnvironment,
  rollbackEnvironment,
  syncEnvironment,
  undoEnvironment,
} from "../../../src/environment/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { placesOf, put, textAt, track } from "../../support/tracked_workflows.ts";

async function copiesOf(fixture: EnvironmentFixture, ...names: readonly string[]) {
  return await Promise.all(names.map((name) => textAt(placesOf(fixture, name).copy)));
}

Deno.test("sync puts missing copies of tracked workflows into ComfyUI, and never overwrites one", async () => {
  await withEnvironment(async (fixture) => {
    const { world, root } = fixture;
    await track(fixture, { "one": "1\r\n", "sub/two": "2", "three": "3" }, { copies: false });
    await put(placesOf(fixture, "three").copy, "mine");
    assert.equal(await isInSync(world()), false);
    const report = await syncEnvironment(world({ uvPath: `${root}/no-uv` }));
    assert.deepEqual(
      report.followed.map(({ subject, outcome, hint }) => [subject, outcome, hint]),
      [
        ["workflows/one.json", "done", undefined],
        ["workflows/sub/two.json", "done", undefined],
        ["workflows/three.json", "left", "comfydock workflow sync --env demo"],
      ],
    );
    assert.deepEqual(await copiesOf(fixture, "one", "sub/two", "three"), ["1\r\n", "2", "mine"]);
    assert.equal(await isInSync(world()), true);
    await undoEnvironment(world(), "demo");
    assert.deepEqual(await copiesOf(fixture, "one", "sub/two", "three"), [
      undefined,
      undefined,
      "mine",
    ]);
  });
});

Deno.test("sync neither follows links out of .cec nor puts anything in the place of a link of the user's", async () => {
  await withEnvironment(async (fixture) => {
    const { world, root, environment: { workflows } } = fixture;
    const secret = join(root, "secret");
    await put(join(secret, "inner.json"), "secret");
    await track(fixture, { "leaf": "1", "dir/inner": "2", "linked": "3" }, { copies: false });
    await Deno.remove(placesOf(fixture, "leaf").tracked);
    await Deno.symlink(join(secret, "inner.json"), placesOf(fixture, "leaf").tracked);
    await Deno.remove(join(workflows, "dir"), { recursive: true });
    await Deno.symlink(secret, join(workflows, "dir"));
    const { copy } = placesOf(fixture, "linked");
    await put(join(root, "mine.json"), "mine");
    await Deno.mkdir(dirname(copy), { recursive: true });
    await Deno.symlink(join(root, "mine.json"), copy);
    await syncEnvironment(world());
    assert.deepEqual(await copiesOf(fixture, "leaf", "dir/inner"), [undefined, undefined]);
    assert.equal(await Deno.readLink(copy), join(root, "mine.json"));
    await put(placesOf(fixture, "dir/inner").copy, "mine");
    await repairEnvironment(world());
    assert.equal(await textAt(join(secret, "inner.json")), "secret");
    const kinds = (await readStatus(world())).differences.map(({ kind, subject }) =>
      `${kind} ${subject}`
    );
    assert.ok(kinds.includes("workflow_missing workflows/dir/inner.json"), `${kinds}`);
    assert.ok(kinds.includes("workflow_copy_differs workflows/linked.json"), `${kinds}`);
  });
});

Deno.test("rollback takes copies along that were as the version before, and tells of those with own edits", async () => {
  await withEnvironment(async (fixture) => {
    const { world } = fixture;
    await track(fixture, { "kept": "a", "edited": "a", "deleted": "a" });
    await put(placesOf(fixture, "kept").tracked, "b");
    await put(placesOf(fixture, "kept").copy, "b");
    await put(placesOf(fixture, "edited").tracked, "b");
    await put(placesOf(fixture, "edited").copy, "b, then edited");
    await Deno.remove(placesOf(fixture, "deleted").copy);
    await track(fixture, { "later": "x" });
    const { followed } = await rollbackEnvironment(world(), "HEAD~1");
    assert.deepEqual(followed.map(({ subject, outcome }) => `${outcome} ${subject}`), [
      "done workflows/kept.json",
      "left workflows/edited.json",
      "done workflows/deleted.json",
      "left workflows/later.json",
    ]);
    const names = ["kept", "edited", "deleted", "later"];
    assert.deepEqual(await copiesOf(fixture, ...names), ["a", "b, then edited", "a", "x"]);
    assert.equal(await textAt(placesOf(fixture, "edited").tracked), "a");
    await undoEnvironment(world(), "demo");
    assert.deepEqual(await copiesOf(fixture, ...names), ["b", "b, then edited", undefined, "x"]);
    assert.equal(await textAt(placesOf(fixture, "edited").tracked), "b");
  });
});

Deno.test("a bare rollback brings copies along, too, and works on a manifest that cannot be read", async () => {
  await withEnvironment(async (fixture) => {
    const { world, environment: { manifest } } = fixture;
    await track(fixture, { "one": "a" });
    await put(placesOf(fixture, "one").tracked, "b");
    await put(placesOf(fixture, "one").copy, "b");
    await rollbackEnvironment(world());
    assert.deepEqual(await copiesOf(fixture, "one"), ["a"]);
    assert.deepEqual((await readStatus(world())).differences, []);
    await Deno.writeTextFile(manifest, "[project\n");
    await Deno.remove(placesOf(fixture, "one").copy);
    await rollbackEnvironment(world());
    assert.deepEqual(await copiesOf(fixture, "one"), ["a"]);
  });
});

Deno.test("repair takes missing workflows from the last commit or from ComfyUI's copies, and puts copies back", async () => {
  await withEnvironment(async (fixture) => {
    const { world } = fixture;
    await track(fixture, { "committed": "1", "copied": "2", "copyless": "3", "gone": "4" });
    const at = (name: string) => placesOf(fixture, name);
    for (const name of ["copied", "gone"]) await Deno.remove(at(name).tracked);
    await commitEnvironment(world(), "Lose two");
    await Deno.remove(at("gone").copy);
    await Deno.remove(at("committed").tracked);
    await put(at("committed").copy, "mine");
    await Deno.remove(at("copyless").copy);
    const { findings, ok } = await repairEnvironment(world());
    assert.deepEqual(
      findings.filter(({ part }) => part === "workflows").map((one) =>
        `${one.outcome}: ${one.problem}`
      ),
      [
        "fixed: The tracked workflow workflows/committed.json is missing",
        "fixed: The tracked workflow workflows/copied.json is missing",
        "remains: The tracked workflow workflows/gone.json is missing",
        "noted: ComfyUI's copy of the workflow workflows/committed.json has changes of its own, and stays",
        "fixed: ComfyUI does not have the workflow workflows/copyless.json",
      ],
    );
    assert.equal(ok, false);
    const tracked = ["committed", "copied", "copyless"].map((name) => textAt(at(name).tracked));
    assert.deepEqual(await Promise.all(tracked), ["1", "2", "3"]);
    assert.deepEqual(await copiesOf(fixture, "committed", "copied", "copyless"), [
      "mine",
      "2",
      "3",
    ]);
  });
});

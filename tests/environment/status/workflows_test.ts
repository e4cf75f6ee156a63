import assert from "node:assert/strict";
import { join } from "node:path";
import { readStatus } from "../../../src/environment/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { placesOf, put, track } from "../../support/tracked_workflows.ts";

/** What is told of workflows: kind, subject, severity and the command that settles it. */
async function look(fixture: EnvironmentFixture): Promise<readonly string[]> {
  const { differences } = await readStatus(fixture.world({ uvPath: join(fixture.root, "no-uv") }));
  return differences.filter(({ kind }) => kind.startsWith("workflow_"))
    .map(({ kind, subject, severity, settle }) => `${severity} ${kind} ${subject}: ${settle}`);
}

Deno.test("status tells tracked workflows that are missing or not as recorded, and copies that differ", async () => {
  await withEnvironment(async (fixture) => {
    await track(fixture, { "one": "1", "sub dir/two": "2", "three": "3", "four": "4" });
    assert.deepEqual(await look(fixture), []);
    await Deno.remove(placesOf(fixture, "one").tracked);
    await Deno.remove(placesOf(fixture, "sub dir/two").copy);
    await put(placesOf(fixture, "three").copy, "edited in ComfyUI");
    assert.deepEqual(await look(fixture), [
      "error workflow_missing workflows/one.json: comfydock repair --env demo",
      "warning workflow_copy_missing workflows/sub dir/two.json: comfydock sync --env demo",
      "warning workflow_copy_differs workflows/three.json: comfydock workflow sync --env demo",
    ]);
    assert.equal((await fixture.cli(["validate"])).code, 1);
    await put(placesOf(fixture, "one").tracked, "1");
    assert.equal((await fixture.cli(["validate"])).code, 0);
    assert.equal((await fixture.cli(["validate", "--strict"])).code, 1);
  });
});

Deno.test("status compares the recorded SHA-256 of a workflow, and leaves hashes of other kinds alone", async () => {
  await withEnvironment(async (fixture) => {
    await track(fixture, { "one": "" }, {
      hash: "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    });
    await track(fixture, { "two": "2" }, { hash: "xxh3:a69b10ee82fb12ca" });
    assert.deepEqual(await look(fixture), []);
    await put(placesOf(fixture, "one").tracked, "changed");
    await put(placesOf(fixture, "one").copy, "changed");
    assert.deepEqual(await look(fixture), [
      "error workflow_hash workflows/one.json: comfydock workflow sync --env demo",
    ]);
  });
});

Deno.test("status warns of workflows that nobody tracks, and refuses files that lie elsewhere", async () => {
  await withEnvironment(async (fixture) => {
    await track(fixture, { "one": "1" });
    await put(placesOf(fixture, "deep/down").tracked, "{}");
    const { manifest, cec } = fixture.environment;
    const outside = ["../secret.json", "workflows/../pyproject.toml", "/etc/passwd", "workflows"];
    const entries = outside.map((file, at) =>
      `[tool.comfydock.workflows.tracked.odd${at}]\nfile = ${JSON.stringify(file)}\n`
    );
    const text = await Deno.readTextFile(manifest);
    await Deno.writeTextFile(manifest, [text, ...entries].join("\n"));
    await Deno.writeTextFile(join(cec, "..", "secret.json"), "{}");
    assert.deepEqual(await look(fixture), [
      ...outside.map((file, at) =>
        `error workflow_outside ${file}: comfydock workflow untrack "odd${at}" --env demo`
      ),
      'warning workflow_untracked workflows/deep/down.json: comfydock workflow track "deep/down" --env demo',
    ]);
  });
});

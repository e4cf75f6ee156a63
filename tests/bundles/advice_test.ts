import assert from "node:assert/strict";
import { join } from "node:path";
import { openSource } from "../../src/bundles/mod.ts";
import { ComfydockError } from "../../src/base/mod.ts";
import { copyTree } from "../../src/workspace/mod.ts";
import { smallBundle, writeBundle } from "../support/bundle_files.ts";
import { importInto } from "../support/bundle_scene.ts";
import { withEnvironment } from "../support/environment_fixture.ts";

Deno.test("what is wrong with what was sent gets advice that needs no environment", async () => {
  await withEnvironment(async (fixture) => {
    const { root, environment, world } = fixture;
    const path = join(root, "copy");
    await copyTree(environment.cec, path, { include: (name) => !name.startsWith(".git") });
    const manifest = join(path, "pyproject.toml");
    const text = await Deno.readTextFile(manifest);
    const changed = text.replace(/^name = ".*"/m, 'name = "renamed"');
    assert.notEqual(changed, text);
    await Deno.writeTextFile(manifest, changed);
    const directory = { kind: "directory", path } as const;
    const stale = await adviceOf(importInto(fixture, directory, { name: "stale" }));
    assert.equal(stale.code, "LOCK_OUTDATED");
    assert.match(stale.hint, /copy" is from to run `comfydock lock` there, or take uv\.lock out/);

    await Deno.writeTextFile(manifest, "[tool.comfydock]\nschema = 'x'\n");
    const invalid = await adviceOf(openSource(world(), directory));
    assert.equal(invalid.code, "MANIFEST_INVALID");
    assert.match(invalid.hint, /Correct it in ".*copy", or ask whoever it is from to/);

    const file = join(root, "small.tar");
    await writeBundle(file, smallBundle().set("pyproject.toml", await Deno.readFile(manifest)));
    const packed = await adviceOf(openSource(world(), { kind: "file", path: file }));
    assert.equal(packed.code, "MANIFEST_INVALID");
    assert.match(packed.hint, /^Ask whoever made ".*small\.tar" to correct it and to export it/);
  });
});

async function adviceOf(failing: Promise<unknown>): Promise<{ code: string; hint: string }> {
  const error = await failing.then(() => undefined, (thrown) => thrown);
  assert.ok(error instanceof ComfydockError, String(error));
  return { code: error.code, hint: error.hint ?? "" };
}

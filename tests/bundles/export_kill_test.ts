import assert from "node:assert/strict";
import { join } from "node:path";
import { inspectBundle } from "../../src/bundles/mod.ts";
import { withEnvironment } from "../support/environment_fixture.ts";
import { endInterrupted } from "../support/kill_story.ts";
import { READER, startSources } from "../support/source_packages.ts";

const POINTS = ["export:comfyui", "export:wheel:2", "export:built", "export:packed:3"];

async function namesIn(directory: string): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name).sort();
}

Deno.test("an export of all packages that is killed anywhere leaves no half bundle, and the next command clears up", async () => {
  await withEnvironment(async (fixture) => {
    await using sources = await startSources(fixture);
    const { root, environment: { manifest }, workspace, world } = fixture;
    const env = {
      UV_INDEX_SHUT_ONE_USERNAME: READER.username,
      UV_INDEX_SHUT_ONE_PASSWORD: READER.password,
    };
    await Deno.writeTextFile(manifest, sources.manifest(await Deno.readTextFile(manifest)));
    const synced = await fixture.cli(["sync"], env);
    assert.equal(synced.code, 0, synced.stderr);
    const directory = join(root, "out");
    await Deno.mkdir(directory);
    const file = join(directory, "demo.comfydock.tar.zst");
    const argv = ["export", file, "--offline-packages"];
    for (const point of POINTS) {
      const { code, stderr } = await fixture.cli(argv, { ...env, COMFYDOCK_KILL_AT: point });
      assert.equal(code, 137, `${point}: ${stderr}`);
      assert.ok(!(await namesIn(directory)).includes("demo.comfydock.tar.zst"), point);
      assert.equal((await namesIn(workspace.journal)).length, 1, `${point}: what was begun`);
      await endInterrupted(world());
      assert.deepEqual(await namesIn(workspace.journal), [], `${point}: cleared up`);
    }
    assert.equal((await namesIn(directory)).length, 1, "the draft of the last one");
    const { code, stderr } = await fixture.cli(argv, env);
    assert.equal(code, 0, stderr);
    assert.deepEqual(await namesIn(directory), ["demo.comfydock.tar.zst"]);
    const { files } = await inspectBundle(file);
    assert.ok(files > 10);
    const kept = await namesIn(workspace.downloads);
    assert.deepEqual(kept.filter((name) => !/^(package|built)-[0-9a-f]{32}$/.test(name)), []);
  });
});

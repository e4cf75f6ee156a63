import assert from "node:assert/strict";
import { readInstalled } from "../../src/environment/mod.ts";
import { type EnvironmentFixture, withEmptyWorkspace } from "../support/environment_fixture.ts";
import { assertPublishedShape } from "../support/schemas.ts";

/** Runs one line of the story: it must end well, and its data must be of the published shape. */
async function line({ cli }: EnvironmentFixture, ...argv: string[]): Promise<unknown> {
  const { code, json, stdout, stderr } = await cli([...argv, "--json"]);
  assert.equal(code, 0, `comfydock ${argv.join(" ")}: ${stdout}${stderr}`);
  await assertPublishedShape(json);
  return json?.data;
}

/** Manifest, lock and packages. */
async function stateOf({ environment }: EnvironmentFixture) {
  return {
    manifest: await Deno.readTextFile(environment.manifest),
    lock: await Deno.readTextFile(environment.lockFile),
    packages: await readInstalled(environment.venv),
  };
}

Deno.test("a newcomer makes an environment, adds a package, keeps that, regrets a removal and returns", async () => {
  await withEmptyWorkspace(async (fixture) => {
    const source = ["--torch-backend", "none", "--comfyui-source", fixture.source];
    await line(fixture, "create", "demo", ...source, "--use");
    await line(fixture, "py", "add", "six");
    await line(fixture, "commit", "-m", "With six");
    const kept = await stateOf(fixture);
    assert.ok(kept.packages?.six);

    await line(fixture, "py", "remove", "six");
    const without = await stateOf(fixture);
    assert.equal(without.packages?.six, undefined);
    await line(fixture, "diff");
    await line(fixture, "rollback");
    assert.deepEqual(await stateOf(fixture), kept);

    await line(fixture, "rollback", "HEAD~1");
    const first = await stateOf(fixture);
    assert.equal(first.packages?.six, undefined);
    await line(fixture, "undo");
    assert.deepEqual(await stateOf(fixture), kept);

    await line(fixture, "log");
    await line(fixture, "status");
    await line(fixture, "sync");
    await line(fixture, "lock");
    await line(fixture, "validate", "--strict");
  });
});

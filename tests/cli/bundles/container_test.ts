import assert from "node:assert/strict";
import { join } from "node:path";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { textsBelow } from "../workspace/support/workspace.ts";

function runner({ env, root }: EnvironmentFixture) {
  const home = join(root, "home");
  const own = { HOME: home, USERPROFILE: home, PATH: Deno.env.get("PATH") ?? "" };
  return (...words: readonly string[]) =>
    runInProcess(["export", ...words], { env: { ...env, ...own, COMFYDOCK_ENV: "demo" } });
}

Deno.test("export --container writes what a container is built from, and nothing of this machine", async () => {
  await withEnvironment(async (fixture) => {
    const run = runner(fixture);
    const directory = join(fixture.root, "image");
    const planned = await run("--container", directory, "--dry-run", "--json");
    assert.equal(planned.code, 0, planned.stderr);
    await assertPublishedShape(planned.json);
    await assert.rejects(Deno.stat(directory), Deno.errors.NotFound);
    const { code, stdout, stderr } = await run("--container", directory);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /^Wrote a container of demo to .*image\n {2}\d+ files, on ubuntu:24\.04\n/,
    );
    const texts = await textsBelow(directory);
    assert.match(texts[join(directory, "Dockerfile")]!, /^FROM ubuntu:24\.04$/m);
    for (const [path, text] of Object.entries(texts)) {
      assert.equal(text.includes(fixture.root), false, path);
    }
  });
});

Deno.test("export --container refuses what it excludes, and a directory with other things", async () => {
  await withEnvironment(async (fixture) => {
    const run = runner(fixture);
    const directory = join(fixture.root, "image");
    const cases = [
      [["--with-models"], 2, "OPTION_VALUE_INVALID"],
      [["demo.tar.zst"], 2, "OPTION_VALUE_INVALID"],
      [["--base-image", "ubuntu:latest"], 4, "CONTAINER_BASE_UNKNOWN"],
    ] as const;
    for (const [words, exit, error] of cases) {
      const { code, json } = await run("--container", directory, ...words, "--json");
      assert.deepEqual([code, json?.error?.code], [exit, error]);
    }
    const { code, json } = await run("--container", fixture.root, "--json");
    assert.deepEqual([code, json?.error?.code], [5, "CONTAINER_DIRECTORY_FOREIGN"]);
  });
});

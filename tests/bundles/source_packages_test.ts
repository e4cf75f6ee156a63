import assert from "node:assert/strict";
import { join } from "node:path";
import { readInstalled } from "../../src/environment/mod.ts";
import { environmentLayout } from "../../src/workspace/mod.ts";
import { withEmptyWorkspace, withEnvironment } from "../support/environment_fixture.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { realToolVariables } from "../support/real_tools.ts";
import { cutOff } from "../support/share_world.ts";
import { READER, startSources } from "../support/source_packages.ts";

Deno.test("packages of git, of addresses and of a closed index come along, and are there without any network", async () => {
  await withEnvironment(async (here) => {
    await using sources = await startSources(here);
    const { manifest, lockFile, venv } = here.environment;
    const key = {
      UV_INDEX_SHUT_ONE_USERNAME: READER.username,
      UV_INDEX_SHUT_ONE_PASSWORD: READER.password,
    };
    const variables = { ...await realToolVariables(), ...here.env, COMFYDOCK_ENV: "demo" };
    const run = async (argv: readonly string[], more: Readonly<Record<string, string>> = {}) => {
      return await runInProcess(argv, { env: { ...variables, ...more } });
    };
    await Deno.writeTextFile(manifest, sources.manifest(await Deno.readTextFile(manifest)));
    const locked = await run(["sync"], key);
    assert.equal(locked.code, 0, locked.stderr);

    const file = join(here.root, "demo.comfydock.tar.zst");
    const words = ["export", file, "--offline-packages", "--json"];
    const own = join(here.environment.workflows, "own.json");
    await Deno.mkdir(here.environment.workflows, { recursive: true });
    await Deno.writeTextFile(own, JSON.stringify({ image: join(here.workspace.root, "cat.png") }));
    const before = await run(words);
    assert.equal(before.json?.error?.code, "BUNDLE_PRIVATE", "before any index is asked");
    await Deno.remove(own);
    const closed = await run(words);
    assert.equal(closed.json?.error?.code, "INDEX_AUTH_NEEDED", closed.stderr);
    const exported = await run(words, key);
    assert.equal(exported.code, 0, exported.stderr);
    assert.deepEqual((exported.json?.data as { builds: string[] }).builds, [
      "git-pack",
      "url-sources",
    ]);
    const again = join(here.root, "again.comfydock.tar.zst");
    await run(["export", again, "--offline-packages"], key);
    const bytes = await Deno.readFile(file);
    assert.deepEqual(await Deno.readFile(again), bytes, "equal bytes");
    const told = [closed, exported].map(({ stdout, stderr }) => stdout + stderr).join();
    for (const secret of [READER.password, btoa(`${READER.username}:${READER.password}`)]) {
      assert.doesNotMatch(told + new TextDecoder("latin1").decode(bytes), new RegExp(secret));
    }
    const lock = await Deno.readTextFile(lockFile);
    const installed = await readInstalled(venv);

    await sources[Symbol.asyncDispose]();
    await withEmptyWorkspace(async (there) => {
      const env = { ...await realToolVariables(), ...there.env, ...cutOff(there) };
      const words = ["import", file, "--offline", "--strict", "--comfyui-source", here.source];
      const { code, stderr } = await runInProcess(words, { env });
      assert.equal(code, 0, stderr);
      const copy = environmentLayout(there.workspace, "demo");
      assert.equal(await Deno.readTextFile(copy.lockFile), lock);
      assert.deepEqual(await readInstalled(copy.venv), installed);
      const uv = await there.world({ offline: true }).uv();
      const project = { directory: copy.cec, environment: copy.venv };
      assert.deepEqual(await uv.sync(project, { lock: "locked", dryRun: true }), []);
    });
  });
});

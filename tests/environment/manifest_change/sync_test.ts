import assert from "node:assert/strict";
import { join } from "node:path";
import {
  lockEnvironment,
  readInstalled,
  readStatus,
  syncEnvironment,
} from "../../../src/environment/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { uvProgram } from "../../support/uv_program.ts";

async function require({ environment }: EnvironmentFixture, requirement: string): Promise<string> {
  const text = await Deno.readTextFile(environment.manifest);
  const edited = text.replace('"packaging>=23.0"', `"packaging>=23.0", "${requirement}"`);
  assert.notEqual(edited, text);
  await Deno.writeTextFile(environment.manifest, edited);
  return edited;
}

async function stateOf({ world, environment }: EnvironmentFixture) {
  const { git } = world();
  return {
    manifest: await Deno.readTextFile(environment.manifest),
    lock: await Deno.readTextFile(environment.lockFile),
    packages: await readInstalled(environment.venv),
    head: await git.resolve(environment.cec, "HEAD"),
    entries: (await git.status(environment.cec)).entries,
  };
}

Deno.test("a sync with nothing to do starts no uv and keeps what undo takes back", async () => {
  await withEnvironment(async (fixture) => {
    const { world, root } = fixture;
    await require(fixture, "six");
    await syncEnvironment(world());
    const again = await syncEnvironment(world({ uvPath: join(root, "no-uv") }));
    assert.deepEqual(again.packages, []);
    const { json } = await fixture.cli(["undo", "--json"]);
    assert.equal((json?.data as { command: string }).command, "sync");
    assert.equal((await readInstalled(fixture.environment.venv))?.six, undefined);
  });
});

Deno.test("requirements that exclude each other are told by whom they are, and nothing is touched", async () => {
  await withEnvironment(async (fixture) => {
    await require(fixture, "packaging<20");
    const before = await stateOf(fixture);
    const { code, json } = await fixture.cli(["sync", "--json"]);
    assert.deepEqual([code, json?.error?.code], [5, "PACKAGE_CONFLICT"]);
    assert.match(
      json?.error?.message ?? "",
      /packaging>=23\.0.*packaging<20|packaging<20.*packaging>=23\.0/,
    );
    assert.deepEqual(await stateOf(fixture), before);
    assert.ok(
      (await readStatus(fixture.world())).differences.some(({ kind }) => kind === "lock_stale"),
    );
  });
});

Deno.test("a package that does not exist, and no network for one that is not cached, leave all as it was", async () => {
  await withEnvironment(async (fixture) => {
    await require(fixture, "comfydock-no-such-package==1.0");
    const before = await stateOf(fixture);
    for (const [words, code] of [[[], 4], [["--offline"], 6]] as const) {
      const run = await fixture.cli(["sync", ...words]);
      assert.equal(run.code, code, run.stderr);
      assert.match(run.stderr, /hint: /);
    }
    assert.deepEqual(await stateOf(fixture), before);
  });
});

Deno.test("--locked refuses a lock that does not fit, --frozen does not look, --check only tells", async () => {
  await withEnvironment(async (fixture) => {
    await require(fixture, "six");
    const before = await stateOf(fixture);
    const locked = await fixture.cli(["sync", "--locked", "--json"]);
    assert.deepEqual([locked.code, locked.json?.error?.code], [1, "LOCK_OUTDATED"]);
    assert.equal((await fixture.cli(["sync", "--check"])).code, 1);
    assert.equal((await fixture.cli(["lock", "--check"])).code, 1);
    assert.equal((await fixture.cli(["sync", "--locked", "--frozen"])).code, 2);
    assert.deepEqual(await stateOf(fixture), before);
    await syncEnvironment(fixture.world(), { lock: "frozen" });
    const { packages, lock } = await stateOf(fixture);
    assert.deepEqual([packages, lock], [before.packages, before.lock]);
    // The lock is still none that fits.
    assert.equal((await fixture.cli(["sync", "--check"])).code, 1);
    await lockEnvironment(fixture.world());
    const { differences } = await readStatus(fixture.world());
    assert.deepEqual(differences.map(({ kind, subject }) => `${kind} ${subject}`), [
      "package_missing six",
      "uncommitted uv.lock",
    ]);
    await syncEnvironment(fixture.world(), { lock: "locked" });
    assert.deepEqual((await readStatus(fixture.world())).differences, []);
  });
});

Deno.test("a uv that fails when the commit is made already takes the commit back, too", async () => {
  await withEnvironment(async (fixture) => {
    const { root, world } = fixture;
    await require(fixture, "six");
    const before = await stateOf(fixture);
    const marker = join(root, "fail");
    const stub = join(root, "uv");
    const script =
      `#!/bin/sh\nif [ -e "${marker}" ]; then case " $* " in *" sync "*) rm "${marker}"; ` +
      `echo "error: it broke" >&2; exit 2;; esac; fi\nexec "${await uvProgram()}" "$@"\n`;
    await Deno.writeTextFile(stub, script, { mode: 0o755 });
    await Deno.writeTextFile(marker, "");
    await assert.rejects(syncEnvironment(world({ uvPath: stub })), { code: "TOOL_FAILED" });
    assert.deepEqual(await stateOf(fixture), before);
    await syncEnvironment(world({ uvPath: stub }));
    assert.deepEqual((await readStatus(world())).differences, []);
  });
});

Deno.test("a vanished .venv and a damaged lock come back by sync", async () => {
  await withEnvironment(async (fixture) => {
    const { environment, world } = fixture;
    const before = await stateOf(fixture);
    await Deno.remove(environment.venv, { recursive: true });
    await Deno.writeTextFile(environment.lockFile, before.lock.slice(0, 500));
    await syncEnvironment(world());
    assert.deepEqual(await stateOf(fixture), before);
    assert.deepEqual((await readStatus(world())).differences, []);
  });
});

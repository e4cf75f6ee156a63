import assert from "node:assert/strict";
import {
  readEnvironmentState,
  readInstalled,
  readStatus,
  repairEnvironment,
} from "../../../src/environment/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { withFillableDisk, withReadOnly } from "../../support/hard_disks.ts";
import { endInterrupted } from "../../support/kill_story.ts";

async function stateOf({ world, environment }: EnvironmentFixture) {
  const { manifestText, lockText, head } = await readEnvironmentState(world());
  return { manifestText, lockText, head, packages: await readInstalled(environment.venv) };
}

Deno.test("a directory that is read-only keeps py add from changing anything, and repair tells what it cannot write", async () => {
  await withEnvironment(async (fixture) => {
    const { environment: { cec, lockFile }, cli, world } = fixture;
    const before = await stateOf(fixture);
    const had = await withReadOnly(cec, async () => {
      const { code, json } = await cli(["py", "add", "six", "--json"]);
      assert.deepEqual([code, json?.error?.code], [1, "FILE_UNWRITABLE"], json?.error?.message);
    });
    if (!had) return;
    await endInterrupted(world());
    assert.deepEqual(await stateOf(fixture), before);
    await Deno.remove(lockFile);
    await withReadOnly(cec, async () => {
      const { ok, findings } = await repairEnvironment(world());
      assert.equal(ok, false);
      const remaining = findings.filter(({ outcome }) => outcome === "remains");
      assert.deepEqual(remaining.map(({ part, error }) => [part, error?.code]), [
        ["lock", "FILE_UNWRITABLE"],
      ]);
      assert.match(remaining[0]?.hint ?? "", /permissions/);
    });
    assert.equal((await repairEnvironment(world())).ok, true);
    assert.deepEqual(await stateOf(fixture), before);
  });
});

Deno.test("a full disk keeps py add and repair from changing anything for good, wherever it fills up", async () => {
  await withEnvironment(async (fixture) => {
    const { environment: { venv }, cli, world, workspace } = fixture;
    const before = await stateOf(fixture);
    const had = await withFillableDisk(workspace.root, 100, async (disk) => {
      let failures = 0;
      for (const kilobytes of [0, 12, 40, 120, 200, 400]) {
        await disk.leave(kilobytes);
        const { code, json, stderr } = await cli(["py", "add", "fonttools", "--json"]);
        await disk.free();
        assert.equal(code, 1, `${kilobytes} KB: ${stderr}`);
        assert.equal(json?.error?.code, "DISK_FULL", `${kilobytes} KB: ${json?.error?.message}`);
        failures++;
        await endInterrupted(world());
        assert.deepEqual(await stateOf(fixture), before, `${kilobytes} KB`);
        assert.deepEqual((await readStatus(world())).differences, [], `${kilobytes} KB`);
      }
      assert.equal(failures, 6);
      await Deno.remove(venv, { recursive: true });
      await disk.leave(300);
      const { ok, findings } = await repairEnvironment(world());
      assert.deepEqual([ok, findings.map(({ part, outcome }) => `${part} ${outcome}`)], [false, [
        "venv remains",
      ]]);
      assert.equal(findings[0]?.error?.code, "DISK_FULL");
      await disk.free();
      assert.equal((await repairEnvironment(world())).ok, true);
      assert.deepEqual(await stateOf(fixture), before);
      assert.deepEqual((await readStatus(world())).differences, []);
    });
    assert.equal(had || Deno.build.os !== "linux" || Deno.uid() !== 0, true);
  });
});

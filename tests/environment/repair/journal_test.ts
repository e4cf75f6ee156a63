import assert from "node:assert/strict";
import { join } from "node:path";
import {
  changeEnvironment,
  GIT_HEAD_NOTE,
  readInstalled,
  readStatus,
  repairEnvironment,
  VENV_NOTE,
} from "../../../src/environment/mod.ts";
import { listTrash } from "../../../src/workspace/mod.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";

const argv = ["py", "add", "six"];

Deno.test("repair ends what a killed command left, and says so before and after", async () => {
  await withEnvironment(async ({ cli, world, environment }) => {
    const before = await Deno.readTextFile(environment.manifest);
    for (
      const [point, outcome] of [
        ["environment:manifest-written", "take it back"],
        ["journal:committed", "finish it"],
      ]
    ) {
      assert.equal((await cli(argv, { COMFYDOCK_KILL_AT: point! })).code, 137);
      const planned = await repairEnvironment(world(), { dryRun: true });
      assert.deepEqual([planned.findings[0]?.part, planned.findings[0]?.outcome], [
        "journal",
        "planned",
      ]);
      const { ok, findings } = await repairEnvironment(world());
      assert.equal(ok, true);
      assert.match(findings[0]?.problem ?? "", /"comfydock py add" was interrupted/);
      assert.equal(findings[0]?.remedy, outcome);
    }
    assert.match(await Deno.readTextFile(environment.manifest), /"six"/);
    assert.ok((await readInstalled(environment.venv))?.six);
    // The repair is no command that takes the place of the one that undo takes back.
    assert.equal((await cli(["undo"])).code, 0);
    assert.equal(await Deno.readTextFile(environment.manifest), before);
  });
});

Deno.test("repair moves a journal that cannot be read to the trash, with the old files in it", async () => {
  await withEnvironment(async ({ cli, world, workspace }) => {
    assert.equal((await cli(argv, { COMFYDOCK_KILL_AT: "environment:venv-noted" })).code, 137);
    for await (const { name } of Deno.readDir(workspace.journal)) {
      const path = join(workspace.journal, name, "journal.jsonl");
      const lines = (await Deno.readTextFile(path)).split("\n");
      await Deno.writeTextFile(path, [lines[0], "{nonsense", ...lines.slice(2)].join("\n"));
    }
    const next = await cli(["py", "add", "toml", "--json"]);
    assert.equal(next.json?.error?.code, "JOURNAL_DAMAGED");
    assert.match(next.json?.error?.hint ?? "", /comfydock repair/);
    const { ok, findings } = await repairEnvironment(world());
    assert.equal(ok, true, JSON.stringify(findings));
    assert.match(findings[0]?.problem ?? "", /journal of an interrupted command is damaged/);
    const [entry] = await listTrash(workspace);
    assert.ok((entry?.files ?? 0) > 1, "the old manifest is in it");
    assert.equal((await cli(["py", "add", "toml"])).code, 0);
  });
});

Deno.test("repair lets go of what can never be brought back, where the part concerned is whole", async () => {
  await withEnvironment(async ({ world, cli, workspace }) => {
    const cut = changeEnvironment(world(), { command: "commit" }, async (transaction) => {
      const lost = { ref: "refs/heads/main", commit: "1".repeat(40) };
      await transaction.note(GIT_HEAD_NOTE, { environment: "demo", ...lost });
      throw new Error("cut off");
    });
    await assert.rejects(cut, /cut off/);
    const { json } = await cli(["py", "add", "six", "--json"]);
    assert.equal(json?.error?.code, "JOURNAL_PENDING");
    assert.match(json?.error?.hint ?? "", /comfydock repair/);
    const { ok, findings } = await repairEnvironment(world());
    assert.equal(ok, true, JSON.stringify(findings));
    assert.match(findings[0]?.problem ?? "", /git-head could not be returned/);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(workspace.journal)), []);
    assert.deepEqual((await readStatus(world())).differences, []);
  });
});

Deno.test("repair brings back what could not be brought back before, once uv is there", async () => {
  await withEnvironment(async ({ world, cli, workspace, environment }) => {
    const broken = world({ uvPath: join(workspace.root, "no-uv") });
    const cut = changeEnvironment(broken, { command: "py add" }, async (transaction) => {
      await transaction.note(VENV_NOTE, { environment: "demo", suspects: [] });
      await Deno.remove(environment.venv, { recursive: true });
      throw new Error("cut off");
    });
    await assert.rejects(cut, /cut off/);
    const env = { COMFYDOCK_UV: join(workspace.root, "no-uv") };
    const stuck = await cli(["repair"], env);
    assert.equal(stuck.code, 1);
    assert.match(stuck.stdout, /remains: "comfydock py add" was interrupted, and venv/);
    const { ok, findings } = await repairEnvironment(world());
    assert.equal(ok, true, JSON.stringify(findings));
    assert.deepEqual((await readStatus(world())).differences, []);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(workspace.journal)), []);
  });
});

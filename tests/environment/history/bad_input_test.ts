import assert from "node:assert/strict";
import { join } from "node:path";
import { withEnvironment } from "../../support/environment_fixture.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

Deno.test("what cannot be done ends with its exit code and a command that helps", async () => {
  await withEnvironment(async ({ cli, environment, root }) => {
    const manifest = await Deno.readTextFile(environment.manifest);
    const newer = manifest.replace('version = "1.0.0"', 'version = "9.0.0"');
    assert.notEqual(newer, manifest);
    const bad: readonly (readonly [argv: readonly string[], exit: number, code: string])[] = [
      [["rollback", "no-such-revision"], 4, "REVISION_NOT_FOUND"],
      [["diff", "no-such-revision"], 4, "REVISION_NOT_FOUND"],
      [["rollback"], 5, "NOTHING_TO_ROLL_BACK"],
      [["commit", "-m", "Nothing"], 5, "NOTHING_TO_COMMIT"],
      [["undo", "--env", "other"], 4, "UNDO_NOTHING"],
      [["status", "--env", "other"], 4, "ENVIRONMENT_NOT_FOUND"],
      [["status", "--env", "../other"], 2, "ENVIRONMENT_NAME_INVALID"],
      [["status", "--workspace", join(root, "nowhere")], 4, "WORKSPACE_NOT_FOUND"],
      [["lock", "six"], 2, "ARGUMENT_UNEXPECTED"],
      [["commit"], 2, "OPTION_MISSING"],
    ];
    for (const [argv, exit, code] of bad) {
      const run = await cli([...argv, "--json"]);
      assert.deepEqual([run.code, run.json?.error?.code], [exit, code], `${argv}: ${run.stdout}`);
      assert.ok(run.json?.error?.hint, `${argv} needs a hint`);
      await assertPublishedShape(run.json);
    }
    assert.equal(await Deno.readTextFile(environment.manifest), manifest);
    await Deno.writeTextFile(environment.manifest, newer);
    for (const argv of [["status"], ["sync"], ["commit", "-m", "x"], ["diff"]]) {
      const { code, json } = await cli([...argv, "--json"]);
      assert.deepEqual([code, json?.error?.code], [3, "MANIFEST_SCHEMA_NEWER"], `${argv}`);
    }
    const back = await cli(["rollback"]);
    assert.equal(back.code, 0, back.stderr);
    assert.equal(await Deno.readTextFile(environment.manifest), manifest);
  });
});

Deno.test("a commit needs no git identity of the user's", async () => {
  await withEnvironment(async ({ cli, environment, root, world }) => {
    await Deno.writeTextFile(join(environment.workflows, "one.json"), "{}");
    const { code, stderr } = await cli(["commit", "-m", "No name"], {
      GIT_CONFIG_GLOBAL: join(root, "no-config"),
    });
    assert.equal(code, 0, stderr);
    const [newest] = await world().git.log(environment.cec, { limit: 1 });
    assert.deepEqual([newest?.subject, newest?.author], ["No name", "comfydock"]);
  });
});

import assert from "node:assert/strict";
import { join } from "node:path";
import {
  changeEnvironment,
  follow,
  type Follower,
  planFollowing,
  readEnvironmentState,
  readStatus,
  syncEnvironment,
} from "../../../src/environment/mod.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";
import { placesOf, put, textAt, track } from "../../support/tracked_workflows.ts";

Deno.test("a step that fails takes back all that followed before it, and steps run part after part", async () => {
  await withEnvironment(async ({ world, environment: { root } }) => {
    const { manifest } = await readEnvironmentState(world());
    const first = join(root, "first");
    const seen: string[] = [];
    const followers: readonly Follower[] = [{
      part: "nodes",
      plan: () =>
        Promise.resolve([{
          part: "nodes",
          subject: "pack",
          problem: "It is missing",
          apply: (transaction) => transaction.writeFile(first, "1"),
        }, { part: "nodes", subject: "other", problem: "It is somebody's", told: true }]),
    }, {
      part: "workflows",
      async plan() {
        seen.push(await Deno.readTextFile(first));
        const apply = () => Promise.reject(new Error("It broke"));
        return [{ part: "workflows", subject: "one", problem: "It is missing", apply }];
      },
    }];
    const facts = { world: world(), command: "test", manifest };
    await assert.rejects(
      changeEnvironment(world(), { command: "test" }, async (transaction) => {
        await follow(transaction, facts, followers);
      }),
      /It broke/,
    );
    assert.deepEqual(seen, ["1"]);
    assert.equal(await textAt(first), undefined);
    const [nodes] = followers;
    const planned = await planFollowing(facts, [nodes!]);
    assert.deepEqual(planned.map(({ subject, apply }) => [subject, apply !== undefined]), [
      ["pack", true],
      ["other", false],
    ]);
  });
});

Deno.test("a sync whose workflows cannot be placed takes packages, lock and the commit back, too", async () => {
  await withEnvironment(async (fixture) => {
    const { world, environment: { manifest, cec, comfyui } } = fixture;
    await track(fixture, { "sub/one": "1" }, { copies: false });
    const text = await Deno.readTextFile(manifest);
    await Deno.writeTextFile(
      manifest,
      text.replace('"packaging>=23.0"', '"packaging>=23.0", "six"'),
    );
    const before = await world().git.resolve(cec, "HEAD");
    // A file is where a directory has to be.
    const inTheWay = join(comfyui, "user", "default", "workflows", "sub");
    await put(inTheWay, "mine");
    await assert.rejects(syncEnvironment(world()), { code: "FILE_UNWRITABLE" });
    assert.equal(await world().git.resolve(cec, "HEAD"), before);
    assert.deepEqual(
      (await readStatus(world())).differences.map(({ kind }) => kind),
      ["lock_stale", "workflow_copy_missing", "uncommitted"],
    );
    await Deno.remove(inTheWay);
    const report = await syncEnvironment(world());
    assert.equal(await textAt(placesOf(fixture, "sub/one").copy), "1");
    assert.ok(report.commit);
    assert.deepEqual((await readStatus(world())).differences, []);
  });
});

import assert from "node:assert/strict";
import { changeEnvironment, undoEnvironment } from "../../src/environment/mod.ts";
import { lookAt, readWorkspaceFile } from "../../src/workspace/mod.ts";
import { withEmptyWorkspace } from "../support/environment_fixture.ts";

/** Where a create stands, in the order in which it gets there. */
const POINTS: readonly (readonly [name: string, outcome: "nothing" | "all"])[] = [
  ["journal:begun", "nothing"],
  ["create:comfyui", "nothing"],
  ["create:manifest", "nothing"],
  ["create:locked", "nothing"],
  ["create:installed", "nothing"],
  ["journal:record:1", "nothing"],
  ["journal:replaced:1", "nothing"],
  ["create:placed", "nothing"],
  ["environment:active", "nothing"],
  ["journal:committed", "all"],
];

/** Where the same command is given once more, which takes longer than ending what was cut off. */
const AGAIN: ReadonlySet<string> = new Set(["create:locked", "journal:replaced:1"]);

Deno.test("create that is killed anywhere leaves nothing or all, and the same command then makes it", async () => {
  await withEmptyWorkspace(async ({ cli, world, source, environment, workspace }) => {
    const argv = ["create", "demo", "--torch-backend", "none", "--comfyui-source", source, "--use"];
    for (const [point, outcome] of POINTS) {
      const { code, stderr } = await cli(argv, { COMFYDOCK_KILL_AT: point });
      assert.equal(code, 137, `${point}: ${stderr}`);
      if (outcome === "nothing" && !AGAIN.has(point)) {
        await changeEnvironment(
          world(),
          { command: "test", undoable: false },
          () => Promise.resolve(),
        );
        assert.equal(await lookAt(environment.root), undefined, point);
      } else {
        const next = await cli(argv);
        assert.equal(next.code, outcome === "all" ? 5 : 0, `${point}: ${next.stderr}`);
        assert.equal((await cli(["validate", "--strict"])).code, 0, point);
        assert.equal((await readWorkspaceFile(workspace)).activeEnvironment, "demo", point);
        await undoEnvironment(world(), "demo");
        assert.equal(await lookAt(environment.root), undefined, point);
      }
      assert.equal((await readWorkspaceFile(workspace)).activeEnvironment, undefined, point);
      assert.deepEqual(await Array.fromAsync(Deno.readDir(workspace.journal)), [], point);
    }
  });
});

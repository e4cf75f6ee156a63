import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import type { UndoData } from "../../../src/cli/environment/undo.ts";
import {
  change,
  environmentLayout,
  updateWorkspace,
  withActive,
  withLock,
  WORKSPACE_LOCK,
} from "../../../src/workspace/mod.ts";
import { dataOf, withWorkspace } from "../../cli/workspace/support/workspace.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

Deno.test("undo takes back the last command of all, and asks which where it is not that of the active environment", async () => {
  await withWorkspace(async ({ run, makeEnvironments, layout }) => {
    let now = Date.parse("2026-01-01T00:00:00Z");
    const write = (scope: string, text: string) =>
      change({
        layout,
        scope,
        command: "test",
        locks: ["workspace"],
        lockTimeoutMs: 1000,
        handlers: {},
        clock: { now: () => now += 1000, sleep: () => Promise.resolve() },
      }, (change) => change.writeFile(join(environmentLayout(layout, scope).root, "a.txt"), text));
    const textOf = (scope: string) =>
      Deno.readTextFile(join(environmentLayout(layout, scope).root, "a.txt")).catch(() => "");
    await makeEnvironments("one", "two");
    await write("one", "first");
    await write("two", "second");

    const undone = await run(["undo", "--json"]);
    await assertPublishedShape(undone.json);
    const { scope, again } = dataOf<UndoData>(undone);
    deepEqual([scope, again], ["two", "comfydock undo --env two"]);
    equal(await textOf("two"), "");

    await withLock(
      layout,
      WORKSPACE_LOCK,
      { command: "test", timeoutMs: 1000 },
      (lock) => updateWorkspace(layout, lock, (facts) => withActive(facts, "one")),
    );
    const unclear = await run(["undo", "--json"]);
    deepEqual([unclear.code, unclear.json?.error?.code], [2, "UNDO_AMBIGUOUS"]);
    match(`${unclear.json?.error?.hint}`, /undo --env two, or comfydock undo --env one/);
    deepEqual([await textOf("one"), await textOf("two")], ["first", ""]);

    match((await run(["undo", "--env", "two"])).stdout, /^Took back comfydock undo of test in two/);
    equal(await textOf("two"), "second");
    match((await run(["undo", "--env", "two"])).stdout, /^Took back comfydock test in two/);
    match((await run(["undo", "--env", "one"])).stdout, /\ncomfydock undo --env one once more/);
  });
});

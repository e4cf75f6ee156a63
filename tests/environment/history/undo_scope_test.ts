import assert from "node:assert/strict";
import { join } from "node:path";
import { newestUndoScope } from "../../../src/environment/mod.ts";
import {
  applyInit,
  change,
  emptyTrash,
  listTrash,
  planInit,
  workspaceLayout,
} from "../../../src/workspace/mod.ts";

Deno.test("undo goes by the newest command, also when an older one can no longer be taken back", async () => {
  const root = await Deno.makeTempDir();
  try {
    const layout = workspaceLayout(join(root, "workspace"));
    await applyInit(await planInit({ path: layout.root, now: "2026-01-01T00:00:00Z" }));
    const changeIn = (scope: string, now: number, path: string, trash: boolean) =>
      change({
        layout,
        scope,
        command: "test",
        locks: ["workspace"],
        lockTimeoutMs: 1000,
        handlers: {},
        clock: { now: () => now, sleep: () => Promise.resolve() },
      }, (transaction) => trash ? transaction.trash(path) : transaction.writeFile(path, "new"));
    const gone = join(layout.environments, "gone.txt");
    await Deno.writeTextFile(gone, "mine");
    await changeIn("workspace", Date.parse("2026-01-02T00:00:00Z"), gone, true);
    await emptyTrash(layout, await listTrash(layout));
    await changeIn(
      "demo",
      Date.parse("2026-01-03T00:00:00Z"),
      join(layout.environments, "a.txt"),
      false,
    );
    assert.equal(await newestUndoScope({ workspace: layout }, ["demo", "workspace"]), "demo");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

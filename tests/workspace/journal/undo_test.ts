import assert from "node:assert/strict";
import { join } from "node:path";
import {
  change,
  emptyTrash,
  environmentLayout,
  listTrash,
  listUndoScopes,
  planUndo,
  undoLast,
  type WorkspaceLayout,
} from "../../../src/workspace/mod.ts";
import { withReadOnly } from "../../support/hard_disks.ts";
import { storyRequest } from "../support/story.ts";
import { readTree, writeTree } from "../support/tree.ts";
import { withWorkspace } from "../support/workspace.ts";

function request(layout: WorkspaceLayout) {
  return { ...storyRequest({ layout, outside: "" }), lockTimeoutMs: 0 };
}

Deno.test("planUndo() says what would be taken back, and that there is nothing before the first change", async () => {
  await withWorkspace(async (layout) => {
    const { manifest } = environmentLayout(layout, "demo");
    await assert.rejects(planUndo(layout, "demo"), { code: "UNDO_NOTHING" });
    await change(request(layout), (transaction) => transaction.writeFile(manifest, "new"));
    const plan = await planUndo(layout, "demo");
    assert.equal(plan.command, "node add");
    assert.deepEqual(plan.steps.map(({ kind }) => kind), ["remove", "prune", "prune"]);
    assert.deepEqual(await listUndoScopes(layout), ["demo"]);
    await undoLast(request(layout));
    assert.deepEqual(await readTree(layout.environments), {});
    await undoLast(request(layout));
    assert.equal(await Deno.readTextFile(manifest), "new");
  });
});

Deno.test("planUndo() needs no right to write", async () => {
  await withWorkspace(async (layout) => {
    const { manifest } = environmentLayout(layout, "demo");
    await change(request(layout), (transaction) => transaction.writeFile(manifest, "new"));
    await withReadOnly(layout.undo, async () => {
      assert.equal((await planUndo(layout, "demo")).command, "node add");
    });
  });
});

Deno.test("what a user changed after the command is in the trash after its undo is let go", async () => {
  await withWorkspace(async (layout) => {
    const { root, manifest } = environmentLayout(layout, "demo");
    await writeTree(root, { ".cec/pyproject.toml": "old", untouched: "old" });
    await change(request(layout), async (transaction) => {
      await transaction.writeFile(manifest, "by the command");
      await transaction.writeFile(join(root, "untouched"), "by the command");
    });
    await Deno.writeTextFile(manifest, "by hand");
    const later = new Date(Date.now() + 60_000);
    await Deno.utime(manifest, later, later);
    await undoLast(request(layout));
    assert.equal(await Deno.readTextFile(manifest), "old");
    await change(request(layout), (transaction) => transaction.writeFile(manifest, "next"));
    const trash = await listTrash(layout);
    assert.deepEqual(trash.map(({ from }) => from), [manifest]);
    const kept = Object.values(await readTree(layout.trash)).join("\n");
    assert.match(kept, /by hand/);
  });
});

Deno.test("files in what a command moved are known again by an undo of its undo, and not kept without need", async () => {
  await withWorkspace(async (layout) => {
    const { root, manifest } = environmentLayout(layout, "demo");
    await writeTree(root, { "pack/a.txt": "old" });
    await change(request(layout), async (transaction) => {
      await transaction.move(join(root, "pack"), join(root, "moved"));
      await transaction.writeFile(join(root, "moved", "a.txt"), "new");
    });
    await undoLast(request(layout));
    await undoLast(request(layout));
    assert.equal(await Deno.readTextFile(join(root, "moved", "a.txt")), "new");
    await change(request(layout), (transaction) => transaction.writeFile(manifest, "next"));
    assert.deepEqual(await listTrash(layout), []);
  });
});

Deno.test("an undo whose old things are gone is refused before anything changes", async () => {
  await withWorkspace(async (layout) => {
    const { root, manifest } = environmentLayout(layout, "demo");
    await writeTree(root, { ".cec/pyproject.toml": "old", output: "picture" });
    await change(request(layout), async (transaction) => {
      await transaction.writeFile(manifest, "new");
      await transaction.trash(join(root, "output"));
    });
    await emptyTrash(layout, await listTrash(layout));
    await assert.rejects(undoLast(request(layout)), { code: "UNDO_IMPOSSIBLE" });
    assert.equal(await Deno.readTextFile(manifest), "new");
  });
});

Deno.test("an undo that meets something in its way takes itself back", async () => {
  await withWorkspace(async (layout) => {
    const { root, manifest } = environmentLayout(layout, "demo");
    await writeTree(root, { ".cec/pyproject.toml": "old", pack: "pack" });
    await change(request(layout), async (transaction) => {
      await transaction.move(join(root, "pack"), join(root, "disabled"));
      await transaction.writeFile(manifest, "new");
    });
    await writeTree(root, { pack: "another pack" });
    const before = await readTree(layout.environments);
    await assert.rejects(undoLast(request(layout)), { code: "UNDO_IMPOSSIBLE" });
    assert.deepEqual(await readTree(layout.environments), before);
    await Deno.remove(join(root, "pack"));
    await undoLast(request(layout));
    assert.equal(await Deno.readTextFile(manifest), "old");
  });
});

Deno.test("a state outside the files returns with the undo, and again with the undo of the undo", async () => {
  await withWorkspace(async (layout) => {
    const head = join(environmentLayout(layout, "demo").root, "head.txt");
    await writeTree(layout.environments, { "demo/head.txt": "one" });
    await change(request(layout), async (transaction) => {
      await transaction.note("head", { head: "one" });
      await Deno.writeTextFile(head, "two");
    });
    await undoLast(request(layout));
    assert.equal(await Deno.readTextFile(head), "one");
    await undoLast(request(layout));
    assert.equal(await Deno.readTextFile(head), "two");
    await assert.rejects(undoLast({ ...request(layout), handlers: {} }), { code: "INTERNAL" });
    assert.equal(await Deno.readTextFile(head), "two");
  });
});

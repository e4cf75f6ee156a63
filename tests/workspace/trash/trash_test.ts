import assert from "node:assert/strict";
import { join } from "node:path";
import {
  emptyTrash,
  listTrash,
  moveToTrash,
  planEmptyTrash,
  restoreFromTrash,
} from "../../../src/workspace/mod.ts";
import { readTree, writeTree } from "../support/tree.ts";
import { withWorkspace } from "../support/workspace.ts";

const reason = { command: "delete demo", at: "2026-01-02T03:04:05.000Z", environment: "demo" };

Deno.test("what goes to the trash is listed with its story and comes back where it was", async () => {
  await withWorkspace(async (layout) => {
    await writeTree(layout.environments, { "demo/output/a.png": "picture", "demo/x": "x" });
    const before = await readTree(layout.environments);
    const path = join(layout.environments, "demo");
    const moved = await moveToTrash(layout, path, reason);
    assert.match(moved.id, /^20260102-[0-9a-f]{8}$/);
    assert.deepEqual(await readTree(layout.environments), {});
    const [entry] = await listTrash(layout);
    assert.deepEqual(entry, moved);
    assert.equal(entry?.files, 2);
    assert.deepEqual([entry?.from, entry?.command, entry?.environment, entry?.name], [
      path,
      "delete demo",
      "demo",
      "demo",
    ]);
    // A part of the id will do.
    await restoreFromTrash(layout, moved.id.slice(0, 12));
    assert.deepEqual(await readTree(layout.environments), before);
    assert.deepEqual(await readTree(layout.trash), {});
  });
});

Deno.test("restoring refuses to overwrite, and takes another place instead", async () => {
  await withWorkspace(async (layout) => {
    const path = join(layout.environments, "note.txt");
    await writeTree(layout.environments, { "note.txt": "old" });
    const { id } = await moveToTrash(layout, path, reason);
    await writeTree(layout.environments, { "note.txt": "new" });
    await assert.rejects(restoreFromTrash(layout, id), { code: "TRASH_OCCUPIED" });
    assert.equal(await Deno.readTextFile(path), "new");
    const elsewhere = join(layout.environments, "deep", "old.txt");
    await restoreFromTrash(layout, id, elsewhere);
    assert.equal(await Deno.readTextFile(elsewhere), "old");
  });
});

Deno.test("an id that names nothing, or two things, is refused; links go without their targets", async () => {
  await withWorkspace(async (layout) => {
    await writeTree(layout.environments, { a: "a", "b/c": "c" });
    await Deno.symlink(join(layout.environments, "b"), join(layout.environments, "link"));
    await moveToTrash(layout, join(layout.environments, "a"), reason);
    await moveToTrash(layout, join(layout.environments, "link"), reason);
    assert.equal(await Deno.readTextFile(join(layout.environments, "b", "c")), "c");
    for (const id of ["20260102", "nonsense", ""]) {
      await assert.rejects(restoreFromTrash(layout, id), { code: "TRASH_NOT_FOUND" });
    }
    await assert.rejects(moveToTrash(layout, join(layout.environments, "a"), reason), {
      code: "FILE_NOT_FOUND",
    });
    assert.equal((await listTrash(layout)).length, 2);
  });
});

Deno.test("emptying deletes for good what is old enough, and nothing else", async () => {
  await withWorkspace(async (layout) => {
    await writeTree(layout.environments, { old: "old", young: "young" });
    const old = { ...reason, at: "2026-01-01T00:00:00.000Z" };
    await moveToTrash(layout, join(layout.environments, "old"), old);
    const young = { ...reason, at: "2026-01-09T00:00:00.000Z" };
    await moveToTrash(layout, join(layout.environments, "young"), young);
    await writeTree(layout.trash, { "stray/file": "not ours" });
    const entries = await listTrash(layout);
    assert.deepEqual(entries.map(({ name }) => name), ["young", "old"]);
    const now = Date.parse("2026-01-10T00:00:00.000Z");
    const plan = planEmptyTrash(entries, { olderThanDays: 5, now });
    assert.deepEqual(plan.map(({ name }) => name), ["old"]);
    await emptyTrash(layout, plan);
    assert.deepEqual((await listTrash(layout)).map(({ name }) => name), ["young"]);
    await emptyTrash(layout, planEmptyTrash(await listTrash(layout), { now }));
    assert.deepEqual(Object.keys(await readTree(layout.trash)), ["stray", "stray/file"]);
  });
});

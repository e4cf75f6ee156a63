import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import type { TrashEmptyData } from "../../../src/cli/workspace/trash/empty.ts";
import type { TrashListData } from "../../../src/cli/workspace/trash/list.ts";
import type { TrashRestoreData } from "../../../src/cli/workspace/trash/restore.ts";
import { environmentLayout, moveToTrash } from "../../../src/workspace/mod.ts";
import { hasPty, runInPty } from "../../support/pty.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { dataOf, exists, withWorkspace, type WorkspaceFixture } from "./support/workspace.ts";

/** Moves a picture of an environment to the trash. */
async function throwAway({ layout }: WorkspaceFixture, name: string, at: string) {
  const path = join(environmentLayout(layout, "demo").comfyui, "output", name);
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeTextFile(path, name);
  return { path, ...await moveToTrash(layout, path, { command: "delete", at }) };
}

Deno.test("trash list shows what was moved away, newest first; restore puts it back", async () => {
  await withWorkspace(async (fixture) => {
    const { run } = fixture;
    equal((await run(["trash", "list"])).stdout, "The trash is empty\n");
    const old = await throwAway(fixture, "old.png", "2026-01-01T00:00:00.000Z");
    const young = await throwAway(fixture, "young.png", "2026-02-01T00:00:00.000Z");
    const list = await run(["trash", "list", "--json"]);
    await assertPublishedShape(list.json);
    deepEqual(dataOf<TrashListData>(list).entries.map(({ id }) => id), [young.id, old.id]);
    const planned = await run(["trash", "restore", old.id, "--dry-run", "--json"]);
    await assertPublishedShape(planned.json);
    equal(await exists(old.path), false);
    const done = await run(["trash", "restore", "20260101", "--json"]);
    const { to, environment } = dataOf<TrashRestoreData>(done);
    deepEqual([to, environment], [old.path, "demo"]);
    equal(await Deno.readTextFile(old.path), "old.png");
    match((await run(["trash", "list"])).stdout, /1 entry,/);
    const told = await run(["trash", "restore", young.id]);
    match(told.stdout, /young\.png.*\nNext: comfydock status --env demo/);
  });
});

Deno.test("trash restore goes elsewhere on request, and replaces nothing", async () => {
  await withWorkspace(async (fixture) => {
    const { run, root } = fixture;
    const { id, path } = await throwAway(fixture, "a.png", "2026-01-01T00:00:00.000Z");
    await Deno.writeTextFile(path, "new");
    const refused = await run(["trash", "restore", id, "--json"]);
    deepEqual([refused.code, refused.json?.error?.code], [5, "TRASH_OCCUPIED"]);
    equal(await Deno.readTextFile(path), "new");
    const to = join(root, "found", "a.png");
    equal((await run(["trash", "restore", id, "--to", to])).code, 0);
    equal(await Deno.readTextFile(to), "a.png");
    for (const strange of [id, "x", "../trash"]) {
      const { code, json } = await run(["trash", "restore", strange, "--json"]);
      deepEqual([code, json?.error?.code], [4, "TRASH_NOT_FOUND"], strange);
    }
  });
});

Deno.test("trash empty deletes for good only with a yes, and spares what is young", async () => {
  await withWorkspace(async (fixture) => {
    const { run, layout } = fixture;
    const now = Date.now();
    const at = (days: number) => new Date(now - days * 86_400_000).toISOString();
    await throwAway(fixture, "old.png", at(40));
    await throwAway(fixture, "young.png", at(3));
    const count = async () => (await Array.fromAsync(Deno.readDir(layout.trash))).length;
    const refused = await run(["trash", "empty", "--json"]);
    deepEqual([refused.code, refused.json?.error?.code], [2, "ANSWER_NEEDED"]);
    const planned = await run(["trash", "empty", "--older-than", "30", "--dry-run", "--json"]);
    await assertPublishedShape(planned.json);
    deepEqual([dataOf<TrashEmptyData>(planned).spared, await count()], [1, 2]);
    const done = await run(["trash", "empty", "--older-than", "30", "-y", "--json"]);
    deepEqual([dataOf<TrashEmptyData>(done).deleted.length, await count()], [1, 1]);
    equal((await run(["trash", "empty", "--older-than", "30"])).code, 0);
    equal((await run(["trash", "empty", "--yes"])).code, 0);
    equal(await count(), 0);
  });
});

Deno.test({
  name: "trash empty asks on a terminal, and no means no",
  ignore: !hasPty,
  fn: () =>
    withWorkspace(async (fixture) => {
      const { env, layout } = fixture;
      await throwAway(fixture, "a.png", "2026-01-01T00:00:00.000Z");
      const answer = (key: string) =>
        runInPty(["trash", "empty"], { env, steps: [{ expect: "for good?", send: key }] });
      equal((await answer("n")).code, 0);
      equal((await Array.fromAsync(Deno.readDir(layout.trash))).length, 1);
      const { output } = await answer("y");
      match(output, /Deleted 1 entry,/);
      equal((await Array.fromAsync(Deno.readDir(layout.trash))).length, 0);
    }),
});

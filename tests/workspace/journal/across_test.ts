import assert from "node:assert/strict";
import { join } from "node:path";
import {
  change,
  copyTree,
  environmentLock,
  recover,
  withLocks,
  type WorkspaceLayout,
} from "../../../src/workspace/mod.ts";
import { otherFileSystem } from "../support/outside.ts";
import { storyRequest } from "../support/story.ts";
import { readTree, writeTree } from "../support/tree.ts";
import { withWorkspace } from "../support/workspace.ts";

const other = await otherFileSystem();

interface Scene {
  readonly layout: WorkspaceLayout;
  readonly outside: string;
  /** Where the transaction keeps the old content. */
  readonly backup: string;
  readonly staged: string;
}

/** What a kill in the middle of a copy between file systems leaves, step by step. */
const leftovers: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  "a part of the old content has arrived": ({ backup }) =>
    writeTree(join(backup, "..", ".1.comfydock-arriving"), { a: "o" }),
  "the old content has arrived and is still in its place": ({ outside, backup }) =>
    copyTree(join(outside, "pack"), backup),
  "the old content is half removed from its place": async ({ outside, backup }) => {
    await copyTree(join(outside, "pack"), backup);
    await Deno.rename(join(outside, "pack"), join(outside, ".pack.comfydock-gone"));
    await Deno.remove(join(outside, ".pack.comfydock-gone", "b"));
  },
  "a part of the new content has arrived": async ({ outside, backup }) => {
    await copyTree(join(outside, "pack"), backup);
    await Deno.remove(join(outside, "pack"), { recursive: true });
    await writeTree(outside, { ".pack.comfydock-arriving/a": "n" });
  },
  "the new content has arrived and is still staged": async ({ outside, backup, staged }) => {
    await copyTree(join(outside, "pack"), backup);
    await Deno.remove(join(outside, "pack"), { recursive: true });
    await copyTree(staged, join(outside, "pack"));
  },
};

for (const [name, leave] of Object.entries(leftovers)) {
  Deno.test({
    name: `a change between file systems is taken back when ${name}`,
    ignore: other === undefined,
    fn: async () => {
      await withWorkspace(async (layout) => {
        const outside = await Deno.makeTempDir({ dir: other });
        try {
          await writeTree(outside, { "pack/a": "old a", "pack/b": "old b" });
          const before = await readTree(outside);
          const request = storyRequest({ layout, outside });
          await dieBeforeEffect(request, outside);
          const [transaction] = Object.keys(await readTree(layout.journal));
          const directory = join(layout.journal, transaction!);
          const backup = join(directory, "backup", "1");
          await leave({ layout, outside, backup, staged: join(directory, "stage", "1") });
          const options = { command: "status", timeoutMs: 10_000 };
          await withLocks(layout, [environmentLock("demo")], options, async (locks) => {
            await recover({ ...request, locks });
          });
          assert.deepEqual(await readTree(outside), before);
          assert.deepEqual(await readTree(layout.journal), {});
          assert.deepEqual(await readTree(layout.trash), {});
        } finally {
          await Deno.remove(outside, { recursive: true });
        }
      });
    },
  });
}

/** Leaves a record whose effect has not begun. */
async function dieBeforeEffect(
  request: ReturnType<typeof storyRequest>,
  outside: string,
): Promise<void> {
  const died = new Error("Died");
  const reach = (point: string) => {
    if (point === "journal:record:1" || point === "journal:returning") throw died;
  };
  await assert.rejects(
    change({ ...request, checkpoints: { reach } }, async (transaction) => {
      const staged = await transaction.stagePath();
      await writeTree(staged, { a: "new a", c: "new c" });
      await transaction.replace(join(outside, "pack"), staged);
    }),
    died,
  );
}

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
  /** Where the transaction that died keeps the old content. */
  backup(): Promise<string>;
  /** Where it built the new one. */
  staged(): Promise<string>;
}

/** What a kill in the middle of a copy between file systems leaves, step by step. */
const leftovers: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  "a part of the old content has arrived": async ({ backup }) =>
    await writeTree(join(await backup(), "..", ".1.comfydock-arriving"), { a: "o" }),
  "the old content has arrived and is still in its place": async ({ outside, backup }) =>
    await copyTree(join(outside, "pack"), await backup()),
  "the old content is half removed from its place": async ({ outside, backup }) => {
    await copyTree(join(outside, "pack"), await backup());
    await Deno.rename(join(outside, "pack"), join(outside, ".pack.comfydock-gone"));
    await Deno.remove(join(outside, ".pack.comfydock-gone", "b"));
  },
  "a part of the new content has arrived": async ({ outside, backup }) => {
    await copyTree(join(outside, "pack"), await backup());
    await Deno.remove(join(outside, "pack"), { recursive: true });
    await writeTree(outside, { ".pack.comfydock-arriving/a": "n" });
  },
  "the new content has arrived and is still staged": async ({ outside, backup, staged }) => {
    await copyTree(join(outside, "pack"), await backup());
    await Deno.remove(join(outside, "pack"), { recursive: true });
    await copyTree(await staged(), join(outside, "pack"));
  },
};

for (const [name, leave] of Object.entries(leftovers)) {
  Deno.test({
    name: `a change between file systems is taken back when ${name}`,
    ignore: other === undefined,
    fn: async () => {
      await withScene(async (scene) => {
        const { layout, outside } = scene;
        const before = await readTree(outside);
        await dieBeforeEffect(storyRequest({ layout, outside }), outside);
        await leave(scene);
        await recoverHere(layout);
        assert.deepEqual(await readTree(outside), before);
        assert.deepEqual(await readTree(layout.journal), {});
        assert.deepEqual(await readTree(layout.trash), {});
      });
    },
  });
}

async function withScene(work: (scene: Scene) => Promise<void>): Promise<void> {
  await withWorkspace(async (layout) => {
    const outside = await Deno.makeTempDir({ dir: other });
    const inTransaction = async (...names: string[]) => {
      const [directory] = Object.keys(await readTree(layout.journal));
      return join(layout.journal, directory!, ...names);
    };
    try {
      await writeTree(outside, { "pack/a": "old a", "pack/b": "old b" });
      await work({
        layout,
        outside,
        backup: () => inTransaction("backup", "1"),
        staged: () => inTransaction("stage", "1"),
      });
    } finally {
      await Deno.remove(outside, { recursive: true });
    }
  });
}

async function recoverHere(layout: WorkspaceLayout): Promise<void> {
  const options = { command: "status", timeoutMs: 10_000 };
  await withLocks(layout, [environmentLock("demo")], options, async (locks) => {
    await recover({ ...storyRequest({ layout, outside: "" }), locks });
  });
}

Deno.test({
  name: "a new thing that has arrived and is still staged is taken away again",
  ignore: other === undefined,
  fn: async () => {
    await withScene(async ({ layout, outside, staged }) => {
      await Deno.remove(join(outside, "pack"), { recursive: true });
      const request = storyRequest({ layout, outside });
      await dieBeforeEffect(request, outside);
      await copyTree(await staged(), join(outside, "pack"));
      await recoverHere(layout);
      assert.deepEqual(await readTree(outside), {});
    });
  },
});

Deno.test({
  name: "what has been taken back already is not touched again by the next try",
  ignore: other === undefined,
  fn: async () => {
    await withScene(async ({ layout, outside }) => {
      const inside = join(layout.environments, "demo", "pack");
      await writeTree(inside, { a: "inside" });
      const before = await readTree(outside);
      const died = new Error("Died");
      const reach = (point: string) => {
        if (point === "journal:undone:1") throw died;
      };
      const request = { ...storyRequest({ layout, outside }), checkpoints: { reach } };
      await assert.rejects(
        change(request, async (transaction) => {
          await transaction.remove(join(outside, "pack"));
          await transaction.move(inside, join(outside, "pack"));
          throw died;
        }),
        died,
      );
      await recoverHere(layout);
      assert.deepEqual(await readTree(outside), before);
      assert.equal(await Deno.readTextFile(join(inside, "a")), "inside");
    });
  },
});

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

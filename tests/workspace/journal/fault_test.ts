import assert from "node:assert/strict";
import { join } from "node:path";
import {
  applyInit,
  change,
  environmentLayout,
  environmentLock,
  listTrash,
  planInit,
  recover,
  withLocks,
  type WorkspaceLayout,
  workspaceLayout,
} from "../../../src/workspace/mod.ts";
import { runChild, startChild } from "../support/child.ts";
import { runWithSmallFiles, withSmallDisk } from "../support/small_disk.ts";
import { storyRequest } from "../support/story.ts";
import { readTree, writeTree } from "../support/tree.ts";
import { withDirectory, withWorkspace } from "../support/workspace.ts";

const options = { command: "status", timeoutMs: 20_000 };

async function recoverHere(layout: WorkspaceLayout): Promise<void> {
  await withLocks(layout, [environmentLock("demo")], options, async (locks) => {
    await recover({ ...storyRequest({ layout, outside: "" }), locks });
  });
}

async function prepare(root: string): Promise<WorkspaceLayout> {
  await applyInit(await planInit({ path: root, now: "2026-01-02T03:04:05.000Z" }));
  const layout = workspaceLayout(root);
  await writeTree(environmentLayout(layout, "demo").root, {
    ".cec/pyproject.toml": "old",
    "removed.txt": "a user's text",
    "output/picture.png": "picture",
  });
  return layout;
}

async function assertAsBefore(
  layout: WorkspaceLayout,
  before: Readonly<Record<string, string>>,
): Promise<void> {
  assert.deepEqual(await readTree(layout.environments), before);
  assert.deepEqual(await readTree(layout.journal), {});
  assert.deepEqual(await listTrash(layout), []);
}

Deno.test("processes that are killed at random times never leave a change half-done", async () => {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0]!;
  let state = seed;
  await withDirectory(async (directory) => {
    const layout = await prepare(join(directory, "workspace"));
    const { manifest, lockFile, comfyui } = environmentLayout(layout, "demo");
    for (let round = 0; round < 6; round++) {
      const child = startChild("counting_child.ts", [layout.root]);
      const reader = child.stdout.getReader();
      await reader.read();
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      await new Promise((resolve) => setTimeout(resolve, state % 60));
      child.kill("SIGKILL");
      await child.status;
      await Promise.all([reader.cancel(), child.stderr.cancel()]);
      await recoverHere(layout);
      const count = await Deno.readTextFile(manifest);
      const files = Object.keys(await readTree(comfyui)).sort();
      const context = `seed ${seed}, round ${round}`;
      assert.equal(await Deno.readTextFile(lockFile), count, context);
      assert.deepEqual(files, [`file-${count}`, "main.py"], context);
      assert.deepEqual(await readTree(layout.journal), {}, context);
    }
  });
});

Deno.test("a full disk takes the change back", async () => {
  // Without the right to mount, the test below is the one that holds the promise.
  await withSmallDisk(async (directory) => {
    const layout = await prepare(join(directory, "workspace"));
    const before = await readTree(layout.environments);
    const { text } = await runChild("filling_child.ts", [layout.root, "4096"]);
    assert.equal(text, "DISK_FULL");
    await recoverHere(layout);
    await assertAsBefore(layout, before);
  });
});

Deno.test({
  name: "a write that the system refuses half-way takes the change back",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await withDirectory(async (directory) => {
      const layout = await prepare(join(directory, "workspace"));
      const before = await readTree(layout.environments);
      // Small pieces let the journal itself grow to the limit, large ones a staged file.
      for (const pieceBytes of ["0", "50000"]) {
        const args = [layout.root, pieceBytes];
        const text = await runWithSmallFiles("filling_child.ts", args, 60_000);
        assert.match(text, /^(FILE_UNWRITABLE|DISK_FULL)$/);
        await assertAsBefore(layout, before);
      }
    });
  },
});

Deno.test({
  name: "a directory that cannot be changed takes the change back and is named",
  // Windows has no mode that keeps a directory from changing.
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await withWorkspace(async (layout) => {
      const { root, manifest } = environmentLayout(layout, "demo");
      await writeTree(root, { ".cec/pyproject.toml": "old", "locked/inner/x": "x" });
      const locked = join(root, "locked");
      await withUnchangeable(locked, async () => {
        const before = await readTree(layout.environments);
        const request = storyRequest({ layout, outside: "" });
        await assert.rejects(
          change(request, async (transaction) => {
            await transaction.writeFile(manifest, "new");
            await transaction.remove(join(locked, "inner"));
          }),
          (error) => error instanceof Error && error.message.includes(locked),
        );
        assert.deepEqual(await readTree(layout.environments), before);
        assert.deepEqual(await readTree(layout.journal), {});
      });
    });
  },
});

/** Makes a directory read-only; for the superuser, who ignores modes, by the attribute of the file system. */
async function withUnchangeable(directory: string, work: () => Promise<void>): Promise<void> {
  const superuser = Deno.build.os !== "windows" && Deno.uid() === 0;
  const set = async (on: boolean) => {
    if (!superuser) return await Deno.chmod(directory, on ? 0o500 : 0o700);
    const args = [on ? "+i" : "-i", directory];
    const { success } = await new Deno.Command("chattr", { args, stderr: "null" }).output();
    // Where the file system has no such attribute, a mount point cannot be moved either.
    if (!success) {
      const mount = on ? ["mount", "--bind", directory, directory] : ["umount", directory];
      await new Deno.Command(mount[0]!, { args: mount.slice(1), stderr: "null" }).output();
      if (on) {
        const again = ["-o", "remount,bind,ro", directory];
        await new Deno.Command("mount", { args: again, stderr: "null" }).output();
      }
    }
  };
  await set(true);
  try {
    await work();
  } finally {
    await set(false);
  }
}

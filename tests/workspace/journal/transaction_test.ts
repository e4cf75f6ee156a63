import assert from "node:assert/strict";
import { join } from "node:path";
import {
  change,
  type ChangeRequest,
  environmentLayout,
  environmentLock,
  listTrash,
  type WorkspaceLayout,
} from "../../../src/workspace/mod.ts";
import { readTree, writeTree } from "../support/tree.ts";
import { withWorkspace } from "../support/workspace.ts";

function request(layout: WorkspaceLayout, more: Partial<ChangeRequest> = {}): ChangeRequest {
  return {
    layout,
    locks: [environmentLock("demo")],
    lockTimeoutMs: 0,
    scope: "demo",
    command: "py add",
    handlers: {},
    ...more,
  };
}

Deno.test("work that fails leaves every file as it was, made directories gone", async () => {
  await withWorkspace(async (layout) => {
    const { root, manifest, comfyui } = environmentLayout(layout, "demo");
    await writeTree(root, { ".cec/pyproject.toml": "old", "ComfyUI/main.py": "main" });
    const before = await readTree(layout.environments);
    await assert.rejects(
      change(request(layout), async (transaction) => {
        await transaction.writeFile(manifest, "new");
        await transaction.writeFile(join(root, "a", "b", "c.txt"), "deep");
        await transaction.move(comfyui, join(root, "old", "ComfyUI"));
        await transaction.trash(join(root, "old"));
        throw new Error("No such package");
      }),
      /No such package/,
    );
    assert.deepEqual(await readTree(layout.environments), before);
    assert.deepEqual(await listTrash(layout), []);
    assert.deepEqual(await readTree(layout.journal), {});
    assert.deepEqual(await readTree(layout.trash), {});
  });
});

Deno.test("one change that fails is undone by itself, and the work may go on", async () => {
  await withWorkspace(async (layout) => {
    const { root, manifest } = environmentLayout(layout, "demo");
    await writeTree(root, { ".cec/pyproject.toml": "old", "file": "in the way" });
    await change(request(layout), async (transaction) => {
      await assert.rejects(transaction.writeFile(join(root, "file", "x"), "below a file"));
      await assert.rejects(transaction.move(manifest, join(root, "file")), /exists/);
      await assert.rejects(transaction.move(join(root, "none"), join(root, "b")), /not exist/);
      await assert.rejects(transaction.replace(manifest, join(root, "none")), /not exist/);
      await transaction.remove(join(root, "none"));
      await transaction.trash(join(root, "none"));
      await transaction.writeFile(manifest, "new");
    });
    assert.equal(await Deno.readTextFile(manifest), "new");
    assert.equal(await Deno.readTextFile(join(root, "file")), "in the way");
  });
});

Deno.test("a replacement that fails half-way gives the old content back, and what came in between is in the trash", async () => {
  await withWorkspace(async (layout) => {
    const { root, manifest } = environmentLayout(layout, "demo");
    await writeTree(root, { ".cec/pyproject.toml": "old" });
    const reach = (point: string) => {
      if (point === "journal:saved:1") Deno.writeTextFileSync(manifest, "by another program");
    };
    await change(request(layout, { checkpoints: { reach } }), async (transaction) => {
      await assert.rejects(transaction.writeFile(manifest, "new"), /exists/);
      assert.equal(await Deno.readTextFile(manifest), "old");
      await transaction.writeFile(join(root, "other"), "new");
    });
    assert.deepEqual(Object.keys(await readTree(root)), [".cec", ".cec/pyproject.toml", "other"]);
    assert.equal(await Deno.readTextFile(manifest), "old");
    assert.match(Object.values(await readTree(layout.trash)).join("\n"), /by another program/);
  });
});

Deno.test("calls that are not awaited one by one still run one after another", async () => {
  await withWorkspace(async (layout) => {
    const { root } = environmentLayout(layout, "demo");
    const path = join(root, "counter");
    await change(request(layout), async (transaction) => {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => transaction.writeFile(path, `${index}`)),
      );
      void transaction.writeFile(path, "last");
    });
    assert.equal(await Deno.readTextFile(path), "last");
  });
});

Deno.test("a file that is written keeps its mode, and links are replaced, not followed", async () => {
  await withWorkspace(async (layout) => {
    const { root } = environmentLayout(layout, "demo");
    await writeTree(root, { "script.sh": "old", "real.txt": "real" });
    await Deno.symlink(join(root, "real.txt"), join(root, "link.txt"));
    if (Deno.build.os !== "windows") await Deno.chmod(join(root, "script.sh"), 0o750);
    await change(request(layout), async (transaction) => {
      await transaction.writeFile(join(root, "script.sh"), "new");
      await transaction.writeFile(join(root, "link.txt"), "new");
    });
    const tree = await readTree(root);
    if (Deno.build.os !== "windows") assert.equal(tree["script.sh"], "file 750 new");
    assert.match(tree["real.txt"]!, /real$/);
    assert.match(tree["link.txt"]!, /^file \d* new$/);
  });
});

Deno.test("old things of a user go to the trash with the next change, others are deleted", async () => {
  await withWorkspace(async (layout) => {
    const { root } = environmentLayout(layout, "demo");
    await writeTree(root, { mine: "mine", had: "had", made: "made" });
    await change(request(layout), async (transaction) => {
      await transaction.remove(join(root, "mine"), { keep: "trash" });
      await transaction.remove(join(root, "had"));
      await transaction.remove(join(root, "made"), { keep: "none" });
    });
    assert.deepEqual(await listTrash(layout), []);
    const kept = Object.values(await readTree(layout.undo)).join();
    assert.match(kept, /mine/);
    assert.doesNotMatch(kept, /file \d* made/);
    await change(request(layout), (transaction) => transaction.writeFile(join(root, "x"), "x"));
    const trash = await listTrash(layout);
    assert.deepEqual(trash.map(({ from, command }) => [from, command]), [
      [join(root, "mine"), "py add"],
    ]);
    const left = Object.values({ ...await readTree(layout.root) });
    assert(!left.some((what) => /^file \d* had$/.test(what)));
  });
});

Deno.test("a change that cannot be undone keeps nothing but what a user made", async () => {
  await withWorkspace(async (layout) => {
    const { root } = environmentLayout(layout, "demo");
    await writeTree(root, { mine: "mine", had: "had" });
    await change(request(layout, { undoable: false }), async (transaction) => {
      await transaction.remove(join(root, "mine"), { keep: "trash" });
      await transaction.remove(join(root, "had"));
    });
    assert.deepEqual((await listTrash(layout)).map(({ name }) => name), ["mine"]);
    assert(!await Deno.stat(layout.undo).then(() => true, () => false));
    assert.deepEqual(await readTree(layout.journal), {});
  });
});

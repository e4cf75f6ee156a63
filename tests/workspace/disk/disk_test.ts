import assert from "node:assert/strict";
import { join } from "node:path";
import {
  copyTree,
  freeSpace,
  lookAt,
  measureTrees,
  onSameDevice,
  removeTree,
} from "../../../src/workspace/mod.ts";
import { readTree, writeTree } from "../support/tree.ts";
import { withDirectory } from "../support/workspace.ts";

const posix = Deno.build.os !== "windows";

Deno.test("copyTree() keeps contents, modes, times and links, and follows no link", async () => {
  await withDirectory(async (directory) => {
    const from = join(directory, "from");
    await writeTree(directory, { "outside/secret": "outside" });
    await writeTree(from, { "a/b.txt": "b", "a/run.sh": "run", "empty/.keep": "" });
    if (posix) await Deno.chmod(join(from, "a", "run.sh"), 0o755);
    if (posix) await Deno.chmod(join(from, "a"), 0o750);
    await Deno.symlink(join("..", "outside"), join(from, "link"));
    await Deno.symlink("nowhere", join(from, "dangling"));
    const time = new Date("2020-01-02T03:04:05Z");
    await Deno.utime(join(from, "a", "b.txt"), time, time);
    await copyTree(from, join(directory, "to"));
    assert.deepEqual(await readTree(join(directory, "to")), await readTree(from));
    const copied = await Deno.stat(join(directory, "to", "a", "b.txt"));
    assert.equal(copied.mtime?.getTime(), time.getTime());
    if (posix) assert.equal((await Deno.stat(join(directory, "to", "a"))).mode! & 0o777, 0o750);
    await assert.rejects(copyTree(from, join(directory, "to")), /exists/i);
  });
});

Deno.test("copyTree() leaves out what is not included, shares content when asked, and stops when interrupted", async () => {
  await withDirectory(async (directory) => {
    const from = join(directory, "from");
    await writeTree(from, { "a/b": "b", "a/.git/x": "x", c: "c" });
    const include = (path: string) => path !== "a/.git";
    await copyTree(from, join(directory, "to"), { include, hardLinks: true });
    const found = Object.keys(await readTree(join(directory, "to")));
    assert.deepEqual(found, ["a", "a/b", "c"]);
    if (posix) assert.equal((await Deno.stat(join(from, "c"))).nlink, 2);
    const signal = AbortSignal.abort();
    await assert.rejects(copyTree(from, join(directory, "x"), { signal }), { code: "INTERRUPTED" });
  });
});

Deno.test({
  name: "copyTree() refuses what is neither file, directory nor link",
  ignore: !posix,
  fn: async () => {
    await withDirectory(async (directory) => {
      const pipe = join(directory, "pipe");
      await new Deno.Command("mkfifo", { args: [pipe] }).output();
      await assert.rejects(copyTree(pipe, join(directory, "copy")), /neither a file/);
    });
  },
});

Deno.test("measureTrees() counts a file with several names once and follows no link", async () => {
  await withDirectory(async (directory) => {
    const content = "x".repeat(100_000);
    await writeTree(directory, { "a/big": content, "b/deep/er/small": "1" });
    const alone = await measureTrees([join(directory, "a")]);
    await Deno.link(join(directory, "a", "big"), join(directory, "b", "again"));
    await Deno.symlink(join(directory, "a"), join(directory, "b", "link"));
    const both = await measureTrees([directory, join(directory, "missing")]);
    assert(alone.bytes >= 100_000 && alone.files === 1);
    assert.equal(both.files, 3);
    assert(both.bytes < 2 * alone.bytes);
    assert.deepEqual(await measureTrees([join(directory, "missing")]), { files: 0, bytes: 0 });
  });
});

Deno.test("removeTree() removes links without their targets, read-only things, and nothing twice", async () => {
  await withDirectory(async (directory) => {
    await writeTree(directory, { "keep/x": "x", "gone/deep/y": "y" });
    await Deno.symlink(join(directory, "keep"), join(directory, "gone", "link"));
    if (posix) {
      await Deno.chmod(join(directory, "gone", "deep", "y"), 0o400);
      await Deno.chmod(join(directory, "gone", "deep"), 0o500);
    }
    await removeTree(join(directory, "gone"));
    await removeTree(join(directory, "gone"));
    await removeTree(join(directory, "keep", "x", "below"));
    assert.deepEqual(Object.keys(await readTree(directory)), ["keep", "keep/x"]);
  });
});

Deno.test("lookAt(), freeSpace() and onSameDevice() take paths that do not exist yet", async () => {
  await withDirectory(async (directory) => {
    const missing = join(directory, "a", "b");
    assert.equal(await lookAt(missing), undefined);
    assert(await freeSpace(missing) > 0);
    assert.equal(await onSameDevice(missing, directory), true);
  });
});

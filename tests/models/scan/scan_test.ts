import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { blake3 } from "@noble/hashes/blake3.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { sampleModel } from "../../support/model_files.ts";
import { withModelTree } from "../support/model_tree.ts";

const digest = (content: string) => bytesToHex(blake3(sampleModel(content)));

Deno.test("a tree with duplicates, moves and broken files gives the right index, twice in a row", async () => {
  await withModelTree(async ({ root, models, write, scan, held, index }) => {
    await write("checkpoints/a.safetensors", "a");
    await write("checkpoints/twin.safetensors", "a");
    await write("loras/deep/b.safetensors", "b");
    await write("vae/c.safetensors", "c");
    await write("notes.txt", "no model");
    await Deno.writeTextFile(join(models, "vae", "page.safetensors"), "<html>Sign in</html>");
    await Deno.writeFile(join(models, "vae", "cut.safetensors"), sampleModel("cut").slice(0, 20));
    const expected = {
      "models/checkpoints/a.safetensors": digest("a"),
      "models/checkpoints/twin.safetensors": digest("a"),
      "models/loras/deep/b.safetensors": digest("b"),
      "models/vae/c.safetensors": digest("c"),
    };
    const first = await scan();
    assert.deepEqual(held(), expected);
    assert.deepEqual([first.files, first.added, first.unchanged], [4, 4, 0]);
    const codes = (report: typeof first) =>
      report.problems.map(({ code, path }) => `${code} ${path.slice(root.length + 1)}`).sort();
    const told = [
      "MODEL_BROKEN models/vae/cut.safetensors",
      "MODEL_NOT_A_MODEL models/vae/page.safetensors",
    ];
    assert.deepEqual(codes(first), told);
    const second = await scan();
    assert.deepEqual(held(), expected);
    assert.deepEqual([second.added, second.unchanged, second.hashedBytes], [0, 4, 0]);
    assert.deepEqual(codes(second), told);
    assert.equal(index.count().models, 3);
    assert.equal(index.byName("a.safetensors")[0]?.locations.length, 2);
  });
});

Deno.test("moved files are known without being read, changed ones are read, vanished ones forgotten", async () => {
  await withModelTree(async ({ models, write, scan, held }) => {
    const a = await write("checkpoints/a.safetensors", "a");
    const b = await write("loras/b.safetensors", "b");
    const c = await write("vae/c.safetensors", "c");
    await write("vae/d.safetensors", "d");
    await scan();
    await Deno.mkdir(join(models, "unet"));
    await Deno.rename(a, join(models, "unet", "renamed.safetensors"));
    await Deno.writeFile(b, sampleModel("B"));
    await Deno.remove(c);
    const report = await scan();
    const { added, changed, moved, removed, unchanged, hashedBytes } = report;
    assert.deepEqual({ added, changed, moved, removed, unchanged }, {
      added: 0,
      changed: 1,
      moved: 1,
      removed: 2,
      unchanged: 1,
    });
    assert.equal(hashedBytes, sampleModel("B").length);
    assert.deepEqual(held(), {
      "models/loras/b.safetensors": digest("B"),
      "models/unet/renamed.safetensors": digest("a"),
      "models/vae/d.safetensors": digest("d"),
    });
  });
});

Deno.test("a file that only looks the same is read again: other inode, other time", async () => {
  await withModelTree(async ({ write, scan, held }) => {
    const path = await write("vae/a.safetensors", "one");
    const { mtime } = await Deno.stat(path);
    await scan();
    await Deno.writeFile(`${path}.new`, sampleModel("two"));
    await Deno.rename(`${path}.new`, path);
    await Deno.utime(path, mtime!, mtime!);
    assert.equal((await scan()).changed, 1);
    assert.deepEqual(held(), { "models/vae/a.safetensors": digest("two") });
    await Deno.utime(path, new Date(0), new Date(0));
    assert.equal((await scan()).changed, 1);
  });
});

Deno.test("a file that turns bad is not the model any more", async () => {
  await withModelTree(async ({ write, scan, held }) => {
    const path = await write("vae/a.safetensors", "a");
    await scan();
    await Deno.writeTextFile(path, "<html>");
    const { problems, removed } = await scan();
    assert.deepEqual([problems.length, removed, held()], [1, 1, {}]);
  });
});

Deno.test("SHA-256 is computed where it is asked for, also for files that are known", async () => {
  await withModelTree(async ({ write, scan, index }) => {
    await write("vae/a.safetensors", "a");
    await scan();
    const sha256 = createHash("sha256").update(sampleModel("a")).digest("hex");
    assert.equal(index.models()[0]?.sha256, undefined);
    const report = await scan(undefined, { sha256: true });
    assert.deepEqual([report.unchanged, report.changed, report.added], [1, 0, 0]);
    assert.equal(index.models()[0]?.sha256, sha256);
    assert.equal(index.find(`sha256:${sha256}`)[0]?.name, "a.safetensors");
    assert.equal((await scan(undefined, { sha256: true })).hashedBytes, 0);
  });
});

Deno.test("without --recursive only the directory itself counts, and what lies deeper stays known", async () => {
  await withModelTree(async ({ models, write, scan, held }) => {
    await write("a.safetensors", "a");
    const deep = await write("deep/b.safetensors", "b");
    assert.equal((await scan(undefined, { recursive: false })).files, 1);
    await scan();
    await Deno.remove(deep);
    await Deno.remove(join(models, "a.safetensors"));
    assert.equal((await scan(undefined, { recursive: false })).removed, 1);
    assert.deepEqual(Object.keys(held()), ["models/deep/b.safetensors"]);
  });
});

Deno.test("roots in one another hold each file once, in whatever order they are scanned", async () => {
  await withModelTree(async ({ models, write, scan, held, index }) => {
    await write("loras/a.safetensors", "a");
    await write("loras/sub/b.safetensors", "b");
    await write("vae/c.safetensors", "c");
    await scan([join(models, "loras")]);
    assert.equal(index.models()[0]?.locations[0]?.folder, "loras");
    const outer = await scan([models, join(models, "loras", "sub")]);
    assert.deepEqual([outer.moved, outer.added, outer.removed], [2, 1, 2]);
    const all = Object.keys(held());
    assert.equal(all.length, 3);
    assert.equal(index.count().locations, 3);
    await Deno.remove(join(models, "loras", "a.safetensors"));
    await Deno.remove(join(models, "vae", "c.safetensors"));
    const inner = await scan([join(models, "loras")]);
    assert.deepEqual([inner.removed, inner.unchanged], [1, 1]);
    assert.deepEqual(Object.keys(held()), all.filter((path) => !path.includes("/a.")));
  });
});

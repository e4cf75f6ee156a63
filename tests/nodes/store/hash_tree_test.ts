import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import fc from "fast-check";
import { hashTree } from "../../../src/nodes/mod.ts";
import { writeFiles } from "../../support/node_world.ts";

const sha256 = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex");

async function withDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const posix = Deno.build.os !== "windows";

Deno.test({
  name: "the digest of a tree is that of the documented text",
  ignore: !posix,
  fn: () =>
    withDirectory(async (directory) => {
      await writeFiles(directory, { "b.py": "b", "a/z.py": "z", "a/é.txt": "", "B.py": "upper" });
      await Deno.writeTextFile(join(directory, "run.sh"), "run");
      await Deno.chmod(join(directory, "run.sh"), 0o700);
      await Deno.symlink("a/z.py", join(directory, "link"));
      const text = "comfydock-tree 1\0" +
        `f ${sha256("upper")} B.py\0` +
        `f ${sha256("z")} a/z.py\0` +
        `f ${sha256("")} a/é.txt\0` +
        `f ${sha256("b")} b.py\0` +
        `l ${sha256("a/z.py")} link\0` +
        `x ${sha256("run")} run.sh\0`;
      assert.equal(await hashTree(directory), sha256(text));
    }),
});

Deno.test("what git, Python and Manager leave behind does not change the digest", () =>
  withDirectory(async (directory) => {
    await writeFiles(directory, { "a.py": "a", "sub/b.py": "b", "only.pyc": "code" });
    const before = await hashTree(directory);
    await writeFiles(directory, {
      ".git/HEAD": "x",
      "sub/.git": "gitdir: elsewhere",
      "__pycache__/a.cpython-312.pyc": "x",
      "sub/__pycache__/b.pyc": "x",
      "a.pyc": "x",
      ".tracking": "a.py",
    });
    await Deno.mkdir(join(directory, "empty"));
    await Deno.utime(join(directory, "a.py"), 1, 1);
    assert.equal(await hashTree(directory), before);
  }));

const CHANGES: readonly (readonly [string, (directory: string) => Promise<void>])[] = [
  ["content", (directory) => Deno.writeTextFile(join(directory, "a.py"), "other")],
  ["a new file", (directory) => Deno.writeTextFile(join(directory, "c.py"), "")],
  ["a removed file", (directory) => Deno.remove(join(directory, "sub", "b.py"))],
  ["a name", (directory) => Deno.rename(join(directory, "a.py"), join(directory, "A.py"))],
  ["bytecode without its source", (directory) => Deno.remove(join(directory, "s.py"))],
  [
    "a tracking list deeper down",
    (directory) => Deno.writeTextFile(join(directory, "sub", ".tracking"), ""),
  ],
  ["the executable bit", (directory) => Deno.chmod(join(directory, "a.py"), 0o755)],
  ["a link in place of a file", async (directory) => {
    await Deno.remove(join(directory, "a.py"));
    await Deno.symlink("s.py", join(directory, "a.py"));
  }],
];

for (const [what, change] of CHANGES) {
  Deno.test({
    name: `${what} changes the digest`,
    ignore: !posix && /bit|link/.test(what),
    fn: () =>
      withDirectory(async (directory) => {
        await writeFiles(directory, { "a.py": "a", "sub/b.py": "b", "s.py": "s", "s.pyc": "s" });
        const before = await hashTree(directory);
        await change(directory);
        assert.notEqual(await hashTree(directory), before);
      }),
  });
}

Deno.test("a file larger than one piece is hashed whole", () =>
  withDirectory(async (directory) => {
    const bytes = new Uint8Array(9 * 1024 ** 2).map((_, at) => at % 251);
    await Deno.writeFile(join(directory, "large.bin"), bytes);
    const text = `comfydock-tree 1\0f ${sha256(bytes)} large.bin\0`;
    assert.equal(await hashTree(directory), sha256(text));
  }));

Deno.test({
  name: "a device or a pipe in a pack is refused",
  ignore: !posix,
  fn: () =>
    withDirectory(async (directory) => {
      await new Deno.Command("mkfifo", { args: [join(directory, "pipe")] }).output();
      await assert.rejects(hashTree(directory), { code: "NODE_TREE_UNSAFE" });
    }),
});

Deno.test("equal files give equal digests in whatever order they were written", async () => {
  const name = fc.stringMatching(/^[a-zA-Z0-9_é]{1,6}\.py$/);
  const files = fc.dictionary(name, fc.string(), { minKeys: 1, maxKeys: 8 }).filter((each) =>
    new Set(Object.keys(each).map((key) => key.toLowerCase())).size === Object.keys(each).length
  );
  await fc.assert(
    fc.asyncProperty(files, async (each) => {
      await withDirectory(async (directory) => {
        const entries = Object.entries(each);
        await writeFiles(join(directory, "one"), Object.fromEntries(entries));
        await writeFiles(join(directory, "two"), Object.fromEntries(entries.toReversed()));
        const [one, two] = [join(directory, "one"), join(directory, "two")];
        assert.equal(await hashTree(one), await hashTree(two));
      });
    }),
    { numRuns: 30 },
  );
});

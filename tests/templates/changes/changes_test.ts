import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import {
  applyChanges,
  type FileChange,
  textChange,
  unifiedDiff,
} from "../../../src/templates/mod.ts";

async function withFiles(
  files: Readonly<Record<string, string>>,
  test: (root: string, state: () => Promise<Record<string, string>>) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(root, name), text);
    }
    await test(root, async () => {
      const names = (await Array.fromAsync(Deno.readDir(root))).filter((one) => one.isFile);
      const texts = names.map(async ({ name }): Promise<[string, string]> => [
        name,
        await Deno.readTextFile(join(root, name)),
      ]);
      return Object.fromEntries(await Promise.all(texts));
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("changes write, make and remove files", () =>
  withFiles({ a: "1", b: "2" }, async (root, state) => {
    await applyChanges(root, [
      ...textChange("a", "1", "one"),
      ...textChange("b", "2", "2"),
      { path: "b", before: bytes("2") },
      ...textChange("c", undefined, "3"),
    ]);
    deepEqual(await state(), { a: "one", c: "3" });
  }));

Deno.test("when one change fails, all files are as before and nothing is left beside them", () =>
  withFiles({ a: "1", b: "2" }, async (root, state) => {
    const changes: FileChange[] = [
      ...textChange("a", "1", "one"),
      { path: "b", before: bytes("2") },
      ...textChange("c", undefined, "3"),
    ];
    // What is gone already cannot be removed once more: the fourth swap fails.
    await rejects(applyChanges(root, [...changes, changes[1]!]), /Cannot write/);
    deepEqual(await state(), { a: "1", b: "2" });
    await rejects(applyChanges(root, [...changes, ...textChange("a/x", undefined, "x")]));
    deepEqual(await state(), { a: "1", b: "2" });
  }));

Deno.test("a file that someone else has changed meanwhile is left alone", () =>
  withFiles({ a: "theirs" }, async (root, state) => {
    await rejects(applyChanges(root, textChange("a", "1", "one")), /"a": it is not what it was/);
    await rejects(applyChanges(root, textChange("a", undefined, "one")), /not what it was/);
    deepEqual(await state(), { a: "theirs" });
  }));

Deno.test("a difference reads as that of diff -u", () => {
  const old = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  const now = old.with(3, "new").toSpliced(20, 2).toSpliced(25, 0, "more", "and more");
  const [change] = textChange("x/y.txt", `${old.join("\n")}\n`, `${now.join("\n")}\n`);
  const lines = unifiedDiff(change!);
  deepEqual(lines.slice(0, 4), ["--- a/x/y.txt", "+++ b/x/y.txt", "@@ -1,7 +1,7 @@", " line 0"]);
  deepEqual(lines.filter((line) => /^[-+]\w/.test(line)), [
    ...["-line 3", "+new", "-line 20", "-line 21", "+more", "+and more"],
  ]);
  deepEqual(lines.filter((line) => line.startsWith("@@")), [
    "@@ -1,7 +1,7 @@",
    "@@ -18,13 +18,13 @@",
  ]);
});

Deno.test("new, gone and binary files are told as such", () => {
  deepEqual(unifiedDiff({ path: "a", after: bytes("x\n") }), [
    ...["--- /dev/null", "+++ b/a", "@@ -0,0 +1 @@", "+x"],
  ]);
  equal(unifiedDiff({ path: "a", before: bytes("x\n") })[3], "-x");
  match(unifiedDiff({ path: "a", before: Uint8Array.of(255, 0) })[2]!, /^Binary/);
});

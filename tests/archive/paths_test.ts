import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { archiveErrors, createPathGuard, unpackArchive } from "../../src/archive/mod.ts";
import { isKind } from "../../src/base/mod.ts";
import { type RawEntry, rawTarGz, rawZip } from "../support/archives.ts";

const hostile: readonly (readonly RawEntry[])[] = [
  [{ name: "../evil" }],
  [{ name: "a/../../evil" }],
  [{ name: "a/.." }],
  [{ name: "..\\evil" }],
  [{ name: "/etc/passwd" }],
  [{ name: "\\\\server\\share" }],
  [{ name: "C:/evil" }],
  [{ name: "c:evil" }],
  [{ name: "a/file:stream" }],
  [{ name: "con" }],
  [{ name: "a/NUL.txt" }],
  [{ name: "lpt1.tar.gz" }],
  [{ name: "trailing." }],
  [{ name: "trailing /x" }],
  [{ name: "line\nbreak" }],
  [{ name: "ask?" }],
  [{ name: "x".repeat(90) + "/".repeat(2) + ".." }],
  [{ name: "d/".repeat(49) + ".." }],
  [{ name: "File" }, { name: "file" }],
  [{ name: "Dir/a" }, { name: "dir/b" }],
  [{ name: "é" }, { name: "e\u0301" }],
  [{ name: "same" }, { name: "same" }],
  [{ name: "a" }, { name: "a/b" }],
  [{ name: "a/b" }, { name: "a" }],
  [{ name: "link", mode: 0o120777, data: "/etc/passwd", tarType: "2", linkName: "/etc/passwd" }],
  [{ name: "device", mode: 0o020666, tarType: "3" }],
  [{ name: "block", mode: 0o060666, tarType: "4" }],
  [{ name: "pipe", mode: 0o010666, tarType: "6" }],
];

for (const [format, write] of Object.entries({ zip: rawZip, "tar.gz": rawTarGz })) {
  Deno.test(`unpackArchive() refuses every hostile path and entry in a ${format}`, async () => {
    const directory = await Deno.makeTempDir();
    try {
      for (const entries of hostile) {
        const path = join(directory, "hostile");
        await Deno.writeFile(path, write([{ name: "good.py", data: "1" }, ...entries]));
        await assert.rejects(
          unpackArchive(path, join(directory, "out")),
          (error) => isKind(error, archiveErrors.ARCHIVE_UNSAFE),
          JSON.stringify(entries),
        );
        const left = await Array.fromAsync(Deno.readDir(directory));
        assert.deepEqual(left.map(({ name }) => name), ["hostile"]);
      }
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  });
}

Deno.test("unpackArchive() refuses a hard link in a tar", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const path = join(directory, "hard");
    await Deno.writeFile(path, rawTarGz([{ name: "h", tarType: "1", linkName: "/etc/passwd" }]));
    await assert.rejects(
      unpackArchive(path, join(directory, "out")),
      (error) => isKind(error, archiveErrors.ARCHIVE_UNSAFE),
    );
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("createPathGuard() lets nothing out of the target, whatever the name", () => {
  const piece = fc.oneof(
    fc.constantFrom("..", ".", "", "C:", "con", "a", "B", "é", " ", "\\", "/", "\u0000", "~"),
    fc.string({ unit: "grapheme", maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom("/", "\\", ""), (parts, by) => {
      let path: string;
      try {
        path = createPathGuard().accept(parts.join(by), "directory");
      } catch (error) {
        assert.ok(isKind(error, archiveErrors.ARCHIVE_UNSAFE));
        return;
      }
      const segments = path.split("/");
      assert.ok(!path.startsWith("/") && !path.includes("\\") && !path.includes(":"));
      assert.ok(path === "" || segments.every((s) => s !== "" && s !== "." && s !== ".."));
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("createPathGuard() accepts directories that occur again and names that only look odd", () => {
  const guard = createPathGuard();
  assert.equal(guard.accept("./pack//src/", "directory"), "pack/src");
  assert.equal(guard.accept("pack/src/", "directory"), "pack/src");
  assert.equal(guard.accept("pack\\src\\a.py", "file"), "pack/src/a.py");
  assert.equal(guard.accept("pack/console.py", "file"), "pack/console.py");
  assert.equal(guard.accept("pack/..hidden", "file"), "pack/..hidden");
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { archiveErrors, readArchive, unpackArchive } from "../../src/archive/mod.ts";
import { baseErrors, isKind } from "../../src/base/mod.ts";
import { type RawEntry, rawTar, rawTarGz, rawZip } from "../support/archives.ts";

const formats = { zip: rawZip, tar: rawTar, "tar.gz": rawTarGz };

async function inTemporary(run: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await run(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function archiveIn(directory: string, bytes: Uint8Array): Promise<string> {
  const path = join(directory, `${crypto.randomUUID()}.archive`);
  await Deno.writeFile(path, bytes);
  return path;
}

for (const [format, write] of Object.entries(formats)) {
  Deno.test(`unpackArchive() writes what a ${format} holds`, () =>
    inTemporary(async (directory) => {
      const large = crypto.getRandomValues(new Uint8Array(60_000));
      const path = await archiveIn(
        directory,
        write([
          { name: "./pack/", mode: 0o040755 },
          { name: "pack/__init__.py", data: "NODE_CLASS_MAPPINGS = {}\n" },
          { name: "pack/naïve/run.sh", data: "#!/bin/sh\n", mode: 0o100755 },
          { name: "pack/large.bin", data: large },
          { name: "pack/empty", data: "" },
        ]),
      );
      const target = join(directory, "out");
      const written = await unpackArchive(path, target);
      assert.deepEqual(
        written.map(({ path, kind }) => `${kind} ${path}`),
        [
          "directory pack",
          "file pack/__init__.py",
          "file pack/naïve/run.sh",
          "file pack/large.bin",
          "file pack/empty",
        ],
      );
      assert.equal(
        await Deno.readTextFile(join(target, "pack/__init__.py")),
        "NODE_CLASS_MAPPINGS = {}\n",
      );
      assert.deepEqual(await Deno.readFile(join(target, "pack/large.bin")), large);
      if (Deno.build.os !== "windows") {
        const { mode } = await Deno.stat(join(target, "pack/naïve/run.sh"));
        assert.equal((mode ?? 0) & 0o111, 0o111);
      }
    }));

  Deno.test(`unpackArchive() leaves nothing of a ${format} that is cut anywhere`, () =>
    inTemporary(async (directory) => {
      const whole = write([
        { name: "a.bin", data: crypto.getRandomValues(new Uint8Array(3_000)) },
        { name: "b.bin", data: crypto.getRandomValues(new Uint8Array(3_000)) },
      ]);
      for (const part of [0.1, 0.5, 0.75]) {
        const cut = await archiveIn(directory, whole.subarray(0, Math.floor(whole.length * part)));
        await assert.rejects(
          unpackArchive(cut, join(directory, "out")),
          (error) => isKind(error, archiveErrors.ARCHIVE_INVALID),
          `cut at ${part}`,
        );
        await Deno.remove(cut);
        assert.deepEqual(await Array.fromAsync(Deno.readDir(directory)), []);
      }
    }));

  const limited: readonly { name: string; limits: Record<string, number> }[] = [
    { name: "entries", limits: { maxEntries: 2 } },
    { name: "bytes of one file", limits: { maxEntryBytes: 99_999 } },
    { name: "bytes in all", limits: { maxBytes: 250_000 } },
  ];
  for (const { name, limits } of limited) {
    Deno.test(`unpackArchive() refuses a ${format} beyond the limit of ${name}`, () =>
      inTemporary(async (directory) => {
        const data = new Uint8Array(100_000);
        const path = await archiveIn(
          directory,
          write([{ name: "1", data }, { name: "2", data }, { name: "3", data }]),
        );
        await assert.rejects(
          unpackArchive(path, join(directory, "out"), { limits }),
          (error) => isKind(error, archiveErrors.ARCHIVE_TOO_LARGE),
        );
      }));
  }
}

const lies: readonly { name: string; entry: RawEntry; kind: keyof typeof archiveErrors }[] = [
  {
    name: "a size declared too small",
    entry: { name: "a", data: new Uint8Array(500_000), declaredSize: 10 },
    kind: "ARCHIVE_INVALID",
  },
  {
    name: "a size declared too large",
    entry: { name: "a", data: "short", declaredSize: 1_000 },
    kind: "ARCHIVE_INVALID",
  },
  {
    name: "a wrong checksum",
    entry: { name: "a", data: "text", declaredCrc: 1 },
    kind: "ARCHIVE_INVALID",
  },
  {
    name: "another name in the local header",
    entry: { name: "a", localName: "b", data: "text" },
    kind: "ARCHIVE_INVALID",
  },
];
for (const { name, entry, kind } of lies) {
  Deno.test(`unpackArchive() refuses a zip with ${name}`, () =>
    inTemporary(async (directory) => {
      const path = await archiveIn(directory, rawZip([entry]));
      await assert.rejects(
        unpackArchive(path, join(directory, "out")),
        (error) => isKind(error, archiveErrors[kind]),
      );
    }));
}

Deno.test("unpackArchive() does not gather a tar header of gigabytes in memory", () =>
  inTemporary(async (directory) => {
    const path = await archiveIn(
      directory,
      rawTarGz([{ name: "long", tarType: "L", data: new Uint8Array(120 * 1024 ** 2) }]),
    );
    await assert.rejects(
      unpackArchive(path, join(directory, "out")),
      (error) => isKind(error, archiveErrors.ARCHIVE_TOO_LARGE),
    );
  }));

Deno.test("unpackArchive() writes only what is selected, and checks the rest all the same", () =>
  inTemporary(async (directory) => {
    const select = ({ path }: { path: string }) => path === "bin/uv";
    const good = await archiveIn(
      directory,
      rawTarGz([{ name: "doc", data: "x".repeat(5_000) }, { name: "bin/uv", data: "program" }]),
    );
    const written = await unpackArchive(good, join(directory, "out"), { select });
    assert.deepEqual(written.map(({ path }) => path), ["bin/uv"]);
    const bad = await archiveIn(
      directory,
      rawTarGz([{ name: "bin/uv", data: "program" }, { name: "../evil", data: "x" }]),
    );
    await assert.rejects(
      unpackArchive(bad, join(directory, "other"), { select }),
      (error) => isKind(error, archiveErrors.ARCHIVE_UNSAFE),
    );
  }));

Deno.test("readArchive() says what a file is that is no archive", () =>
  inTemporary(async (directory) => {
    for (const content of ["", "<html>not here</html>"]) {
      const path = await archiveIn(directory, new TextEncoder().encode(content));
      await assert.rejects(
        Array.fromAsync(readArchive(path)),
        (error) => isKind(error, archiveErrors.ARCHIVE_INVALID),
      );
    }
    await assert.rejects(
      Array.fromAsync(readArchive(join(directory, "absent.zip"))),
      (error) => isKind(error, baseErrors.FILE_NOT_FOUND),
    );
  }));

Deno.test("unpackArchive() stops when it is told to, and leaves nothing", () =>
  inTemporary(async (directory) => {
    const path = await archiveIn(directory, rawZip([{ name: "a", data: "1" }]));
    await assert.rejects(
      unpackArchive(path, join(directory, "out"), { signal: AbortSignal.abort() }),
      (error) => isKind(error, baseErrors.INTERRUPTED),
    );
    await Deno.remove(path);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(directory)), []);
  }));

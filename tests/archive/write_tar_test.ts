import assert from "node:assert/strict";
import { join } from "node:path";
import {
  archiveErrors,
  type ArchiveFile,
  readArchive,
  unpackArchive,
  writeArchive,
} from "../../src/archive/mod.ts";
import { isKind } from "../../src/base/mod.ts";

const encode = (text: string) => new TextEncoder().encode(text);

function file(path: string, bytes: Uint8Array, executable = false): ArchiveFile {
  return { path, size: bytes.length, executable, content: () => [bytes] };
}

const noise = crypto.getRandomValues(new Uint8Array(50_000));
const longName = `${"deep/".repeat(30)}ends-naïve.json`;
const files = [
  file("bundle.json", encode("{}\n")),
  file("nodes/pack/run.sh", encode("#!/bin/sh\n"), true),
  file(longName, noise),
  file("empty", new Uint8Array()),
];

async function inTemporary(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

for (const ending of ["tar", "tar.gz", "tar.zst"]) {
  Deno.test(`what is written as ${ending} is read again, by us and by tar`, () =>
    inTemporary(async (directory) => {
      const path = join(directory, `bundle.${ending}`);
      await writeArchive(path, files);
      const written = await unpackArchive(path, join(directory, "out"));
      assert.deepEqual(
        written.map(({ path, size, executable }) => ({ path, size, executable })),
        files.map(({ path, size, executable }) => ({ path, size, executable })),
      );
      assert.deepEqual(await Deno.readFile(join(directory, "out", longName)), noise);
      if (ending === "tar.zst") return;
      const listing = await new Deno.Command("tar", {
        args: ["--numeric-owner", "-tvf", path],
        env: { TZ: "UTC", LC_ALL: "C.UTF-8" },
      }).output();
      const lines = new TextDecoder().decode(listing.stdout).trim().split("\n");
      assert.match(lines[0]!, /^-rw-r--r-- 0\/0 +3 1970-01-01 00:00 bundle\.json$/);
      assert.match(lines[1]!, /^-rwxr-xr-x 0\/0/);
      assert.match(lines[2]!, /50000 1970/);
    }));

  Deno.test(`equal files give equal bytes as ${ending}`, () =>
    inTemporary(async (directory) => {
      const [one, two] = [join(directory, `1.${ending}`), join(directory, `2.${ending}`)];
      await writeArchive(one, files);
      await writeArchive(two, files);
      assert.deepEqual(await Deno.readFile(one), await Deno.readFile(two));
    }));

  Deno.test(`a ${ending} that is cut short is refused`, () =>
    inTemporary(async (directory) => {
      const path = join(directory, `bundle.${ending}`);
      await writeArchive(path, files);
      await Deno.truncate(path, (await Deno.stat(path)).size - 2_000);
      await assert.rejects(
        async () => {
          for await (const { pipeTo } of readArchive(path)) await pipeTo(new WritableStream());
        },
        (error) => isKind(error, archiveErrors.ARCHIVE_INVALID),
      );
    }));
}

Deno.test("writing that is stopped leaves nothing", () =>
  inTemporary(async (directory) => {
    const stop = new AbortController();
    const piece = new Uint8Array(4 * 1024 ** 2);
    const large: ArchiveFile = {
      path: "model",
      size: 9 * 1024 ** 3,
      *content() {
        yield piece;
        stop.abort();
        yield piece;
      },
    };
    const path = join(directory, "large.tar");
    await assert.rejects(writeArchive(path, [large], { signal: stop.signal }));
    assert.deepEqual(await Array.fromAsync(Deno.readDir(directory)), []);
  }));

Deno.test("a file that is not as long as it said ends the writing, and nothing is left", () =>
  inTemporary(async (directory) => {
    for (const content of [encode("short"), encode("far too long")]) {
      await assert.rejects(
        writeArchive(join(directory, "x.tar"), [{ path: "a", size: 8, content: () => [content] }]),
        (error) => isKind(error, archiveErrors.ARCHIVE_INVALID),
      );
    }
    assert.deepEqual(await Array.fromAsync(Deno.readDir(directory)), []);
  }));

for (const path of ["../out", "/etc/x", "a//b", "./a", "aux.txt", "C:/x"]) {
  Deno.test(`no archive is written with the path ${path}`, () =>
    inTemporary(async (directory) => {
      await assert.rejects(writeArchive(join(directory, "x.tar"), [file(path, encode("x"))]));
    }));
}

Deno.test("a large file is read whole after small ones that were passed over", () =>
  inTemporary(async (directory) => {
    const path = join(directory, "x.tar");
    const large = crypto.getRandomValues(new Uint8Array(65_536));
    const many = [1, 2, 3].map((at) => file(`small-${at}`, encode("x")));
    const end: ArchiveFile = {
      path: "large",
      size: 5 * large.length,
      content: () => [large, large, large, large, large],
    };
    await writeArchive(path, [...many, end, file("last", encode("y"))]);
    let bytes = 0;
    for await (const { entry, pipeTo } of readArchive(path)) {
      if (entry.path !== "large") continue;
      await pipeTo(new WritableStream({ write: (chunk) => void (bytes += chunk.length) }));
    }
    assert.equal(bytes, 5 * large.length);
  }));

Deno.test("a stored tar.zst is a frame that zstd reads, and holds its bytes as they are", () =>
  inTemporary(async (directory) => {
    const path = join(directory, "x.tar.zst");
    const zeros = new Uint8Array(1_000_000);
    const bytes = await writeArchive(path, [...files, file("zeros", zeros)], { stored: true });
    assert.ok(bytes > zeros.length);
    await unpackArchive(path, join(directory, "out"));
    assert.deepEqual(await Deno.readFile(join(directory, "out", "zeros")), zeros);
    assert.deepEqual(await Deno.readFile(join(directory, "out", longName)), noise);
    await writeArchive(join(directory, "x.tar"), [...files, file("zeros", zeros)]);
    const { zstdDecompressSync } = await import("node:zlib");
    assert.deepEqual(
      new Uint8Array(zstdDecompressSync(await Deno.readFile(path))),
      await Deno.readFile(join(directory, "x.tar")),
    );
  }));

import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { unpackArchive, writeArchive } from "../../src/archive/mod.ts";
import { writeZip } from "../../src/archive/packing/mod.ts";

/** What hardly gets smaller, and what does. */
const contents = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.nat(70_000).map((size) => crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)))),
  fc.nat(200_000).map((size) => new TextEncoder().encode("text ".repeat(size / 5))),
);

async function inDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "comfydock-packing-" });
  try {
    await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("what is written as zip or packed tar is read again, byte for byte, and is the same each time", async () => {
  await inDirectory(async (directory) => {
    let run = 0;
    const property = fc.asyncProperty(fc.array(contents, { maxLength: 5 }), async (list) => {
      const place = (name: string) => join(directory, `${run}-${name}`);
      run++;
      const files = list.map((bytes, at) => ({ path: `directory/ä ${at}.bin`, bytes }));
      const zip = files.map(({ path, bytes }) => ({ path, content: () => bytes }));
      const tar = files.map(({ path, bytes }) => ({
        path,
        size: bytes.length,
        content: () => [bytes],
      }));
      for (const name of ["a.zip", "b.zip"]) await writeZip(place(name), zip);
      for (const name of ["a.tar.gz", "b.tar.gz"]) {
        await writeArchive(place(name), tar, { stored: true });
      }
      for (const name of [".zip", ".tar.gz"]) {
        const [one, other] = ["a", "b"].map((letter) => Deno.readFileSync(place(letter + name)));
        deepEqual(one, other);
        const target = place(`unpacked${name}`);
        await unpackArchive(place(`a${name}`), target);
        for (const { path, bytes } of files) {
          deepEqual(await Deno.readFile(join(target, path)), bytes);
        }
      }
      gunzipSync(await Deno.readFile(place("a.tar.gz")));
    });
    await fc.assert(property, { numRuns: 25 });
  });
});

Deno.test("what does not get smaller is stored, so that it costs no time", async () => {
  await inDirectory(async (directory) => {
    const noise = crypto.getRandomValues(new Uint8Array(60_000));
    const text = new TextEncoder().encode("text ".repeat(12_000));
    const size = (bytes: Uint8Array) =>
      writeZip(join(directory, "one.zip"), [{ path: "file", content: () => bytes }]);
    equal(await size(noise), noise.length + 30 + 46 + 22 + 2 * "file".length);
    equal(await size(text) < text.length / 10, true);
  });
});

Deno.test("paths that lead elsewhere are refused", async () => {
  await inDirectory(async (directory) => {
    for (const path of ["../file", "/file", "a//b", "a\\b"]) {
      const content = () => new Uint8Array();
      await rejects(writeZip(join(directory, "one.zip"), [{ path, content }]), {
        name: "ComfydockError",
      });
    }
    deepEqual([...Deno.readDirSync(directory)], []);
  });
});

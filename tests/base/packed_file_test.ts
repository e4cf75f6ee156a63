import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { writePacked } from "../../src/base/mod.ts";

const text = Array.from({ length: 300_000 }, (_, index) => `line ${index * 7919}\n`);

async function inDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

for (
  const { name, unpack } of [
    { name: "a.json", unpack: (bytes: Uint8Array) => bytes },
    { name: "a.json.gz", unpack: gunzipSync },
    { name: "a.json.zst", unpack: zstdDecompressSync },
  ]
) {
  Deno.test(`writePacked() writes ${name} so that it reads back whole, and twice the same`, async () => {
    await inDirectory(async (directory) => {
      const path = join(directory, name);
      const size = await writePacked(path, text);
      const first = await Deno.readFile(path);
      assert.equal(first.length, size);
      assert.equal(new TextDecoder().decode(unpack(first)), text.join(""));
      await writePacked(path, [text.join("")]);
      assert.deepEqual(await Deno.readFile(path), first);
    });
  });
}

Deno.test("writePacked() shows what it packs and what it writes, packed as asked and not as named", async () => {
  await inDirectory(async (directory) => {
    const path = join(directory, "a.staged");
    const seen = { content: createHash("sha256"), packed: createHash("sha256") };
    await writePacked(path, text, {
      packing: "gzip",
      onContent: (bytes) => seen.content.update(bytes),
      onPacked: (bytes) => seen.packed.update(bytes),
    });
    const written = await Deno.readFile(path);
    const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    assert.equal(seen.packed.digest("hex"), digestOf(written));
    assert.equal(seen.content.digest("hex"), digestOf(gunzipSync(written)));
    assert.equal(new TextDecoder().decode(gunzipSync(written)), text.join(""));
  });
});

Deno.test("writePacked() leaves the old file and nothing else when the pieces fail", async () => {
  await inDirectory(async (directory) => {
    const path = join(directory, "a.json.gz");
    await writePacked(path, ["old"]);
    function* failing() {
      yield "new";
      throw new Error("no more");
    }
    await assert.rejects(writePacked(path, failing()), /no more/);
    assert.equal(new TextDecoder().decode(gunzipSync(await Deno.readFile(path))), "old");
    assert.equal([...Deno.readDirSync(directory)].length, 1);
  });
});

import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import {
  baseErrors,
  type ByteSource,
  isKind,
  openByteSource,
  parseJsonText,
  readJsonElements,
} from "../../../src/base/mod.ts";

async function readAll(source: ByteSource): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  try {
    for (;;) {
      const into = new Uint8Array(1_000);
      const length = await source.read(into);
      if (length === 0) break;
      parts.push(into.subarray(0, length));
    }
  } finally {
    source.close();
    source.close();
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}

Deno.test("openByteSource() unpacks by content, whatever the name says", async () => {
  const directory = await Deno.makeTempDir();
  const content = crypto.getRandomValues(new Uint8Array(60_000));
  for (
    const [name, bytes] of [
      ["plain.json.gz", content],
      ["packed.json", gzipSync(content)],
      ["packed.zst", zstdCompressSync(content)],
      ["empty.json", new Uint8Array(0)],
    ] as const
  ) {
    const path = join(directory, name);
    await Deno.writeFile(path, bytes);
    deepEqual(await readAll(openByteSource(path)), bytes.length === 0 ? bytes : content, name);
  }
  await Deno.remove(directory, { recursive: true });
});

Deno.test("openByteSource() says which archive is cut or damaged", async () => {
  const directory = await Deno.makeTempDir();
  const content = crypto.getRandomValues(new Uint8Array(60_000));
  const packed = gzipSync(content);
  packed[30_000] = packed[30_000]! ^ 0xff;
  for (
    const [name, bytes] of [
      ["cut.gz", gzipSync(content).subarray(0, 30_000)],
      ["damaged.gz", packed],
    ] as const
  ) {
    const path = join(directory, name);
    await Deno.writeFile(path, bytes);
    await rejects(readAll(openByteSource(path)), (error) => {
      equal(isKind(error, baseErrors.FILE_UNREADABLE), true, `${name}: ${error}`);
      equal((error as Error).message.includes(name), true);
      return true;
    });
  }
  throws(
    () => openByteSource(join(directory, "none.json")),
    (error) => isKind(error, baseErrors.FILE_NOT_FOUND),
  );
  await Deno.remove(directory, { recursive: true });
});

Deno.test("readJsonElements() notices a cut Zstandard file, which unpacks without complaint", async () => {
  const path = await Deno.makeTempFile({ suffix: ".zst" });
  const nodes = Array.from({ length: 5_000 }, () => crypto.randomUUID());
  const packed = zstdCompressSync(JSON.stringify({ nodes }));
  await Deno.writeFile(path, packed.subarray(0, packed.length / 2));
  await rejects(
    Array.fromAsync(readJsonElements(openByteSource(path), { list: "nodes" })),
    /ends too early/,
  );
  await Deno.remove(path);
});

Deno.test("parseJsonText() reads Python's NaN and Infinity as null, and leaves texts alone", () => {
  deepEqual(parseJsonText('{"a":NaN,"b":[-Infinity,Infinity],"c":"NaN \\" Infinity"}', "$"), {
    a: null,
    b: [null, null],
    c: 'NaN " Infinity',
  });
  throws(() => parseJsonText('{"a":NaNa}', "$.nodes[7]"), /\$\.nodes\[7\]/);
});

import { deepEqual, equal, rejects } from "node:assert/strict";
import fc from "fast-check";
import {
  baseErrors,
  chunkSource,
  isKind,
  type JsonElementsOptions,
  parseJsonBytes,
  readJsonElements,
} from "../../../src/base/mod.ts";

const encoder = new TextEncoder();

/** Everything that is read, elements as values. */
async function readAll(
  chunks: Iterable<Uint8Array>,
  options: Partial<JsonElementsOptions> = {},
): Promise<unknown[]> {
  const parts: unknown[] = [];
  for await (
    const part of readJsonElements(chunkSource("f", chunks), { list: "nodes", ...options })
  ) {
    parts.push(
      part.kind === "element" ? parseJsonBytes(part.bytes, part.path) : { ...part },
    );
  }
  return parts;
}

function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) =>
    a - b
  );
  return [0, ...sorted].map((start, index) => bytes.slice(start, sorted[index] ?? bytes.length));
}

Deno.test("readJsonElements() gives the elements of any JSON, wherever its chunks are cut", async () => {
  const document = fc.record({
    before: fc.jsonValue(),
    nodes: fc.array(fc.jsonValue(), { maxLength: 6 }),
    after: fc.jsonValue(),
  });
  const layout = fc.constantFrom(undefined, 2, "\t");
  const places = fc.array(fc.nat(5_000), { maxLength: 30 });
  await fc.assert(fc.asyncProperty(document, layout, places, async (value, indent, cuts) => {
    const bytes = encoder.encode(JSON.stringify(value, null, indent));
    const expected = JSON.parse(JSON.stringify(value));
    deepEqual(await readAll(cutAt(bytes, cuts)), [
      { kind: "field", name: "before", value: expected.before },
      ...expected.nodes,
      { kind: "field", name: "after", value: expected.after },
    ]);
  }));
});

Deno.test("readJsonElements() reads a file byte by byte, escapes and brackets in texts included", async () => {
  const text = '{"nodes":[{"a":"]}\\"\\\\","b":[1,[2]]},"x\\\\",null,-1.5e3]}';
  const bytes = encoder.encode(text);
  deepEqual(
    await readAll(Array.from(bytes, (byte) => Uint8Array.of(byte))),
    JSON.parse(text).nodes,
  );
});

Deno.test("readJsonElements() skips an element that is too large or too deep and goes on", async () => {
  const bytes = encoder.encode(`{"nodes":[1,"${"x".repeat(3_000_000)}",[[[[2]]]],3]}`);
  const chunks = Array.from(
    { length: 40 },
    (_, index) => bytes.slice(index * 80_000, (index + 1) * 80_000),
  );
  deepEqual(await readAll(chunks, { maxElementBytes: 2_000_000, maxDepth: 3 }), [
    1,
    { kind: "bad", path: "$.nodes[1]", reason: "more than the 2000000 bytes accepted" },
    { kind: "bad", path: "$.nodes[2]", reason: "nested deeper than the 3 accepted" },
    3,
  ]);
  deepEqual(await readAll([encoder.encode('{"nodes":["abcdefgh",1]}')], { maxElementBytes: 9 }), [
    { kind: "bad", path: "$.nodes[0]", reason: "more than the 9 bytes accepted" },
    1,
  ]);
});

Deno.test("readJsonElements() leaves a fault inside one element to the parser of that element", async () => {
  const bad: string[] = [];
  const source = chunkSource("f", [encoder.encode('{"nodes":[{"a":tru},{"a":1,,},{"a":1}]}')]);
  for await (const part of readJsonElements(source, { list: "nodes" })) {
    if (part.kind !== "element") continue;
    try {
      parseJsonBytes(part.bytes, part.path);
    } catch (error) {
      bad.push((error as Error).message);
    }
  }
  equal(bad.length, 2);
  equal(bad[0]?.includes("$.nodes[0]"), true);
});

const BROKEN: readonly { readonly text: string; readonly says: RegExp }[] = [
  { text: "", says: /at \$ \(byte 0\): the data ends too early/ },
  { text: "[1]", says: /an object is missing/ },
  { text: '{"nodes":[1', says: /\$\.nodes\[0\].*ends too early/ },
  { text: '{"nodes":[1,{"a":"b', says: /\$\.nodes\[1\].*ends too early/ },
  { text: '{"nodes":[1 2]}', says: /\$\.nodes\[0\] \(byte 12\): a comma is missing/ },
  { text: '{"nodes":[1,]}', says: /\$\.nodes\[1\].*a value is missing/ },
  { text: '{"nodes":[1]} x', says: /more after the end/ },
  { text: '{"a" 1}', says: /a colon is missing/ },
  { text: "{a:1}", says: /a key is missing/ },
  { text: "<!DOCTYPE html><html></html>", says: /an object is missing/ },
];

Deno.test("readJsonElements() names the path and the byte where a file cannot be followed", async () => {
  for (const { text, says } of BROKEN) {
    await rejects(readAll([encoder.encode(text)]), (error) => {
      equal(isKind(error, baseErrors.DATA_INVALID), true, text);
      equal(says.test((error as Error).message), true, `${text}: ${(error as Error).message}`);
      return true;
    });
  }
});

Deno.test("readJsonElements() takes a byte order mark and refuses UTF-16", async () => {
  deepEqual(
    await readAll([
      Uint8Array.of(0xef, 0xbb),
      encoder.encode("\u00bf").slice(1),
      encoder.encode('{"nodes":[1]}'),
    ]),
    [1],
  );
  await rejects(readAll([Uint8Array.of(0xff, 0xfe, 0x7b, 0)]), /UTF-16/);
});

Deno.test("readJsonElements() hands elements to the caller's walk and takes over where it gives up", async () => {
  const bytes = encoder.encode('{"nodes":[{"a":1},[2],{"b":3}]}');
  const walked: number[] = [];
  const walk = (all: Uint8Array, start: number, end: number) => {
    walked.push(start);
    const close = all.subarray(0, end).indexOf(0x7d, start);
    return all[start] === 0x7b ? close + 1 : -1;
  };
  deepEqual(await readAll([bytes], { walk }), [{ a: 1 }, [2], { b: 3 }]);
  deepEqual(walked, [10, 18, 22]);
});

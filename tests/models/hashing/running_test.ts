import assert from "node:assert/strict";
import fc from "fast-check";
import { createBlake3, type HashingKernel } from "../../../src/models/hashing/mod.ts";
import { patternBytes } from "../../support/hashing_files.ts";

const PIECE = 256 * 1024;
const bytes = patternBytes(3 * PIECE + 100);

/** The digest of bytes that come in parts. */
function inParts(kernel: HashingKernel, length: number, cuts: readonly number[]): string {
  const digest = createBlake3(kernel);
  const ends = [...cuts, 1].map((cut) => Math.round(cut * length)).sort((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    digest.update(bytes.subarray(start, end));
    start = end;
  }
  return digest.finish();
}

for (const kernel of ["relaxed", "plain"] satisfies HashingKernel[]) {
  Deno.test(`however bytes are cut up, their digest by the ${kernel} kernel stays the same`, () => {
    const lengths = fc.oneof(
      fc.nat(bytes.length),
      fc.constantFrom(0, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 1, 3 * PIECE),
    );
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(lengths, cuts, (length, cutting) => {
        assert.equal(inParts(kernel, length, cutting), inParts("relaxed", length, []));
      }),
      { numRuns: 150 },
    );
  });
}

Deno.test("digests that run at once do not mix", () => {
  const [left, right] = [createBlake3(), createBlake3()];
  for (let at = 0; at < bytes.length; at += 70_000) {
    left.update(bytes.subarray(at, at + 70_000));
    right.update(bytes.subarray(0, 1000));
  }
  assert.equal(left.finish(), inParts("plain", bytes.length, []));
  assert.notEqual(right.finish(), inParts("plain", bytes.length, []));
});

import assert from "node:assert/strict";
import { assemble } from "../../../tasks/blake3/assembler.ts";
import { hashFour } from "../../../tasks/blake3/four_inputs.ts";
import { PARAMETERS } from "../../../tasks/blake3/locals.ts";
import { toHex } from "../../../src/models/hashing/hex.ts";
import { createBlake3 } from "../../../src/models/hashing/mod.ts";
import { createPieceHasher } from "../../../src/models/hashing/pieces.ts";
import { patternBytes } from "../../support/hashing_files.ts";

const PAGES = 6;
const PIECES = 20;

Deno.test("eight inputs at once that are fast and wrong change no digest", () => {
  const nothing = { name: "hashEight", parameters: PARAMETERS.length, locals: [], body: [] };
  const kernel = new WebAssembly.Module(assemble([hashFour("plain"), nothing], PAGES));
  const hasher = createPieceHasher(kernel, true);
  const { buffer } = hasher;
  const bytes = patternBytes(PIECES * buffer.length);
  hasher.begin(0);
  for (let at = 0; at < bytes.length; at += buffer.length) {
    if (at > 0) hasher.push();
    buffer.set(bytes.subarray(at, at + buffer.length));
  }
  const expected = createBlake3("noble");
  expected.update(bytes);
  assert.equal(toHex(hasher.end(buffer.length, true)), expected.finish());
});

import { blake3 } from "@noble/hashes/blake3.js";
import type { PieceHasher } from "./types.ts";

const PIECE_BYTES = 256 * 1024;

/** Hashes where WebAssembly has no SIMD: a file at a time, in one range. */
export function createNobleHasher(): PieceHasher {
  const buffer = new Uint8Array(PIECE_BYTES);
  let hash = blake3.create();
  return {
    buffer,
    begin: () => void (hash = blake3.create()),
    push: () => void hash.update(buffer),
    end: (length) => hash.update(buffer.subarray(0, length)).digest(),
    join: ([digest]) => digest!,
  };
}

import type { RunningDigest } from "../types.ts";
import { toHex } from "./hex.ts";
import { createHasher } from "./kernel.ts";
import type { HashingKernel } from "./types.ts";

/**
 * A BLAKE3 digest in the calling thread, for bytes that come one after the other.
 *
 * @param kernel Default the fastest that the runtime can.
 */
export function createBlake3(kernel?: HashingKernel): RunningDigest {
  const hasher = createHasher(kernel);
  const { buffer } = hasher;
  let filled = 0;
  hasher.begin(0);
  return {
    update(bytes) {
      for (let at = 0; at < bytes.length;) {
        // A full buffer waits: only now it is known not to be the last.
        if (filled === buffer.length) {
          hasher.push();
          filled = 0;
        }
        const part = bytes.subarray(at, at + buffer.length - filled);
        buffer.set(part, filled);
        filled += part.length;
        at += part.length;
      }
    },
    finish: () => toHex(hasher.end(filled, true)),
  };
}

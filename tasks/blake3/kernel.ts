import { assemble } from "./assembler.ts";
import { compressEight, hashEight } from "./eight_inputs.ts";
import { hashFour, type Rotations } from "./four_inputs.ts";

/** Pages of memory: one for the functions' own and chaining values, four for input, one that is read beyond its end. */
const PAGES = 6;

/**
 * Generates a kernel: BLAKE3's compression of several inputs at once, as a WebAssembly module.
 *
 * Its functions `hash`, for four inputs at once, and `hashEight` take the same parameters, see `PARAMETERS`.
 *
 * @param rotations `relaxed` for runtimes with relaxed SIMD, `plain` for others.
 */
export function generateKernel(rotations: Rotations): Uint8Array<ArrayBuffer> {
  return assemble([hashFour(rotations), hashEight(2), compressEight()], PAGES);
}

/**
 * Digests of files: BLAKE3 by a WebAssembly kernel, in Workers; SHA-256 only where it is asked for.
 *
 * @example
 * ```ts
 * import { hashFile } from "./mod.ts";
 *
 * const { blake3 } = await hashFile("models/checkpoints/sd15.safetensors");
 * ```
 *
 * @module
 */
export { hashFile, hashFiles } from "./hash_files.ts";
export { createBlake3 } from "./running.ts";
export type { HashingKernel, HashOptions } from "./types.ts";

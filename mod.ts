/**
 * comfydock as a library: each export is one noun, with everything its room offers.
 *
 * @example
 * ```ts
 * import { base } from "./mod.ts";
 *
 * await base.writeFileAtomic("out/notes.txt", "readers see the old content or the new, never a part");
 * ```
 *
 * @module
 */

/** Errors, events, signals, bounded concurrency, atomic files. */
export * as base from "./src/base/mod.ts";
/** The one way out to the network. */
export * as http from "./src/http/mod.ts";

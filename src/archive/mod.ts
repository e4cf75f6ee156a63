/**
 * Safe reading of zip and tar, also packed: hostile paths, links, devices, clashes and bombs are refused; tar is written, too.
 *
 * @example
 * ```ts
 * import { unpackArchive } from "./mod.ts";
 *
 * const entries = await unpackArchive("pack.zip", "custom_nodes/pack", { limits: { maxEntries: 5_000 } });
 * ```
 *
 * @module
 */
export { archiveErrors } from "./errors.ts";
export { createPathGuard, type PathGuard } from "./paths.ts";
export {
  type ArchiveEntry,
  type ArchiveItem,
  type ArchiveLimits,
  defaultArchiveLimits,
} from "./types.ts";
export {
  readArchive,
  type ReadArchiveOptions,
  unpackArchive,
  type UnpackOptions,
} from "./unpack.ts";
export { type ArchiveFile, writeArchive, type WriteArchiveOptions } from "./write_tar.ts";

/**
 * Writing of tar files, without what reads archives.
 *
 * @example
 * ```ts
 * import { writeArchive } from "./mod.ts";
 *
 * const bytes = new TextEncoder().encode("Hello\n");
 * await writeArchive("hello.tar.zst", [{ path: "hello.txt", size: bytes.length, content: () => [bytes] }]);
 * ```
 *
 * @module
 */
export { type ArchiveFile, writeArchive, type WriteArchiveOptions } from "../write_tar.ts";

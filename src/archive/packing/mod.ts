/**
 * Writing of zips, in which what hardly gets smaller is stored.
 *
 * @example
 * ```ts
 * import { writeZip } from "./mod.ts";
 *
 * const content = () => new TextEncoder().encode("Hello\n");
 * await writeZip("hello.zip", [{ path: "hello.txt", content }]);
 * ```
 *
 * @module
 */
export { writeZip, type WriteZipOptions, type ZipFile } from "./write_zip.ts";

/**
 * Wheels and source distributions of packages without compiled parts, written byte for byte alike from equal files.
 *
 * @example
 * ```ts
 * import { sdistFileName, wheelFileName } from "./mod.ts";
 *
 * console.assert(wheelFileName("Demo.Media-api", "0.3.6") === "demo_media_api-0.3.6-py3-none-any.whl");
 * console.assert(sdistFileName("demo-core", "1.0.0-rc.1") === "demo_core-1.0.0rc1.tar.gz");
 * ```
 *
 * @module
 */
export { distributionStem, sdistFileName, wheelFileName } from "./names.ts";
export type { Distribution, DistributionFile, WrittenFile } from "./types.ts";
export { digestOf, writeSdist } from "./write_sdist.ts";
export { type WriteOptions, writeWheel } from "./write_wheel.ts";

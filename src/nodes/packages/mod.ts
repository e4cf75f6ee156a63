/**
 * What is known of node packs now: their versions as the registry lists them, which of them fits, and whether all that
 * belongs to a pack is in order.
 *
 * @example
 * ```ts
 * import { chooseVersion } from "./mod.ts";
 *
 * const one = { live: true, deprecated: false, dependencies: [], supportedAccelerators: [] };
 * const versions = [
 *   { ...one, version: "2.0.0", supportedOs: ["Microsoft :: Windows"] },
 *   { ...one, version: "1.4.0", supportedOs: [] },
 * ];
 * console.assert(chooseVersion(versions, { os: "linux" })?.version === "1.4.0");
 * ```
 *
 * @module
 */
export { chooseVersion, misfitOf, type TargetPlatform } from "./choose_version.ts";
export { type ClassRival, describeClasses, type PackageClasses } from "./describe.ts";
export { createPackageReader } from "./read.ts";
export type { PackageFacts, PackageReader, PackageVersion, PackageWorld } from "./types.ts";
export { type PackageFinding, validatePackage, type ValidationWorld } from "./validate.ts";

/**
 * What an import would fetch and build, and how large it is.
 *
 * @example
 * ```ts
 * import { findBuilds } from "./mod.ts";
 *
 * console.assert(findBuilds([], { along: new Set() }).length === 0);
 * ```
 *
 * @module
 */
export { findBuilds, type PackageFacts } from "./packages.ts";
export type { ImportSizes, PackageDownloads, SourceBuild } from "./types.ts";
export { type FetchedParts, packedNames, weighImport } from "./weigh.ts";

/**
 * From registry cache and ComfyUI-Manager's data to `node_mappings.json`: which package provides which node, and the answers drawn from it.
 *
 * @example
 * ```ts
 * import { lookupNode, openMappingIndex } from "./mod.ts";
 *
 * const index = await openMappingIndex("data/node_mappings.json");
 * for (const answer of lookupNode(index, "KSampler")) answer.package_id;
 * ```
 *
 * @module
 */
export { buildMappings, type BuildOptions, type CachePackages } from "./build.ts";
export { readCacheFile } from "./cache_file.ts";
export type { KeyedPackage } from "./cache_package.ts";
export { mappingErrors } from "./errors.ts";
export { entryFields, packageFields, versionFields } from "./fields.ts";
export { FRONTEND_NODES, isLive, lookupNode, type LookupOptions } from "./lookup.ts";
export type { Claim, Evidence, LookupAnswer, MappingIndex, SignedEntries } from "./lookup_types.ts";
export { augmentMappings, type AugmentOptions } from "./manager/augment.ts";
export {
  canonicalUrl,
  CORE_PACKAGE,
  CORE_REPOSITORIES,
  managerId,
} from "./manager/canonical_url.ts";
export {
  type ManagerBytes,
  managerFiles,
  parseManagerData,
  readManagerData,
} from "./manager/read.ts";
export type { ManagerData, ManagerExtension, ManagerReport, OddKind } from "./manager/types.ts";
export { indexMappings, mappingIndexOf, openMappingIndex } from "./mapping_index.ts";
export { compileNamePattern } from "./name_pattern.ts";
export { nodeKey, splitNodeKey } from "./node_key.ts";
export { type Problem, ProblemList } from "./problems.ts";
export {
  newestRelease,
  orderPackages,
  type PackageOrder,
  packagePopularity,
  packageScore,
  rankEntries,
} from "./rank.ts";
export { parseMappings, readMappings } from "./read.ts";
export { type Block, type BlockContents, contentsText } from "./blocks/contents.ts";
export { packBlocks, type PackedBlocks } from "./blocks/pack.ts";
export { STARTER_MAPPINGS } from "./starter.ts";
export { isGzip, readWhole, unpackGzip } from "./whole_file.ts";
export {
  applySchema,
  fullSchema,
  type OutputSchema,
  parseOutputSchema,
  readOutputSchema,
} from "./schema_filter.ts";
export {
  canonicalInputs,
  hashSignature,
  NO_SIGNATURE,
  type NodeInput,
  signatureOf,
  signatureOfInputs,
} from "./signature.ts";
export { countStats, dataVersion, emptyMappings, SCHEMA_VERSION } from "./stats.ts";
export type {
  MappedPackage,
  MappedVersion,
  MappingEntry,
  MappingStats,
  NodeMappings,
} from "./types.ts";
export { mappingsText, writeMappings } from "./write.ts";

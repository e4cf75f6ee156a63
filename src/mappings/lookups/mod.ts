/**
 * Look-ups in mappings without anything that builds them: commands that only ask start sooner.
 *
 * @example
 * ```ts
 * import { canonicalUrl } from "./mod.ts";
 *
 * console.assert(canonicalUrl("git@github.com:A/B.git") === "github.com/a/b");
 * ```
 *
 * @module
 */
export { isLive, lookupNode, type LookupOptions } from "../lookup.ts";
export type {
  Claim,
  Evidence,
  LookupAnswer,
  MappingIndex,
  SignedEntries,
} from "../lookup_types.ts";
export { mappingErrors } from "../errors.ts";
export { openMappingIndex } from "../mapping_index.ts";
export type { Block, BlockContents } from "../blocks/contents.ts";
export { openStarterExcerpt, readStarterContents, STARTER_MAPPINGS } from "../starter.ts";
export { canonicalUrl, CORE_PACKAGE, CORE_REPOSITORIES } from "../manager/canonical_url.ts";
export type { MappedPackage, MappedVersion, NodeMappings } from "../types.ts";

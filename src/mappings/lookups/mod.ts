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
export { FRONTEND_NODES, isLive, lookupNode, type LookupOptions } from "../lookup.ts";
export type {
  Claim,
  Evidence,
  LookupAnswer,
  MappingIndex,
  SignedEntries,
} from "../lookup_types.ts";
export { canonicalUrl, CORE_PACKAGE, CORE_REPOSITORIES } from "../manager/canonical_url.ts";
export { signatureOfInputs } from "../signature.ts";
export type { MappedPackage, NodeMappings } from "../types.ts";

/**
 * What packages claim of node classes, for those that judge answers and look nothing up themselves.
 *
 * @example
 * ```ts
 * import { signatureOfInputs } from "./mod.ts";
 *
 * console.assert(signatureOfInputs([]) === "_");
 * ```
 *
 * @module
 */
export { FRONTEND_NODES, isLive } from "../lookup.ts";
export type { Claim, LookupAnswer } from "../lookup_types.ts";
export { canonicalUrl, CORE_PACKAGE } from "../manager/canonical_url.ts";
export { signatureOfInputs } from "../signature.ts";

/**
 * Which models the environments' manifests name, and which of those are here.
 *
 * @example
 * ```ts ignore
 * import { lookupAmong, readModelUses } from "./mod.ts";
 *
 * const { uses } = await readModelUses(layout);
 * const lookup = lookupAmong(index.models());
 * const missing = uses.filter(({ model }) => lookup.find(model).length === 0);
 * ```
 *
 * @module
 */
export { type LocatedUse, locateUses } from "./locate.ts";
export {
  digestsOf,
  lookupAmong,
  type ModelLookup,
  type ModelUse,
  type ModelUses,
  readModelUses,
  restoreFromManifests,
} from "./uses.ts";

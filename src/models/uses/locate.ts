import { locationPath } from "../index/mod.ts";
import type { IndexedModel } from "../types.ts";
import { lookupAmong, type ModelUse } from "./uses.ts";

/** A model that a manifest names, and what of it is here. */
export interface LocatedUse {
  readonly use: ModelUse;
  /** With those places only where a file of its size is; empty when it is not here. */
  readonly models: readonly IndexedModel[];
}

/**
 * Finds what manifests name; whether it is here is looked up on the disk, as nobody may have scanned since it went.
 *
 * @param here Models of the index.
 */
export function locateUses(
  uses: readonly ModelUse[],
  here: readonly IndexedModel[],
): readonly LocatedUse[] {
  const lookup = lookupAmong(here);
  return uses.map((use) => ({ use, models: lookup.find(use.model).flatMap(stillHere) }));
}

function stillHere(model: IndexedModel): readonly IndexedModel[] {
  const locations = model.locations.filter((location) => {
    try {
      return Deno.statSync(locationPath(location)).size === location.size;
    } catch {
      // Gone, or not to be seen: both mean that it cannot be used.
      return false;
    }
  });
  return locations.length === 0 ? [] : [{ ...model, locations }];
}

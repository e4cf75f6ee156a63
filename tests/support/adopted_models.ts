import { locationPath, ModelIndex } from "../../src/models/mod.ts";
import type { WorkspaceLayout } from "../../src/workspace/mod.ts";

/** The models of the index: kind and path of each, sorted. */
export function locateModels(
  { modelIndex }: WorkspaceLayout,
): readonly (readonly [string | undefined, string])[] {
  using index = new ModelIndex(modelIndex);
  return index.models().flatMap(({ locations }) =>
    locations.map((location) => [location.folder, locationPath(location)] as const)
  ).toSorted(([, a], [, b]) => (a < b ? -1 : 1));
}

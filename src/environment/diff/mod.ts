/**
 * What differs between two states of an environment, by meaning.
 *
 * @example
 * ```ts
 * import { readDiff } from "./mod.ts";
 * import type { EnvironmentWorld } from "../mod.ts";
 *
 * async function changedPackages(world: EnvironmentWorld): Promise<readonly string[]> {
 *   return (await readDiff(world)).packages.map(({ name }) => name);
 * }
 * ```
 *
 * @module
 */
export {
  diffManifests,
  type EntryChange,
  type FieldChange,
  type ManifestDiff,
  type RequirementChange,
} from "./manifests.ts";
export { type EnvironmentDiff, readDiff, resolveRevision } from "./read.ts";

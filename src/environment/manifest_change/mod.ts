/**
 * A new manifest for an environment: tried first, then written, locked, committed and installed, or all taken back.
 *
 * @example
 * ```ts
 * import { applyManifest } from "./mod.ts";
 * import { changeEnvironment, type EnvironmentWorld, readEnvironmentState } from "../mod.ts";
 * import { addDependency, editManifest } from "../../pyproject/mod.ts";
 *
 * async function addPackage(world: EnvironmentWorld, requirement: string) {
 *   return await changeEnvironment(world, { command: "py add" }, async (transaction) => {
 *     const before = await readEnvironmentState(world);
 *     const edits = [addDependency(requirement)];
 *     const manifestText = editManifest(before.manifestText, edits, world.environment.manifest);
 *     return await applyManifest(world, transaction, { before, manifestText, command: "py add" });
 *   });
 * }
 * ```
 *
 * @module
 */
export {
  applyManifest,
  type ManifestChange,
  type ManifestReport,
  NOTHING_CHANGED,
} from "./apply.ts";
export {
  editEnvironment,
  type ManifestEditReport,
  type ManifestEditRequest,
  type ManifestPlan,
} from "./edit.ts";
export { groupOwners, readComfyUIRequirements } from "./owners.ts";
export { type ResolutionRequest, resolveManifest } from "./resolve.ts";
export {
  isInSync,
  lockEnvironment,
  resolveNow,
  syncEnvironment,
  type SyncOptions,
} from "./sync.ts";

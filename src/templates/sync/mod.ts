/**
 * The manifest and the copies in packages, brought in step with templates, bundles, index and policy.
 *
 * @example
 * ```ts
 * import { openRepository, readIndexes, readManifestFile, workingFiles } from "../repository/mod.ts";
 * import { openDigests } from "../digests/mod.ts";
 * import { applySync, planSync, readGenerated } from "./mod.ts";
 *
 * const root = "/repository";
 * const repository = await openRepository(workingFiles(root));
 * const { value } = await readIndexes(repository.files, repository.config);
 * const manifest = (await readManifestFile(repository)).value;
 * const digests = await openDigests(root);
 * const plan = await planSync(repository, { ...value, manifest }, digests, await readGenerated(root));
 * await applySync(root, plan);
 * ```
 *
 * @module
 */
export { applySync, readGenerated } from "./apply.ts";
export { compareAssets, wantedEntries, type WantedEntry } from "./manifest_value.ts";
export { copyPlanner, type PackageCopies, planSync } from "./plan.ts";
export type { CopyStep, SyncPlan } from "./types.ts";

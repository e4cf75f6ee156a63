/**
 * A repository of workflow templates as a value, read from the working copy or from a commit, and its files.
 *
 * @example
 * ```ts
 * import { findRepositoryRoot, openRepository, workingFiles } from "./mod.ts";
 *
 * const repository = await openRepository(workingFiles(await findRepositoryRoot(".")));
 * for (const { id, version, bundles } of repository.packages) console.log(id, version, bundles);
 * ```
 *
 * @module
 */
export {
  type BlueprintAsset,
  type BlueprintsManifest,
  readBlueprintsManifest,
} from "./blueprints_manifest.ts";
export { isId, readBundles, suggestId } from "./bundles.ts";
export { CONFIG_FILE, readConfig, type RepositoryConfig } from "./config.ts";
export { whyExcluded } from "./distribution.ts";
export { MAX_TEXT_BYTES, type RepositoryFiles } from "./files.ts";
export { findRepositoryRoot } from "./find_root.ts";
export { inventoryFile, inventoryPaths, readInventory } from "./inventory.ts";
export { isInnerPath } from "./inner_path.ts";
export { localeFiles, readIndex, readIndexes } from "./index_file.ts";
export {
  decodeText,
  editDocument,
  type JsonDocument,
  parseJsonDocument,
  placeIn,
  readJsonDocument,
  wrongShape,
} from "./json_document.ts";
export { type LogoFiles, readLogos } from "./logos.ts";
export { manifestPath, readManifest, readManifestFile } from "./manifest.ts";
export { openRepository } from "./open.ts";
export { pathList } from "./path_list.ts";
export { type RevisionFiles, revisionFiles } from "./revision_files.ts";
export { isRecord, ObjectReader, readRootObject } from "./shapes.ts";
export type { SizeLimits } from "./size_limits.ts";
export { extensionOf, type FileOwner, isTemplateId, ownerOfFile } from "./template_files.ts";
export { workingFiles } from "./working_files.ts";

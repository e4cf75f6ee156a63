/**
 * Edits of templates that reach every file which names them, as plans: added, renamed, moved, archived, restored.
 *
 * @example
 * ```ts
 * import { applyChanges } from "../changes/mod.ts";
 * import { planRename } from "./mod.ts";
 *
 * const plan = await planRename("/repository", "flux_old", "image_flux");
 * await applyChanges("/repository", plan.changes);
 * ```
 *
 * @module
 */
export { planAdd } from "./add.ts";
export { planArchive } from "./archive.ts";
export { blankThumbnail, blankWorkflow } from "./blank.ts";
export type { DraftThumbnail, TemplateDraft } from "./draft.ts";
export { type MigrateOptions, parseRenames, planMigrate } from "./migrate.ts";
export { type BundleSize, type MovePlan, planMove } from "./move.ts";
export { planRename } from "./rename.ts";
export { planRestore, type RestoreOptions } from "./restore.ts";
export type { EditPlan, FileMove } from "./types.ts";

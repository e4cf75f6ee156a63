/**
 * Publication of built packages: planned, uploaded in order, proved, and written down so that it can be gone on with.
 *
 * @example
 * ```ts
 * import { isOpen, readJournal } from "./mod.ts";
 *
 * const journal = await readJournal("/repository");
 * console.log(journal?.packages.filter(isOpen).map(({ name }) => name));
 * ```
 *
 * @module
 */
export { JOURNAL_FILE, readJournal, writeJournal } from "./journal.ts";
export { type DistributionVersion, exactly, missingOnIndex } from "./on_index.ts";
export { isMetaUnraised, planPublish, type PublishFacts } from "./plan_publish.ts";
export { publish, type PublishWorld } from "./publish.ts";
export { planRollback, type RollbackPlan } from "./rollback.ts";
export { isOpen, keptTarget, startJournal } from "./start_journal.ts";
export type {
  JournalEntry,
  PlannedUpload,
  PublishAction,
  PublishJournal,
  PublishPlan,
  PublishTarget,
  UploadState,
} from "./types.ts";
export { parseUsage, usageOnIndex } from "./usage.ts";

/**
 * Checks of a template repository: what users would miss after the next release.
 *
 * @example
 * ```ts
 * import { openRepository, workingFiles } from "../repository/mod.ts";
 * import { openDigests } from "../digests/mod.ts";
 * import { checkTemplates, readCheckFacts } from "./mod.ts";
 *
 * const repository = await openRepository(workingFiles("/repository"));
 * const digests = await openDigests("/repository");
 * const facts = await readCheckFacts(repository, digests);
 * await digests.save();
 * for (const { code, file, line, message } of checkTemplates(facts)) console.log(code, file, line, message);
 * ```
 *
 * @module
 */
export { CHECK_AREAS, checkTemplates } from "./areas.ts";
export { changedSince } from "./changed_since.ts";
export { checkCi } from "./ci.ts";
export { checkCommits, type NamedCommit } from "./commits.ts";
export {
  type AlikePictures,
  type DuplicateFiles,
  findAlikePictures,
  findDuplicates,
  type PictureFacts,
  thumbnailNames,
} from "./duplicates.ts";
export { LARGE_BYTES } from "./media.ts";
export { type FactsOptions, readCheckFacts } from "./read_facts.ts";
export { type WorkflowReader, workflowReader } from "./read_workflows.ts";
export type { CheckArea, CheckedIndex, CheckedWorkflow, CheckFacts } from "./types.ts";
export { readWhitelist, type Whitelist } from "./whitelist.ts";
export type {
  Located,
  UsedAddress,
  UsedInput,
  UsedModel,
  UsedPack,
  WorkflowFacts,
  WorkflowFault,
} from "./workflow/types.ts";
export { checkTools } from "./tools.ts";

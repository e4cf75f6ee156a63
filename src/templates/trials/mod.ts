/**
 * One template put to the test.
 *
 * @example
 * ```ts
 * import { openRepository, workingFiles } from "../repository/mod.ts";
 * import { openDigests } from "../digests/mod.ts";
 * import { checkTemplates, readCheckFacts } from "../checks/mod.ts";
 * import { tryTemplate } from "./mod.ts";
 *
 * const repository = await openRepository(workingFiles("/repository"));
 * const facts = await readCheckFacts(repository, await openDigests("/repository"));
 * console.log(tryTemplate(facts, "default", checkTemplates(facts)).findings);
 * ```
 *
 * @module
 */
export { type KnownClasses, type TrialReport, tryTemplate } from "./trial.ts";

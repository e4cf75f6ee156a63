/**
 * Care for models that are here: whether they are still what the index says, and equal files that share their bytes.
 *
 * @example
 * ```ts
 * import { ModelIndex } from "../index/mod.ts";
 * import { planDedupe } from "./mod.ts";
 *
 * using index = new ModelIndex(`${await Deno.makeTempDir()}/model_index.db`);
 * console.assert(planDedupe(index).groups.length === 0);
 * ```
 *
 * @module
 */
export { cloneCommand, type Cloning } from "./clone_file.ts";
export { applyDedupe, type DedupeMethod, type DedupeOptions, type DedupeReport } from "./dedupe.ts";
export {
  type DedupePlan,
  type DuplicateFile,
  type DuplicateGroup,
  planDedupe,
} from "./dedupe_plan.ts";
export { verifyModels, type VerifyOptions, type VerifyReport } from "./verify.ts";

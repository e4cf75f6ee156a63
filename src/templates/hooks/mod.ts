/**
 * What watches over a template repository by itself: a hook of git, and workflows on GitHub.
 *
 * @example
 * ```ts
 * import { planHook } from "./mod.ts";
 *
 * console.assert(planHook(undefined)?.startsWith("#!/bin/sh"));
 * ```
 *
 * @module
 */
export { type ReadyFile, type ReadyFileFacts, readyFiles } from "./github_files.ts";
export { planHook, planReadyFiles, type ReadyFilesPlan } from "./plan_hooks.ts";
export { checkStaged, type StagedCheck } from "./staged.ts";

/**
 * The scan: which model files lie in some directories, brought into the index with the least reading.
 *
 * @example
 * ```ts
 * import { silentReporter } from "../../base/mod.ts";
 * import { ModelIndex } from "../index/mod.ts";
 * import { scanModels } from "./mod.ts";
 *
 * const root = await Deno.makeTempDir();
 * using index = new ModelIndex(`${root}/model_index.db`);
 * const request = { named: [root], usual: [], env: {} };
 * console.assert((await scanModels(index, request, { report: silentReporter })).files === 0);
 * ```
 *
 * @module
 */
export { applyScan } from "./apply.ts";
export type { RootRequest } from "./roots.ts";
export type { RootChanges, ScanPlan } from "./plan.ts";
export { planScan, previewScan, scanModels } from "./scan.ts";
export { withSoundIndex } from "./sound_index.ts";
export type {
  FoundFile,
  FoundFiles,
  ScanOptions,
  ScanReport,
  ScanRoot,
  UnsafeModel,
} from "./types.ts";
export { placeOf } from "./walk.ts";

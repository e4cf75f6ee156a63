/**
 * Models brought to their places: linked where the same file is here already, else fetched from their sources in order.
 *
 * @example
 * ```ts
 * import { downloadModels, type DownloadWorld } from "./mod.ts";
 *
 * async function fetchOne(world: DownloadWorld, target: string) {
 *   const source = { type: "url" as const, url: "https://example.com/model.safetensors" };
 *   const wanted = { key: "a", name: "A model", target, digests: {}, sources: [{ source }] };
 *   return await downloadModels(world, [wanted]);
 * }
 * ```
 *
 * @module
 */
export { downloadModels } from "./download_models.ts";
export { findIndexed, type KnownFile, recordKnownFile, toKnownSource } from "./index_use.ts";
export { putSame } from "./put_same.ts";
export type {
  DownloadWorld,
  FailedOutcome,
  FailedSource,
  ModelOutcome,
  PlacedOutcome,
  WantedModel,
  WantedSource,
} from "./types.ts";

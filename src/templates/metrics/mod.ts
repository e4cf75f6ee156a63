/**
 * Measurements of runs of commands: kept line by line, compared, and downloads as the index counts them.
 *
 * @example
 * ```ts
 * import { parsePercent } from "./mod.ts";
 *
 * console.assert(parsePercent("10%") === 10);
 * ```
 *
 * @module
 */
export {
  badMetrics,
  compareMeasurements,
  isOver,
  measure,
  parseDownloads,
  parseMeasurements,
  parsePercent,
} from "./measurements.ts";
export type { Downloads, Growth, Measurement } from "./types.ts";

/**
 * A repository of templates in numbers: what it holds, where its bytes are, what is asked for.
 *
 * @example
 * ```ts
 * import { countUsage } from "./mod.ts";
 *
 * const lines = ['127.0.0.1 - - [01/Nov/2025:00:00:00 +0000] "GET /templates/api_a.json HTTP/1.1" 200 12'];
 * const [first] = await countUsage(lines, new Set(["api_a"]));
 * console.assert(first?.opened === 1);
 * ```
 *
 * @module
 */
export { type FormatSize, measureSizes, type PackageSize, type SizeReport } from "./sizes.ts";
export {
  countRepository,
  type LocaleCoverage,
  type RepositoryStatistics,
  type Share,
} from "./statistics.ts";
export { countUsage, type TemplateUsage } from "./usage.ts";

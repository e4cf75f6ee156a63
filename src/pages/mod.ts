/**
 * Self-contained HTML pages that ask nothing of the network: texts from outside made harmless, charts, one style.
 *
 * @example
 * ```ts
 * import { nameHtml } from "./mod.ts";
 *
 * console.assert(nameHtml("<b>") === "<bdi>&lt;b&gt;</bdi>");
 * ```
 *
 * @module
 */
export { areaChart, bar, type ChartPoint, type ChartText, stackedBar } from "./charts.ts";
export {
  escapeHtml,
  formatCount,
  formatDay,
  formatShort,
  linkOf,
  nameHtml,
  scriptJson,
  section,
  visibleText,
} from "./html.ts";
export { type PageParts, renderPage } from "./page.ts";

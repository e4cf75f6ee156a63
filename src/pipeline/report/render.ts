import {
  escapeHtml,
  formatCount,
  formatDay,
  linkOf,
  renderPage,
  section,
  visibleText,
} from "../../pages/mod.ts";
import type { ListedPackage } from "../stats.ts";
import { REPORT_SCRIPT } from "./script.ts";
import {
  contestedSection,
  growthSections,
  newestSection,
  sharesSection,
  topSection,
  totalsSection,
} from "./sections.ts";
import type { ReportValue } from "./value.ts";

/**
 * Renders a report as one self-contained HTML page that asks nothing of the network.
 *
 * Equal values give equal bytes.
 *
 * @param value From {@linkcode buildReport}.
 * @returns The page's text.
 */
export function renderReport({ stats, packages }: ReportValue): string {
  const made = escapeHtml(stats.generated_at.slice(0, 16).replace("T", " "));
  return renderPage({
    title: `ComfyUI node packages, ${stats.version}`,
    heading: "ComfyUI node packages",
    below: `Data of ${escapeHtml(stats.version)}, made ${made} UTC`,
    main: `${totalsSection(stats.totals)}<div class="pair">
${growthSections(stats)}${sharesSection(stats)}</div>
<div class="pair" id="lists">
${topSection(stats.top_packages)}${newestSection(stats.newest_packages)}${
      contestedSection(stats.contested)
    }</div>
${tableSection(packages)}`,
    footer: "Made by comfydock from the Comfy Registry and ComfyUI-Manager's data.",
    script: REPORT_SCRIPT,
    data: packages.map(toCells),
  });
}

function tableSection(packages: readonly ListedPackage[]): string {
  const body =
    `<div class="find" id="find" hidden><label for="query">Search by name, id or author</label>` +
    `<input type="search" id="query" autocomplete="off" spellcheck="false" aria-controls="packages"></div>` +
    `<noscript><p>The table needs JavaScript; the page holds ${
      formatCount(packages.length)
    } packages.</p></noscript>` +
    `<table id="packages"><caption id="count" aria-live="polite">${
      formatCount(packages.length)
    } packages</caption><thead><tr>` +
    `${head("name", "Package", "")}${head("downloads", "Downloads", "number")}${
      head("stars", "Stars", "number wide")
    }${head("classes", "Classes", "number wide")}${head("released", "Newest version", "wide")}` +
    `</tr></thead><tbody></tbody></table>` +
    `<button type="button" class="more" id="more" hidden>Show more</button>`;
  return section("all", "All packages", body);
}

function head(sort: string, title: string, className: string): string {
  const kind = className === "" ? "" : ` class="${className}"`;
  return `<th scope="col" data-sort="${sort}"${kind}><button type="button">${title}</button></th>`;
}

// A list without field names keeps the page of ten thousand packages small.
function toCells(found: ListedPackage): readonly (string | number)[] {
  return [
    visibleText(found.id),
    visibleText(found.name),
    visibleText(found.author ?? ""),
    linkOf(found.repository) ?? "",
    found.source === "manager" ? 1 : 0,
    found.downloads,
    found.github_stars,
    found.classes,
    found.released_at === undefined ? "" : visibleText(formatDay(found.released_at)),
  ];
}

import {
  areaChart,
  bar,
  escapeHtml,
  formatCount,
  linkOf,
  nameHtml,
  renderPage,
  section,
  visibleText,
} from "../../pages/mod.ts";
import type { GalleryEntry } from "./gallery.ts";
import { GALLERY_SCRIPT, GALLERY_STYLE } from "./gallery_script.ts";
import type { TemplateReport } from "./value.ts";

/** Where a page finds a file below the directory of templates; nothing for what it shall not show. */
export type FileAddress = (name: string) => string | undefined;

/** How a page is put together. */
export interface TemplatePageOptions {
  readonly thumbnail: FileAddress;
  /** Where the workflow of a template is; default no links. */
  readonly workflow?: (id: string) => string | undefined;
  /** Sources of media besides `data:`, as a content policy has them. */
  readonly media?: string;
}

/**
 * Renders a report as one HTML page: coverage, sizes, growth, dead links, downloads, and a gallery of all templates.
 *
 * Equal values give equal bytes.
 */
export function renderTemplateReport(report: TemplateReport, options: TemplatePageOptions): string {
  const { name, version, templates } = report;
  return renderPage({
    title: `${name} ${version}`,
    heading: `Templates of ${name}`,
    below: `Version ${escapeHtml(version)}`,
    main: `${totals(report)}<div class="pair">
${coverage(report)}${growth(report)}${sizes(report)}${bundles(report)}</div>
<div class="pair">
${faults(report)}${deadLinks(report)}${downloads(report)}</div>
${gallerySection(templates.length)}`,
    footer: "Made by comfydock from the repository of templates.",
    style: GALLERY_STYLE,
    script: GALLERY_SCRIPT,
    data: templates.map((one) => toCells(one, options)),
    ...options.media !== undefined && { media: options.media },
  });
}

/** Renders a gallery of templates and nothing else. */
export function renderGallery(
  heading: string,
  templates: readonly GalleryEntry[],
  options: TemplatePageOptions,
): string {
  return renderPage({
    title: heading,
    heading,
    below: `${formatCount(templates.length)} templates of the working copy`,
    main: gallerySection(templates.length),
    footer: "Made by comfydock from the repository of templates.",
    style: GALLERY_STYLE,
    script: GALLERY_SCRIPT,
    data: templates.map((one) => toCells(one, options)),
    ...options.media !== undefined && { media: options.media },
  });
}

function gallerySection(count: number): string {
  const body =
    `<div class="find" id="find" hidden><label for="query">Search by title, id, category or bundle</label>` +
    `<input type="search" id="query" autocomplete="off" spellcheck="false" aria-controls="cards">` +
    `<label class="check"><input type="checkbox" id="faulty">Only those with faults</label></div>` +
    `<noscript><p>The gallery needs JavaScript; the page holds ${
      formatCount(count)
    } templates.</p></noscript>` +
    `<p class="small" id="count" aria-live="polite"></p><ul class="cards" id="cards"></ul>` +
    `<button type="button" class="more" id="more" hidden>Show more</button>`;
  return section("all", "All templates", body);
}

// A list without field names keeps the page small.
function toCells(
  one: GalleryEntry,
  { thumbnail, workflow }: TemplatePageOptions,
): readonly (string | number)[] {
  const texts = [one.id, one.title, one.description, one.category, one.mediaType, one.bundle ?? ""];
  return [
    ...texts.map(visibleText),
    formatBytes(one.bytes),
    one.faults,
    one.shown,
    one.file === undefined ? "" : thumbnail(one.file) ?? "",
    workflow?.(one.id) ?? "",
  ];
}

function totals({ statistics, sizes, errors, warnings, links }: TemplateReport): string {
  const items = [
    ["Templates", formatCount(statistics.templates)],
    ["Files", formatCount(statistics.files)],
    ["Bytes", formatBytes(statistics.bytes)],
    ["Packages", formatCount(sizes.packages.length)],
    ["Translations", formatCount(statistics.locales.length)],
    ["Addresses", formatCount(links.all)],
    ["Errors", formatCount(errors)],
    ["Warnings", formatCount(warnings)],
  ];
  const terms = items.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return section("totals", "Totals", `<dl class="totals">${terms.join("")}</dl>`);
}

function coverage({ coverage, statistics }: TemplateReport): string {
  const items = [
    ...coverage.map(({ name, have, all }) =>
      barItem(name, share(have, all), `${formatCount(have)} of ${formatCount(all)}`)
    ),
    ...statistics.locales.map(({ locale, percent }) =>
      barItem(`Translation ${locale}`, percent / 100, `${percent} %`)
    ),
  ];
  return section("coverage", "Coverage", list(items));
}

function growth({ growth }: TemplateReport): string {
  const points = growth.map(({ month, templates }) => ({ label: month, value: templates }));
  const [first, last] = [points[0], points.at(-1)];
  const description = first && last
    ? `From ${first.value} in ${first.label} to ${last.value} in ${last.label}`
    : "No dates are known";
  const chart = areaChart(points, {
    id: "chart-growth",
    title: "Templates over time",
    description,
  });
  return section(
    "growth",
    "Growth",
    `${chart}<p class="small">${escapeHtml(description)}.</p>`,
  );
}

function sizes({ sizes }: TemplateReport): string {
  const items = sizes.packages.map(({ id, bytes, percent, verdict }) =>
    barItem(
      id,
      percent / 100,
      `${formatBytes(bytes)}${verdict === "ok" ? "" : `, ${percent} % of the limit`}`,
    )
  );
  const largest = sizes.largest.slice(0, 5).map(({ name, bytes }) =>
    rowItem(nameHtml(name), formatBytes(bytes))
  );
  return section("sizes", "Sizes of packages", list(items)) +
    section("largest", "Largest files", list(largest));
}

function bundles({ statistics }: TemplateReport): string {
  const most = Math.max(1, ...statistics.bundles.map(({ templates }) => templates));
  const items = statistics.bundles.map(({ name, templates, bytes }) =>
    barItem(name, templates / most, `${formatCount(templates)}, ${formatBytes(bytes)}`)
  );
  return section("bundles", "Bundles", list(items));
}

function faults({ faults }: TemplateReport): string {
  const items = faults.slice(0, 12).map(({ code, count }) =>
    rowItem(escapeHtml(code), formatCount(count))
  );
  return section("faults", "Faults", list(items));
}

function deadLinks({ links }: TemplateReport): string {
  const items = links.dead.map(({ url, reason, files }) => {
    const href = linkOf(url);
    const name = nameHtml(url);
    const shown = href === undefined
      ? name
      : `<a href="${escapeHtml(href)}" rel="noopener noreferrer">${name}</a>`;
    return `<li>${shown}<div class="small">${escapeHtml(reason)} · ${
      files.map(nameHtml).join(", ")
    }</div></li>`;
  });
  const note = links.asked
    ? ""
    : `<p class="small">No server was asked; <code>comfydock templates links --online --json</code> does, and <code>--links</code> takes its answer.</p>`;
  return section("links", "Dead links", (links.asked ? list(items) : "") + note);
}

function downloads({ downloads }: TemplateReport): string {
  if (!downloads) {
    return section(
      "downloads",
      "Downloads",
      `<p class="small">Not known; <code>--downloads</code> takes what pypistats answers.</p>`,
    );
  }
  const most = Math.max(1, ...downloads.map(({ month }) => month));
  const items = downloads.map(({ name, day, week, month }) =>
    barItem(
      name,
      month / most,
      `${formatCount(month)} a month, ${formatCount(week)} a week, ${formatCount(day)} a day`,
    )
  );
  return section("downloads", "Downloads", list(items));
}

function barItem(name: string, part: number, text: string): string {
  return `<li>${row(nameHtml(name), escapeHtml(text))}${bar(part)}</li>`;
}

function rowItem(left: string, right: string): string {
  return `<li>${row(left, right)}</li>`;
}

function row(left: string, right: string): string {
  return `<div class="row"><span>${left}</span><span class="small">${right}</span></div>`;
}

function list(items: readonly string[]): string {
  return items.length === 0
    ? `<p class="soft">None.</p>`
    : `<ol class="list">${items.join("")}</ol>`;
}

function share(have: number, all: number): number {
  return all === 0 ? 1 : have / all;
}

/** Bytes for people, in steps of a thousand. */
function formatBytes(bytes: number): string {
  const steps = [[1e9, "GB"], [1e6, "MB"], [1e3, "kB"]] as const;
  const [size, unit] = steps.find(([step]) => bytes >= step) ?? [1, "B"];
  const scaled = bytes / size;
  return `${scaled < 10 && size > 1 ? scaled.toFixed(1) : Math.round(scaled)} ${unit}`;
}

import { packagePopularity } from "../../mappings/mod.ts";
import type { ContestedClass, ListedPackage, RegistryStats, StatsTotals } from "../stats.ts";
import {
  areaChart,
  bar,
  escapeHtml,
  formatCount,
  formatDay,
  formatShort,
  linkOf,
  nameHtml,
  section,
  stackedBar,
} from "../../pages/mod.ts";

/** The totals as a list of terms. */
export function totalsSection(totals: StatsTotals): string {
  const items = [
    ["Packages", totals.packages],
    ["Versions", totals.versions],
    ["Class names", totals.class_names],
    ["Signatures", totals.signatures],
    ["Contested names", totals.contested_class_names],
    ["Downloads", totals.downloads],
    ["GitHub stars", totals.github_stars],
    ["No longer listed", totals.missing_packages],
  ] as const;
  const terms = items.map(([name, value]) =>
    `<div><dt>${name}</dt><dd title="${formatCount(value)}">${
      value < 1_000_000 ? formatCount(value) : formatShort(value)
    }</dd></div>`
  );
  return section("totals", "Totals", `<dl class="totals">${terms.join("")}</dl>`);
}

/** How packages and versions grew. */
export function growthSections(stats: RegistryStats): string {
  const draw = (field: "packages" | "versions", title: string) => {
    const points = stats.growth.map((point) => ({ label: point.month, value: point[field] }));
    const [first, last] = [points[0], points.at(-1)];
    const description = first && last
      ? `From ${formatCount(first.value)} in ${first.label} to ${
        formatCount(last.value)
      } in ${last.label}`
      : "No dates are known";
    return section(
      `growth-${field}`,
      title,
      areaChart(points, { id: `chart-${field}`, title, description }) +
        `<p class="small">${escapeHtml(description)}.</p>`,
    );
  };
  return draw("packages", "Packages over time") + draw("versions", "Versions over time");
}

/** Where packages come from and how they stand. */
export function sharesSection({ totals, by_version_status }: RegistryStats): string {
  const sources = [
    { label: "Comfy Registry", value: totals.registry_packages },
    { label: "ComfyUI-Manager only", value: totals.manager_packages },
  ];
  const statuses = Object.entries(by_version_status).slice(0, 5)
    .map(([status, value]) => ({ label: statusName(status), value }));
  const draw = (id: string, title: string, parts: readonly { label: string; value: number }[]) => {
    const description = parts.map((part) => `${part.label}: ${formatCount(part.value)}`).join(", ");
    const key = parts.map((part, index) =>
      `<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="part-${
        index % 5
      }" width="12" height="12" rx="2"/></svg>` +
      `${nameHtml(part.label)}<span>${formatCount(part.value)}</span></li>`
    );
    return `<h3 class="small">${title}</h3>` + stackedBar(parts, { id, title, description }) +
      `<ul class="key">${key.join("")}</ul>`;
  };
  const body = draw("chart-sources", "Packages by source", sources) +
    (statuses.length > 0 ? draw("chart-statuses", "Versions by status", statuses) : "");
  return section("shares", "Shares", body);
}

/** The most popular packages with bars. */
export function topSection(packages: readonly ListedPackage[]): string {
  const most = Math.max(1, ...packages.map(packagePopularity));
  const items = packages.map((found) =>
    `<li>${linkedName(found)}${bar(packagePopularity(found) / most)}<div class="small">${
      formatShort(found.downloads)
    } downloads · ${formatShort(found.github_stars)} stars</div></li>`
  );
  return listSection("top", "Top packages", items);
}

/** The packages published last. */
export function newestSection(packages: readonly ListedPackage[]): string {
  const items = packages.map((found) =>
    `<li><div class="row"><div>${linkedName(found)}</div><div class="small">${
      escapeHtml(formatDay(found.created_at))
    }</div></div></li>`
  );
  return listSection("newest", "Newest packages", items);
}

/** Class names that several packages provide. */
export function contestedSection(contested: readonly ContestedClass[]): string {
  const most = Math.max(1, ...contested.map((found) => found.packages.length));
  const items = contested.map(({ class_name, packages }) => {
    const others = packages.length - 3;
    const names = packages.slice(0, 3).map(nameHtml).join(", ") +
      (others > 0 ? ` and ${formatCount(others)} more` : "");
    return `<li><div class="row"><div>${nameHtml(class_name)}</div><div class="small">${
      formatCount(packages.length)
    } packages</div></div>${bar(packages.length / most)}<div class="small">${names}</div></li>`;
  });
  return listSection("contested", "Contested class names", items);
}

function listSection(id: string, title: string, items: readonly string[]): string {
  const body = items.length === 0
    ? `<p class="soft">None.</p>`
    : `<ol class="list">${items.join("")}</ol>`;
  return section(id, title, body);
}

function linkedName({ id, name, repository }: ListedPackage): string {
  const link = linkOf(repository);
  const shown = nameHtml(name || id);
  return link ? `<a href="${escapeHtml(link)}" rel="noopener noreferrer">${shown}</a>` : shown;
}

// The registry says NodeVersionStatusActive where people say active.
function statusName(status: string): string {
  return status.replace(/^Node(?:Version)?Status(?=.)/, "");
}

import { counted } from "../../base/mod.ts";
import { formatBytes, type Style } from "../../output/mod.ts";
import type { ImportData, ImportPlanData, Origin } from "./import_data.ts";

const ORIGINS: Readonly<Record<Origin, string>> = {
  bundle: "comes along",
  workspace: "is here",
  download: "is fetched",
  nowhere: "is missing",
};

const BUILT_OF: Readonly<Record<ImportPlanData["builds"][number]["from"], string>> = {
  sdist: "of its sources",
  git: "of a commit",
  address: "of an archive",
  local: "of a directory",
};

/** What was made, or would be. */
export function view({ plan, made }: ImportData, style: Style): string[] {
  const { name, from } = plan;
  if (!made) {
    return [`Would import ${style.bold(name)} from ${from}`, ...describePlan(plan, style)];
  }
  const { missing_models: missing, active, path } = made;
  return [
    `${style.green("Imported")} ${style.bold(name)} at ${path}`,
    base(plan, made),
    ...missing.length > 0
      ? [`  Models not here: ${missing.join(", ")}; comfydock model download --env ${name}`]
      : [],
    active
      ? "  It is the active environment"
      : style.dim(`  comfydock use ${name} makes it the active one`),
  ];
}

function base(plan: ImportPlanData, made: ImportData["made"]): string {
  const { comfyui, python, packages, packed } = plan;
  const count = made?.packages ?? packages;
  const from = comfyui.from === "repository"
    ? `from ${comfyui.source}${made ? "" : ", size unknown"}`
    : ORIGINS[comfyui.from];
  const commit = comfyui.commit.slice(0, 8);
  // Who imports from another tool often has a commit alone.
  const version = comfyui.commit.startsWith(comfyui.version)
    ? commit
    : `${comfyui.version} (${commit})`;
  // A lock names packages of other platforms, too, which nobody packed.
  const along = packed === 0 ? "" : `, wheels of ${packed} come along`;
  return `  ComfyUI ${version} ${from}, Python ${python ?? made?.python ?? "as it suits"}${
    count === null ? "" : `, ${counted(count, "package")}${made ? "" : " in the lock"}`
  }${along}`;
}

function describePlan(plan: ImportPlanData, style: Style): string[] {
  const { downloads, builds, built, nodes, models, shortfalls } = plan;
  return [
    base(plan, null),
    ...downloads === null ? [] : [`  ${describeDownloads(downloads)}`],
    ...nodes.map((node) => `  Node pack ${describeNode(node)}`),
    ...models.map(({ key, size, from }) =>
      `  Model ${key}${size === null ? "" : `, ${formatBytes(size)},`} ${
        from === "download" ? "is fetched by comfydock model download" : ORIGINS[from]
      }`
    ),
    ...builds.length > 0
      ? [style.yellow(`  Runs code to build: ${builds.map(describeBuild).join(", ")}`)]
      : [],
    ...built.length > 0
      ? [style.yellow(`  Built by whoever exported it: ${built.join(", ")}`)]
      : [],
    ...nodes.length > 0
      ? [style.dim("  Node packs run code of theirs when ComfyUI starts, their install.py never")]
      : [],
    ...shortfalls.map((shortfall) => style.yellow(`  ${shortfall}`)),
  ];
}

function describeDownloads(
  { fetched, bytes, at_most, unknown, hosts }: NonNullable<ImportPlanData["downloads"]>,
): string {
  if (fetched === 0) return "Python packages: none is fetched";
  const from = hosts.length > 0 ? ` from ${hosts.join(", ")}` : "";
  const known = unknown === fetched ? [] : [`${at_most ? "at most " : ""}${formatBytes(bytes)}`];
  const sizes = [...known, ...unknown > 0 ? [`${unknown} of unknown size`] : []];
  return `Python packages: ${fetched} ${fetched === 1 ? "is" : "are"} fetched${from}, ${
    sizes.join(" and ")
  }`;
}

function describeNode(
  { id, version, from, url, size }: ImportPlanData["nodes"][number],
): string {
  const name = version === null ? id : `${id} ${version.slice(0, 12)}`;
  if (from !== "download") return `${name} ${ORIGINS[from]}`;
  const weight = size === null ? "size unknown" : formatBytes(size);
  return `${name} ${ORIGINS[from]}${url === null ? "" : ` from ${url}`}, ${weight}`;
}

function describeBuild({ name, from, host }: ImportPlanData["builds"][number]): string {
  return `${name} (${BUILT_OF[from]}${host === null ? "" : ` from ${host}`})`;
}

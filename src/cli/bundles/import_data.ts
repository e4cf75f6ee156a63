import type { TakeoverFinding } from "../../environment/takeover/mod.ts";
import type { ImportPlan, PlannedModel, PlannedNode } from "../../bundles/mod.ts";
import { formatBytes, type Style } from "../../output/mod.ts";

/** Where something of an import comes from. */
type Origin = PlannedNode["from"];

/** What an import will do. */
export interface ImportPlanData {
  readonly name: string;
  readonly from: string;
  readonly comfyui: ImportPlan["comfyui"];
  readonly python: string | null;
  readonly packages: number | null;
  /** Packages whose wheels come along. */
  readonly packed: number;
  readonly builds: readonly string[];
  /** Packages whose wheels whoever exported them built. */
  readonly built: readonly string[];
  readonly nodes: readonly {
    readonly id: string;
    readonly version: string | null;
    readonly source: string;
    readonly from: Origin;
    readonly url: string | null;
  }[];
  readonly models: readonly {
    readonly key: string;
    readonly size: number | null;
    readonly from: Origin;
    readonly required: boolean;
  }[];
  readonly workflows: readonly string[];
  readonly shortfalls: readonly string[];
  readonly findings: readonly TakeoverFinding[];
}

/** What `import` tells. */
export interface ImportData {
  readonly dry_run: boolean;
  readonly plan: ImportPlanData;
  /** Absent in a dry run. */
  readonly made: null | {
    readonly path: string;
    readonly comfyui_commit: string;
    readonly python: string;
    readonly packages: number;
    readonly commit: string;
    readonly nodes: readonly {
      readonly id: string;
      readonly tree_sha256: string | null;
      readonly state: "placed" | "missing";
    }[];
    readonly models: readonly string[];
    /** Models that were fetched with `--download`. */
    readonly fetched_models: readonly string[];
    readonly missing_models: readonly string[];
    readonly shortfalls: readonly string[];
    readonly active: boolean;
  };
}

/** The plan in the words of `data`. */
export function toPlanData(plan: ImportPlan): ImportPlanData {
  const { python = null, packages = null, nodes, models, ...rest } = plan;
  return { ...rest, python, packages, nodes: nodes.map(toNode), models: models.map(toModel) };
}

function toNode({ id, version, source, from, url }: PlannedNode) {
  return { id, version: version ?? null, source, from, url: url ?? null };
}

function toModel({ key, size, from, required }: PlannedModel) {
  return { key, size: size ?? null, from, required };
}

const ORIGINS: Readonly<Record<Origin, string>> = {
  bundle: "comes along",
  workspace: "is here",
  download: "is fetched",
  nowhere: "is missing",
};

/** What was made, or would be. */
export function view({ plan, made }: ImportData, style: Style): string[] {
  const { name, comfyui, python, packages, packed, builds, built, nodes, models, shortfalls } =
    plan;
  const count = made?.packages ?? packages;
  const head = made
    ? `${style.green("Imported")} ${style.bold(name)} at ${made.path}`
    : `Would import ${style.bold(name)} from ${plan.from}`;
  const lines = [
    head,
    `  ComfyUI ${comfyui.version} (${comfyui.commit.slice(0, 8)}) ${
      comfyui.from === "bundle" ? "comes along" : `from ${comfyui.source}`
    }, Python ${python ?? made?.python ?? "as it suits"}${
      count === null ? "" : `, ${count} packages`
    }${packed === 0 ? "" : `, of which ${packed} come along`}`,
  ];
  if (made) {
    const { missing_models: missing, active } = made;
    return [
      ...lines,
      ...missing.length > 0
        ? [`  Models not here: ${missing.join(", ")}; comfydock model download --env ${name}`]
        : [],
      active
        ? "  It is the active environment"
        : style.dim(`  comfydock use ${name} makes it the active one`),
    ];
  }
  return [
    ...lines,
    ...nodes.map(({ id, version, from, url }) =>
      `  Node pack ${id}${version === null ? "" : ` ${version.slice(0, 12)}`} ${ORIGINS[from]}${
        url === null ? "" : ` from ${url}`
      }`
    ),
    ...models.map(({ key, size, from }) =>
      `  Model ${key}${size === null ? "" : `, ${formatBytes(size)},`} ${
        from === "download" ? "is fetched by comfydock model download" : ORIGINS[from]
      }`
    ),
    ...builds.length > 0 ? [style.yellow(`  Runs code to build: ${builds.join(", ")}`)] : [],
    ...built.length > 0
      ? [style.yellow(`  Built by whoever exported it: ${built.join(", ")}`)]
      : [],
    ...nodes.length > 0
      ? [style.dim("  Node packs run code of theirs when ComfyUI starts, not before")]
      : [],
    ...shortfalls.map((shortfall) => style.yellow(`  ${shortfall}`)),
  ];
}

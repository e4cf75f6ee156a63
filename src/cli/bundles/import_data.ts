import type { TakeoverFinding } from "../../environment/takeover/mod.ts";
import type {
  ImportPlan,
  PackageDownloads,
  PlannedModel,
  PlannedNode,
  SourceBuild,
} from "../../bundles/mod.ts";

/** Where something of an import comes from. */
export type Origin = PlannedNode["from"];

/** What an import will do. */
export interface ImportPlanData {
  readonly name: string;
  readonly from: string;
  readonly comfyui: ImportPlan["comfyui"];
  readonly python: string | null;
  readonly packages: number | null;
  /** Packages whose wheels come along. */
  readonly packed: number;
  /** `null` without a lock, and where nobody was to be shown it. */
  readonly downloads: {
    readonly needed: number;
    readonly fetched: number;
    readonly bytes: number;
    readonly at_most: boolean;
    readonly unknown: number;
    readonly hosts: readonly string[];
  } | null;
  readonly builds: readonly {
    readonly name: string;
    readonly from: SourceBuild["from"];
    readonly host: string | null;
  }[];
  /** Packages whose wheels whoever exported them built. */
  readonly built: readonly string[];
  readonly nodes: readonly {
    readonly id: string;
    readonly version: string | null;
    readonly source: string;
    readonly from: Origin;
    readonly url: string | null;
    readonly size: number | null;
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
  const { python = null, packages = null, downloads, builds, nodes, models, ...rest } = plan;
  return {
    ...rest,
    python,
    packages,
    downloads: downloads ? toDownloads(downloads) : null,
    builds: builds.map(({ host = null, ...build }) => ({ ...build, host })),
    nodes: nodes.map(toNode),
    models: models.map(toModel),
  };
}

function toDownloads({ atMost, ...rest }: PackageDownloads) {
  return { ...rest, at_most: atMost };
}

function toNode({ id, version, source, from, url, size }: PlannedNode) {
  return { id, version: version ?? null, source, from, url: url ?? null, size: size ?? null };
}

function toModel({ key, size, from, required }: PlannedModel) {
  return { key, size: size ?? null, from, required };
}

import type { AdoptionPlan, AdoptionReport, InstallKind, Survey } from "../../adoption/mod.ts";
import type { TakeoverFinding } from "../../environment/takeover/mod.ts";

/** What was found of an install. */
export interface FoundData {
  /** Of the new environment. */
  readonly name: string;
  readonly path: string;
  readonly kind: InstallKind;
  readonly comfyui: {
    readonly wanted: string | null;
    readonly version: string | null;
    readonly commit: string | null;
    readonly branch: string | null;
    readonly repository: string | null;
    /** Files that differ from the commit; `null` where nobody can tell. */
    readonly changed: readonly string[] | null;
  };
  readonly python: string | null;
  readonly python_env: string | null;
  readonly torch_backend: string | null;
  /** The snapshot of ComfyUI-Manager that filled gaps. */
  readonly snapshot: string | null;
  readonly nodes: readonly {
    readonly directory: string;
    readonly source: "registry" | "git" | "unknown";
    readonly origin: string | null;
    readonly version: string | null;
    readonly commit: string | null;
    readonly enabled: boolean;
    readonly changed: readonly string[] | null;
    readonly certainty: TakeoverFinding["certainty"];
  }[];
  readonly packages: readonly { readonly name: string; readonly version: string }[];
  readonly models: readonly { readonly folder: string; readonly directory: string }[];
  readonly workflows: readonly string[];
}

/** What `adopt` tells. */
export interface AdoptData extends FoundData {
  readonly dry_run: boolean;
  readonly findings: readonly TakeoverFinding[];
  /** Absent in a dry run. */
  readonly made: null | {
    readonly path: string;
    /** A release, a branch or a commit. */
    readonly comfyui_version: string;
    readonly comfyui_commit: string;
    readonly python: string;
    readonly packages: number;
    readonly commit: string;
    readonly nodes: readonly string[];
    /** Model files that the index has of it; `null` where it was not scanned. */
    readonly indexed: number | null;
    readonly active: boolean;
  };
}

/** What was found, in the words of `data`. */
export function toFoundData(survey: Survey, { name, takeover }: AdoptionPlan): FoundData {
  const { install, copy, version = null, snapshot, packs, models } = survey;
  return {
    name,
    path: install.path,
    kind: install.kind,
    comfyui: {
      wanted: takeover.comfyui ?? null,
      version,
      commit: copy?.commit ?? null,
      branch: copy?.branch ?? null,
      repository: copy?.repository ?? null,
      changed: copy?.changed ?? null,
    },
    python: takeover.python ?? null,
    python_env: install.python ?? null,
    torch_backend: takeover.torchBackend ?? null,
    snapshot: snapshot?.path ?? null,
    nodes: packs.packs.map(({ pack, source, origin, version, commit, changed, certainty }) => ({
      directory: pack.subject,
      source,
      origin: origin ?? null,
      version: version ?? null,
      commit: commit ?? null,
      enabled: pack.enabled,
      changed: changed ?? null,
      certainty,
    })),
    packages: takeover.packages.map(({ name, version }) => ({ name, version })),
    models: models.directories,
    workflows: takeover.workflows.map(({ file }) => file),
  };
}

/** What was made, in the words of `data`. */
export function toMadeData(
  { path, comfyui, python, packages, commit, nodes, active }: AdoptionReport["environment"],
  scan: AdoptionReport["scan"],
): NonNullable<AdoptData["made"]> {
  return {
    path,
    comfyui_version: comfyui.name,
    comfyui_commit: comfyui.commit,
    python,
    packages,
    commit,
    nodes: nodes.map(({ id }) => id),
    indexed: scan?.files ?? null,
    active,
  };
}

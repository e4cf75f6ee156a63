import type { TrackReport } from "../../environment/workflows/mod.ts";
import type { Style } from "../../output/mod.ts";

/** What `workflow track` and `workflow untrack` tell. */
export interface TrackedData {
  readonly dry_run: boolean;
  readonly action: "track" | "untrack";
  readonly workflows: readonly {
    readonly name: string;
    readonly file: string;
    readonly nodes: readonly string[];
    readonly models: readonly string[];
  }[];
  readonly commit: string | null;
}

/** Shapes a report. */
export function trackedData(
  { workflows, commit }: TrackReport,
  dryRun: boolean,
  action: TrackedData["action"],
): TrackedData {
  return {
    dry_run: dryRun,
    action,
    workflows: workflows.map(({ key, file, requires: { nodes, models } }) => ({
      name: key,
      file,
      nodes,
      models,
    })),
    commit: commit ?? null,
  };
}

/** A line a workflow with what it needs. */
export function trackedLines(
  { dry_run, action, workflows, commit }: TrackedData,
  style: Style,
): string[] {
  if (workflows.length === 0) {
    return ["Nothing to track: all that ComfyUI shows is tracked or ignored"];
  }
  const done = dry_run ? `Would ${action}` : action === "track" ? "Tracked" : "Untracked";
  return [
    ...workflows.map(({ name, nodes, models }) => {
      const needs = [
        ...(nodes.length > 0 ? [`packs: ${nodes.join(", ")}`] : []),
        ...(models.length > 0 ? [`models: ${models.join(", ")}`] : []),
      ].join("; ");
      return `${style.green(done)} ${style.bold(name)}${needs ? style.dim(`  ${needs}`) : ""}`;
    }),
    ...(commit === null ? [] : [`Committed ${commit.slice(0, 8)}`]),
    ...(action === "track" && !dry_run
      ? [style.dim("comfydock run --watch keeps them in step while ComfyUI runs")]
      : []),
  ];
}

import type { ModelChangeReport, SourceDecision } from "../../../environment/models/mod.ts";
import { sourceLabel } from "../../../models/mod.ts";
import type { Style } from "../../../output/mod.ts";

/** What commands tell that change the sources of a model. */
export interface SourceData {
  readonly dry_run: boolean;
  readonly environment: string;
  readonly changed: boolean;
  readonly key: string;
  /** In the order in which they are tried. */
  readonly sources: readonly string[];
  readonly commit: string | null;
}

/** A change of sources as programs get it. */
export function toSourceData(
  environment: string,
  dryRun: boolean,
  { decision, manifestChanged, commit }: ModelChangeReport<SourceDecision>,
): SourceData {
  return {
    dry_run: dryRun,
    environment,
    changed: manifestChanged,
    key: decision.key,
    sources: decision.sources.map(sourceLabel),
    commit: commit ?? null,
  };
}

/** The sources that a model has now, or would have. */
export function sourceLines(data: SourceData, style: Style): string[] {
  const { dry_run, changed, key, sources } = data;
  const head = !changed
    ? `Nothing to do: ${key} has it so already`
    : dry_run
    ? `Would have changed the sources of ${key}`
    : `${style.green("Changed")} the sources of ${key}`;
  return [head, ...sources.map((source, at) => `  ${at + 1} ${source}`)];
}

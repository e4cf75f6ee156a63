import { counted, ExitCode } from "../../../base/mod.ts";
import { type LookedUp, lookUpSources } from "../../../environment/models/mod.ts";
import { sourceLabel } from "../../../models/mod.ts";
import { alignColumns, type Outcome, type Style } from "../../../output/mod.ts";
import { commandEnvironment } from "../../environment/world.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import type { sourceLookupOptions } from "./options.ts";

/** What `model source lookup` tells. */
export interface SourceLookupData {
  readonly dry_run: boolean;
  readonly environment: string;
  readonly models: readonly {
    readonly name: string;
    /** In the manifest; null for a model that is in none. */
    readonly key: string | null;
    /** In hex. */
    readonly digest: string | null;
    readonly outcome: LookedUp["outcome"];
    readonly source: string | null;
  }[];
  /** Keys of the models that got a source, or would. */
  readonly changed: readonly string[];
  readonly commit: string | null;
}

/** Looks models up at CivitAI; exit code 6 when it could not be asked for some. */
export async function run(
  { args: names, options: { all }, dryRun }: InputOf<typeof sourceLookupOptions>,
  context: CommandContext,
): Promise<Outcome<SourceLookupData>> {
  const { world, environment } = await commandEnvironment(context);
  const { models, decision, commit } = await lookUpSources(world, { names, all, dryRun });
  const unasked = models.some(({ outcome }) => outcome === "unasked");
  return {
    data: {
      dry_run: dryRun,
      environment: environment.name,
      models: models.map(({ name, key = null, digest = null, outcome, source }) => ({
        ...{ name, key, digest, outcome },
        source: source ? sourceLabel(source) : null,
      })),
      changed: decision.changed,
      commit: commit ?? null,
    },
    exit: unasked ? ExitCode.network : undefined,
  };
}

const WORDS: Readonly<Record<LookedUp["outcome"], string>> = {
  found: "",
  nowhere: "CivitAI does not have it",
  unasked: "CivitAI could not be asked",
  "no-digest": "its digest is not known; comfydock model download gets both",
};

/** A line for each model, then what became of the manifest. */
export function view(data: SourceLookupData, style: Style): string[] {
  const { dry_run, environment, models, changed } = data;
  if (models.length === 0) return [`No model of ${environment} lacks a source at CivitAI`];
  const count = counted(changed.length, "model");
  return [
    ...alignColumns(models.map(({ name, key, outcome, source }) => [
      outcome === "found" ? style.green("found") : style.dim(outcome),
      style.bold(key ?? name),
      source ?? style.dim(WORDS[outcome]),
    ])),
    changed.length === 0
      ? `Nothing to change in ${environment}`
      : `${dry_run ? "Would give" : "Gave"} ${count} of ${environment} a source`,
  ];
}

import { findEntry } from "../../../environment/models/mod.ts";
import { readEnvironmentState } from "../../../environment/world/mod.ts";
import { sourceLabel } from "../../../models/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import { commandEnvironment } from "../../environment/world.ts";
import type { CommandContext, CommandInput } from "../../types.ts";

/** What `model source list` tells. */
export interface SourceListData {
  readonly environment: string;
  readonly models: readonly {
    readonly key: string;
    readonly name: string;
    /** In the order in which they are tried. */
    readonly sources: readonly string[];
  }[];
}

/** Lists the sources of models. */
export async function run(
  { args }: CommandInput,
  context: CommandContext,
): Promise<Outcome<SourceListData>> {
  const { world, environment } = await commandEnvironment(context);
  const { manifest } = await readEnvironmentState(world);
  const chosen = args.length === 0
    ? Object.values(manifest.models)
    : args.map((name) => findEntry(manifest, name));
  const models = chosen.map(({ key, name, sources }) => ({
    key,
    name,
    sources: sources.map(sourceLabel),
  }));
  return { data: { environment: environment.name, models } };
}

/** Each model with its sources, numbered. */
export function view({ environment, models }: SourceListData, style: Style): string[] {
  if (models.length === 0) return [`${environment} has no models`];
  return models.flatMap(({ key, sources }) => [
    style.bold(key),
    ...sources.map((source, at) => `  ${at + 1} ${source}`),
    ...(sources.length === 0 ? [style.dim("  no source is known")] : []),
  ]);
}

import { removeModels } from "../../../environment/models/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import { commandEnvironment } from "../../environment/world.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import type { modelRemoveOptions } from "./options.ts";

/** What `model remove` tells. */
export interface RemoveData {
  readonly dry_run: boolean;
  readonly environment: string;
  /** Keys. */
  readonly removed: readonly string[];
  /** Files that are, or would be, in the trash. */
  readonly trashed: readonly string[];
  readonly kept: readonly { readonly path: string; readonly needed_by: readonly string[] }[];
  readonly commit: string | null;
}

/** Takes models from the manifest. */
export async function run(
  { args, options: { file }, dryRun }: InputOf<typeof modelRemoveOptions>,
  context: CommandContext,
): Promise<Outcome<RemoveData>> {
  const { world, environment } = await commandEnvironment(context);
  const { decision, commit } = await removeModels(world, { names: args, file, dryRun });
  const { removed, trash, kept } = decision;
  return {
    data: {
      dry_run: dryRun,
      environment: environment.name,
      removed,
      trashed: trash,
      kept: kept.map(({ path, neededBy }) => ({ path, needed_by: neededBy })),
      commit: commit ?? null,
    },
  };
}

/** What left the manifest, and what became of the files. */
export function view(data: RemoveData, style: Style): string[] {
  const { dry_run, environment, removed, trashed, kept } = data;
  const head = dry_run ? "Would have removed" : style.green("Removed");
  return [
    `${head} ${removed.join(", ")} from ${environment}`,
    ...trashed.map((path) => `  ${path} → trash`),
    ...kept.map(({ path, needed_by }) => `  ${path} stays: ${needed_by.join(", ")} may need it`),
  ];
}

import { applyRename, planRename, type RenamePlan } from "../../environment/rename/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import { checkEnvironmentName, environmentLayout, findEnvironment } from "../../workspace/mod.ts";
import { newCommandEnvironment } from "../environment/world.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { openNamedWorkspace } from "./access.ts";

/** What `rename` tells. */
export interface RenameData {
  readonly dry_run: boolean;
  readonly from: string;
  readonly to: string;
  readonly path: string;
  /** Whether `.venv` moved along or was made anew. */
  readonly venv: RenamePlan["venv"];
  readonly active: boolean;
}

/** Gives an environment another name. */
export async function run(
  { args, dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<RenameData>> {
  const [old = "", name = ""] = args;
  const workspace = await openNamedWorkspace(context);
  const from = await findEnvironment(workspace, old);
  checkEnvironmentName(name);
  const to = environmentLayout(workspace.layout, name);
  const { world } = await newCommandEnvironment(context, workspace, from.name);
  const plan = dryRun ? await planRename(workspace.layout, from, to) : await applyRename(world, to);
  return {
    data: {
      dry_run: dryRun,
      from: plan.from,
      to: plan.to,
      path: plan.path,
      venv: plan.venv,
      active: plan.wasActive,
    },
  };
}

/** The new name, and what became of `.venv`. */
export function view({ dry_run, from, to, path, venv }: RenameData, style: Style): string[] {
  return [
    `${dry_run ? "Would rename" : "Renamed"} ${from} to ${style.bold(to)}, at ${path}`,
    ...(venv === "rebuilt"
      ? [`  .venv ${dry_run ? "would be" : "was"} made anew, as it names its place`]
      : []),
  ];
}

import type { EnvironmentWorld } from "../../../environment/world/mod.ts";
import { planSwitch, switchBranch, type SwitchPlan } from "../../../environment/branches/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { renderPackageChanges } from "../changes_view.ts";
import { renderFollowed } from "../followed_view.ts";
import { commandEnvironment } from "../world.ts";
import { type BroughtData, NOTHING_BROUGHT, renderFiles, toBroughtData } from "./brought_data.ts";
import type { switchOptions } from "./options.ts";

/** What `switch` tells. */
export interface SwitchData extends BroughtData {
  readonly dry_run: boolean;
  readonly branch: string;
  /** The branch before. */
  readonly from: string | null;
  readonly commit: string;
  readonly created: boolean;
  readonly files: SwitchPlan["steps"];
  /** In no commit and in the way: moved to the trash. */
  readonly lost: readonly string[];
  /** In no commit, and still there. */
  readonly kept: readonly string[];
}

/** Goes onto a branch. */
export async function run(
  { args: [branch = ""], options, dryRun }: InputOf<typeof switchOptions>,
  context: CommandContext,
): Promise<Outcome<SwitchData>> {
  const { create } = options;
  const { world } = await commandEnvironment(context);
  if (dryRun) {
    return { data: toData(await planSwitch(world, branch, { create }), true, NOTHING_BROUGHT) };
  }
  const discard = options.discard || context.options.yes ||
    await mayDiscard(world, context, { branch, create });
  const { plan, ...report } = await switchBranch(world, { branch, create, discard });
  return { data: toData(plan, false, toBroughtData(report)) };
}

// Who cannot be asked is told by the refusal which flag answers.
async function mayDiscard(
  world: EnvironmentWorld,
  { ask, options }: CommandContext,
  { branch, create }: { readonly branch: string; readonly create: boolean },
): Promise<boolean> {
  if (!options.interactive) return false;
  const { lost } = await planSwitch(world, branch, { create });
  if (lost.length === 0) return false;
  return await ask.confirm({
    message: `Move ${lost.join(", ")} to the trash? The changes are in no commit`,
    flag: "--discard",
  });
}

function toData(plan: SwitchPlan, dry_run: boolean, brought: BroughtData): SwitchData {
  const { branch, from = null, commit, created, steps: files, lost, kept } = plan;
  return { dry_run, branch, from, commit, created, files, lost, kept, ...brought };
}

/** The branch, and what changed on the way to it. */
export function view(data: SwitchData, style: Style): string[] {
  const { dry_run, branch, from, commit, created, files, lost, kept } = data;
  if (branch === from) return [`Already on ${style.bold(branch)}`];
  const verb = dry_run ? "Would go onto" : style.green("Went onto");
  return [
    `${verb} ${created ? "the new branch " : ""}${style.bold(branch)}, at ${commit.slice(0, 8)}`,
    ...renderFiles(files, style),
    ...(data.comfyui_moved ? ["  ~ ComfyUI"] : []),
    ...renderPackageChanges(data.packages, style),
    ...renderFollowed(data.followed, style),
    ...kept.map((path) => style.dim(`  = ${path}, not committed, stays as it is`)),
    ...(lost.length > 0 && !dry_run
      ? [style.dim("comfydock trash list shows what was put aside")]
      : []),
  ];
}

import {
  planRollback,
  rollbackEnvironment,
  type RollbackPlan,
} from "../../environment/history/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { type PackageChangeData, renderPackageChanges } from "./changes_view.ts";
import { type FollowedData, renderFollowed, toFollowedData } from "./followed_view.ts";
import { commandEnvironment } from "./world.ts";

/** What `rollback` tells: the plan, and what it came to. */
export interface RollbackData {
  readonly dry_run: boolean;
  /** The commit whose content is there now. */
  readonly to: string;
  /** The new commit; nothing when only uncommitted changes were given up. */
  readonly commit: string | null;
  readonly files: RollbackPlan["steps"];
  readonly comfyui_moved: boolean;
  readonly packages: readonly PackageChangeData[];
  /** What became of nodes and workflows. */
  readonly followed: readonly FollowedData[];
}

/** Returns an environment to a revision. */
export async function run(
  { args: [revision], dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<RollbackData>> {
  const { world } = await commandEnvironment(context);
  if (dryRun) {
    const { commit: to, steps: files } = await planRollback(world, revision);
    const nothing = { commit: null, comfyui_moved: false, packages: [], followed: [] };
    return { data: { dry_run: true, to, files, ...nothing } };
  }
  const { plan, commit = null, comfyuiMoved: comfyui_moved, packages, ...report } =
    await rollbackEnvironment(world, revision);
  const { commit: to, steps: files } = plan;
  const followed = toFollowedData(report.followed);
  return { data: { dry_run: false, to, commit, files, comfyui_moved, packages, followed } };
}

/** What went back, and where what was lost lies. */
export function view(data: RollbackData, style: Style): string[] {
  const { dry_run, to, commit, files, comfyui_moved, packages, followed } = data;
  const trashed = files.some(({ trash }) => trash);
  return [
    `${dry_run ? "Would roll back" : style.green("Rolled back")} to ${to.slice(0, 8)}` +
    (commit === null ? "" : `, as commit ${commit.slice(0, 8)}`),
    ...files.map(({ path, action, trash }) =>
      `  ${action === "write" ? "~" : "-"} ${path}${
        trash ? style.dim(" (old one to the trash)") : ""
      }`
    ),
    ...(comfyui_moved ? ["  ~ ComfyUI"] : []),
    ...renderPackageChanges(packages, style),
    ...renderFollowed(followed, style),
    ...(trashed && !dry_run ? [style.dim("comfydock trash list shows what was put aside")] : []),
  ];
}

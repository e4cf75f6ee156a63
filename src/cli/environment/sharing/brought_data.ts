import type { BroughtAlong, FileStep } from "../../../environment/history/mod.ts";
import type { Style } from "../../../output/mod.ts";
import type { PackageChangeData } from "../changes_view.ts";
import { type FollowedData, toFollowedData } from "../followed_view.ts";

/** What was brought along with the files of `.cec`, as programs get it. */
export interface BroughtData {
  readonly comfyui_moved: boolean;
  readonly packages: readonly PackageChangeData[];
  /** What became of nodes and workflows. */
  readonly followed: readonly FollowedData[];
}

/** Where nothing was brought along. */
export const NOTHING_BROUGHT: BroughtData = { comfyui_moved: false, packages: [], followed: [] };

/** What was brought along, as programs get it. */
export function toBroughtData(
  { comfyuiMoved: comfyui_moved, packages, followed }: BroughtAlong,
): BroughtData {
  return { comfyui_moved, packages, followed: toFollowedData(followed) };
}

/** One line for each file of `.cec` that changes. */
export function renderFiles(files: readonly FileStep[], style: Style): string[] {
  return files.map(({ path, action, trash }) =>
    `  ${action === "write" ? "~" : "-"} ${path}${
      trash ? style.dim(" (old one to the trash)") : ""
    }`
  );
}

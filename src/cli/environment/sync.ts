import { ComfydockError } from "../../base/mod.ts";
import { syncEnvironment } from "../../environment/manifest_change/mod.ts";
import { readStatus, settledBySync } from "../../environment/status/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext, InputOf } from "../types.ts";
import {
  type ChangeData,
  renderLockChanges,
  renderPackageChanges,
  toChangeData,
} from "./changes_view.ts";
import { type DifferenceData, renderDifferences, toDifferenceData } from "./differences_view.ts";
import { type FollowedData, renderFollowed, toFollowedData } from "./followed_view.ts";
import type { syncOptions } from "./options.ts";
import { commandEnvironment } from "./world.ts";

/** What `sync` tells: what it would settle, or what changed. */
export type SyncData =
  | {
    readonly dry_run: true;
    readonly ok: boolean;
    readonly differences: readonly DifferenceData[];
  }
  | { readonly dry_run: false; readonly followed: readonly FollowedData[] } & ChangeData;

/** Brings lock, history, `.venv`, nodes and workflows to what the manifest says. */
export async function run(
  { options: { locked, frozen, check }, dryRun }: InputOf<typeof syncOptions>,
  context: CommandContext,
): Promise<Outcome<SyncData>> {
  if (locked && frozen) {
    throw new ComfydockError(cliErrors.OPTION_VALUE_INVALID, "Cannot sync both locked and frozen", {
      hint: "Give --locked or --frozen",
    });
  }
  const { world } = await commandEnvironment(context);
  if (check || dryRun) {
    const settled = settledBySync((await readStatus(world)).differences);
    const ok = settled.length === 0;
    const data = { dry_run: true, ok, differences: toDifferenceData(settled) } as const;
    return { data, exit: check && !ok ? 1 : 0 };
  }
  const lock = locked ? "locked" : frozen ? "frozen" : undefined;
  const report = await syncEnvironment(world, { lock });
  const followed = toFollowedData(report.followed);
  return { data: { dry_run: false, ...toChangeData(report), followed } };
}

/** What changed, or would. */
export function view(data: SyncData, style: Style): string[] {
  if (data.dry_run) {
    return data.differences.length === 0
      ? ["Nothing to do"]
      : [...renderDifferences(data.differences, style)];
  }
  if (!data.changed) return ["Nothing to do", ...renderFollowed(data.followed, style)];
  return [
    ...(data.lock.length > 0 ? [style.bold("Lock"), ...renderLockChanges(data.lock, style)] : []),
    ...(data.packages.length > 0
      ? [style.bold("Packages"), ...renderPackageChanges(data.packages, style)]
      : []),
    ...renderFollowed(data.followed, style),
    ...(data.commit === null ? [] : [`Committed as ${data.commit.slice(0, 8)}`]),
  ];
}

import { previewMergedLock } from "../../../environment/merge/mod.ts";
import {
  fetchEnvironment,
  type Partner,
  pullEnvironment,
} from "../../../environment/remotes/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { commandEnvironment } from "../world.ts";
import { type MergeData, renderMerge, toPlanData, toReportData } from "./merge_data.ts";
import type { mergeOptions } from "./options.ts";
import { askSides, readSide } from "./sides.ts";

/** What `pull` tells. */
export interface PullData extends MergeData {
  readonly branch: string;
  readonly remote: string;
  /** Without credentials. */
  readonly url: string;
}

/** Fetches and merges. */
export async function run(
  { args: [remote], options, dryRun }: InputOf<typeof mergeOptions>,
  context: CommandContext,
): Promise<Outcome<PullData>> {
  const side = readSide(options);
  const { world } = await commandEnvironment(context);
  const fetched = await fetchEnvironment(world, { remote }, { dryRun, choice: side });
  const { partner, plan } = fetched;
  if (dryRun) {
    return { data: withPartner(partner, toPlanData(plan, await previewMergedLock(world, plan))) };
  }
  const choice = side ?? await askSides(context, world, plan.conflicts);
  const report = await pullEnvironment(world, fetched, choice);
  return { data: withPartner(partner, toReportData(report)) };
}

function withPartner({ branch, remote, url }: Partner, data: MergeData): PullData {
  return { ...data, branch, remote, url };
}

/** What came in. */
export function view(data: PullData, style: Style): string[] {
  return renderMerge(data, style);
}

import { mergeEnvironment, planMerge, previewMergedLock } from "../../../environment/merge/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { commandEnvironment } from "../world.ts";
import { type MergeData, toPlanData, toReportData } from "./merge_data.ts";
import type { mergeOptions } from "./options.ts";
import { askSides, readSide } from "./sides.ts";

export { renderMerge as view } from "./merge_data.ts";

/** Merges a revision. */
export async function run(
  { args: [revision = ""], options, dryRun }: InputOf<typeof mergeOptions>,
  context: CommandContext,
): Promise<Outcome<MergeData>> {
  const side = readSide(options);
  const { world } = await commandEnvironment(context);
  if (dryRun) {
    const plan = await planMerge(world, { revision, choice: side });
    return { data: toPlanData(plan, await previewMergedLock(world, plan)) };
  }
  const choice = side ??
    await askSides(context, world, (await planMerge(world, { revision })).conflicts);
  return { data: toReportData(await mergeEnvironment(world, { revision, choice })) };
}

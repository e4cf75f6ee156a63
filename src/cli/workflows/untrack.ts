import { untrackWorkflows } from "../../environment/workflows/tracked/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { plainOptions } from "./options.ts";
import { type TrackedData, trackedData } from "./tracked_data.ts";

/** Lets go of workflows. */
export async function run(
  { args, dryRun }: InputOf<typeof plainOptions>,
  context: CommandContext,
): Promise<Outcome<TrackedData>> {
  const { world } = await commandEnvironment(context);
  return { data: trackedData(await untrackWorkflows(world, args, dryRun), dryRun, "untrack") };
}

export { trackedLines as view } from "./tracked_data.ts";

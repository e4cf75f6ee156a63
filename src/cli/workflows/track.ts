import { trackWorkflows } from "../../environment/workflows/tracked/mod.ts";
import { cliErrors } from "../errors.ts";
import { ComfydockError } from "../../base/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { trackOptions } from "./options.ts";
import { type TrackedData, trackedData } from "./tracked_data.ts";

/** Takes workflows under care. */
export async function run(
  { args, options: { all, description, version }, dryRun }: InputOf<typeof trackOptions>,
  context: CommandContext,
): Promise<Outcome<TrackedData>> {
  if (args.length === 0 && !all) {
    throw new ComfydockError(cliErrors.ARGUMENT_MISSING, "Missing argument NAME", {
      hint: "Name workflows, or take all with --all",
    });
  }
  const { world } = await commandEnvironment(context);
  const report = await trackWorkflows(world, { names: args, all, description, version, dryRun });
  return { data: trackedData(report, dryRun, "track") };
}

export { trackedLines as view } from "./tracked_data.ts";

import { planBisect, startBisect } from "../../../environment/nodes/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { commandEnvironment } from "../../environment/world.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { type BisectData, bisectData } from "./step_data.ts";

/** Begins a search for the node pack that is to blame. */
export async function run(
  { dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<BisectData>> {
  const { world, environment } = await commandEnvironment(context);
  const step = dryRun ? await planBisect(world) : await startBisect(world);
  return { data: bisectData(environment.name, step, dryRun) };
}

export { bisectLines as view } from "./step_data.ts";

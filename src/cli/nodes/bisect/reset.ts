import { requireBisect, resetBisect } from "../../../environment/nodes/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { commandEnvironment } from "../../environment/world.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { type BisectData, stateData } from "./step_data.ts";

/** Gives a search up; all packs return to where they were. */
export async function run(
  { dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<BisectData>> {
  const { world, environment } = await commandEnvironment(context);
  const state = dryRun ? await requireBisect(world) : await resetBisect(world);
  return { data: stateData(environment.name, { ...state, held: [] }, dryRun) };
}

export { bisectLines as view } from "./step_data.ts";

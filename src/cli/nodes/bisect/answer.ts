import {
  answerBisect,
  type BisectAnswer,
  continueBisect,
  requireBisect,
} from "../../../environment/nodes/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { commandEnvironment } from "../../environment/world.ts";
import type { CommandContext } from "../../types.ts";
import { type BisectData, bisectData } from "./step_data.ts";

/** Takes an answer to the last test of a search. */
export async function answer(
  context: CommandContext,
  said: BisectAnswer,
  dryRun: boolean,
): Promise<Outcome<BisectData>> {
  const { world, environment } = await commandEnvironment(context);
  const step = dryRun
    ? answerBisect(await requireBisect(world), said)
    : await continueBisect(world, said);
  return { data: bisectData(environment.name, step, dryRun) };
}

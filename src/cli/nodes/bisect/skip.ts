import type { Outcome } from "../../../output/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { answer } from "./answer.ts";
import type { BisectData } from "./step_data.ts";

/** It cannot be told; the suspects are divided in another way. */
export async function run(
  { dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<BisectData>> {
  return await answer(context, "skip", dryRun);
}

export { bisectLines as view } from "./step_data.ts";

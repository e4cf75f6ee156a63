import { addModelSource } from "../../../environment/models/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { commandEnvironment } from "../../environment/world.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { type SourceData, toSourceData } from "./source_data.ts";

/** Gives a model one more source. */
export async function run(
  { args: [name = "", source = ""], dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<SourceData>> {
  const { world, environment } = await commandEnvironment(context);
  const report = await addModelSource(world, { name, source, dryRun });
  return { data: toSourceData(environment.name, dryRun, report) };
}

export { sourceLines as view } from "./source_data.ts";

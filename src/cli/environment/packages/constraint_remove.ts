import type { Outcome } from "../../../output/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import type { constraintOptions } from "./options.ts";
import { changeRequirements, type RequirementData } from "./requirement_data.ts";

/** Lets packages go to any version again. */
export async function run(
  { args, options, dryRun }: InputOf<typeof constraintOptions>,
  context: CommandContext,
): Promise<Outcome<RequirementData>> {
  const request = { place: { kind: "constraints" }, remove: args } as const;
  const sync = !options.noSync;
  return await changeRequirements(context, { command: "constraint remove", request, dryRun, sync });
}

export { requirementLines as view } from "./requirement_data.ts";

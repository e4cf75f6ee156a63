import type { Outcome } from "../../../output/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import type { constraintOptions } from "./options.ts";
import { changeRequirements, type RequirementData } from "./requirement_data.ts";

/** Holds packages to versions, without asking for them. */
export async function run(
  { args, options, dryRun }: InputOf<typeof constraintOptions>,
  context: CommandContext,
): Promise<Outcome<RequirementData>> {
  const request = { place: { kind: "constraints" }, add: args } as const;
  const sync = !options.noSync;
  return await changeRequirements(context, { command: "constraint add", request, dryRun, sync });
}

export { requirementLines as view } from "./requirement_data.ts";

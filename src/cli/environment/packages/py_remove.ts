import type { Outcome } from "../../../output/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import type { pyRemoveOptions } from "./options.ts";
import { placeOf } from "./py_add.ts";
import { changeRequirements, type RequirementData } from "./requirement_data.ts";

/** Removes all requirements for packages. */
export async function run(
  { args, options, dryRun }: InputOf<typeof pyRemoveOptions>,
  context: CommandContext,
): Promise<Outcome<RequirementData>> {
  const request = { place: placeOf(options.group), remove: args };
  const sync = !options.noSync;
  return await changeRequirements(context, { command: "py remove", request, dryRun, sync });
}

export { requirementLines as view } from "./requirement_data.ts";

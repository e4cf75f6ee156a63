import type { Outcome } from "../../../output/mod.ts";
import { planArchive } from "../../../templates/edits/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot } from "../access.ts";
import { carryOut, type EditData, renderEdit } from "./edit_data.ts";
import type { plainOptions } from "./options.ts";

/** Takes templates out of what is published. */
export async function run(
  { options, args, dryRun }: InputOf<typeof plainOptions>,
  context: CommandContext,
): Promise<Outcome<EditData>> {
  const root = await namedRoot(options, context);
  return await carryOut(root, await planArchive(root, args), dryRun, context);
}

export { renderEdit as view };

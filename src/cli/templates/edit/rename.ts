import type { Outcome } from "../../../output/mod.ts";
import { planRename } from "../../../templates/edits/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot } from "../access.ts";
import { carryOut, type EditData, renderEdit } from "./edit_data.ts";
import type { plainOptions } from "./options.ts";

/** Gives a template another id everywhere. */
export async function run(
  { options, args: [from = "", to = ""], dryRun }: InputOf<typeof plainOptions>,
  context: CommandContext,
): Promise<Outcome<EditData>> {
  const root = await namedRoot(options, context);
  return await carryOut(root, await planRename(root, from, to), dryRun, context);
}

export { renderEdit as view };

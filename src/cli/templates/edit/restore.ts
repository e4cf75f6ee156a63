import type { Outcome } from "../../../output/mod.ts";
import { planRestore } from "../../../templates/edits/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot } from "../access.ts";
import { carryOut, type EditData, renderEdit } from "./edit_data.ts";
import type { restoreOptions } from "./options.ts";

/** Takes templates back from the archive. */
export async function run(
  { options: { root: given, bundle }, args, dryRun }: InputOf<typeof restoreOptions>,
  context: CommandContext,
): Promise<Outcome<EditData>> {
  const root = await namedRoot({ root: given }, context);
  return await carryOut(root, await planRestore(root, args, { bundle }), dryRun, context);
}

export { renderEdit as view };

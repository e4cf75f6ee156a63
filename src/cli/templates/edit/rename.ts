import type { Outcome } from "../../../output/mod.ts";
import { findRepositoryRoot } from "../../../templates/mod.ts";
import { planRename } from "../../../templates/edits/mod.ts";
import type { InputOf } from "../../types.ts";
import { carryOut, type EditData, renderEdit } from "./edit_data.ts";
import type { plainOptions } from "./options.ts";

/** Gives a template another id everywhere. */
export async function run(
  { options, args: [from = "", to = ""], dryRun }: InputOf<typeof plainOptions>,
): Promise<Outcome<EditData>> {
  const root = await findRepositoryRoot(options.root ?? ".");
  return await carryOut(root, await planRename(root, from, to), dryRun);
}

export { renderEdit as view };

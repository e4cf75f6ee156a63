import type { Outcome } from "../../../output/mod.ts";
import { findRepositoryRoot } from "../../../templates/mod.ts";
import { planRestore } from "../../../templates/edits/mod.ts";
import type { InputOf } from "../../types.ts";
import { carryOut, type EditData, renderEdit } from "./edit_data.ts";
import type { restoreOptions } from "./options.ts";

/** Takes templates back from the archive. */
export async function run(
  { options: { root: given, bundle }, args, dryRun }: InputOf<typeof restoreOptions>,
): Promise<Outcome<EditData>> {
  const root = await findRepositoryRoot(given ?? ".");
  return await carryOut(root, await planRestore(root, args, { bundle }), dryRun);
}

export { renderEdit as view };

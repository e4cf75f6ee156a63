import type { Outcome } from "../../../output/mod.ts";
import { findRepositoryRoot } from "../../../templates/mod.ts";
import { planArchive } from "../../../templates/edits/mod.ts";
import type { InputOf } from "../../types.ts";
import { carryOut, type EditData, renderEdit } from "./edit_data.ts";
import type { plainOptions } from "./options.ts";

/** Takes templates out of what is published. */
export async function run(
  { options, args, dryRun }: InputOf<typeof plainOptions>,
): Promise<Outcome<EditData>> {
  const root = await findRepositoryRoot(options.root ?? ".");
  return await carryOut(root, await planArchive(root, args), dryRun);
}

export { renderEdit as view };

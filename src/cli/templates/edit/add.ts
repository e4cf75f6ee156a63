import type { Outcome } from "../../../output/mod.ts";
import { planAdd } from "../../../templates/edits/mod.ts";
import { openWorkflow } from "../../../workflows/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { draftFacts, readThumbnails } from "./draft_input.ts";
import { namedRoot } from "../access.ts";
import { carryOut, type EditData, renderEdit } from "./edit_data.ts";
import type { addOptions } from "./options.ts";

/** Adds a template that was made in ComfyUI. */
export async function run(
  input: InputOf<typeof addOptions>,
  context: CommandContext,
): Promise<Outcome<EditData>> {
  const { root: given, workflow, thumbnail } = input.options;
  const root = await namedRoot({ root: given }, context);
  const plan = await planAdd(root, {
    ...draftFacts(input, context),
    workflow: openWorkflow(workflow).text,
    thumbnails: await readThumbnails(thumbnail),
  });
  return await carryOut(root, plan, input.dryRun, context);
}

export { renderEdit as view };

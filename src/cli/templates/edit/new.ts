import type { Outcome } from "../../../output/mod.ts";
import { blankThumbnail, blankWorkflow, planAdd } from "../../../templates/edits/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot } from "../access.ts";
import { draftFacts } from "./draft_input.ts";
import { carryOut, type EditData, renderEdit } from "./edit_data.ts";
import type { newOptions } from "./options.ts";

/** Adds a template without nodes, to be opened and filled in ComfyUI. */
export async function run(
  input: InputOf<typeof newOptions>,
  context: CommandContext,
): Promise<Outcome<EditData>> {
  const root = await namedRoot(input.options, context);
  const facts = draftFacts(input, context);
  const thumbnail = { extension: "webp", content: blankThumbnail() };
  const pair = facts.variant === "compareSlider" || facts.variant === "hoverDissolve";
  const plan = await planAdd(root, {
    ...facts,
    workflow: blankWorkflow(crypto.randomUUID()),
    thumbnails: pair ? [thumbnail, thumbnail] : [thumbnail],
  });
  const notes = [
    "Put the workflow and its thumbnail in the place of the empty ones",
    ...plan.notes,
  ];
  return await carryOut(root, { ...plan, notes }, input.dryRun, context);
}

export { renderEdit as view };

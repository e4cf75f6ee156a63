import { ComfydockError } from "../../../base/mod.ts";
import type { MergeChoice, MergeConflict, MergeSide } from "../../../environment/merge/mod.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext } from "../../types.ts";

/**
 * Reads `--ours` and `--theirs`.
 *
 * @throws `OPTION_VALUE_INVALID` where both are given
 */
export function readSide(
  { ours, theirs }: { readonly ours: boolean; readonly theirs: boolean },
): MergeSide | undefined {
  if (ours && theirs) {
    throw new ComfydockError(
      cliErrors.OPTION_VALUE_INVALID,
      "Cannot take both sides: --ours and --theirs exclude each other",
      { hint: "Give one of them, or none to be asked" },
    );
  }
  return ours ? "ours" : theirs ? "theirs" : undefined;
}

const DID = { added: "added", changed: "changed", removed: "removed" } as const;

/** Asks which side counts in each conflict; who cannot be asked is told by the refusal which flag answers. */
export async function askSides(
  { ask, options }: CommandContext,
  conflicts: readonly MergeConflict[],
): Promise<MergeChoice> {
  const answers = new Map<string, MergeSide>();
  if (!options.interactive) return answers;
  for (const { id, kind, key, ours, theirs } of conflicts) {
    const answer = await ask.choose<MergeSide>({
      message: `Both sides have changed the ${kind} ${key}. Which one counts?`,
      flag: "--ours or --theirs",
      choices: [
        { value: "ours", label: `what is here (${DID[ours]})` },
        { value: "theirs", label: `what comes in (${DID[theirs]})` },
      ],
    });
    answers.set(id, answer);
  }
  return answers;
}

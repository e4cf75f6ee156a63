import { ComfydockError } from "../../../base/mod.ts";
import type { EnvironmentWorld } from "../../../environment/mod.ts";
import type {
  FieldDifference,
  MergeChoice,
  MergeConflict,
  MergeSide,
} from "../../../environment/merge/mod.ts";
import { alignColumns, printableLine } from "../../../output/mod.ts";
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

const SHOWN = 20;

/**
 * Shows each conflict with both sides, and asks which one counts; who cannot be asked, or answers that none does, is
 * told by the refusal which flag answers.
 */
export async function askSides(
  context: CommandContext,
  world: EnvironmentWorld,
  conflicts: readonly MergeConflict[],
): Promise<MergeChoice> {
  const answers = new Map<string, MergeSide>();
  if (!context.options.interactive) return answers;
  for (const conflict of conflicts) {
    const { id, kind, key, ours, theirs } = conflict;
    await show(context, world, conflict);
    const answer = await context.ask.choose<MergeSide | "neither">({
      message: `Both sides have changed the ${kind} ${key}. Which one counts?`,
      flag: "--ours or --theirs",
      choices: [
        { value: "ours", label: `what is here (${ours})` },
        { value: "theirs", label: `what comes in (${theirs})` },
        { value: "neither", label: "neither: merge nothing for now" },
      ],
    });
    if (answer === "neither") break;
    answers.set(id, answer);
  }
  return answers;
}

async function show(
  { report, options }: CommandContext,
  { git, environment: { cec } }: EnvironmentWorld,
  { kind, key, differences }: MergeConflict,
): Promise<void> {
  const fields = differences.filter((each) => !isFile(each));
  if (fields.length > 0) {
    const message = differenceLines(fields).join("\n");
    report.emit({ kind: "logged", level: "INFO", message });
  }
  const file = differences.find(isFile);
  if (kind !== "workflow" || !file) return;
  const { showWorkflowSides } = await import("../../workflows/show_sides.ts");
  const read = async (id: string | null) => id === null ? undefined : await git.readBlob(cec, id);
  await showWorkflowSides({ report, options }, key, [
    { label: "what is here", content: await read(file.ours) },
    { label: "what comes in", content: await read(file.theirs) },
  ]);
}

function isFile({ kind }: FieldDifference): boolean {
  return kind === "file";
}

/** What each side has, a line each field. */
export function differenceLines(differences: readonly FieldDifference[]): readonly string[] {
  const rows = differences.slice(0, SHOWN)
    .map(({ field, ours, theirs }) => [field, ours ?? "-", theirs ?? "-"].map(printableLine));
  const more = differences.length - SHOWN;
  return [
    ...alignColumns([["field", "here", "comes in"], ...rows]),
    ...more > 0 ? [`  … and ${more} more`] : [],
  ];
}

import type { Outcome, Style } from "../../../output/mod.ts";
import { type FileChange, unifiedDiff } from "../../../templates/mod.ts";
import type { EditPlan, FileMove } from "../../../templates/edits/mod.ts";
import type { CommandContext } from "../../types.ts";
import { writeChanges } from "../access.ts";

/** What an edit of templates did, or would do. */
export interface EditData {
  readonly dry_run: boolean;
  /** The templates that it is about, as they are called now. */
  readonly templates: readonly string[];
  readonly moved: readonly FileMove[];
  /** Files besides those that were moved. */
  readonly changes: readonly EditedFile[];
  readonly notes: readonly string[];
}

/** A file that was written or removed. */
export interface EditedFile {
  readonly path: string;
  readonly action: "create" | "change" | "remove";
  /** As `diff -u` shows it; empty unless it is a dry run. */
  readonly diff: readonly string[];
}

/** Carries a plan out, unless it shall only be shown. */
export async function carryOut(
  root: string,
  plan: EditPlan,
  dryRun: boolean,
  context: CommandContext,
): Promise<Outcome<EditData>> {
  if (!dryRun) await writeChanges(root, plan.changes, context);
  const { templates, moved, changes, notes } = plan;
  const places = new Set(moved.flatMap(({ from, to }) => [from, to]));
  return {
    data: {
      dry_run: dryRun,
      templates,
      moved,
      changes: changes.filter(({ path }) => !places.has(path)).map((change) => ({
        path: change.path,
        action: actionOf(change),
        diff: dryRun ? unifiedDiff(change) : [],
      })),
      notes,
    },
  };
}

function actionOf({ before, after }: FileChange): EditedFile["action"] {
  return after === undefined ? "remove" : before === undefined ? "create" : "change";
}

/** Moves and changes, with differences on a dry run, and what is left to do. */
export function renderEdit(
  { dry_run, moved, changes, notes }: EditData,
  style: Style,
): readonly string[] {
  const lines = [
    ...moved.map(({ from, to }) => `${style.green("move")} ${from} → ${to}`),
    ...changes.flatMap(({ path, action, diff }) => [
      `${style.green(action)} ${path}`,
      ...diff.slice(2).map((line) =>
        line.startsWith("+") ? style.green(line) : line.startsWith("-") ? style.red(line) : line
      ),
    ]),
  ];
  return [
    ...lines.length === 0 ? ["Nothing to change"] : lines,
    ...notes.map((note) => `${style.yellow("note")} ${note}`),
    ...dry_run || lines.length === 0
      ? []
      : [style.dim("Run `comfydock templates check` to see that all is in order")],
  ];
}

import { ComfydockError } from "../../../base/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import { templateErrors } from "../../../templates/mod.ts";
import { planRollback, readJournal, writeJournal } from "../../../templates/publishing/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot, writeChanges } from "../access.ts";
import { type FileChangeData, renderChanges, showChanges } from "./changes_view.ts";
import type { rollbackOptions } from "./options.ts";

/** What `templates packages rollback` took back, or would. */
export interface RollbackData {
  readonly dry_run: boolean;
  readonly changes: readonly FileChangeData[];
  /** Files that someone changed since, which stay. */
  readonly kept: readonly string[];
  /** What is on the index, where only its owner can yank it. */
  readonly yank: readonly { readonly name: string; readonly version: string }[];
}

/** Takes back what a release changed in the repository, and tells what is left on the index. */
export async function run(
  { options, dryRun }: InputOf<typeof rollbackOptions>,
  context: CommandContext,
): Promise<Outcome<RollbackData>> {
  const root = await namedRoot(options, context);
  const journal = await readJournal(root);
  if (!journal) {
    throw new ComfydockError(
      templateErrors.E_NO_JOURNAL,
      "Cannot take a publication back: none was begun here",
      { hint: "Use `git restore` for changes of `bump` and `pin`" },
    );
  }
  const { changes, kept, yank } = await planRollback(root, journal);
  if (!dryRun) {
    await writeChanges(root, changes, context);
    await writeJournal(root, { ...journal, takenBack: true });
  }
  return {
    data: { dry_run: dryRun, changes: showChanges(changes), kept, yank },
    exit: yank.length > 0 ? 6 : 0,
  };
}

/** What was restored, and what has to be done on the index. */
export function view(
  { dry_run, changes, kept, yank }: RollbackData,
  style: Style,
): readonly string[] {
  return [
    ...changes.map(({ path }) => `${dry_run ? "would restore" : "restored"} ${path}`),
    ...dry_run ? renderChanges(changes, style) : [],
    ...kept.map((path) => style.yellow(`${path} was changed since, and stays`)),
    ...yank.map(({ name, version }) => style.red(`yank ${name} ${version} on the index`)),
  ];
}

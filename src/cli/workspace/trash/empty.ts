import { counted } from "../../../base/mod.ts";
import { formatBytes, type Outcome } from "../../../output/mod.ts";
import {
  emptyTrash,
  listTrash,
  planEmptyTrash,
  type TrashEntry,
  withLock,
  WORKSPACE_LOCK,
} from "../../../workspace/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { lockSettings, openNamedWorkspace, readConfig } from "../access.ts";
import { sumOf } from "./list.ts";
import type { emptyOptions } from "./options.ts";

/** What `trash empty` tells. */
export interface TrashEmptyData {
  readonly dry_run: boolean;
  /** What was deleted for good. */
  readonly deleted: readonly TrashEntry[];
  readonly bytes: number;
  /** How many entries are spared. */
  readonly spared: number;
}

/** Deletes what is in the trash, after asking. */
export async function run(
  { options: { olderThan }, dryRun }: InputOf<typeof emptyOptions>,
  context: CommandContext,
): Promise<Outcome<TrashEmptyData>> {
  const workspace = await openNamedWorkspace(context);
  const { layout } = workspace;
  const entries = await listTrash(layout);
  const chosen = planEmptyTrash(entries, { olderThanDays: olderThan, now: context.clock.now() });
  if (!dryRun && chosen.length > 0) {
    const size = formatBytes(sumOf(chosen));
    const message = `Delete ${counted(chosen.length, "entry", "entries")}, ${size}, for good?`;
    if (!await context.ask.confirm({ message, flag: "--yes" })) return toOutcome([], entries);
    const settings = lockSettings(context, await readConfig(context, workspace), "trash empty");
    await withLock(layout, WORKSPACE_LOCK, settings, () => emptyTrash(layout, chosen));
  }
  return toOutcome(chosen, entries, dryRun);
}

function toOutcome(
  deleted: readonly TrashEntry[],
  entries: readonly TrashEntry[],
  dry_run = false,
): Outcome<TrashEmptyData> {
  const spared = entries.length - deleted.length;
  return { data: { dry_run, deleted, bytes: sumOf(deleted), spared } };
}

/** How much was deleted. */
export function view({ dry_run, deleted, bytes, spared }: TrashEmptyData): string[] {
  if (deleted.length === 0 && spared === 0) return ["The trash is empty"];
  return [
    `${dry_run ? "Would delete" : "Deleted"} ${counted(deleted.length, "entry", "entries")}, ${
      formatBytes(bytes)
    }; ${spared} are left`,
  ];
}

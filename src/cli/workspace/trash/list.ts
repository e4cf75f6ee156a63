import { counted } from "../../../base/mod.ts";
import { alignColumns, formatBytes, type Outcome, type Style } from "../../../output/mod.ts";
import { listTrash, type TrashEntry } from "../../../workspace/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { openNamedWorkspace } from "../access.ts";

/** What `trash list` tells. */
export interface TrashListData {
  readonly entries: readonly TrashEntry[];
  readonly bytes: number;
}

/** Lists what is in the trash. */
export async function run(
  _input: CommandInput,
  context: CommandContext,
): Promise<Outcome<TrashListData>> {
  const { layout } = await openNamedWorkspace(context);
  const entries = await listTrash(layout);
  return { data: { entries, bytes: sumOf(entries) } };
}

/** The bytes that entries hold. */
export function sumOf(entries: readonly TrashEntry[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A line an entry, newest first. */
export function view({ entries, bytes }: TrashListData, style: Style): string[] {
  if (entries.length === 0) return ["The trash is empty"];
  return [
    ...alignColumns(entries.map((entry) => [
      entry.id,
      entry.at.slice(0, 16).replace("T", " "),
      formatBytes(entry.bytes),
      entry.from,
      style.dim(entry.command),
    ])),
    `${counted(entries.length, "entry", "entries")}, ${formatBytes(bytes)}`,
  ];
}

import { writeFileAtomic } from "../../../base/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { type ReleaseNotes, releaseNotes, renderNotes } from "../../../templates/notes/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { compareNamedRepository } from "./compare.ts";
import type { notesOptions } from "./options.ts";

/** What a release brings. */
export interface NotesData {
  /** Whether the file that was named was left as it is. */
  readonly dry_run: boolean;
  readonly version: string;
  readonly since: string | null;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: ReleaseNotes["renamed"];
  readonly changed: readonly string[];
  readonly packages: readonly {
    readonly name: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** As Markdown. */
  readonly lines: readonly string[];
}

/** Tells what the next release brings. */
export async function run(
  { options: { output, ...options }, dryRun }: InputOf<typeof notesOptions>,
  context: CommandContext,
): Promise<Outcome<NotesData>> {
  const { comparison } = await compareNamedRepository(options, context);
  const data = describeNotes(releaseNotes(comparison), dryRun);
  if (output !== undefined && !dryRun) await writeFileAtomic(output, `${data.lines.join("\n")}\n`);
  return { data };
}

/** Notes with the names that programs read. */
function describeNotes(notes: ReleaseNotes, dryRun: boolean): NotesData {
  return {
    dry_run: dryRun,
    ...notes,
    since: notes.since ?? null,
    packages: notes.packages.map(({ name, from, to }) => ({
      name,
      from: from ?? null,
      to: to ?? null,
    })),
    lines: renderNotes(notes),
  };
}

/** The Markdown. */
export function view({ lines }: NotesData): readonly string[] {
  return lines;
}

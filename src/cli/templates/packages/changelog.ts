import { join, relative, resolve } from "node:path";
import { baseErrors, ComfydockError, isKind, readBytesBounded } from "../../../base/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import { templateErrors, textChange } from "../../../templates/mod.ts";
import { insertSection, releaseNotes, renderNotes } from "../../../templates/notes/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { writeChanges } from "../access.ts";
import { type FileChangeData, renderChanges, showChanges } from "./changes_view.ts";
import { compareNamedRepository } from "./compare.ts";
import type { changelogOptions } from "./options.ts";

/** What `templates packages changelog` wrote, or would write. */
export interface ChangelogData {
  readonly dry_run: boolean;
  readonly version: string;
  readonly changes: readonly FileChangeData[];
}

const LARGEST = 16 * 1024 ** 2;

/** Puts what the next release brings into the changelog. */
export async function run(
  { options: { file, ...options }, dryRun }: InputOf<typeof changelogOptions>,
  context: CommandContext,
): Promise<Outcome<ChangelogData>> {
  const { root, comparison } = await compareNamedRepository(options, context);
  const notes = releaseNotes(comparison);
  const target = file === undefined ? join(root, "CHANGELOG.md") : resolve(file);
  const path = relative(root, target).replaceAll("\\", "/");
  if (path.startsWith("..")) {
    throw new ComfydockError(
      templateErrors.E_CHANGELOG,
      `Cannot write the changelog "${target}": it lies outside of the repository`,
      { hint: "Name a file in the repository, or use `notes --output`" },
    );
  }
  const before = await readIfThere(target);
  const changes = textChange(path, before, insertSection(before ?? "", renderNotes(notes)));
  if (!dryRun) await writeChanges(root, changes, context);
  return { data: { dry_run: dryRun, version: notes.version, changes: showChanges(changes) } };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    const bytes = await readBytesBounded(path, LARGEST);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return undefined;
    throw error;
  }
}

/** What changed in the changelog. */
export function view(
  { dry_run, version, changes }: ChangelogData,
  style: Style,
): readonly string[] {
  if (changes.length === 0) return [`The changelog has ${version} already`];
  return dry_run
    ? renderChanges(changes, style)
    : changes.map(({ path }) => `${path} has the section ${version}`);
}

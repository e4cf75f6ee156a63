import { workingFiles } from "../../../templates/mod.ts";
import { applyChanges, type FileChange, textChange } from "../../../templates/mod.ts";

/** What was written below a directory. */
export interface WrittenPages {
  /** Below the directory. */
  readonly written: readonly string[];
  /** Files that were as they should be. */
  readonly same: number;
  /** Files of the same names that somebody else made; they stay. */
  readonly kept: readonly string[];
}

/**
 * Writes files below a directory, all or none.
 *
 * @param isOurs Tells whether a file that is there was made by the same command.
 */
export async function writePages(
  directory: string,
  pages: readonly { readonly name: string; readonly text: string }[],
  { dryRun, isOurs }: { readonly dryRun: boolean; readonly isOurs: (text: string) => boolean },
): Promise<WrittenPages> {
  const files = workingFiles(directory);
  const changes: FileChange[] = [];
  const kept: string[] = [];
  let same = 0;
  for (const { name, text } of pages) {
    const content = await files.read(name);
    const before = content && new TextDecoder().decode(content);
    if (before === text) same++;
    else if (before !== undefined && !isOurs(before)) kept.push(name);
    else changes.push(...textChange(name, before, text));
  }
  if (!dryRun) await applyChanges(directory, changes);
  return { written: changes.map(({ path }) => path), same, kept };
}

import { dirname, join } from "node:path";
import { fileError, removeIfThere, temporaryBeside } from "../../base/mod.ts";
import type { ChangeJournal, JournalStep } from "./journal.ts";

/** The path of a new file beside another one, below the root. */
export function stagedBeside(path: string): string {
  return temporaryBeside(path).replaceAll("\\", "/");
}

/** The directories that have to be made for a file, outermost first; below the root. */
export async function missingDirectories(root: string, path: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let one = dirname(path); one !== "."; one = dirname(one)) {
    if (await statOf(join(root, one))) break;
    missing.unshift(one);
  }
  return missing;
}

/** Writes new content to disk, with the rights of the file that it is for. */
export async function stage(root: string, step: JournalStep, content: Uint8Array): Promise<void> {
  const { path, staged } = step;
  if (staged === undefined) return;
  const [target, place] = [join(root, path), join(root, staged)];
  try {
    await Deno.mkdir(dirname(target), { recursive: true });
    using file = await Deno.open(place, { write: true, createNew: true });
    for (let at = 0; at < content.length;) at += await file.write(content.subarray(at));
    await file.syncData();
    const mode = (await statOf(target))?.mode ?? null;
    if (mode !== null && Deno.build.os !== "windows") await Deno.chmod(place, mode & 0o777);
  } catch (error) {
    throw fileError("Cannot write", target, error);
  }
}

/** Puts the new content of a file in its place, or takes the file away. */
export async function swap(root: string, { path, staged }: JournalStep): Promise<void> {
  const target = join(root, path);
  try {
    if (staged !== undefined) await Deno.rename(join(root, staged), target);
    else await Deno.remove(target);
  } catch (error) {
    throw fileError("Cannot write", target, error);
  }
}

/** Removes what was prepared for swaps that do not come: new contents, and directories that were made for them. */
export async function clearStaged(root: string, { steps, made }: ChangeJournal): Promise<void> {
  for (const { staged } of steps) {
    if (staged !== undefined) await removeIfThere(join(root, staged));
  }
  for (const directory of made.toReversed()) {
    try {
      await Deno.remove(join(root, directory));
    } catch {
      // Not made yet, or somebody put something into it.
    }
  }
}

async function statOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw fileError("Cannot read", path, error);
  }
}

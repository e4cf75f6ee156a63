import { dirname, join } from "node:path";
import { fileError, forEachConcurrent } from "../../base/mod.ts";
import type { TreeEntry } from "./tree_entries.ts";

const FILES_AT_ONCE = 16;

/** How files are copied. */
export interface CopyEntriesOptions {
  /** `shared` files may be read only; `own` ones are the environment's to write. */
  readonly as: "shared" | "own";
  readonly signal?: AbortSignal;
}

/**
 * Copies the files of a tree, their blocks shared where the file system can; never by hard links, because packs write
 * into their own directory.
 *
 * @param directory Where to; made when it is missing.
 * @throws `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function copyEntries(
  entries: readonly TreeEntry[],
  directory: string,
  { as, signal }: CopyEntriesOptions,
): Promise<void> {
  const parents = new Set(entries.map(({ path }) => dirname(path)));
  try {
    await Deno.mkdir(directory, { recursive: true });
    for (const parent of parents) await Deno.mkdir(join(directory, parent), { recursive: true });
    await forEachConcurrent(entries, (entry) => copyEntry(entry, directory, as), {
      limit: FILES_AT_ONCE,
      signal,
    });
  } catch (error) {
    throw fileError("Cannot write", directory, error);
  }
}

async function copyEntry(entry: TreeEntry, directory: string, as: "shared" | "own"): Promise<void> {
  const to = join(directory, entry.path);
  if (entry.target !== undefined) return await writeLink(entry.target, to);
  await Deno.copyFile(entry.place, to);
  await Deno.chmod(to, modeOf(entry, as));
}

// Windows allows links only to some; git writes a file with the target's text there as well.
async function writeLink(target: string, to: string): Promise<void> {
  if (Deno.build.os === "windows") return await Deno.writeTextFile(to, target);
  await Deno.symlink(target, to);
}

function modeOf({ kind }: TreeEntry, as: "shared" | "own"): number {
  const executable = kind === "executable" ? 0o111 : 0;
  return (as === "shared" ? 0o444 : 0o644) | executable;
}

/**
 * Makes files read-only, so that nothing writes into what all environments share.
 *
 * @throws `FILE_UNWRITABLE`
 */
export async function protectEntries(entries: readonly TreeEntry[]): Promise<void> {
  await forEachConcurrent(entries, async (entry) => {
    if (entry.target !== undefined) return;
    try {
      await Deno.chmod(entry.place, modeOf(entry, "shared"));
    } catch (error) {
      throw fileError("Cannot write", entry.place, error);
    }
  }, { limit: FILES_AT_ONCE });
}

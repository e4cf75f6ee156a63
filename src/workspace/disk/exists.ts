import { fileError } from "../../base/mod.ts";

/**
 * What stands at a path, links not followed; `undefined` when nothing does.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function lookAt(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw fileError("Cannot read", path, error);
  }
}

/** The entries of a directory, sorted by name; none when it does not exist. */
export async function entriesIn(directory: string): Promise<readonly Deno.DirEntry[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(directory));
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    throw fileError("Cannot read", directory, error);
  }
}

/** Flushes a directory, so that a rename in it survives a loss of power. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows has no such call; its file systems log renames themselves.
  if (Deno.build.os === "windows") return;
  const directory = await Deno.open(path, { read: true });
  try {
    await directory.sync();
  } catch (error) {
    // Some network file systems cannot flush directories; the rename itself has happened.
    if (!/invalid argument|not supported/i.test(String(error))) throw error;
  } finally {
    directory.close();
  }
}

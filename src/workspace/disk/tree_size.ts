import { join } from "node:path";
import { forEachConcurrent, throwIfAborted } from "../../base/mod.ts";
import { entriesIn, lookAt } from "./exists.ts";

/** How much a tree holds. */
export interface TreeSize {
  /** Files and links. */
  readonly files: number;
  /** Bytes that the file system gave them; a file with several names counts once. */
  readonly bytes: number;
}

const DIRECTORIES_AT_ONCE = 16;
const BLOCK_BYTES = 512;

/**
 * Measures files and directories with several directories read at once; links are not followed.
 *
 * @param paths What to measure together; what does not exist counts nothing.
 * @throws `FILE_UNREADABLE`, `INTERRUPTED`
 */
export async function measureTrees(
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<TreeSize> {
  const seen = new Set<string>();
  let files = 0;
  let bytes = 0;
  const count = (info: Deno.FileInfo) => {
    if ((info.nlink ?? 1) > 1) {
      const identity = `${info.dev}:${info.ino}`;
      if (seen.has(identity)) return;
      seen.add(identity);
    }
    files++;
    bytes += info.blocks === null ? info.size : info.blocks * BLOCK_BYTES;
  };
  let level: string[] = [];
  const visit = async (path: string, next: string[]) => {
    const info = await lookAt(path);
    if (info?.isDirectory) next.push(path);
    else if (info) count(info);
  };
  for (const path of paths) await visit(path, level);
  while (level.length > 0) {
    throwIfAborted(signal);
    const next: string[] = [];
    await forEachConcurrent(level, async (directory) => {
      for (const entry of await entriesIn(directory)) {
        const path = join(directory, entry.name);
        if (entry.isDirectory) next.push(path);
        else await visit(path, next);
      }
    }, { limit: DIRECTORIES_AT_ONCE, signal });
    level = next;
  }
  return { files, bytes };
}

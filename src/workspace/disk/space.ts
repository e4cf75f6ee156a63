import { dirname } from "node:path";
import { fileError } from "../../base/mod.ts";
import { lookAt } from "./exists.ts";

/**
 * The bytes that this user can still write where a path is or would be.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function freeSpace(path: string): Promise<number> {
  const existing = await nearestExisting(path);
  // Loaded only here, because it costs every command that opens a workspace a quarter of its start.
  const { statfs } = await import("node:fs/promises");
  try {
    const { bavail, bsize } = await statfs(existing);
    return bavail * bsize;
  } catch (error) {
    throw fileError("Cannot read the free space of", existing, error);
  }
}

/** Tells whether two paths, or their nearest existing parents, lie on one file system, so that a rename suffices. */
export async function onSameDevice(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map(async (path) => await Deno.stat(await nearestExisting(path))),
  );
  return a?.dev === b?.dev;
}

async function nearestExisting(path: string): Promise<string> {
  for (let at = path;; at = dirname(at)) {
    if (await lookAt(at) || dirname(at) === at) return at;
  }
}

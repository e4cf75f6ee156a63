import { join } from "node:path";
import {
  exists,
  fileError,
  invalidData,
  readList,
  readRecord,
  readText,
  readTextBounded,
  removeIfThere,
  writeFileAtomic,
} from "../../base/mod.ts";
import { parseJsonText } from "../../base/json_stream/mod.ts";
import { inDataDir, isSnapshotPath, stagedPath } from "./layout.ts";

// While this file is there, every staged file is complete and only renames are left to do.
const INTENT = ".snapshot.json";

/**
 * Decides that staged files become the snapshot: from here on a kill only delays it.
 *
 * @param paths Targets below the data directory; each has a staged file. {@linkcode finishPending} puts them in place.
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function writeIntent(dataDir: string, paths: readonly string[]): Promise<void> {
  await writeFileAtomic(join(dataDir, INTENT), JSON.stringify({ schema_version: 1, paths }));
}

/**
 * Completes what a run had decided, when there is something; every snapshot command calls it first.
 *
 * A checksum file is taken away before its file changes and comes back after, so that a checksum that exists
 * always matches.
 *
 * @returns True when something was completed.
 * @throws `DATA_INVALID` for an intent that names anything but snapshot files; `FILE_UNWRITABLE`
 */
export async function finishPending(dataDir: string): Promise<boolean> {
  const paths = await readIntent(join(dataDir, INTENT));
  if (!paths) return false;
  const checksums = paths.filter((path) => path.endsWith(".sha256"));
  const files = paths.filter((path) => !path.endsWith(".sha256"));
  for (const path of checksums) {
    if (await exists(stagedPath(dataDir, path))) await removeIfThere(inDataDir(dataDir, path));
  }
  for (const path of [...files, ...checksums]) await moveStaged(dataDir, path);
  await removeIfThere(join(dataDir, INTENT));
  return true;
}

async function readIntent(path: string): Promise<readonly string[] | undefined> {
  if (!await exists(path)) return undefined;
  const intent = readRecord(parseJsonText(await readTextBounded(path, 1 << 20), path), path);
  return readList(intent["paths"], `${path} $.paths`).map((item, index) => {
    const at = `${path} $.paths[${index}]`;
    const known = readText(item, at);
    if (!isSnapshotPath(known)) throw invalidData(at, "a file of a snapshot", item);
    return known;
  });
}

async function moveStaged(dataDir: string, path: string): Promise<void> {
  const target = inDataDir(dataDir, path);
  try {
    await Deno.rename(stagedPath(dataDir, path), target);
  } catch (error) {
    // The run that was killed had moved it already.
    if (error instanceof Deno.errors.NotFound && await exists(target)) return;
    throw fileError("Cannot write", target, error);
  }
}

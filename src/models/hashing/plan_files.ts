import { ComfydockError, fileError } from "../../base/mod.ts";
import { modelErrors } from "../errors.ts";
import { HashedFile } from "./hashed_file.ts";
import type { FailedFile } from "./types.ts";

/** Files that one Worker does in one go: several small ones or one that is larger. */
export interface Batch {
  readonly files: readonly HashedFile[];
  readonly failed: readonly FailedFile[];
  /** In bytes. */
  readonly size: number;
}

const BATCH_BYTES = 2 * 1024 ** 2;
const BATCH_FILES = 64;

/**
 * Looks at files and puts small ones together.
 *
 * @param whole Set when no file may be divided.
 */
export async function* planFiles(
  paths: Iterable<string> | AsyncIterable<string>,
  whole: boolean,
): AsyncGenerator<Batch> {
  let number = 0;
  let files: HashedFile[] = [];
  let failed: FailedFile[] = [];
  let size = 0;
  for await (const path of paths) {
    const file = lookAt(number++, path, whole);
    if (file instanceof HashedFile) {
      files.push(file);
      size += file.fingerprint.size;
    } else failed.push(file);
    if (size < BATCH_BYTES && files.length + failed.length < BATCH_FILES) continue;
    yield { files, failed, size };
    [files, failed, size] = [[], [], 0];
  }
  if (files.length + failed.length > 0) yield { files, failed, size };
}

function lookAt(number: number, path: string, whole: boolean): HashedFile | FailedFile {
  try {
    const { isFile, isDirectory, size, mtime, ino } = Deno.statSync(path);
    if (!isFile) return { path, error: notAFile(path, isDirectory) };
    const fingerprint = { size, mtime: mtime?.getTime(), inode: ino ?? undefined };
    return new HashedFile(number, path, fingerprint, whole);
  } catch (error) {
    return { path, error: fileError("Cannot hash", path, error) };
  }
}

// To open a pipe would wait for somebody to write, and a device may have no end.
function notAFile(path: string, isDirectory: boolean): ComfydockError {
  const what = isDirectory ? "a directory" : "no regular file";
  const message = `Cannot hash "${path}": it is ${what}`;
  return new ComfydockError(modelErrors.MODEL_NOT_A_FILE, message, { details: { path } });
}

import { dirname, join } from "node:path";
import { fileError, refusePipe, temporaryBeside, throwIfAborted } from "../base/mod.ts";
import { invalidArchive } from "./faults.ts";
import { isStoredFrame } from "./stored_frame.ts";
import { readTar, type TarPacking } from "./tar.ts";
import {
  type ArchiveEntry,
  type ArchiveItem,
  type ArchiveLimits,
  defaultArchiveLimits,
} from "./types.ts";
import { readZip } from "./zip.ts";

/** How an archive is read. */
export interface ReadArchiveOptions {
  /** Default {@linkcode defaultArchiveLimits}. */
  readonly limits?: Partial<ArchiveLimits>;
  readonly signal?: AbortSignal;
}

/** How an archive is unpacked. */
export interface UnpackOptions extends ReadArchiveOptions {
  /** Which entries to write; all are checked. Default: every one. */
  readonly select?: (entry: ArchiveEntry) => boolean;
}

/**
 * Walks through a zip, tar, tar.gz or tar.zst file; the format is read from its first bytes, never from its name.
 *
 * @param path The archive.
 * @throws `ARCHIVE_INVALID`, `ARCHIVE_UNSAFE`, `ARCHIVE_TOO_LARGE`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function* readArchive(
  path: string,
  { limits, signal }: ReadArchiveOptions = {},
): AsyncGenerator<ArchiveItem> {
  const bounds = { ...defaultArchiveLimits, ...limits };
  let file: Deno.FsFile;
  try {
    refusePipe(path);
    file = await Deno.open(path);
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
  try {
    const format = await readFormat(file).catch((error) => {
      throw fileError("Cannot read", path, error);
    });
    if (format === "zip") yield* readZip(file, bounds, signal);
    else yield* readTar(file, format, bounds, signal);
  } finally {
    closeQuietly(file);
  }
}

/**
 * Unpacks an archive into a new directory, whole or not at all.
 *
 * @param path The archive.
 * @param directory The directory to make; it must not exist.
 * @returns The entries that were written, in the archive's order.
 * @throws `ARCHIVE_INVALID`, `ARCHIVE_UNSAFE`, `ARCHIVE_TOO_LARGE`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`,
 * `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function unpackArchive(
  path: string,
  directory: string,
  options: UnpackOptions = {},
): Promise<readonly ArchiveEntry[]> {
  const { select = () => true, signal } = options;
  const staging = temporaryBeside(directory);
  const written: ArchiveEntry[] = [];
  try {
    await Deno.mkdir(staging, { recursive: true });
    for await (const item of readArchive(path, options)) {
      throwIfAborted(signal);
      if (!select(item.entry)) continue;
      await writeItem(item, staging);
      written.push(item.entry);
    }
    await Deno.rename(staging, directory);
    return written;
  } catch (error) {
    await Deno.remove(staging, { recursive: true }).catch((failure) => {
      if (!(failure instanceof Deno.errors.NotFound)) {
        throw fileError("Cannot remove", staging, failure);
      }
    });
    throw fileError("Cannot write", directory, error);
  }
}

async function writeItem(item: ArchiveItem, root: string): Promise<void> {
  const target = join(root, item.entry.path);
  if (item.entry.kind === "directory") return await Deno.mkdir(target, { recursive: true });
  await Deno.mkdir(dirname(target), { recursive: true });
  const mode = item.entry.executable ? 0o755 : 0o644;
  const file = await Deno.open(target, { write: true, createNew: true, mode });
  try {
    await item.pipeTo(file.writable);
  } finally {
    closeQuietly(file);
  }
}

async function readFormat(file: Deno.FsFile): Promise<"zip" | TarPacking> {
  const head = new Uint8Array(512);
  const count = await file.read(head) ?? 0;
  await file.seek(0, Deno.SeekMode.Start);
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (text(0, 4) === "PK\u0003\u0004" || text(0, 4) === "PK\u0005\u0006") return "zip";
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  if (isStoredFrame(head)) return "stored";
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return "zstd";
  if (text(257, 262) === "ustar") return "none";
  throw invalidArchive(count === 0 ? "it is empty" : "it is neither zip, tar, tar.gz nor tar.zst");
}

// A stream that came to its end, or was cancelled on the way, has closed its file itself.
function closeQuietly(file: Deno.FsFile): void {
  try {
    file.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

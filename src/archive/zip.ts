import { configure, type Entry, ERR_OVERLAPPING_ENTRY, Reader, ZipReader } from "@zip.js/zip.js";
import { invalidArchive, toFault, unsafe } from "./faults.ts";
import { createMeter } from "./limits.ts";
import { createPathGuard } from "./paths.ts";
import type { ArchiveEntry, ArchiveItem, ArchiveLimits } from "./types.ts";

// Workers would have to be found inside the compiled binary, and one archive at a time gains nothing by them.
configure({ useWebWorkers: false });

const UNIX_FILE_TYPE = 0o170000;
const UNIX_REGULAR = 0o100000;
const UNIX_DIRECTORY = 0o040000;

/** Reads a file piece by piece, so that a large archive does not fill the memory. */
class FileReader extends Reader<Deno.FsFile> {
  #file: Deno.FsFile;

  constructor(file: Deno.FsFile, size: number) {
    super(file);
    this.#file = file;
    this.size = size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - index)));
    await this.#file.seek(index, Deno.SeekMode.Start);
    let at = 0;
    while (at < bytes.length) {
      const count = await this.#file.read(bytes.subarray(at));
      if (count === null) break;
      at += count;
    }
    return bytes.subarray(0, at);
  }
}

/**
 * Walks through a zip file in the order of its directory.
 *
 * @throws `ARCHIVE_INVALID`, `ARCHIVE_UNSAFE`, `ARCHIVE_TOO_LARGE`
 */
export async function* readZip(
  file: Deno.FsFile,
  limits: ArchiveLimits,
  signal?: AbortSignal,
): AsyncGenerator<ArchiveItem> {
  const { size } = await file.stat();
  const reader = new ZipReader(new FileReader(file, size), {
    checkCrc32: true,
    checkOverlappingEntry: true,
    checkLocalFilename: true,
    // The path guard judges names, with a reason that people can read.
    filenameValidation: "tolerant",
    normalizeFilename: (name) => name.replaceAll("\\", "/"),
  });
  const guard = createPathGuard();
  const meter = createMeter(limits);
  let lastName = "";
  try {
    for await (const raw of reader.getEntriesGenerator()) {
      lastName = raw.filename;
      const entry = toEntry(raw, guard.accept(raw.filename, raw.directory ? "directory" : "file"));
      meter.admit(entry);
      yield {
        entry,
        async pipeTo(sink) {
          if (raw.directory) return await sink.close();
          try {
            await raw.getData(sink, { signal });
          } catch (error) {
            throw zipFault(error, raw.filename, signal);
          }
        },
      };
    }
  } catch (error) {
    throw zipFault(error, lastName, signal);
  }
}

function toEntry(raw: Entry, path: string): ArchiveEntry {
  if (raw.encrypted) throw invalidArchive(`"${path}" is encrypted`);
  const type = (raw.unixMode ?? 0) & UNIX_FILE_TYPE;
  if (raw.symlink) throw unsafe(raw.filename, "it is a link");
  if (type !== 0 && type !== UNIX_REGULAR && type !== UNIX_DIRECTORY) {
    throw unsafe(raw.filename, "it is neither a file nor a directory");
  }
  return {
    path,
    kind: raw.directory ? "directory" : "file",
    size: raw.directory ? 0 : raw.uncompressedSize,
    executable: !raw.directory && raw.executable,
  };
}

function zipFault(error: unknown, filename: string, signal?: AbortSignal): unknown {
  const text = error instanceof Error ? error.message : String(error);
  if (text === ERR_OVERLAPPING_ENTRY) return unsafe(filename, "it overlaps another entry");
  return toFault(error, signal);
}

import {
  ComfydockError,
  fileError,
  optional,
  parseJsonText,
  readNumber,
  readRecord,
  readText,
  readTextBounded,
  writeFileAtomic,
} from "../../base/mod.ts";

/** What lies beside a `.part`: of which version of which file it is the start. */
export interface PartNote {
  /** The URL that was asked for, without secrets. */
  readonly url: string;
  /** Sent as `If-Range`: a strong `ETag`, or a `Last-Modified` that is as good as one. */
  readonly validator: string;
  /** Of the whole file, in bytes. */
  readonly size: number;
  /** The name that the server gave it. */
  readonly name?: string;
}

const SCHEMA_VERSION = 1;
const MAX_BYTES = 64 * 1024;

/** Reads the note beside a `.part`; `undefined` when there is none that can be gone by. */
export async function readPartNote(path: string): Promise<PartNote | undefined> {
  try {
    const fields = readRecord(parseJsonText(await readTextBounded(path, MAX_BYTES), path), "$");
    if (fields.schema_version !== SCHEMA_VERSION) return undefined;
    return {
      url: readText(fields.url, "$.url"),
      validator: readText(fields.validator, "$.validator"),
      size: readNumber(fields.size, "$.size"),
      name: optional(fields.name, "$.name", readText),
    };
  } catch (error) {
    // A note that cannot be read only means that the file is fetched from its start.
    if (error instanceof ComfydockError) return undefined;
    throw error;
  }
}

/**
 * Writes the note beside a `.part`, or takes it away.
 *
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function writePartNote(path: string, note: PartNote | undefined): Promise<void> {
  if (note !== undefined) {
    await writeFileAtomic(path, JSON.stringify({ schema_version: SCHEMA_VERSION, ...note }) + "\n");
    return;
  }
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileError("Cannot remove", path, error);
  }
}

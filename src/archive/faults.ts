import { ComfydockError, interrupted } from "../base/mod.ts";
import { archiveErrors } from "./errors.ts";

/** An error that names the entry of the archive and why it is refused. */
export function unsafe(raw: string, why: string): ComfydockError {
  const shown = JSON.stringify(raw.length > 120 ? `${raw.slice(0, 120)}…` : raw);
  return new ComfydockError(archiveErrors.ARCHIVE_UNSAFE, `Cannot unpack ${shown}: ${why}`, {
    hint: "Do not use this archive; tell its author",
    details: { entry: raw.slice(0, 1_000), reason: why },
  });
}

/** An error for an archive that unpacks to too much. */
export function tooLarge(what: string, limit: number, path?: string): ComfydockError {
  const where = path === undefined ? "" : ` at "${path}"`;
  return new ComfydockError(
    archiveErrors.ARCHIVE_TOO_LARGE,
    `Cannot unpack the archive: more than the ${limit} ${what} accepted${where}`,
    { hint: "Do not use this archive; tell its author", details: { limit, what, path } },
  );
}

/** An error for an archive that cannot be read. */
export function invalidArchive(why: string, cause?: unknown): ComfydockError {
  return new ComfydockError(
    archiveErrors.ARCHIVE_INVALID,
    `Cannot read the archive: ${why}`,
    { hint: "Fetch the archive again", cause },
  );
}

/** An error for a file that is not as long as it was when its header was written. */
export function changedFile(path: string): ComfydockError {
  return new ComfydockError(
    archiveErrors.ARCHIVE_INVALID,
    `Cannot write the archive: "${path}" changed while it was read`,
    { hint: "Run the same command again when nothing writes to it", details: { path } },
  );
}

/** Gives what a decoder threw a kind; errors of ours and of the file system pass unchanged. */
export function toFault(error: unknown, signal?: AbortSignal): unknown {
  if (error instanceof ComfydockError) return error;
  if (signal?.aborted) return interrupted(signal);
  const text = error instanceof Error ? error.message : String(error);
  // The runtime names every failed system call this way; those are told as errors of files.
  if (/\(os error \d+\)/.test(text)) return error;
  return invalidArchive(text, error);
}

import { tooLarge } from "./faults.ts";
import type { ArchiveEntry, ArchiveLimits } from "./types.ts";

/** Counts what an archive says it unpacks to; the decoders see to it that no entry is longer than it says. */
export interface Meter {
  /** Counts an entry; throws `ARCHIVE_TOO_LARGE` when it goes beyond the limits. */
  admit(entry: ArchiveEntry): void;
}

/** Creates the meter of one archive. */
export function createMeter(limits: ArchiveLimits): Meter {
  let entries = 0;
  let bytes = 0;
  return {
    admit({ path, size }) {
      entries++;
      bytes += size;
      if (entries > limits.maxEntries) throw tooLarge("entries", limits.maxEntries);
      if (size > limits.maxEntryBytes) {
        throw tooLarge("bytes in one file", limits.maxEntryBytes, path);
      }
      if (bytes > limits.maxBytes) throw tooLarge("bytes", limits.maxBytes, path);
    },
  };
}

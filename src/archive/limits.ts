import { invalidArchive, tooLarge } from "./faults.ts";
import type { ArchiveEntry, ArchiveLimits } from "./types.ts";

/** Counts what an archive unpacks to and refuses what goes beyond the limits. */
export interface Meter {
  /** Counts an entry by its declared size. */
  admit(entry: ArchiveEntry): void;
  /** Counts bytes as they come out; a declared size may be a lie. */
  passThrough(entry: ArchiveEntry): TransformStream<Uint8Array, Uint8Array>;
}

/** Creates the meter of one archive. */
export function createMeter(limits: ArchiveLimits): Meter {
  let entries = 0;
  let declared = 0;
  let unpacked = 0;
  return {
    admit(entry) {
      declared += entry.size;
      if (++entries > limits.maxEntries) throw tooLarge("entries", limits.maxEntries);
      if (entry.size > limits.maxEntryBytes) {
        throw tooLarge("bytes in one file", limits.maxEntryBytes, entry.path);
      }
      if (declared > limits.maxBytes) throw tooLarge("bytes", limits.maxBytes, entry.path);
    },
    passThrough(entry) {
      let written = 0;
      return new TransformStream({
        transform(chunk, controller) {
          written += chunk.length;
          unpacked += chunk.length;
          if (written > entry.size) throw invalidArchive(`"${entry.path}" is longer than declared`);
          if (unpacked > limits.maxBytes) throw tooLarge("bytes", limits.maxBytes, entry.path);
          controller.enqueue(chunk);
        },
        flush() {
          if (written < entry.size) throw invalidArchive(`"${entry.path}" is cut short`);
        },
      });
    },
  };
}

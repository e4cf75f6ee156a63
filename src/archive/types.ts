/** How much an archive may unpack to. */
export interface ArchiveLimits {
  /** Bytes of all files together. */
  readonly maxBytes: number;
  /** Bytes of one file. */
  readonly maxEntryBytes: number;
  /** Files and directories. */
  readonly maxEntries: number;
}

/** Limits that fit source code with its data. */
export const defaultArchiveLimits: ArchiveLimits = {
  maxBytes: 2 * 1024 ** 3,
  maxEntryBytes: 1024 ** 3,
  maxEntries: 50_000,
};

/** One file or directory of an archive, its path checked. */
export interface ArchiveEntry {
  /** Relative path with forward slashes, without `.` and `..`. */
  readonly path: string;
  readonly kind: "file" | "directory";
  /** Unpacked size in bytes, as the archive declares it. */
  readonly size: number;
  readonly executable: boolean;
}

/** An entry whose content may be taken once, before the next entry is asked for. */
export interface ArchiveItem {
  readonly entry: ArchiveEntry;
  /** Sends the content into a sink, which must not keep its pieces; resolves when the sink is closed. */
  pipeTo(sink: WritableStream<Uint8Array>): Promise<void>;
}

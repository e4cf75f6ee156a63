import {
  exists,
  optional,
  readNumber,
  readRecord,
  readText,
  readTextBounded,
} from "../../base/mod.ts";
import { parseJsonText } from "../../base/json_stream/mod.ts";
import type { PackedContent } from "./checksum.ts";
import { inDataDir, snapshotPaths } from "./layout.ts";

/** `cache/metadata.json`: which snapshot the current one is. */
export interface SnapshotMetadata {
  readonly schema_version: 1;
  /** The day it belongs to, `YYYY-MM-DD`; its dated copy stands under `history/`. */
  readonly date: string;
  /** When it was made, RFC 3339 UTC. */
  readonly created_at: string;
  readonly file: string;
  /** Size and SHA-256 of the packed file. */
  readonly bytes: number;
  readonly sha256: string;
  /** Size and SHA-256 of the JSON in it. */
  readonly content_bytes: number;
  readonly content_sha256: string;
  /** Totals that the run gave, such as `packages`. */
  readonly stats: Readonly<Record<string, number>>;
}

/** The metadata of a packed cache. */
export function describeSnapshot(
  { packed, content }: PackedContent,
  { now, date, stats = {} }: {
    /** Milliseconds since the Unix epoch. */
    readonly now: number;
    /** `YYYY-MM-DD`. */
    readonly date: string;
    readonly stats?: Readonly<Record<string, number>>;
  },
): SnapshotMetadata {
  return {
    schema_version: 1,
    date,
    created_at: new Date(now).toISOString(),
    file: "registry_cache.json.gz",
    bytes: packed.bytes,
    sha256: packed.sha256,
    content_bytes: content.bytes,
    content_sha256: content.sha256,
    stats,
  };
}

/** The text of a metadata file. */
export function formatMetadata(metadata: SnapshotMetadata): string {
  return `${JSON.stringify(metadata, null, 2)}\n`;
}

/**
 * Reads `cache/metadata.json`.
 *
 * @returns Undefined when there is none.
 * @throws `DATA_INVALID`, `FILE_UNREADABLE`
 */
export async function readMetadata(dataDir: string): Promise<SnapshotMetadata | undefined> {
  const path = inDataDir(dataDir, snapshotPaths.metadata);
  if (!await exists(path)) return undefined;
  const record = readRecord(parseJsonText(await readTextBounded(path, 1 << 20), "$"), "$");
  const stats = optional(record["stats"], "$.stats", readRecord) ?? {};
  return {
    schema_version: 1,
    date: readText(record["date"], "$.date"),
    created_at: readText(record["created_at"], "$.created_at"),
    file: readText(record["file"], "$.file"),
    bytes: readNumber(record["bytes"], "$.bytes"),
    sha256: readText(record["sha256"], "$.sha256"),
    content_bytes: readNumber(record["content_bytes"], "$.content_bytes"),
    content_sha256: readText(record["content_sha256"], "$.content_sha256"),
    stats: Object.fromEntries(
      Object.keys(stats).map((name) => [name, readNumber(stats[name], `$.stats.${name}`)]),
    ),
  };
}

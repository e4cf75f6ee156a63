import { baseErrors, ComfydockError, isKind, type Pieces } from "../../base/mod.ts";
import { pipelineErrors } from "../errors.ts";
import { digestFile, digestOf } from "./checksum.ts";
import { historyPath, inDataDir, isSnapshotPath, snapshotDate, snapshotPaths } from "./layout.ts";
import { describeSnapshot, readMetadata, type SnapshotMetadata } from "./metadata.ts";
import { type Staging, withStaging } from "./staging.ts";

/** A file of the Manager data to keep with the snapshot. */
export interface ManagerFile {
  /** Such as `extension-node-map.json`. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** What a snapshot is made of. */
export interface SnapshotRequest {
  /** The JSON text of the registry cache, in pieces. */
  readonly cacheJson: Pieces;
  readonly managerFiles?: readonly ManagerFile[];
  /** Milliseconds since the Unix epoch; its UTC day names the dated copy. */
  readonly now: number;
  /** Totals for `metadata.json`. */
  readonly stats?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
}

/** What {@linkcode writeSnapshot} did. */
export interface SnapshotWritten {
  /** False when the data equals the current snapshot and nothing was written. */
  readonly changed: boolean;
  /** Paths below the data directory that were written. */
  readonly written: readonly string[];
  readonly metadata: SnapshotMetadata;
}

/**
 * Writes the snapshot of a day: the current cache with its checksum, the dated copy, and Manager's files.
 *
 * Killed anywhere, the directory holds the older snapshot or, once the next command has looked, the newer one.
 * A second snapshot on one day replaces the first; equal content changes nothing.
 *
 * @param dataDir The data directory; made when missing.
 * @throws `SNAPSHOT_NAME_INVALID`, `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`; what `cacheJson` throws
 */
export async function writeSnapshot(
  dataDir: string,
  request: SnapshotRequest,
): Promise<SnapshotWritten> {
  checkNames(request.managerFiles ?? []);
  return await withStaging(dataDir, async (staging) => {
    const { now, stats } = request;
    const packed = await staging.cache(request.cacheJson, request.signal);
    let metadata = await readCurrent(dataDir);
    if (metadata?.content_sha256 === packed.content.sha256) {
      await staging.discard([snapshotPaths.cache]);
    } else {
      metadata = describeSnapshot(packed, { now, date: snapshotDate(now), stats });
      await staging.companions(metadata, true);
    }
    await stageManager(staging, request);
    return { changed: staging.paths.length > 0, written: staging.paths, metadata };
  });
}

function checkNames(files: readonly ManagerFile[]): void {
  for (const { name } of files) {
    if (isSnapshotPath(`manager/${name}`) && name.endsWith(".json")) continue;
    throw new ComfydockError(
      pipelineErrors.SNAPSHOT_NAME_INVALID,
      `Cannot keep the file ${JSON.stringify(name)} in a snapshot`,
      { hint: "Use letters, digits, `-`, `_` and `.`, and end it with .json" },
    );
  }
}

async function stageManager(
  staging: Staging,
  { managerFiles = [], now }: SnapshotRequest,
): Promise<void> {
  let changed = false;
  for (const { name, content } of managerFiles) {
    const path = `manager/${name}`;
    if (digestOrNothing(inDataDir(staging.dataDir, path)) === digestOf(content)) continue;
    await staging.content(path, content);
    changed = true;
  }
  if (changed) await staging.content(snapshotPaths.lastUpdated, `${new Date(now).toISOString()}\n`);
}

// The metadata counts only while the files that it describes are there and whole.
async function readCurrent(dataDir: string): Promise<SnapshotMetadata | undefined> {
  const metadata = await readMetadata(dataDir);
  if (!metadata) return undefined;
  const paths = [snapshotPaths.cache, historyPath(metadata.date)];
  const whole = paths.every((path) =>
    digestOrNothing(inDataDir(dataDir, path)) === metadata.sha256
  );
  return whole ? metadata : undefined;
}

function digestOrNothing(path: string): string | undefined {
  try {
    return digestFile(path).sha256;
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return undefined;
    throw error;
  }
}

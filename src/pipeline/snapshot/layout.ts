import { basename, dirname, join } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import { pipelineErrors } from "../errors.ts";

/** Paths below the data directory, with forward slashes (FORMATS §3). */
export const snapshotPaths = {
  cache: "cache/registry_cache.json.gz",
  metadata: "cache/metadata.json",
  lastUpdated: "manager/last_updated.txt",
} as const;

/** The checksum file of a file; its line is what `sha256sum -c` reads. */
export function checksumPath(path: string): string {
  return `${path}.sha256`;
}

/** Where the snapshot of a day is kept, such as `history/2026/01/registry_cache_20260131.json.gz`. */
export function historyPath(date: string): string {
  const [year, month] = date.split("-");
  return `history/${year}/${month}/registry_cache_${date.replaceAll("-", "")}.json.gz`;
}

/** A path below the data directory as the machine writes it. */
export function inDataDir(dataDir: string, path: string): string {
  return join(dataDir, ...path.split("/"));
}

/** Where a file waits until the whole snapshot is ready: beside its target, so that it can be renamed. */
export function stagedPath(dataDir: string, path: string): string {
  const target = inDataDir(dataDir, path);
  return join(dirname(target), `.${basename(target)}.staged`);
}

/** The UTC day of a time in milliseconds, `YYYY-MM-DD`. */
export function snapshotDate(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/**
 * Reads a date of the command line, `YYYY-MM-DD` or `YYYYMMDD`.
 *
 * @throws `SNAPSHOT_DATE_INVALID`
 */
export function parseSnapshotDate(text: string): string {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(text.trim());
  const date = parts?.slice(1).join("-") ?? "";
  const time = Date.parse(`${date}T00:00:00Z`);
  if (!Number.isNaN(time) && snapshotDate(time) === date) return date;
  throw new ComfydockError(
    pipelineErrors.SNAPSHOT_DATE_INVALID,
    `Cannot read the snapshot date ${JSON.stringify(text)}`,
    { hint: "Write it as YYYY-MM-DD; `comfydock registry snapshot list` shows those there are" },
  );
}

const KNOWN_PATH =
  /^(?:cache\/(?:registry_cache\.json\.gz(?:\.sha256)?|metadata\.json)|history\/\d{4}\/\d\d\/registry_cache_\d{8}\.json\.gz(?:\.sha256)?|manager\/[A-Za-z0-9][\w.-]{0,99}\.(?:json|txt)|full_registry_cache\.json)$/;

/** Tells whether a path is one that a snapshot may write; all else in an intent file is refused. */
export function isSnapshotPath(path: string): boolean {
  return KNOWN_PATH.test(path);
}

import { dirname, join } from "node:path";
import {
  fileError,
  type Pieces,
  removeIfThere,
  writeFileAtomic,
  writePacked,
} from "../../base/mod.ts";
import { checksumLine, type PackedContent, RunningDigest } from "./checksum.ts";
import { namesIn } from "./disk.ts";
import { checksumPath, historyPath, inDataDir, snapshotPaths, stagedPath } from "./layout.ts";
import { formatMetadata, type SnapshotMetadata } from "./metadata.ts";
import { finishPending, writeIntent } from "./pending.ts";

const LEFT_BEHIND = /^\.{1,2}[^.].*\.staged(?:\.\d+-[0-9a-f]{8}\.tmp)?$/;

/** Files of one snapshot that wait beside their targets until all are complete. */
export class Staging {
  readonly dataDir: string;
  readonly #paths = new Set<string>();

  /** Starts with nothing staged. */
  constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  /** Targets below the data directory, in the order staged. */
  get paths(): readonly string[] {
    return [...this.#paths];
  }

  /** Stages a file from its whole content. */
  async content(path: string, content: string | Uint8Array): Promise<void> {
    await writeFileAtomic(stagedPath(this.dataDir, path), content);
    this.#paths.add(path);
  }

  /** Packs pieces of JSON text, cut anywhere, into the staged cache. */
  async cache(pieces: Pieces, signal?: AbortSignal): Promise<PackedContent> {
    const [content, packed] = [new RunningDigest(), new RunningDigest()];
    await writePacked(stagedPath(this.dataDir, snapshotPaths.cache), pieces, {
      packing: "gzip",
      signal,
      onContent: (bytes) => content.add(bytes),
      onPacked: (bytes) => packed.add(bytes),
    });
    this.#paths.add(snapshotPaths.cache);
    return { packed: packed.result(), content: content.result() };
  }

  /** Counts a file as staged that the caller has written to its staged path. */
  adopt(path: string): void {
    this.#paths.add(path);
  }

  /** Stages a copy of a file. */
  async copy(from: string, path: string): Promise<void> {
    const to = stagedPath(this.dataDir, path);
    try {
      await Deno.mkdir(dirname(to), { recursive: true });
      await Deno.copyFile(from, to);
      // Other than a file written here, a copy has not reached the disk yet.
      using file = await Deno.open(to, { write: true });
      await file.sync();
    } catch (error) {
      throw fileError("Cannot write", to, error);
    }
    this.#paths.add(path);
  }

  /** Stages what goes with a staged cache: its checksum, the metadata and, when asked, the dated copy. */
  async companions(metadata: SnapshotMetadata, dated: boolean): Promise<void> {
    const history = historyPath(metadata.date);
    const cache = stagedPath(this.dataDir, snapshotPaths.cache);
    if (dated) await this.copy(cache, history);
    for (const path of dated ? [snapshotPaths.cache, history] : [snapshotPaths.cache]) {
      await this.content(checksumPath(path), checksumLine(metadata.sha256, path));
    }
    await this.content(snapshotPaths.metadata, formatMetadata(metadata));
  }

  /** Removes one staged file, or all. */
  async discard(paths: readonly string[] = this.paths): Promise<void> {
    for (const path of paths) {
      await removeIfThere(stagedPath(this.dataDir, path));
      this.#paths.delete(path);
    }
  }

  /** Puts all that is staged in place, all or none. */
  async commit(): Promise<void> {
    if (this.#paths.size === 0) return;
    await writeIntent(this.dataDir, this.paths);
    this.#paths.clear();
    await finishPending(this.dataDir);
  }
}

/**
 * Runs work on staged files and commits them; when the work fails, what it staged is removed.
 *
 * What earlier runs left half-done is completed or removed first.
 */
export async function withStaging<Result>(
  dataDir: string,
  work: (staging: Staging) => Promise<Result>,
): Promise<Result> {
  await finishPending(dataDir);
  await sweepLeftBehind(dataDir);
  const staging = new Staging(dataDir);
  try {
    const result = await work(staging);
    await staging.commit();
    return result;
  } finally {
    // After a commit nothing is listed as staged any more, whether its renames were all done or not.
    await staging.discard();
  }
}

async function sweepLeftBehind(dataDir: string): Promise<void> {
  const directories = [dataDir, inDataDir(dataDir, "cache"), inDataDir(dataDir, "manager")];
  const history = join(dataDir, "history");
  for (const year of await namesIn(history)) {
    for (const month of await namesIn(join(history, year))) {
      directories.push(join(history, year, month));
    }
  }
  for (const directory of directories) {
    for (const name of await namesIn(directory)) {
      if (LEFT_BEHIND.test(name)) await removeIfThere(join(directory, name));
    }
  }
}

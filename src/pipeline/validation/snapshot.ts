import { ComfydockError, exists } from "../../base/mod.ts";
import { digestFile, readChecksum } from "../snapshot/checksum.ts";
import { checksumPath, historyPath, inDataDir, snapshotPaths } from "../snapshot/layout.ts";
import { snapshotDates } from "../snapshot/list.ts";
import { readMetadata, type SnapshotMetadata } from "../snapshot/metadata.ts";
import type { FindingCollector } from "./findings.ts";

/**
 * Checks the snapshot files of a data directory against their checksums and `metadata.json`; a directory without
 * snapshots passes.
 *
 * @param dataDir The data directory, which is only read.
 * @param findings Where findings go, named by path below the data directory.
 * @throws `FILE_UNREADABLE`
 */
export async function validateSnapshots(
  dataDir: string,
  findings: FindingCollector,
): Promise<void> {
  const metadata = await checkMetadata(dataDir, findings);
  const cache = snapshotPaths.cache;
  if (await exists(inDataDir(dataDir, cache))) {
    const sha256 = await checkFile(dataDir, cache, findings, "required");
    if (metadata && metadata.sha256 !== sha256) {
      const message = `metadata.json names ${metadata.sha256}, the file has ${sha256}`;
      findings.sink(snapshotPaths.metadata)("error", "CHECKSUM_MISMATCH", "$.sha256", message);
    }
  } else if (metadata) {
    findings.sink(cache)(
      "error",
      "SNAPSHOT_FILE_MISSING",
      "$",
      "metadata.json names a file that is not there",
    );
  }
  for (const date of await snapshotDates(dataDir)) {
    await checkFile(dataDir, historyPath(date), findings, "optional");
  }
}

async function checkMetadata(
  dataDir: string,
  findings: FindingCollector,
): Promise<SnapshotMetadata | undefined> {
  try {
    return await readMetadata(dataDir);
  } catch (error) {
    if (!(error instanceof ComfydockError) || error.code !== "DATA_INVALID") throw error;
    findings.sink(snapshotPaths.metadata)("error", "STRUCTURE", "$", error.message);
    return undefined;
  }
}

async function checkFile(
  dataDir: string,
  path: string,
  findings: FindingCollector,
  checksum: "required" | "optional",
): Promise<string> {
  const file = inDataDir(dataDir, path);
  const { sha256 } = digestFile(file);
  const expected = await readChecksum(file);
  if (expected === undefined) {
    if (checksum === "required") {
      findings.sink(checksumPath(path))(
        "error",
        "SNAPSHOT_FILE_MISSING",
        "$",
        "There is no checksum file",
      );
    }
  } else if (expected !== sha256) {
    const message = `The checksum file says ${expected || "nothing"}, the file has ${sha256}`;
    findings.sink(path)("error", "CHECKSUM_MISMATCH", "$", message);
  }
  return sha256;
}

import { createHash } from "node:crypto";
import { join } from "node:path";
import { compareCodePoints, fileError } from "../../base/mod.ts";
import { type ArchiveFile, writeArchive } from "../../archive/mod.ts";
import { coreMetadata } from "./core_metadata.ts";
import { distributionStem, sdistFileName } from "./names.ts";
import type { Distribution, DistributionFile, WrittenFile } from "./types.ts";
import type { WriteOptions } from "./write_wheel.ts";

const CHUNK_BYTES = 1 << 20;

/**
 * Writes the source distribution. Equal files give equal bytes, whenever and wherever it is written.
 *
 * Format: PEP 625 and https://packaging.python.org/en/latest/specifications/source-distribution-format/
 *
 * @throws `E_BUILD_FAILED`, `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function writeSdist(
  distribution: Distribution,
  { directory, signal }: WriteOptions,
): Promise<WrittenFile> {
  const { name, version, moduleFiles, besideFiles } = distribution;
  const file = sdistFileName(name, version);
  const stem = distributionStem(name, version);
  const metadata = new TextEncoder().encode(await coreMetadata(distribution));
  const members = await Promise.all(
    [...moduleFiles, ...besideFiles].map((one) => memberOf(one, stem)),
  );
  const all: ArchiveFile[] = [
    { path: `${stem}/PKG-INFO`, size: metadata.length, content: () => [metadata] },
    ...members.sort((left, right) => compareCodePoints(left.path, right.path)),
  ];
  const path = join(directory, file);
  const size = await writeArchive(path, all, { signal, stored: true });
  return { kind: "sdist", file, size, sha256: await digestOf(path) };
}

async function memberOf(
  { path, place }: DistributionFile,
  stem: string,
): Promise<ArchiveFile> {
  try {
    const { size } = await Deno.stat(place);
    return {
      path: `${stem}/${path}`,
      size,
      async *content() {
        yield await Deno.readFile(place);
      },
    };
  } catch (error) {
    throw fileError("Cannot read", place, error);
  }
}

/** The SHA-256 of a file that was just written, in hex. */
export async function digestOf(path: string): Promise<string> {
  const digest = createHash("sha256");
  try {
    using file = await Deno.open(path);
    const buffer = new Uint8Array(CHUNK_BYTES);
    for (let read = 0; (read = await file.read(buffer) ?? 0) > 0;) {
      digest.update(buffer.subarray(0, read));
    }
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
  return digest.digest("hex");
}

import { ComfydockError, readRecord, readText } from "../../base/mod.ts";
import {
  type ByteSource,
  openByteSource,
  parseJsonBytes,
  readJsonElements,
} from "../../base/json_stream/mod.ts";
import { pipelineErrors } from "../errors.ts";
import {
  digestFile,
  type FileDigest,
  type PackedContent,
  readChecksum,
  RunningDigest,
} from "./checksum.ts";

/** How large a snapshot may be. */
export interface SnapshotLimits {
  /** Bytes of JSON, default 4 GiB. */
  readonly maxBytes?: number;
  /** Packages, default 1,000,000. */
  readonly maxPackages?: number;
}

/** A snapshot that was read whole and found good. */
export interface VerifiedSnapshot extends PackedContent {
  readonly packages: number;
  readonly versions: number;
  /** What vouches for it: its checksum file, or only gzip's own check where there is none. */
  readonly verified: "sha256" | "gzip";
}

/** How a snapshot is verified. */
export interface VerifyOptions {
  readonly limits?: SnapshotLimits;
  /** Receives the unpacked bytes; what it kept counts only when the whole file turns out good. */
  readonly onBytes?: (bytes: Uint8Array) => void;
}

/**
 * Reads a packed snapshot whole with flat memory: checksum, gzip, size, and that it is a registry cache.
 *
 * @param path A `registry_cache….json.gz`.
 * @throws `SNAPSHOT_DAMAGED`, `SNAPSHOT_TOO_LARGE`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`; what `onBytes` throws
 */
export async function verifySnapshot(
  path: string,
  { limits = {}, onBytes }: VerifyOptions = {},
): Promise<VerifiedSnapshot> {
  const packed = digestFile(path);
  const checksum = await readChecksum(path);
  if (checksum !== undefined && checksum !== packed.sha256) {
    throw damaged(path, "it does not match its checksum", {
      details: { path, expected: checksum, found: packed.sha256 },
    });
  }
  checkGzip(path);
  const { content, ...counts } = await readContent(path, limits, onBytes);
  return { packed, content, ...counts, verified: checksum === undefined ? "gzip" : "sha256" };
}

function checkGzip(path: string): void {
  using file = Deno.openSync(path);
  const head = new Uint8Array(2);
  if (file.readSync(head) === 2 && head[0] === 0x1f && head[1] === 0x8b) return;
  throw damaged(path, "it is not packed with gzip");
}

async function readContent(
  path: string,
  { maxBytes = 4 * 1024 ** 3, maxPackages = 1_000_000 }: SnapshotLimits,
  onBytes?: (bytes: Uint8Array) => void,
): Promise<{ content: FileDigest; packages: number; versions: number }> {
  const digest = new RunningDigest();
  const source = watchedSource(openByteSource(path), (bytes) => {
    digest.add(bytes);
    if (digest.bytes > maxBytes) throw tooLarge(path, `more than ${maxBytes} bytes`);
    onBytes?.(bytes);
  });
  let packages = 0;
  let versions = 0;
  let listed = false;
  try {
    for await (const part of readJsonElements(source, { list: "nodes" })) {
      if (part.kind === "bad") throw damaged(path, `${part.path} is ${part.reason}`);
      if (part.kind === "field") {
        if (part.name === "nodes") throw damaged(path, "$.nodes is no list");
        continue;
      }
      listed = true;
      if (++packages > maxPackages) throw tooLarge(path, `more than ${maxPackages} packages`);
      versions += countVersions(parseJsonBytes(part.bytes, part.path), part.path);
    }
  } catch (error) {
    throw asDamage(path, error);
  }
  if (!listed) throw damaged(path, "it holds no packages");
  return { content: digest.result(), packages, versions };
}

function countVersions(value: unknown, path: string): number {
  const found = readRecord(value, path);
  readText(found["id"], `${path}.id`);
  const versions = found["versions_list"] ?? [];
  if (!Array.isArray(versions)) throw damaged(path, "versions_list is no list");
  versions.forEach((version, index) => {
    const at = `${path}.versions_list[${index}]`;
    readText(readRecord(version, at)["version"], `${at}.version`);
  });
  return versions.length;
}

function watchedSource(source: ByteSource, watch: (bytes: Uint8Array) => void): ByteSource {
  return {
    name: source.name,
    async read(into) {
      const length = await source.read(into);
      if (length > 0) watch(into.subarray(0, length));
      return length;
    },
    close: () => source.close(),
  };
}

function asDamage(path: string, error: unknown): unknown {
  if (!(error instanceof ComfydockError)) return error;
  if (error.code === "DATA_INVALID" || error.code === "FILE_UNREADABLE") {
    return damaged(path, error.message, { cause: error });
  }
  return error;
}

function damaged(
  path: string,
  why: string,
  facts: { details?: Record<string, unknown>; cause?: unknown } = {},
): ComfydockError {
  return new ComfydockError(
    pipelineErrors.SNAPSHOT_DAMAGED,
    `Cannot use the snapshot "${path}": ${why}`,
    {
      hint: "Choose another date of `comfydock registry snapshot list`, or fetch the file again",
      details: { path },
      ...facts,
    },
  );
}

function tooLarge(path: string, why: string): ComfydockError {
  return new ComfydockError(
    pipelineErrors.SNAPSHOT_TOO_LARGE,
    `Cannot use the snapshot "${path}": it unpacks to ${why}`,
    { details: { path } },
  );
}

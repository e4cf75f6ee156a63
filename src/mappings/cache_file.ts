import {
  baseErrors,
  type ByteSource,
  isKind,
  parseJsonBytes,
  readJsonElements,
  readRecord,
} from "../base/mod.ts";
import { classesWithin, type KeyedPackage, readPackage } from "./cache_package.ts";
import { ClassReader, ClassScanner, type ScannedPackage } from "./classes/mod.ts";
import type { ProblemList } from "./problems.ts";

/**
 * Reads the packages of a registry cache in the seed's JSON form, with flat memory.
 *
 * @param source The file; see `openByteSource`.
 * @param problems Hears about packages and classes that are left out.
 * @throws `DATA_INVALID` when the file itself cannot be followed to its end.
 */
export async function* readCacheFile(
  source: ByteSource,
  problems: ProblemList,
): AsyncGenerator<KeyedPackage> {
  let scanned: ScannedPackage | undefined;
  const reader = new ClassReader();
  const scanner = new ClassScanner(reader);
  const walk = (bytes: Uint8Array, start: number, end: number) => {
    scanned = scanner.scan(bytes, start, end);
    return scanned?.end ?? -1;
  };
  for await (const part of readJsonElements(source, { list: "nodes", walk })) {
    if (part.kind === "field") continue;
    if (part.kind === "bad") {
      problems.add(part.path, `Left out a package: ${part.reason}`);
      continue;
    }
    try {
      scanned ??= scanner.scan(part.bytes, 0, part.bytes.length);
      yield scanned ? readRest(scanned, part.path) : readWhole(reader, part.bytes, part.path);
    } catch (error) {
      if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
      problems.add(part.path, `Left out a package: ${error.message}`);
    }
    for (const fault of reader.takeFaults()) problems.add(part.path, fault);
  }
}

function readRest({ rest, lists }: ScannedPackage, path: string): KeyedPackage {
  const record = readRecord(parseJsonBytes(rest, path), path);
  return readPackage(record, path, ({ comfy_nodes, metadata_cached }) => {
    if (metadata_cached !== true || comfy_nodes === undefined) return undefined;
    return typeof comfy_nodes === "number" ? lists[comfy_nodes] : [];
  });
}

function readWhole(reader: ClassReader, bytes: Uint8Array, path: string): KeyedPackage {
  const record = readRecord(parseJsonBytes(bytes, path), path);
  return readPackage(record, path, classesWithin(reader));
}

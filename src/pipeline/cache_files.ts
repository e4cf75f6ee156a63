import {
  baseErrors,
  ComfydockError,
  fileError,
  isKind,
  refusePipe,
  type Reporter,
  writePacked,
} from "../base/mod.ts";
import { openByteSource, parseJsonBytes, readJsonElements } from "../base/json_stream/mod.ts";
import {
  type CachedPackage,
  exportCacheJson,
  importCacheJson,
  parseCachedPackage,
  readCachedPackages,
  RegistryCache,
} from "../registry/mod.ts";

const DATABASE_HEADER = "SQLite format 3";

/** Tells whether a file is a working cache, by its first bytes. */
export async function isCacheDatabase(path: string): Promise<boolean> {
  try {
    refusePipe(path);
    using file = await Deno.open(path);
    const head = new Uint8Array(DATABASE_HEADER.length);
    await file.read(head);
    return new TextDecoder().decode(head) === DATABASE_HEADER;
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
}

/** The working cache that belongs to a cache file: the file itself, or the `.db` beside a JSON file. */
export function workingCachePath(path: string): string {
  return path.replace(/\.json(\.gz|\.zst)?$/, "") === path
    ? path
    : `${path.replace(/\.json(\.gz|\.zst)?$/, "")}.db`;
}

/**
 * Takes the packages of a cache file into a working cache; a file that was taken before is not read again.
 *
 * @param path SQLite, or JSON as it is, `.gz` or `.zst`.
 * @param now The time that counts for records that carry none, RFC 3339.
 * @returns How many packages were taken.
 * @throws `FILE_NOT_FOUND`, `DATA_INVALID` and the cache's errors.
 */
export async function importCacheFile(
  cache: RegistryCache,
  path: string,
  now: string,
  report: Reporter,
): Promise<number> {
  if (cache.meta(`imported ${path}`) === await fingerprintOf(path)) return 0;
  let taken: number;
  if (await isCacheDatabase(path)) {
    using source = new RegistryCache(path, { readOnly: true });
    taken = await importCacheJson(cache, readCachedPackages(source), now, report);
  } else {
    taken = await importCacheJson(cache, jsonPackages(path, report), now, report);
  }
  await rememberCacheFile(cache, path);
  return taken;
}

/** Notes that a file holds nothing that the cache lacks, so that it is not read again while it stays as it is. */
export async function rememberCacheFile(cache: RegistryCache, path: string): Promise<void> {
  cache.setMeta(`imported ${path}`, await fingerprintOf(path));
  cache.checkpoint();
}

async function fingerprintOf(path: string): Promise<string> {
  try {
    const { size, mtime } = await Deno.stat(path);
    return `${size} ${mtime?.getTime()}`;
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
}

async function* jsonPackages(path: string, report: Reporter): AsyncGenerator<unknown> {
  let found = false;
  for await (const part of readJsonElements(openByteSource(path), { list: "nodes" })) {
    found ||= part.kind !== "field" || part.name === "node_count";
    if (part.kind === "field") continue;
    if (part.kind === "element") yield parseJsonBytes(part.bytes, part.path);
    else {
      const message = `Left out a package at ${part.path}: ${part.reason}`;
      report.emit({ kind: "warned", code: baseErrors.DATA_INVALID.code, message });
    }
  }
  if (!found) {
    throw new ComfydockError(baseErrors.DATA_INVALID, `Found no "nodes" in the cache "${path}"`, {
      hint: "Name a file that `comfydock registry cache` wrote",
    });
  }
}

/**
 * Reads the packages of a cache file one at a time; what cannot be read is reported and left out.
 *
 * @param path SQLite, or JSON as it is, `.gz` or `.zst`.
 * @throws `FILE_NOT_FOUND`, `DATA_INVALID` and the cache's errors.
 */
export async function* readCachePackages(
  path: string,
  report: Reporter,
): AsyncGenerator<CachedPackage> {
  if (await isCacheDatabase(path)) {
    using cache = new RegistryCache(path, { readOnly: true });
    yield* readCachedPackages(cache);
    return;
  }
  let index = 0;
  for await (const element of jsonPackages(path, report)) {
    const found = parseOrReport(element, `$.nodes[${index++}]`, report);
    if (found) yield found;
  }
}

function parseOrReport(
  element: unknown,
  path: string,
  report: Reporter,
): CachedPackage | undefined {
  try {
    return parseCachedPackage(element, path);
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    const message = `Left out a package: ${error.message}`;
    report.emit({ kind: "warned", code: error.code, message });
  }
}

/** Writes a working cache as the published JSON, packed as the name says. */
export async function exportCacheFile(
  cache: RegistryCache,
  path: string,
  now: string,
  signal?: AbortSignal,
): Promise<number> {
  return await writePacked(path, exportCacheJson(cache, now), { signal });
}

import { baseErrors, type ComfydockError, exists, isKind } from "../../base/mod.ts";
import { openByteSource, parseJsonBytes, readJsonElements } from "../../base/json_stream/mod.ts";
import { readWhole } from "../../mappings/mod.ts";
import {
  type CachedPackage,
  readCachedPackages,
  RegistryCache,
  registryErrors,
} from "../../registry/mod.ts";
import { isCacheDatabase } from "../cache_files.ts";
import { updateFiles } from "../update_plan.ts";
import type { ClaimedCounts } from "./cache.ts";
import type { Finding, ValidationReport } from "./findings.ts";
import { validateData } from "./validate.ts";

/** Which files are to be validated; every part may be absent. */
export interface FilesRequest {
  /** A data directory: its cache, mappings and snapshots. */
  readonly dataDir?: string;
  readonly cache?: string;
  readonly mappings?: string;
  /** The mappings published before, for shrinkage. */
  readonly previous?: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly allowShrink?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Validates files of registry data, each in itself and against each other.
 *
 * @returns Every finding; files that are no JSON are findings too.
 * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`, the cache's errors, `INTERRUPTED`
 */
export async function validateFiles(request: FilesRequest): Promise<ValidationReport> {
  const files = await chooseFiles(request);
  const broken: Finding[] = [];
  const readJson = async (file: string | undefined) => {
    if (file === undefined) return undefined;
    try {
      return { file, value: parseJsonBytes(await readWhole(openByteSource(file)), "$") };
    } catch (error) {
      if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
      broken.push(unreadable(file, error));
    }
  };
  const mappings = await readJson(files.mappings);
  const previous = await readJson(request.previous);
  using cache = files.cache === undefined ? undefined : await openCache(files.cache, broken);
  const report = await validateData({ ...request, cache, mappings, previous });
  return broken.length === 0 ? report : withFindings(report, broken);
}

async function chooseFiles({ dataDir, cache, mappings }: FilesRequest) {
  if (dataDir === undefined) return { cache, mappings };
  const known = updateFiles(dataDir);
  const first = async (...paths: string[]) => {
    for (const path of paths) if (await exists(path)) return path;
  };
  return {
    cache: cache ?? await first(known.workingCache, known.publishedCache),
    mappings: mappings ?? known.mappings,
  };
}

interface OpenCache extends Disposable {
  readonly file: string;
  readonly packages: AsyncIterable<CachedPackage> | Iterable<CachedPackage>;
  readonly claimed?: ClaimedCounts;
}

async function openCache(file: string, broken: Finding[]): Promise<OpenCache> {
  if (await isCacheDatabase(file)) {
    const packages = databasePackages(file, broken);
    return { file, packages, [Symbol.dispose]: () => void packages.return(undefined) };
  }
  // The totals stand in the file's head and are known once the packages are read.
  const claimed: Record<string, number> = {};
  return {
    file,
    packages: jsonPackages(file, claimed, broken),
    claimed,
    [Symbol.dispose]: () => {},
  };
}

function* databasePackages(file: string, broken: Finding[]): Generator<CachedPackage> {
  try {
    const cache = new RegistryCache(file, { readOnly: true });
    try {
      yield* readCachedPackages(cache);
    } finally {
      cache.close();
    }
  } catch (error) {
    if (!isKind(error, registryErrors.REGISTRY_CACHE_UNREADABLE)) throw error;
    broken.push(unreadable(file, error));
  }
}

// Records are given on as they are: it is validation that says what is wrong with them.
async function* jsonPackages(
  file: string,
  claimed: Record<string, number>,
  broken: Finding[],
): AsyncGenerator<CachedPackage> {
  try {
    for await (const part of readJsonElements(openByteSource(file), { list: "nodes" })) {
      if (part.kind === "element") yield parseJsonBytes(part.bytes, part.path) as CachedPackage;
      else if (part.kind === "bad") broken.push(finding(file, part.path, part.reason));
      else if (typeof part.value === "number") claimed[part.name] = part.value;
    }
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    broken.push(unreadable(file, error));
  }
}

function unreadable(file: string, error: ComfydockError): Finding {
  const { path } = error.details;
  return finding(file, typeof path === "string" && path !== file ? path : "$", error.message);
}

function finding(file: string, path: string, message: string): Finding {
  return { severity: "error", code: "STRUCTURE", path, message, file };
}

function withFindings(report: ValidationReport, more: readonly Finding[]): ValidationReport {
  const structure = (report.counts.STRUCTURE ?? 0) + more.length;
  return {
    ...report,
    ok: false,
    findings: [...more, ...report.findings],
    counts: { ...report.counts, STRUCTURE: structure },
    errors: report.errors + more.length,
  };
}

import {
  baseErrors,
  ComfydockError,
  invalidData,
  isKind,
  type JsonRecord,
  openByteSource,
  optional,
  parseJsonBytes,
  readBoolean,
  readList,
  readNumber,
  readRecord,
  readText,
} from "../base/mod.ts";
import { mappingErrors } from "./errors.ts";
import { nodeKey, splitNodeKey } from "./node_key.ts";
import { countStats, dataVersion, SCHEMA_VERSION } from "./stats.ts";
import type { MappedPackage, MappedVersion, MappingEntry, NodeMappings } from "./types.ts";
import { readWhole } from "./whole_file.ts";

const EPOCH = "1970-01-01T00:00:00Z";

/**
 * Reads a `node_mappings.json`, ours or another's, plain or packed, and checks all of it.
 *
 * Keys with the seed's `|` become keys with `::`.
 *
 * @param path The file.
 * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`, `MAPPINGS_INVALID`, `MAPPINGS_TOO_NEW`
 */
export async function readMappings(path: string): Promise<NodeMappings> {
  return parseMappings(await readWhole(openByteSource(path)), path);
}

/** What helps where mappings cannot be read. */
export const DAMAGED_HINT =
  "Move them away: comfydock registry update makes them anew, comfydock registry pull fetches published ones";

/**
 * Reads `node_mappings.json` from bytes.
 *
 * @param bytes UTF-8, unpacked.
 * @param name What error messages call it.
 * @throws `MAPPINGS_INVALID`, `MAPPINGS_TOO_NEW`
 */
export function parseMappings(bytes: Uint8Array, name: string): NodeMappings {
  try {
    return toMappings(parseJsonBytes(bytes, "$"), name);
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    throw new ComfydockError(
      mappingErrors.MAPPINGS_INVALID,
      `Cannot read the node mappings "${name}": ${error.message}`,
      { hint: DAMAGED_HINT, details: { name, ...error.details }, cause: error },
    );
  }
}

function toMappings(value: unknown, name: string): NodeMappings {
  const record = readRecord(value, "$");
  const schema = optional(record.schema_version, "$.schema_version", readNumber) ?? 1;
  if (schema > SCHEMA_VERSION) {
    throw new ComfydockError(
      mappingErrors.MAPPINGS_TOO_NEW,
      `Cannot read the node mappings "${name}": its schema ${schema} is newer than ${SCHEMA_VERSION}`,
      { hint: "Run `comfydock self update`", details: { name, schema } },
    );
  }
  const generated = optional(record.generated_at, "$.generated_at", readText) ?? EPOCH;
  const packages = mapRecord(record.packages, "$.packages", readPackage);
  const mappings = readKeys(record.mappings);
  return {
    schema_version: SCHEMA_VERSION,
    version: optional(record.version, "$.version", readText) ?? dataVersion(generated),
    generated_at: generated,
    stats: { ...countStats(mappings, packages), ...readStats(record.stats) },
    mappings,
    packages,
  };
}

function readStats(value: unknown): Readonly<Record<string, number>> {
  const stats = optional(value, "$.stats", readRecord) ?? {};
  return Object.fromEntries(
    Object.entries(stats).map(([name, count]) => [name, readNumber(count, `$.stats.${name}`)]),
  );
}

function readKeys(value: unknown): NodeMappings["mappings"] {
  const keys = Object.entries(readRecord(value ?? {}, "$.mappings"));
  return Object.fromEntries(keys.map(([key, entries]) => {
    const path = `$.mappings[${JSON.stringify(key)}]`;
    return [readKey(key, path), readEntries(entries, path)];
  }));
}

/** Reads a key; errors as `invalidData`. */
export function readKey(key: string, path: string): string {
  const parts = splitNodeKey(key);
  if (!parts) throw invalidData(path, "a key NODE_TYPE::SIGNATURE", key);
  return nodeKey(parts.nodeType, parts.signature);
}

/** Reads the entries of one key; errors as `invalidData`. */
export function readEntries(value: unknown, path: string): readonly MappingEntry[] {
  return readList(value, path).map((one, index) => {
    const place = `${path}[${index}]`;
    const { package_id, versions, rank, source } = readRecord(one, place);
    const entry: MappingEntry = {
      package_id: readText(package_id, `${place}.package_id`),
      versions: readTexts(versions ?? [], `${place}.versions`),
      rank: readNumber(rank, `${place}.rank`),
    };
    return source === "manager" ? { ...entry, source } : entry;
  });
}

type Reader = (value: unknown, path: string) => unknown;

const PACKAGE: Readonly<Record<keyof MappedPackage, Reader>> = {
  display_name: readText,
  author: readText,
  description: readText,
  repository: readText,
  downloads: readNumber,
  github_stars: readNumber,
  rating: readNumber,
  license: readText,
  category: readText,
  icon: readText,
  tags: readTexts,
  status: readText,
  created_at: readText,
  source: readText,
  missing_since: readText,
  last_update: readText,
  preemptions: readTexts,
  nodename_pattern: readText,
  files: readTexts,
  install_type: readText,
  versions: (value, path) => mapRecord(value, path, readVersion),
};

const VERSION: Readonly<Record<keyof MappedVersion, Reader>> = {
  download_url: readText,
  dependencies: readTexts,
  deprecated: readBoolean,
  status: readText,
  release_date: readText,
  changelog: readText,
  supported_os: readTexts,
  supported_accelerators: readTexts,
  supported_comfyui_version: readText,
  supported_comfyui_frontend_version: readText,
  missing_since: readText,
  inferred: readBoolean,
};

/** Reads one published package; errors as `invalidData`. */
export function readPackage(value: unknown, path: string): MappedPackage {
  return { versions: {}, ...readKnown(readRecord(value, path), PACKAGE, path) };
}

function readVersion(value: unknown, path: string): MappedVersion {
  return readKnown(readRecord(value, path), VERSION, path);
}

/** Reads the fields that we know; others are left out. */
function readKnown(
  record: JsonRecord,
  readers: Readonly<Record<string, Reader>>,
  path: string,
): Readonly<Record<string, never>> {
  const known: Record<string, unknown> = {};
  for (const field in record) {
    const read = Object.hasOwn(readers, field) ? readers[field] : undefined;
    const value = record[field];
    if (read && value !== null) known[field] = read(value, `${path}.${field}`);
  }
  return known as Readonly<Record<string, never>>;
}

function mapRecord<Value>(
  value: unknown,
  path: string,
  read: (value: unknown, path: string) => Value,
): Readonly<Record<string, Value>> {
  const entries = Object.entries(readRecord(value ?? {}, path));
  return Object.fromEntries(
    entries.map(([key, one]) => [key, read(one, `${path}[${JSON.stringify(key)}]`)]),
  );
}

function readTexts(value: unknown, path: string): readonly string[] {
  return readList(value, path).map((one, index) => readText(one, `${path}[${index}]`));
}

import {
  invalidData,
  type JsonRecord,
  readBoolean,
  readList,
  readNumber,
  readRecord,
  readText,
} from "../base/mod.ts";
import { isEmptyField, type packageFields, type versionFields } from "./fields.ts";
import { nameFault } from "./node_key.ts";
import { SharedValues } from "./shared_values.ts";
import type { MappedPackage, MappedVersion } from "./types.ts";

const shared = new SharedValues();

type Read = (value: unknown, path: string) => unknown;

/** A published field, the field of the cache that it is taken from, and what it holds. */
type Field<Name extends string> = readonly [published: Name, cached: string, read: Read];

const PACKAGE: readonly Field<typeof packageFields[number]>[] = [
  ["display_name", "name", readText],
  ["author", "author", readText],
  ["description", "description", readText],
  ["repository", "repository", readText],
  ["downloads", "downloads", readNumber],
  ["github_stars", "github_stars", readNumber],
  ["rating", "rating", readNumber],
  ["license", "license", readRepeated],
  ["category", "category", readRepeated],
  ["icon", "icon", readText],
  ["tags", "tags", readTexts],
  ["status", "status", readRepeated],
  ["created_at", "created_at", readText],
  ["missing_since", "missing_since", readText],
  ["preemptions", "preempted_comfy_node_names", readTexts],
];

const VERSION: readonly Field<typeof versionFields[number]>[] = [
  ["download_url", "download_url", readText],
  ["dependencies", "dependencies", readTexts],
  ["deprecated", "deprecated", readBoolean],
  ["status", "status", readRepeated],
  ["release_date", "created_at", readText],
  ["changelog", "changelog", readText],
  ["supported_os", "supported_os", readTexts],
  ["supported_accelerators", "supported_accelerators", readTexts],
  ["supported_comfyui_version", "supported_comfyui_version", readRepeated],
  ["supported_comfyui_frontend_version", "supported_comfyui_frontend_version", readRepeated],
  ["missing_since", "missing_since", readText],
  ["inferred", "inferred", readBoolean],
];

/**
 * A package of the cache as it is published, without its versions; fields that say nothing are left out.
 *
 * @param record The package as JSON.
 * @param path Where it stands, for error messages.
 * @throws `DATA_INVALID` with the path of the field at fault.
 */
export function toMappedPackage(record: JsonRecord, path: string): MappedPackage {
  return { ...readFields(record, PACKAGE, path), versions: {} };
}

/** A version of the cache as it is published; as {@linkcode toMappedPackage}. */
export function toMappedVersion(record: JsonRecord, path: string): MappedVersion {
  return readFields(record, VERSION, path);
}

/** Reads a package id or a version: a short text without control characters. */
export function readName(value: unknown, path: string): string {
  const name = readText(value, path);
  const fault = nameFault(name);
  if (fault !== undefined) throw invalidData(path, `a name (${fault})`, value);
  return name;
}

function readFields(
  record: JsonRecord,
  fields: readonly Field<string>[],
  path: string,
): Readonly<Record<string, never>> {
  const published: Record<string, unknown> = {};
  for (const [name, cached, read] of fields) {
    const value = record[cached];
    if (!isEmptyField(value)) published[name] = readAt(record, cached, path, read);
  }
  return published as Readonly<Record<string, never>>;
}

// Paths are put together only for errors: most of the time of reading would go into them.
function readAt(record: JsonRecord, field: string, path: string, read: Read): unknown {
  const value = record[field];
  try {
    return read(value, "");
  } catch {
    return read(value, `${path}.${field}`);
  }
}

function readTexts(value: unknown, path: string): readonly string[] {
  const texts = readList(value, path).map((one, index) =>
    typeof one === "string" ? readText(one, path) : readText(one, `${path}[${index}]`)
  );
  return shared.list(texts);
}

/** Reads a text that many records repeat. */
function readRepeated(value: unknown, path: string): string {
  return shared.text(readText(value, path));
}

/** Reads a list of objects with the path of each. */
export function readRecords(value: unknown, path: string): readonly JsonRecord[] {
  return readList(value ?? [], path).map((one, index) => readRecord(one, `${path}[${index}]`));
}

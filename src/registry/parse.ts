import {
  invalidData,
  type JsonRecord,
  optional,
  readBoolean,
  readList,
  readNumber,
  readRecord,
  readText,
} from "../base/mod.ts";
import type { RegistryNodeClass, RegistryPackage, RegistryVersion } from "./types.ts";

// Ids are at most 100 characters of [A-Za-z0-9._-]; older ones are looser, so only what could do harm is refused, such
// as a step in a path.
const IDENTIFIER = /^(?!\.{1,2}$)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]{1,100}$/u;
const MAX_TEXT = 200_000;

/**
 * Reads a package as `GET /nodes` gives it.
 *
 * @param value One element of the answer's `nodes`.
 * @param path Where it stands, for error messages.
 * @throws `DATA_INVALID` with the path of the field at fault.
 */
export function parsePackage(value: unknown, path: string): RegistryPackage {
  const record = readRecord(value, path);
  const id = readIdentifier(record.id, `${path}.id`);
  return defined({
    id,
    name: text(record, "name", path) || id,
    description: text(record, "description", path),
    author: text(record, "author", path),
    license: text(record, "license", path),
    icon: text(record, "icon", path),
    banner_url: text(record, "banner_url", path),
    repository: text(record, "repository", path),
    category: text(record, "category", path),
    tags: texts(record, "tags", path),
    supported_os: texts(record, "supported_os", path),
    supported_accelerators: texts(record, "supported_accelerators", path),
    supported_comfyui_version: text(record, "supported_comfyui_version", path),
    supported_comfyui_frontend_version: text(record, "supported_comfyui_frontend_version", path),
    publisher: publisherId(record.publisher, `${path}.publisher`),
    rating: optional(record.rating, `${path}.rating`, readNumber),
    downloads: optional(record.downloads, `${path}.downloads`, readNumber) ?? 0,
    github_stars: optional(record.github_stars, `${path}.github_stars`, readNumber) ?? 0,
    search_ranking: optional(record.search_ranking, `${path}.search_ranking`, readNumber),
    preempted_comfy_node_names: texts(record, "preempted_comfy_node_names", path),
    status: text(record, "status", path),
    status_detail: text(record, "status_detail", path),
    created_at: text(record, "created_at", path),
    latest_version: latestVersion(record.latest_version, `${path}.latest_version`),
  });
}

/** Reads a version as the version endpoints give it; errors as {@linkcode parsePackage}. */
export function parseVersion(value: unknown, path: string): RegistryVersion {
  const record = readRecord(value, path);
  return defined({
    version: readIdentifier(record.version, `${path}.version`),
    id: text(record, "id", path),
    download_url: text(record, "downloadUrl", path),
    dependencies: texts(record, "dependencies", path) ?? [],
    changelog: text(record, "changelog", path),
    deprecated: optional(record.deprecated, `${path}.deprecated`, readBoolean) ?? false,
    status: text(record, "status", path),
    status_reason: text(record, "status_reason", path),
    created_at: text(record, "createdAt", path),
    tags: texts(record, "tags", path),
    supported_os: texts(record, "supported_os", path),
    supported_accelerators: texts(record, "supported_accelerators", path),
    supported_comfyui_version: text(record, "supported_comfyui_version", path),
    supported_comfyui_frontend_version: text(record, "supported_comfyui_frontend_version", path),
    comfy_node_extract_status: text(record, "comfy_node_extract_status", path),
  });
}

/** Reads a version together with the package it belongs to, as `GET /versions` gives it. */
export function parseOwnedVersion(
  value: unknown,
  path: string,
): { readonly packageId: string; readonly version: RegistryVersion } {
  const record = readRecord(value, path);
  return {
    packageId: readIdentifier(record.node_id, `${path}.node_id`),
    version: parseVersion(value, path),
  };
}

/** Reads a node class as the comfy-nodes endpoint gives it; errors as {@linkcode parsePackage}. */
export function parseNodeClass(value: unknown, path: string): RegistryNodeClass {
  const record = readRecord(value, path);
  return defined({
    comfy_node_name: readText(record.comfy_node_name, `${path}.comfy_node_name`, 1000),
    category: text(record, "category", path),
    description: text(record, "description", path),
    input_types: text(record, "input_types", path),
    return_types: text(record, "return_types", path),
    return_names: text(record, "return_names", path),
    output_is_list: optional(record.output_is_list, `${path}.output_is_list`, readBooleans),
    deprecated: optional(record.deprecated, `${path}.deprecated`, readBoolean),
    experimental: optional(record.experimental, `${path}.experimental`, readBoolean),
    function: text(record, "function", path),
    policy: text(record, "policy", path),
  });
}

/** Reads a package id or version number: short, without control characters and path separators. */
export function readIdentifier(value: unknown, path: string): string {
  const id = readText(value, path, 100);
  if (!IDENTIFIER.test(id) || id === "." || id === "..") throw invalidData(path, "an id", value);
  return id;
}

function text(record: JsonRecord, key: string, path: string): string | undefined {
  const value = record[key];
  if (value === null || value === undefined || value === "") return undefined;
  return readText(value, `${path}.${key}`, MAX_TEXT);
}

function texts(record: JsonRecord, key: string, path: string): string[] | undefined {
  const value = record[key];
  if (value === null || value === undefined) return undefined;
  const list = readList(value, `${path}.${key}`);
  if (list.length > 10_000) throw invalidData(`${path}.${key}`, "at most 10000 entries", value);
  return list.map((entry, index) => readText(entry, `${path}.${key}[${index}]`, MAX_TEXT));
}

function readBooleans(value: unknown, path: string): boolean[] {
  return readList(value, path).map((entry, index) => readBoolean(entry, `${path}[${index}]`));
}

function publisherId(value: unknown, path: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  return text(readRecord(value, path), "id", path);
}

function latestVersion(value: unknown, path: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  return optional(readRecord(value, path).version, `${path}.version`, readIdentifier);
}

// Absent fields must not stand in the record: equal data then has equal JSON text.
function defined<Shape extends object>(record: Shape): Shape {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) if (value !== undefined) copy[key] = value;
  return copy as Shape;
}

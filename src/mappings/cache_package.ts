import { type JsonRecord, readList } from "../base/mod.ts";
import type { ClassReader } from "./classes/mod.ts";
import { readName, readRecords, toMappedPackage, toMappedVersion } from "./mapped_package.ts";
import type { MappedPackage, MappedVersion } from "./types.ts";

/** A package of the cache, read for the mappings. */
export interface KeyedPackage {
  readonly id: string;
  /** As it is published. */
  readonly package: MappedPackage;
  /** Version → the keys (`TYPE::SIGNATURE`) of its node classes; without the versions whose classes are not known. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

/** Reads the node classes of one version into keys; nothing when they are not known. */
export type ClassList = (version: JsonRecord, path: string) => readonly string[] | undefined;

/**
 * Reads one package of the cache.
 *
 * @param record The package as JSON, or a `CachedPackage`.
 * @param path Where it stands, for error messages.
 * @param classesOf Reads the node classes of a version.
 * @throws `DATA_INVALID` with the path of the field at fault.
 */
export function readPackage(
  record: JsonRecord,
  path: string,
  classesOf: ClassList,
): KeyedPackage {
  const id = readName(record.id, `${path}.id`);
  const versions = new Map<string, MappedVersion>();
  const keys = new Map<string, readonly string[]>();
  const list = readRecords(record.versions_list, `${path}.versions_list`);
  for (let index = 0; index < list.length; index++) {
    const one = list[index]!;
    const place = `${path}.versions_list[${index}]`;
    const version = readName(one.version, `${place}.version`);
    if (versions.has(version)) continue;
    versions.set(version, toMappedVersion(one, place));
    const known = classesOf(one, place);
    if (known) keys.set(version, known);
  }
  const published = { ...toMappedPackage(record, path), versions: Object.fromEntries(versions) };
  const author = published.author ?? publisherOf(record.publisher);
  const named = { display_name: published.display_name ?? id, ...(author ? { author } : {}) };
  return { id, package: { ...published, ...named }, keys };
}

/** Reads node classes that stand in the version itself. */
export function classesWithin(reader: ClassReader): ClassList {
  return ({ metadata_cached, comfy_nodes }, path) =>
    metadata_cached === true && comfy_nodes !== undefined
      ? reader.keysOf(readList(comfy_nodes ?? [], `${path}.comfy_nodes`), `${path}.comfy_nodes`)
      : undefined;
}

function publisherOf(publisher: unknown): string | undefined {
  if (typeof publisher === "string") return publisher || undefined;
  const id = (publisher as { readonly id?: unknown } | null | undefined)?.id;
  return typeof id === "string" && id !== "" ? id : undefined;
}

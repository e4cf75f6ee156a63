import { sortTexts, writePacked } from "../base/mod.ts";
import { entryFields, packageFields, versionFields } from "./fields.ts";
import type { MappingsView } from "./draft/view.ts";
import type { MappedPackage, MappingEntry, NodeMappings } from "./types.ts";
import { sortVersions } from "./version_list.ts";

const FLUSH_CHARACTERS = 1 << 16;

/**
 * Writes `node_mappings.json` so that equal data gives equal bytes, one line for each node and each package.
 *
 * @param path Target; `.gz` and `.zst` are packed. It is replaced at once, when all is written.
 * @param mappings What to write.
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function writeMappings(
  path: string,
  mappings: NodeMappings,
  signal?: AbortSignal,
): Promise<void> {
  await writePacked(path, mappingsText(mappings), { signal });
}

/** Writes mappings that are not in memory, in the same bytes; otherwise as {@linkcode writeMappings}. */
export async function writeView(
  path: string,
  view: MappingsView,
  signal?: AbortSignal,
): Promise<void> {
  await writePacked(path, flushed(view), { signal });
}

/** The text of `node_mappings.json` in pieces of some ten thousand characters. */
export function mappingsText(mappings: NodeMappings): Generator<string> {
  return flushed({
    head: mappings,
    keys: () => sorted(mappings.mappings),
    packages: () => sorted(mappings.packages),
  });
}

/** What is written: both long parts in order. */
type Written = Pick<MappingsView, "head" | "keys" | "packages">;

function* flushed(written: Written): Generator<string> {
  let text = "";
  for (const line of mappingsLines(written)) {
    text += line;
    if (text.length < FLUSH_CHARACTERS) continue;
    yield text;
    text = "";
  }
  yield text;
}

function* mappingsLines({ head, keys, packages }: Written): Generator<string> {
  yield "{\n";
  for (const field of ["schema_version", "version", "generated_at", "stats"] as const) {
    yield `${JSON.stringify(field)}:${JSON.stringify(head[field])},\n`;
  }
  yield '"mappings":{';
  yield* members(keys(), entriesText);
  yield '\n},\n"packages":{';
  yield* members(packages(), packageText);
  yield "\n}\n}\n";
}

function* members<Value>(
  record: Iterable<readonly [string, Value]>,
  toText: (value: Value) => string,
): Generator<string> {
  let separator = "\n";
  for (const [key, value] of record) {
    yield `${separator}${JSON.stringify(key)}:${toText(value)}`;
    separator = ",\n";
  }
}

function* sorted<Value>(
  record: Readonly<Record<string, Value>>,
): Generator<readonly [string, Value]> {
  for (const key of sortTexts(Object.keys(record))) yield [key, record[key]!];
}

function entriesText(entries: readonly MappingEntry[]): string {
  return `[${entries.map((entry) => objectText(entry, entryFields)).join(",")}]`;
}

function packageText(pack: MappedPackage): string {
  const versions = sortVersions(Object.keys(pack.versions)).map((version) =>
    `${JSON.stringify(version)}:${objectText(pack.versions[version]!, versionFields)}`
  );
  const { versions: _, ...facts } = pack;
  const text = objectText(facts, packageFields);
  return `${text.slice(0, -1)}${text === "{}" ? "" : ","}"versions":{${versions.join(",")}}}`;
}

/** The JSON of a record with its fields in published order. */
function objectText(record: object, fields: readonly string[]): string {
  return JSON.stringify(isInOrder(record, fields) ? record : inOrder(record, fields));
}

function isInOrder(record: object, fields: readonly string[]): boolean {
  let place = 0;
  for (const field in record) {
    while (place < fields.length && fields[place] !== field) place++;
    if (place++ >= fields.length) return false;
  }
  return true;
}

function inOrder(record: object, fields: readonly string[]): object {
  const values = new Map(Object.entries(record));
  return Object.fromEntries(fields.map((field) => [field, values.get(field)]));
}

import { compareVersions, writePacked } from "../base/mod.ts";
import { entryFields, packageFields, versionFields } from "./fields.ts";
import { sortTexts } from "./text_order.ts";
import type { MappedPackage, NodeMappings } from "./types.ts";

const FLUSH_CHARACTERS = 1 << 18;

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
  await writePacked(path, mappingsText(mappings), signal);
}

/** The text of `node_mappings.json` in pieces of some hundred thousand characters. */
export function* mappingsText(mappings: NodeMappings): Generator<string> {
  let text = "";
  for (const line of mappingsLines(mappings)) {
    text += line;
    if (text.length < FLUSH_CHARACTERS) continue;
    yield text;
    text = "";
  }
  yield text;
}

function* mappingsLines(mappings: NodeMappings): Generator<string> {
  yield "{\n";
  for (const field of ["schema_version", "version", "generated_at", "stats"] as const) {
    yield `${JSON.stringify(field)}:${JSON.stringify(mappings[field])},\n`;
  }
  yield '"mappings":{';
  yield* members(
    mappings.mappings,
    (entries) => `[${entries.map((entry) => objectText(entry, entryFields)).join(",")}]`,
  );
  yield '\n},\n"packages":{';
  yield* members(mappings.packages, packageText);
  yield "\n}\n}\n";
}

function* members<Value>(
  record: Readonly<Record<string, Value>>,
  toText: (value: Value) => string,
): Generator<string> {
  let separator = "\n";
  for (const key of sortTexts(Object.keys(record))) {
    yield `${separator}${JSON.stringify(key)}:${toText(record[key]!)}`;
    separator = ",\n";
  }
}

function packageText(pack: MappedPackage): string {
  const versions = Object.keys(pack.versions)
    .sort(compareVersions)
    .map((version) =>
      `${JSON.stringify(version)}:${objectText(pack.versions[version]!, versionFields)}`
    );
  const rest = objectText({ ...pack, versions: undefined }, packageFields);
  return `${rest.slice(0, -1)}${rest === "{}" ? "" : ","}"versions":{${versions.join(",")}}}`;
}

function objectText<Shape extends object>(
  record: Shape,
  fields: readonly (keyof Shape & string)[],
): string {
  let text = "";
  for (const field of fields) {
    const value = record[field];
    if (value === undefined) continue;
    text += `${text === "" ? "{" : ","}"${field}":${JSON.stringify(value)}`;
  }
  return text === "" ? "{}" : `${text}}`;
}

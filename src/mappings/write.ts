import { constants, createGzip, createZstdCompress } from "node:zlib";
import type { Transform } from "node:stream";
import { type AtomicFile, openAtomic } from "../base/mod.ts";
import { compareVersions } from "../registry/mod.ts";
import { entryFields, packageFields, versionFields } from "./fields.ts";
import { sortTexts } from "./text_order.ts";
import type { MappedPackage, NodeMappings } from "./types.ts";

const FLUSH_CHARACTERS = 1 << 18;
const encoder = new TextEncoder();

/**
 * Writes `node_mappings.json` so that equal data gives equal bytes, one line for each node and each package.
 *
 * @param path Target; `.gz` and `.zst` are packed. It is replaced at once, when all is written.
 * @param mappings What to write.
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function writeMappings(path: string, mappings: NodeMappings): Promise<void> {
  const file = await openAtomic(path);
  try {
    await writePacked(file, packerFor(path), mappingsText(mappings));
    file.commit();
  } catch (error) {
    file.abandon();
    throw error;
  }
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

function packerFor(path: string): Transform | undefined {
  if (path.endsWith(".gz")) return createGzip({ level: 9 });
  if (!path.endsWith(".zst")) return undefined;
  return createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 12 } });
}

async function writePacked(
  file: AtomicFile,
  packer: Transform | undefined,
  texts: Iterable<string>,
): Promise<void> {
  if (!packer) {
    for (const text of texts) file.write(encoder.encode(text));
    return;
  }
  const packed = (async () => {
    let first = true;
    for await (const chunk of packer as AsyncIterable<Uint8Array>) {
      // gzip's tenth byte names the operating system; 255 is "unknown", the same everywhere.
      if (first && chunk[0] === 0x1f && chunk.length > 9) chunk[9] = 255;
      first = false;
      file.write(chunk);
    }
  })();
  for (const text of texts) {
    if (!packer.write(encoder.encode(text))) {
      await Promise.race([new Promise((resolve) => packer.once("drain", resolve)), packed]);
    }
  }
  packer.end();
  await packed;
}

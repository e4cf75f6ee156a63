import {
  baseErrors,
  type ByteSource,
  ComfydockError,
  isKind,
  openByteSource,
  parseJsonText,
  readRecord,
} from "../base/mod.ts";
import { type EarlierPart, partsOf } from "./earlier.ts";
import { mappingErrors } from "./errors.ts";
import { HEAD, MAPPINGS, PACKAGES } from "./line_index.ts";
import { DAMAGED_HINT, readEntries, readKey, readMappings, readPackage } from "./read.ts";

const CHUNK_BYTES = 1 << 16;
/** One line is one package, of which the largest has about a megabyte. */
const MAX_LINE_BYTES = 64 << 20;
const LINE_FEED = 10;

/**
 * Reads a `node_mappings.json` piece by piece, keys before packages.
 *
 * Files that `writeMappings` wrote take no more memory than their longest line; others are read as a whole.
 *
 * @param path The file, plain or packed.
 * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`, `MAPPINGS_INVALID`, `MAPPINGS_TOO_NEW`
 */
export async function* readMappingsParts(path: string): AsyncGenerator<EarlierPart> {
  if (!await isInLines(path)) return yield* partsOf(await readMappings(path));
  let section: "head" | "mappings" | "packages" | "end" | "whole" = "head";
  try {
    for await (const line of readLines(openByteSource(path))) {
      if (section === "head") {
        if (`\n${line}\n` === MAPPINGS) section = "mappings";
      } else if (section === "mappings" && line === "},") section = "packages";
      else if (section === "packages" && line === "}") section = "end";
      else if (section === "end" && line === "}") section = "whole";
      else if (section === "end" || section === "whole") throw notWhole(path);
      else if (`\n},\n${line}\n` !== PACKAGES) yield partOn(line, section);
    }
    if (section !== "whole") throw notWhole(path);
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    throw invalid(path, error.message, error);
  }
}

async function isInLines(path: string): Promise<boolean> {
  const source = openByteSource(path);
  try {
    const bytes = new Uint8Array(HEAD.length);
    let length = 0;
    while (length < bytes.length) {
      const read = await source.read(bytes.subarray(length));
      if (read === 0) return false;
      length += read;
    }
    return new TextDecoder().decode(bytes) === HEAD;
  } finally {
    source.close();
  }
}

/** The lines of a source, which is closed. */
async function* readLines(source: ByteSource): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const chunk = new Uint8Array(CHUNK_BYTES);
  let rest: Uint8Array[] = [];
  let waiting = 0;
  try {
    for (let read = await source.read(chunk); read > 0; read = await source.read(chunk)) {
      let from = 0;
      for (let at = chunk.indexOf(LINE_FEED); at >= 0 && at < read;) {
        yield decoder.decode(joined(rest, chunk.subarray(from, at)));
        [rest, waiting, from] = [[], 0, at + 1];
        at = chunk.indexOf(LINE_FEED, from);
      }
      if (from < read) rest.push(chunk.slice(from, read));
      waiting += read - from;
      if (waiting > MAX_LINE_BYTES) {
        throw invalid(source.name, `a line has over ${MAX_LINE_BYTES} bytes`);
      }
    }
    if (waiting > 0) yield decoder.decode(joined(rest, new Uint8Array(0)));
  } finally {
    source.close();
  }
}

function joined(parts: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  if (parts.length === 0) return last;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, last.length));
  let at = 0;
  for (const part of [...parts, last]) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function partOn(line: string, section: "mappings" | "packages"): EarlierPart {
  const place = `$.${section}`;
  const record = readRecord(parseJsonText(`{${line.replace(/,$/, "")}}`, place), place);
  const [[key, value] = ["", undefined]] = Object.entries(record);
  const path = `${place}[${JSON.stringify(key)}]`;
  if (section === "packages") {
    return { kind: "package", id: key, package: readPackage(value, path) };
  }
  return { kind: "key", key: readKey(key, path), entries: readEntries(value, path) };
}

function notWhole(path: string): ComfydockError {
  return invalid(path, "it does not end behind its last package");
}

function invalid(path: string, why: string, cause?: unknown): ComfydockError {
  return new ComfydockError(
    mappingErrors.MAPPINGS_INVALID,
    `Cannot read the node mappings "${path}": ${why}`,
    { hint: DAMAGED_HINT, details: { name: path }, cause },
  );
}

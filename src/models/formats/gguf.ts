import { brokenModel } from "../faults.ts";
import type { ModelFormat } from "../types.ts";
import { mostUsed } from "./architecture.ts";
import type { FormatKnowledge } from "./knowledge.ts";
import { type ByteSource, Cursor } from "./source.ts";

/** Tokenizers make the metadata of language models some 10 MB long. */
const ALLOWANCE = 64 * 1024 ** 2;
const MOST_ENTRIES = 100_000;
const MOST_ITEMS = 16 * 1024 ** 2;
const MOST_DIMENSIONS = 8;
const LONGEST_NAME = 64 * 1024;
const DEFAULT_ALIGNMENT = 32;
/** Bytes of values by their type; `undefined` for texts (8) and lists (9). */
const VALUE_BYTES: readonly (number | undefined)[] = [
  ...[1, 1, 2, 2, 4, 4, 4, 1],
  ...[undefined, undefined],
  ...[8, 8, 8],
];
const TEXT = 8;
const LIST = 9;

/**
 * Reads the metadata and the list of tensors of a GGUF file.
 *
 * Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 *
 * @param source The file.
 * @param knowledge The types of tensors.
 * @throws `MODEL_BROKEN` when it is no such file, of an unknown version, or cut off.
 */
export function readGguf(source: ByteSource, knowledge: FormatKnowledge): ModelFormat {
  const cursor = new Cursor(source, { allowance: ALLOWANCE });
  if (new TextDecoder().decode(cursor.take(4)) !== "GGUF") throw brokenModel("it is no GGUF file");
  const version = cursor.uint(4);
  // Version 1 counted with 4 bytes; nobody has such files any more.
  if (version !== 2 && version !== 3) throw brokenModel(`its GGUF version ${version} is not known`);
  const tensors = count(cursor, MOST_ENTRIES, "tensors");
  const entries = count(cursor, MOST_ENTRIES, "entries");
  let architecture: string | undefined;
  let alignment = DEFAULT_ALIGNMENT;
  for (let at = 0; at < entries; at++) {
    const key = readName(cursor);
    const type = cursor.uint(4);
    if (key === "general.architecture" && type === TEXT) architecture = readName(cursor);
    else if (key === "general.alignment" && VALUE_BYTES[type] === 4) alignment = cursor.uint(4);
    else skipValue(cursor, type, 0);
  }
  const found = Array.from({ length: tensors }, () => readTensor(cursor, knowledge));
  const start = Math.ceil(cursor.at / Math.max(1, alignment)) * Math.max(1, alignment);
  const end = found.reduce((most, tensor) => Math.max(most, tensor.end), 0);
  if (start + end > source.size) {
    throw brokenModel(`it is cut off: ${start + end} bytes are needed, ${source.size} there`);
  }
  return {
    kind: "gguf",
    architecture,
    dtype: mostUsed(found),
    parameters: found.reduce((sum, tensor) => sum + tensor.count, 0),
  };
}

function count(cursor: Cursor, most: number, what: string): number {
  const value = cursor.uint(8);
  if (value > most) throw brokenModel(`it claims ${value} ${what}`);
  return value;
}

function readName(cursor: Cursor): string {
  return new TextDecoder().decode(cursor.take(count(cursor, LONGEST_NAME, "letters of a name")));
}

function skipValue(cursor: Cursor, type: number, depth: number): void {
  const bytes = VALUE_BYTES[type];
  if (bytes !== undefined) return cursor.skip(bytes);
  if (type === TEXT) return cursor.skip(cursor.uint(8));
  if (type !== LIST || depth > 3) throw brokenModel(`it has a value of the unknown type ${type}`);
  const inner = cursor.uint(4);
  const items = count(cursor, MOST_ITEMS, "items of a list");
  const each = VALUE_BYTES[inner];
  if (each !== undefined) return cursor.skip(each * items);
  for (let at = 0; at < items; at++) skipValue(cursor, inner, depth + 1);
}

function readTensor(cursor: Cursor, { ggufTypes }: FormatKnowledge) {
  readName(cursor);
  const dimensions = cursor.uint(4);
  if (dimensions > MOST_DIMENSIONS) throw brokenModel(`a tensor claims ${dimensions} dimensions`);
  let numbers = 1;
  for (let at = 0; at < dimensions; at++) numbers *= cursor.uint(8);
  const id = cursor.uint(4);
  const type = ggufTypes.get(id);
  const bytes = type ? Math.ceil(numbers / type.block) * type.bytes : 0;
  return { dtype: type?.name ?? `type ${id}`, count: numbers, end: cursor.uint(8) + bytes };
}

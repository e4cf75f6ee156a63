/**
 * Reads JSON that is larger than memory should hold: one list element after the other, from plain or packed files.
 *
 * @example
 * ```ts
 * import { openByteSource, parseJsonBytes, readJsonElements } from "./mod.ts";
 *
 * for await (const part of readJsonElements(openByteSource("cache.json.gz"), { list: "nodes" })) {
 *   if (part.kind === "element") parseJsonBytes(part.bytes, part.path);
 * }
 * ```
 *
 * @module
 */
export { type ByteSource, chunkSource, openByteSource } from "./byte_source.ts";
export {
  type JsonElement,
  type JsonElementsOptions,
  type JsonPart,
  readJsonElements,
} from "./elements.ts";
export { parseJsonBytes, parseJsonText } from "./parse.ts";

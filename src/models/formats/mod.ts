/**
 * What model files are, by their headers: safetensors, GGUF, pickles by their opcodes, zip files of PyTorch, ONNX.
 *
 * @example
 * ```ts
 * import { readModelFormat } from "./mod.ts";
 *
 * const file = await Deno.makeTempFile({ suffix: ".safetensors" });
 * await Deno.writeFile(file, Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]));
 * console.assert((await readModelFormat(file)).kind === "safetensors");
 * await Deno.remove(file);
 * ```
 *
 * @module
 */
export {
  type ArchitectureRule,
  type FormatKnowledge,
  type GgufType,
  readFormatKnowledge,
} from "./knowledge.ts";
export { UNKNOWN_GLOBAL } from "./pickle.ts";
export { readFormat, readModelFormat } from "./read.ts";
export { type ByteSource, memorySource } from "./source.ts";

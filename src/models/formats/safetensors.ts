import { baseErrors, isKind, type JsonRecord, parseJsonBytes, readRecord } from "../../base/mod.ts";
import { brokenModel } from "../faults.ts";
import type { ModelFormat } from "../types.ts";
import { architectureOf, mostUsed, type NamedTensor } from "./architecture.ts";
import type { FormatKnowledge } from "./knowledge.ts";
import type { ByteSource } from "./source.ts";
import { readTraining } from "./training.ts";

/** The longest header that the format allows, in bytes. */
const LONGEST_HEADER = 100_000_000;
/** Longer ones are not taken apart; those of real models have less than 2 MB. */
const LONGEST_READ = 16 * 1024 ** 2;
const LENGTH_FIELD = 8;

/**
 * Reads the header of a safetensors file: 8 bytes of length (the lowest first), then that much JSON, then the numbers.
 *
 * Format: https://github.com/huggingface/safetensors#format
 *
 * @param source The file.
 * @param knowledge How architectures are told apart.
 * @throws `MODEL_BROKEN` when the header is none, or when the file ends before its tensors do.
 */
export function readSafetensors(
  source: ByteSource,
  knowledge: FormatKnowledge,
): ModelFormat {
  const head = source.readAt(0, LENGTH_FIELD);
  if (head.length < LENGTH_FIELD) throw brokenModel(`it has only ${head.length} bytes`);
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
  if (length > BigInt(LONGEST_HEADER)) {
    throw brokenModel(`its header claims ${length} bytes, more than any safetensors file has`);
  }
  const bytes = Number(length);
  const start = LENGTH_FIELD + bytes;
  if (start > source.size) {
    throw brokenModel(
      `it is cut off in its header: ${start} bytes are needed, ${source.size} there`,
    );
  }
  if (bytes > LONGEST_READ) return { kind: "safetensors" };
  const header = parseHeader(source.readAt(LENGTH_FIELD, bytes));
  const { __metadata__: metadata, ...rest } = header;
  const tensors = Object.entries(rest).map(([name, value]) => readTensor(name, value));
  const end = tensors.reduce((most, tensor) => Math.max(most, tensor.end), 0);
  if (start + end > source.size) {
    throw brokenModel(`it is cut off: ${start + end} bytes are needed, ${source.size} there`);
  }
  const facts = readTraining(asTexts(metadata), knowledge);
  return {
    kind: "safetensors",
    architecture: facts.architecture ?? architectureOf(tensors, knowledge),
    dtype: mostUsed(tensors),
    parameters: tensors.reduce((sum, tensor) => sum + tensor.count, 0),
    trainedTags: facts.tags,
    trainingHash: facts.hash,
  };
}

function parseHeader(bytes: Uint8Array): JsonRecord {
  try {
    return readRecord(parseJsonBytes(bytes, "$"), "$");
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    throw brokenModel("its header is no JSON object, so it is no safetensors file");
  }
}

interface Tensor extends NamedTensor {
  readonly dtype: string;
  readonly count: number;
  readonly end: number;
}

function readTensor(name: string, value: unknown): Tensor {
  const { dtype, shape, data_offsets: offsets } = isRecord(value) ? value : {};
  const sizes = Array.isArray(shape) && shape.every(isCount) ? shape : undefined;
  if (typeof dtype !== "string" || !sizes || !Array.isArray(offsets) || !offsets.every(isCount)) {
    throw brokenModel(`its header describes the tensor "${name.slice(0, 80)}" in no known way`);
  }
  const count = sizes.reduce((product, size) => product * size, 1);
  return { name, shape: sizes, dtype: dtype.slice(0, 20), count, end: offsets[1] ?? 0 };
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function asTexts(metadata: unknown): ReadonlyMap<string, string> {
  if (!isRecord(metadata)) return new Map();
  const texts = Object.entries(metadata).filter((entry): entry is [string, string] =>
    typeof entry[1] === "string"
  );
  return new Map(texts);
}

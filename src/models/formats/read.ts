import { extname } from "node:path";
import { modelErrors } from "../errors.ts";
import { ComfydockError } from "../../base/mod.ts";
import { brokenModel } from "../faults.ts";
import type { ModelFormat } from "../types.ts";
import { scanArchivedPickles } from "./archived_pickles.ts";
import { readGguf } from "./gguf.ts";
import { type FormatKnowledge, readFormatKnowledge } from "./knowledge.ts";
import { scanPickle } from "./pickle.ts";
import { readSafetensors } from "./safetensors.ts";
import { type ByteSource, Cursor, withFileSource } from "./source.ts";

const SNIFFED = 512;
/** Old models keep their numbers inside of the pickle; those are passed over, not read. */
const PICKLE_ALLOWANCE = 256 * 1024 ** 2;
/** PyTorch before 1.6 wrote five pickles one behind the other. */
const MOST_PICKLES = 16;
const PROTO = 0x80;
const NEWEST_PROTOCOL = 5;
const PICKLED = new Set([".ckpt", ".pt", ".pth", ".bin", ".pkl", ".pt2"]);
/** A text of this many bytes says that it stands for a file that git LFS has not fetched. */
const LFS_POINTER = "version https://git-lfs.github.com/spec/";

/**
 * Tells what a model file is, from its first bytes and its header; its numbers are not read, nothing of it is run.
 *
 * @param path The file.
 * @throws `MODEL_BROKEN` when it is cut off or not what its name says, `MODEL_NOT_A_MODEL` for web pages and the like,
 * `MODEL_ARCHIVE_BOMB`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function readModelFormat(path: string): Promise<ModelFormat> {
  const knowledge = await readFormatKnowledge();
  return withFileSource(
    path,
    (source) => readFormat(source, extname(path).toLowerCase(), knowledge),
  );
}

/** Like {@linkcode readModelFormat}, for bytes; `extension` is that of the name, with its dot, in lower case. */
export function readFormat(
  source: ByteSource,
  extension: string,
  knowledge: FormatKnowledge,
): ModelFormat {
  const head = source.readAt(0, SNIFFED);
  if (head.length === 0) throw notAModel("it is empty");
  refuseTexts(head);
  const magic = new TextDecoder("latin1").decode(head.subarray(0, 8));
  if (extension === ".safetensors" || extension === ".sft") {
    return readSafetensors(source, knowledge);
  }
  if (magic.startsWith("GGUF") || extension === ".gguf") return readGguf(source, knowledge);
  if (magic.startsWith("PK\x03\x04") || magic.startsWith("PK\x05\x06")) {
    return readZip(source, knowledge);
  }
  if (isPickle(head)) return readPickles(source, knowledge);
  // Headers of safetensors begin with a brace behind their length.
  if (magic[7] === "\0" && head[8] === 0x7b) return readSafetensors(source, knowledge);
  if (extension === ".onnx") return readOnnx(head);
  return PICKLED.has(extension) ? readOldPickle(source, knowledge) : { kind: "other" };
}

function refuseTexts(head: Uint8Array): void {
  const text = new TextDecoder("latin1").decode(head).trimStart().toLowerCase();
  if (/^(\xef\xbb\xbf)?<(!doctype|html|head|\?xml|!--)/.test(text)) {
    throw notAModel("it is a web page, as servers send one instead of a file that needs a login");
  }
  if (text.startsWith(LFS_POINTER)) {
    throw notAModel("it only stands for a file that git LFS has not fetched; run git lfs pull");
  }
}

function isPickle(head: Uint8Array): boolean {
  return head[0] === PROTO && (head[1] ?? 0xff) <= NEWEST_PROTOCOL;
}

function readZip(source: ByteSource, knowledge: FormatKnowledge): ModelFormat {
  const globals = new Set<string>();
  const pickles = told(globals, knowledge, () => scanArchivedPickles(source, globals));
  return pickles === 0 ? { kind: "zip" } : pickleFormat(globals, knowledge);
}

function readPickles(source: ByteSource, knowledge: FormatKnowledge): ModelFormat {
  const globals = new Set<string>();
  const cursor = new Cursor(source, { allowance: PICKLE_ALLOWANCE });
  told(globals, knowledge, () => {
    for (let count = 0; count < MOST_PICKLES && (count === 0 || startsPickle(cursor)); count++) {
      scanPickle(cursor, globals);
    }
  });
  return pickleFormat(globals, knowledge);
}

function startsPickle(cursor: Cursor): boolean {
  return !cursor.ended && cursor.peek() === PROTO;
}

/** The protocols 0 and 1 have no magic number: what imports nothing before it fails is some other file. */
function readOldPickle(source: ByteSource, knowledge: FormatKnowledge): ModelFormat {
  const globals = new Set<string>();
  try {
    scanPickle(new Cursor(source, { allowance: PICKLE_ALLOWANCE }), globals);
  } catch (error) {
    if (!(error instanceof ComfydockError)) throw error;
    if (globals.size === 0) return { kind: "other" };
  }
  return pickleFormat(globals, knowledge);
}

/** A damaged pickle does what stands before the damage all the same, so that is told. */
function told<Result>(
  globals: ReadonlySet<string>,
  knowledge: FormatKnowledge,
  scan: () => Result,
): Result {
  try {
    return scan();
  } catch (error) {
    const unsafe = unsafeOf(globals, knowledge);
    if (!(error instanceof ComfydockError) || unsafe.length === 0) throw error;
    const { why } = error.details;
    throw brokenModel(`${why}; loading it would use ${unsafe.slice(0, 5).join(", ")}`);
  }
}

function pickleFormat(globals: ReadonlySet<string>, knowledge: FormatKnowledge): ModelFormat {
  return { kind: "pickle", unsafe: unsafeOf(globals, knowledge) };
}

function unsafeOf(globals: ReadonlySet<string>, { harmless }: FormatKnowledge): readonly string[] {
  return [...globals].filter((name) => !harmless.has(name)).sort();
}

/** ONNX has no magic number; its first field is the version of the format, then mostly the producer's name. */
function readOnnx(head: Uint8Array): ModelFormat {
  const IR_VERSION = 0x08;
  if (head[0] !== IR_VERSION || (head[1] ?? 0) === 0) throw brokenModel("it is no ONNX file");
  return { kind: "onnx" };
}

function notAModel(why: string): ComfydockError {
  return brokenModel(why, modelErrors.MODEL_NOT_A_MODEL);
}

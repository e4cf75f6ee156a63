import {
  invalidData,
  optional,
  parseToml,
  readAssetText,
  readList,
  readNumber,
  readRecord,
  readText,
} from "../../base/mod.ts";

/** One way to tell an architecture by its tensors. */
export interface ArchitectureRule {
  readonly name: string;
  /** What the names of some tensors contain; all of these must be there. */
  readonly keys: readonly string[];
  /** How long one dimension of the tensor of the last key is. */
  readonly dimension?: { readonly at: number; readonly length: number };
}

/** What `config/model_formats.toml` says. */
export interface FormatKnowledge {
  /** The most particular first. */
  readonly architectures: readonly ArchitectureRule[];
  /** How names that training tools write are called here. */
  readonly spellings: readonly { readonly pattern: RegExp; readonly name: string }[];
  /** GGUF's tensor types by number. */
  readonly ggufTypes: ReadonlyMap<number, GgufType>;
  /** Names that pickles may import: loading them does no harm. */
  readonly harmless: ReadonlySet<string>;
}

/** How GGUF packs numbers of one type. */
export interface GgufType {
  readonly name: string;
  /** How many numbers are packed together. */
  readonly block: number;
  /** How many bytes such a block takes. */
  readonly bytes: number;
}

const FILE = "config/model_formats.toml";
let knowledge: Promise<FormatKnowledge> | undefined;

/**
 * Reads what is known about formats of models; once in a process.
 *
 * @throws `INTERNAL`, `DATA_INVALID` when the shipped file is damaged.
 */
export function readFormatKnowledge(): Promise<FormatKnowledge> {
  return knowledge ??= read();
}

async function read(): Promise<FormatKnowledge> {
  const file = parseToml(await readAssetText(FILE), FILE);
  const list = (name: string) => readList(file[name], `$.${name}`);
  return {
    architectures: list("architectures").map((value, at) =>
      readRule(value, `$.architectures[${at}]`)
    ),
    spellings: list("spellings").map((value, at) => {
      const { pattern, name } = readRecord(value, `$.spellings[${at}]`);
      return {
        pattern: new RegExp(readText(pattern, "pattern"), "i"),
        name: readText(name, "name"),
      };
    }),
    ggufTypes: new Map(list("gguf_types").map((value, at) => readType(value, `$.types[${at}]`))),
    harmless: new Set(list("harmless").map((value, at) => readText(value, `$.harmless[${at}]`))),
  };
}

function readRule(value: unknown, path: string): ArchitectureRule {
  const { name, keys, dimension } = readRecord(value, path);
  return {
    name: readText(name, `${path}.name`),
    keys: readList(keys, `${path}.keys`).map((key) => readText(key, `${path}.keys`)),
    dimension: optional(dimension, `${path}.dimension`, (pair, where) => {
      const [at, length] = readList(pair, where);
      return { at: readNumber(at, where), length: readNumber(length, where) };
    }),
  };
}

function readType(value: unknown, path: string): [number, GgufType] {
  const row = readList(value, path);
  if (row.length !== 4) throw invalidData(path, "number, name, block and bytes", value);
  const [id, block, bytes] = [row[0], row[2], row[3]].map((part) => readNumber(part, path));
  return [id!, { name: readText(row[1], path), block: block!, bytes: bytes! }];
}

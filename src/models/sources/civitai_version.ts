import {
  invalidData,
  type JsonRecord,
  optional,
  readList,
  readNumber,
  readRecord,
  readText,
} from "../../base/mod.ts";
import { cleanFileName } from "../../http/mod.ts";

/** A version of a model as CivitAI tells it. */
export interface CivitaiVersion {
  readonly id: string;
  readonly modelId?: string;
  readonly name?: string;
  /** Such as `SDXL 1.0`. */
  readonly baseModel?: string;
  /** Kind of the model, such as `LORA`. */
  readonly kind?: string;
  readonly files: readonly CivitaiFile[];
}

/** One file of a version. */
export interface CivitaiFile {
  readonly id?: string;
  /** One path component. */
  readonly name: string;
  /** In bytes, as exact as a number of kilobytes is. */
  readonly roughSize?: number;
  /** Such as `Model` or `VAE`. */
  readonly type: string;
  readonly format?: string;
  readonly size?: string;
  readonly fp?: string;
  readonly primary: boolean;
  /** In hex by algorithm. */
  readonly digests: Readonly<Record<string, string>>;
  /** What chooses this file of its version behind the download address: empty or from `?`. */
  readonly query: string;
}

const MAX_FILES = 1_000;
const DIGESTS = { SHA256: "sha256", BLAKE3: "blake3" } as const;

/**
 * Reads a version of CivitAI's API.
 *
 * @param path Of the value, for messages.
 * @throws `DATA_INVALID`
 */
export function readVersion(value: unknown, path: string): CivitaiVersion {
  const fields = readRecord(value, path);
  const model = optional(fields.model, `${path}.model`, readRecord) ?? {};
  const files = fields.files === undefined ? [] : readList(fields.files, `${path}.files`);
  return {
    id: readId(fields.id, `${path}.id`),
    modelId: optional(fields.modelId, `${path}.modelId`, readId),
    name: optional(fields.name, `${path}.name`, readText),
    kind: optional(model.type, `${path}.model.type`, readText),
    baseModel: optional(fields.baseModel, `${path}.baseModel`, readText),
    files: files.slice(0, MAX_FILES).map((file, at) => readFile(file, `${path}.files[${at}]`)),
  };
}

function readFile(value: unknown, path: string): CivitaiFile {
  const fields = readRecord(value, path);
  const name = cleanFileName(readText(fields.name, `${path}.name`, 10_000));
  if (name === undefined) throw invalidData(`${path}.name`, "a file name", fields.name);
  const kilobytes = optional(fields.sizeKB, `${path}.sizeKB`, readNumber);
  const metadata = optional(fields.metadata, `${path}.metadata`, readRecord) ?? {};
  const hashes = optional(fields.hashes, `${path}.hashes`, readRecord) ?? {};
  return {
    id: optional(fields.id, `${path}.id`, readId),
    name,
    roughSize: kilobytes === undefined ? undefined : Math.round(kilobytes * 1024),
    type: optional(fields.type, `${path}.type`, readText) ?? "Model",
    ...readMetadata(metadata, path),
    primary: fields.primary === true,
    digests: readDigests(hashes),
    query: queryOf(fields.downloadUrl),
  };
}

function readMetadata(metadata: JsonRecord, path: string) {
  const text = (name: string) => optional(metadata[name], `${path}.metadata.${name}`, readText);
  return { format: text("format"), size: text("size"), fp: text("fp") };
}

function readDigests(hashes: JsonRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(DIGESTS).flatMap(([name, algorithm]) => {
      const hash = hashes[name];
      return typeof hash === "string" && /^[0-9a-f]{64}$/i.test(hash)
        ? [[algorithm, hash.toLowerCase()]]
        : [];
    }),
  );
}

/** Only its query is taken over: the host is never for the answer to choose. */
function queryOf(url: unknown): string {
  if (typeof url !== "string" || !URL.canParse(url)) return "";
  const wanted = new URLSearchParams();
  const given = new URL(url).searchParams;
  for (const name of ["type", "format", "size", "fp"]) {
    const value = given.get(name);
    if (value !== null) wanted.set(name, value);
  }
  return wanted.size === 0 ? "" : `?${wanted}`;
}

function readId(value: unknown, path: string): string {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return String(value);
  if (typeof value === "string" && /^\d{1,15}$/.test(value)) return value;
  throw invalidData(path, "a number", value);
}

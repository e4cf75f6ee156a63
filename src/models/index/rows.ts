import type { SQLInputValue } from "node:sqlite";
import { readRecord } from "../../base/mod.ts";
import type { IndexedModel, KnownSource, ModelFormat, ModelLocation } from "../types.ts";

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** What answers a query with rows. */
export interface RowReader {
  all(
    sql: string,
    values?: readonly SQLInputValue[],
    options?: { readonly big?: boolean },
  ): readonly Row[];
}

/** A location as a scan compares it with the disk. */
export interface LocationRow {
  readonly id: number;
  readonly modelId: number;
  readonly directory: string;
  /** Below the directory, with forward slashes. */
  readonly relativePath: string;
  readonly folder?: string;
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly inode?: bigint;
}

/** Reads a location; the statement must give big integers. */
export function toLocationRow(row: Row): LocationRow {
  return {
    id: Number(row.id),
    modelId: Number(row.model_id),
    directory: String(row.directory),
    relativePath: String(row.relative_path),
    folder: textOf(row.folder),
    size: Number(row.size),
    mtimeNs: BigInt(row.mtime_ns as bigint),
    inode: row.inode === null ? undefined : BigInt(row.inode as bigint),
  };
}

/** Puts a model together from its rows. */
export function toModel(
  row: Row,
  hashes: readonly Row[],
  locations: readonly Row[],
  sources: readonly Row[],
): IndexedModel {
  const hash = (type: string) => textOf(hashes.find((each) => each.hash_type === type)?.hash_value);
  const sha256 = hash("sha256");
  return {
    id: Number(row.id),
    blake3: hash("blake3") ?? "",
    ...(sha256 !== undefined && { sha256 }),
    size: Number(row.size),
    name: nameOf(row, locations),
    format: toFormat(row.metadata),
    locations: locations.map(toLocationRow).map(toLocation),
    sources: sources.map(toSource),
  };
}

/** A name that people gave it stays; the one that its file had follows the file. */
function nameOf(row: Row, locations: readonly Row[]): string {
  const name = String(row.name);
  const [first] = locations;
  const isGiven = name !== String(row.original_name);
  if (isGiven || !first || locations.some((location) => location.name === name)) return name;
  return String(first.name);
}

function toLocation(row: LocationRow): ModelLocation {
  const { directory, relativePath, folder, size, mtimeNs, inode } = row;
  return {
    directory,
    relativePath,
    ...(folder !== undefined && { folder }),
    size,
    mtimeNs,
    ...(inode !== undefined && { inode }),
  };
}

function toSource(row: Row): KnownSource {
  return { type: String(row.type), url: String(row.url) };
}

function toFormat(metadata: unknown): ModelFormat {
  const format = readRecord(JSON.parse(String(metadata)), "metadata");
  // Only this room writes it, as JSON of this very type.
  return format as unknown as ModelFormat;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

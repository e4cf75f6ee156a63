import { dirname } from "node:path";
import { baseErrors, isKind, readTextBounded, VERSION, writeFileAtomic } from "../../base/mod.ts";
import { isRecord } from "../repository/mod.ts";
import type { FileFacts } from "./types.ts";

/** What is known of a file, and what tells whether it still holds. */
export interface KnownFile extends FileFacts {
  /** Size, times and number of the file when it was read. */
  readonly stamp: string;
}

/** What is kept between runs. */
export interface DigestStore {
  readonly files: Map<string, KnownFile>;
  readonly notes: Map<string, unknown>;
}

// Raised whenever what is kept means something else.
const FORMAT = `1 ${VERSION}`;
const MAX_BYTES = 128 * 1024 ** 2;
const MAX_FILES = 50_000;
const MAX_NOTES = 10_000;

/** Reads what was kept; of another format, or damaged, it is as good as nothing. */
export async function readStore(path: string): Promise<DigestStore> {
  const store: DigestStore = { files: new Map(), notes: new Map() };
  const value = await readJson(path);
  if (!isRecord(value) || value.format !== FORMAT) return store;
  for (const [name, known] of Object.entries(isRecord(value.files) ? value.files : {})) {
    if (isKnownFile(known)) store.files.set(name, known);
  }
  for (const [name, note] of Object.entries(isRecord(value.notes) ? value.notes : {})) {
    store.notes.set(name, note);
  }
  return store;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readTextBounded(path, MAX_BYTES));
  } catch (error) {
    // A cache that cannot be read is made anew.
    if (error instanceof SyntaxError || isKind(error, baseErrors.FILE_NOT_FOUND)) return undefined;
    if (isKind(error, baseErrors.FILE_TOO_LARGE)) return undefined;
    throw error;
  }
}

function isKnownFile(value: unknown): value is KnownFile {
  return isRecord(value) && typeof value.stamp === "string" && typeof value.size === "number" &&
    typeof value.sha256 === "string" &&
    (value.format === undefined || typeof value.format === "string");
}

/** Keeps the newest of what is known; the maps have it last. */
export async function writeStore(path: string, { files, notes }: DigestStore): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const content = {
    format: FORMAT,
    files: Object.fromEntries([...files].slice(-MAX_FILES)),
    notes: Object.fromEntries([...notes].slice(-MAX_NOTES)),
  };
  await writeFileAtomic(path, JSON.stringify(content));
}

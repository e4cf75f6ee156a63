import { basename, join, relative, resolve, sep } from "node:path";
import {
  fileError,
  optional,
  parseJsonText,
  readNumber,
  readRecord,
  readText,
  readTextBounded,
  writeFileAtomic,
} from "../../base/mod.ts";
import { measureTrees } from "../disk/mod.ts";
import type { WorkspaceLayout } from "../layout.ts";

/** Why something goes to the trash. */
export interface TrashReason {
  /** The command that moved it away. */
  readonly command: string;
  /** ISO 8601. */
  readonly at: string;
  readonly environment?: string;
}

/** Something in the trash. */
export interface TrashEntry extends TrashReason {
  /** Names it for `trash restore`: date and a random part. */
  readonly id: string;
  /** Its name where it was. */
  readonly name: string;
  /** The absolute path that it came from. */
  readonly from: string;
  readonly bytes: number;
  readonly files: number;
}

/** The file in an entry's directory that says what it is; no thing of a user's has that name. */
const INFO_FILE = ".comfydock-trash.json";
const SCHEMA = 1;
const MAX_INFO_BYTES = 100_000;

/** A name for a new entry. */
export function newTrashId(at: string): string {
  return `${at.slice(0, 10).replaceAll("-", "")}-${crypto.randomUUID().slice(0, 8)}`;
}

/** The directory of an entry. */
export function trashDirectory(layout: WorkspaceLayout, id: string): string {
  return join(layout.trash, id);
}

/** Where an entry's thing itself lies. */
export function trashContent(layout: WorkspaceLayout, id: string, from: string): string {
  return join(trashDirectory(layout, id), basename(from));
}

/**
 * Makes the directory of an entry and writes what it is; the thing itself is moved in afterwards.
 *
 * @param from The absolute path of the thing, which is where it returns to.
 * @param content Where it lies now, if it has been moved already.
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function prepareTrashEntry(
  layout: WorkspaceLayout,
  id: string,
  from: string,
  reason: TrashReason,
  content = from,
): Promise<TrashEntry> {
  const { bytes, files } = await measureTrees([content]);
  const entry: TrashEntry = { id, name: basename(from), from, bytes, files, ...reason };
  const inside = relative(layout.root, from);
  const stored = inside.startsWith("..") || resolve(inside) === inside
    ? from
    : inside.replaceAll(sep, "/");
  const { command, at, environment } = reason;
  const info = { schema_version: SCHEMA, from: stored, command, at, environment, bytes, files };
  const directory = trashDirectory(layout, id);
  try {
    await Deno.mkdir(directory, { recursive: true });
  } catch (error) {
    throw fileError("Cannot create", directory, error);
  }
  await writeFileAtomic(join(directory, INFO_FILE), JSON.stringify(info, null, 2) + "\n");
  return entry;
}

/**
 * Reads what an entry is.
 *
 * @throws `FILE_NOT_FOUND`, `DATA_INVALID`
 */
export async function readTrashEntry(layout: WorkspaceLayout, id: string): Promise<TrashEntry> {
  const path = join(trashDirectory(layout, id), INFO_FILE);
  const info = readRecord(parseJsonText(await readTextBounded(path, MAX_INFO_BYTES), path), "$");
  // A workspace may have been moved: what lay inside it is found by its place in it.
  const from = resolve(layout.root, readText(info.from, "$.from", 10_000));
  return {
    id,
    name: basename(from),
    from,
    command: readText(info.command, "$.command", 1_000),
    at: readText(info.at, "$.at", 100),
    environment: optional(info.environment, "$.environment", readText),
    bytes: readNumber(info.bytes, "$.bytes"),
    files: readNumber(info.files, "$.files"),
  };
}

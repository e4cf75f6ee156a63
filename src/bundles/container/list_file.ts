import { isAbsolute, join } from "node:path";
import {
  exists,
  parseJsonText,
  readList,
  readNumber,
  readRecord,
  readText,
  readTextBounded,
  VERSION,
} from "../../base/mod.ts";
import { LIST_NAME } from "./plan.ts";

/** The files of a container by their paths below its directory, each with its SHA-256 in hex. */
export type FileList = ReadonlyMap<string, string>;

const SCHEMA = 1;
const MAX_BYTES = 64 * 1024 ** 2;

/** Writes down which files comfydock has made. */
export function renderList(files: FileList): string {
  const list = [...files].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([path, sha256]) => ({ path, sha256 }));
  return `${JSON.stringify({ schema_version: SCHEMA, tool: VERSION, files: list }, null, 2)}\n`;
}

/**
 * Reads which files of a directory comfydock has made; nothing where there is no such list.
 *
 * @throws `DATA_INVALID`, `FILE_UNREADABLE`
 */
export async function readFileList(directory: string): Promise<FileList | undefined> {
  const path = join(directory, LIST_NAME);
  if (!await exists(path)) return undefined;
  const record = readRecord(parseJsonText(await readTextBounded(path, MAX_BYTES), path), "$");
  if (readNumber(record.schema_version, "$.schema_version") !== SCHEMA) return undefined;
  const files = readList(record.files, "$.files").map((value, at) => {
    const file = readRecord(value, `$.files[${at}]`);
    return [
      readText(file.path, `$.files[${at}].path`),
      readText(file.sha256, `$.files[${at}].sha256`),
    ] as const;
  });
  // Only what lies inside can be ours, whatever the list says.
  return new Map(files.filter(([path]) => isInside(path)));
}

function isInside(path: string): boolean {
  return !isAbsolute(path) && !path.includes("\\") &&
    path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

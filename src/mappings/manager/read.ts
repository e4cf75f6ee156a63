import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  isKind,
  type JsonRecord,
  openByteSource,
  parseJsonBytes,
  readRecord,
} from "../../base/mod.ts";
import { mappingErrors } from "../errors.ts";
import { readWhole } from "../whole_file.ts";
import { collectExtensions } from "./extensions.ts";
import { OddCounter } from "./odd_counter.ts";
import type { ManagerData } from "./types.ts";

/** The files of ComfyUI-Manager's data that we use, by what they hold. */
export const managerFiles = {
  list: "custom-node-list.json",
  map: "extension-node-map.json",
  statistics: "github-stats.json",
} as const;

/** ComfyUI-Manager's files as bytes, unpacked. */
export interface ManagerBytes {
  readonly list: Uint8Array;
  readonly map: Uint8Array;
  /** Stars and dates; packages have none without it. */
  readonly statistics?: Uint8Array;
}

/**
 * Reads ComfyUI-Manager's data from a directory, each file plain or `.gz`.
 *
 * @param directory Holds `custom-node-list.json`, `extension-node-map.json` and perhaps `github-stats.json`.
 * @throws `MANAGER_DATA_INVALID`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function readManagerData(directory: string): Promise<ManagerData> {
  const [list, map, statistics] = await Promise.all([
    readFile(directory, managerFiles.list),
    readFile(directory, managerFiles.map),
    readFile(directory, managerFiles.statistics),
  ]);
  if (!list || !map) {
    const missing = list ? managerFiles.map : managerFiles.list;
    throw new ComfydockError(
      mappingErrors.MANAGER_DATA_INVALID,
      `Cannot read ComfyUI-Manager's data in "${directory}": "${missing}" is missing`,
      {
        hint: `Run \`comfydock registry manager fetch --output ${directory}\``,
        details: { directory, missing },
      },
    );
  }
  return parseManagerData({ list, map, statistics });
}

/**
 * Reads ComfyUI-Manager's data from bytes; odd records are read as well as can be, and counted.
 *
 * @throws `MANAGER_DATA_INVALID` when a file as a whole has the wrong shape.
 */
export function parseManagerData(bytes: ManagerBytes): ManagerData {
  const odd = new OddCounter();
  const list = parseFile(bytes.list, managerFiles.list).custom_nodes;
  if (!Array.isArray(list)) throw invalid(managerFiles.list, "it has no list `custom_nodes`");
  const map = parseFile(bytes.map, managerFiles.map);
  const statistics = bytes.statistics ? parseFile(bytes.statistics, managerFiles.statistics) : {};
  const { extensions, newest } = collectExtensions({ list, map, statistics }, odd);
  return {
    extensions,
    report: {
      listed: list.length,
      mapped: Object.keys(map).length,
      statistics: Object.keys(statistics).length,
      classNames: extensions.reduce((sum, { classNames }) => sum + classNames.length, 0),
      ...(newest ? { newest } : {}),
      odd: odd.counts(),
    },
  };
}

async function readFile(directory: string, name: string): Promise<Uint8Array | undefined> {
  for (const path of [join(directory, name), join(directory, `${name}.gz`)]) {
    try {
      return await readWhole(openByteSource(path));
    } catch (error) {
      if (!isKind(error, baseErrors.FILE_NOT_FOUND)) throw error;
    }
  }
  return undefined;
}

function parseFile(bytes: Uint8Array, name: string): JsonRecord {
  try {
    return readRecord(parseJsonBytes(bytes, "$"), "$");
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    throw invalid(name, error.message, error);
  }
}

function invalid(name: string, why: string, cause?: unknown): ComfydockError {
  return new ComfydockError(
    mappingErrors.MANAGER_DATA_INVALID,
    `Cannot read "${name}" of ComfyUI-Manager's data: ${why}`,
    { hint: "Fetch the data again", details: { name }, cause },
  );
}

import { ComfydockError, readList, readNumber, readRecord, readText } from "../base/mod.ts";
import { parseVersion } from "./parse.ts";
import type { RegistryVersion } from "./types.ts";

/** One page of a list, with what could not be read on it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** How many records the server says there are on all pages. */
  readonly total: number;
  readonly rejected: readonly ComfydockError[];
}

/** A version with the id of its package. */
export interface OwnedVersion {
  readonly packageId: string;
  readonly version: RegistryVersion;
}

/**
 * Reads a list from an answer; records of the wrong shape are set apart.
 *
 * @param value The parsed answer.
 * @param key The field that holds the list; `null` counts as empty.
 * @throws `DATA_INVALID` when the answer as a whole has the wrong shape.
 */
export function parsePage<Item>(
  value: unknown,
  key: string,
  parse: (value: unknown, path: string) => Item,
): Page<Item> {
  const record = readRecord(value, "$");
  const items: Item[] = [];
  const rejected: ComfydockError[] = [];
  readList(record[key] ?? [], `$.${key}`).forEach((entry, index) => {
    try {
      items.push(parse(entry, `$.${key}[${index}]`));
    } catch (error) {
      if (!(error instanceof ComfydockError)) throw error;
      rejected.push(error);
    }
  });
  return { items, total: readNumber(record.total ?? items.length, "$.total"), rejected };
}

/**
 * Reads a list, and once more when some of its records are damaged: what came damaged once often comes whole again.
 *
 * @param read Asks the server; `undefined` when it has no such list.
 */
export async function readPage<Item>(
  read: () => Promise<unknown>,
  key: string,
  parse: (value: unknown, path: string) => Item,
): Promise<Page<Item> | undefined> {
  let best: Page<Item> | undefined;
  for (let attempt = 0; attempt < 3 && best?.rejected.length !== 0; attempt++) {
    const value = await read();
    if (value === undefined) return best;
    const page = parsePage(value, key, parse);
    if (!best || page.rejected.length < best.rejected.length) best = page;
  }
  return best;
}

/** Reads the answer of `POST /bulk/nodes/versions`; versions that were not found are left out. */
export function parseBulk(value: unknown): Page<OwnedVersion> {
  const { items, rejected } = parsePage(value, "node_versions", (entry, path) => {
    const record = readRecord(entry, path);
    if (record.status !== "success" || !record.node_version) return undefined;
    const identifier = readRecord(record.identifier, `${path}.identifier`);
    return {
      packageId: readText(identifier.node_id, `${path}.identifier.node_id`),
      version: parseVersion(record.node_version, `${path}.node_version`),
    };
  });
  const found = items.filter((one) => one !== undefined);
  return { items: found, total: found.length, rejected };
}

import { readList, readNumber, readRecord, readText } from "../../base/mod.ts";
import type { RegistryCache } from "../cache/store.ts";

/** The reading of all pages of a list, which a later run can go on with. */
export interface Reading {
  /** When it began, RFC 3339. */
  readonly startedAt: string;
  readonly pageSize: number;
  /** Pages that were read. */
  readonly done: readonly number[];
}

type List = "packages" | "versions";

/** A reading that was left for longer begins anew, because the list has changed too much since. */
const KEPT_DAYS = 7;
const DAY = 86_400_000;

/** The reading of a list that was not finished, if there is one to go on with. */
export function unfinishedReading(
  cache: RegistryCache,
  list: List,
  now: string,
): Reading | undefined {
  const text = cache.meta(`reading ${list}`);
  if (!text) return undefined;
  const record = readRecord(JSON.parse(text), "$");
  const reading = {
    startedAt: readText(record.startedAt, "$.startedAt"),
    pageSize: readNumber(record.pageSize, "$.pageSize"),
    done: readList(record.done, "$.done").map((page, index) =>
      readNumber(page, `$.done[${index}]`)
    ),
  };
  return Date.parse(now) - Date.parse(reading.startedAt) < KEPT_DAYS * DAY ? reading : undefined;
}

/** Notes how far a reading has come. */
export function noteReading(cache: RegistryCache, list: List, reading: Reading): void {
  cache.setMeta(`reading ${list}`, JSON.stringify(reading));
}

/** Notes that the next reading of a list begins anew. */
export function endReading(cache: RegistryCache, list: List): void {
  cache.setMeta(`reading ${list}`, "");
}

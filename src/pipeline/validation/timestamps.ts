import type { FindingSink, Severity } from "./findings.ts";

const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)?$/;
const DAY = 86_400_000;

/** How one timestamp is checked. */
export interface TimestampCheck {
  readonly sink: FindingSink;
  /** Milliseconds since the Unix epoch; more than a day after it is the future. */
  readonly now: number;
  /** Times that the registry wrote are none of our faults: `warning`. */
  readonly severity?: Severity;
}

/**
 * Checks one timestamp of RFC 3339 and tells its value.
 *
 * A time without zone, as the predecessor wrote it, is a warning and read as UTC.
 *
 * @param value What stands in the file; absent values pass.
 * @param path JSON path for the finding.
 * @returns Milliseconds since the Unix epoch; undefined when absent or invalid.
 */
export function checkTimestamp(
  value: unknown,
  path: string,
  { sink, now, severity = "error" }: TimestampCheck,
): number | undefined {
  if (value === undefined || value === null) return undefined;
  const parts = typeof value === "string" ? RFC_3339.exec(value) : null;
  const time = parts ? parseTime(parts) : NaN;
  if (!parts || Number.isNaN(time)) {
    sink(severity, "TIMESTAMP_INVALID", path, `Expected an RFC 3339 time, found ${show(value)}`);
    return undefined;
  }
  if (parts[4] === undefined) {
    sink("warning", "TIMESTAMP_INVALID", path, `The time ${show(value)} names no zone`);
  }
  if (time > now + DAY) {
    sink(
      severity,
      "TIMESTAMP_FUTURE",
      path,
      `The time ${show(value)} lies more than a day after ${new Date(now).toISOString()}`,
    );
  }
  return time;
}

/** Checks when a cached record was met: `first_seen` ≤ `last_checked`, `missing_since` ≥ `first_seen`. */
export function checkSighting(
  record: Readonly<Record<string, unknown>>,
  path: string,
  check: TimestampCheck,
): void {
  const first = checkTimestamp(record["first_seen"], `${path}.first_seen`, check);
  const last = checkTimestamp(record["last_checked"], `${path}.last_checked`, check);
  const missing = checkTimestamp(record["missing_since"], `${path}.missing_since`, check);
  if (first !== undefined && last !== undefined && first > last) {
    check.sink(
      "error",
      "TIMESTAMP_ORDER",
      `${path}.first_seen`,
      `first_seen ${record["first_seen"]} lies after last_checked ${record["last_checked"]}`,
    );
  }
  if (first !== undefined && missing !== undefined && missing < first) {
    check.sink(
      "error",
      "TIMESTAMP_ORDER",
      `${path}.missing_since`,
      `missing_since ${record["missing_since"]} lies before first_seen ${record["first_seen"]}`,
    );
  }
}

function parseTime(parts: RegExpExecArray): number {
  const [text, year, month, day, zone] = parts;
  // Date.parse rolls 30 February over to March, so the day is checked against its month.
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > lastDay) {
    return NaN;
  }
  const iso = text.replace(" ", "T").replace(/:60(?=[.Z+-]|$)/i, ":59").toUpperCase();
  return Date.parse(zone === undefined ? `${iso}Z` : iso);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

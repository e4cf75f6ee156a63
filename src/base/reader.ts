import { baseErrors, ComfydockError } from "./errors.ts";

/** A JSON object whose fields have not been checked yet. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** An error that names the path of the field at fault, such as `$.nodes[3].id`. */
export function invalidData(path: string, wanted: string, value: unknown): ComfydockError {
  return new ComfydockError(
    baseErrors.DATA_INVALID,
    `Expected ${wanted} at ${path}, found ${describe(value)}`,
    { details: { path, wanted } },
  );
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") {
    return `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
  }
  return typeof value === "object" ? "an object" : `${typeof value} ${String(value)}`;
}

/** Reads an object. */
export function readRecord(value: unknown, path: string): JsonRecord {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as JsonRecord;
  }
  throw invalidData(path, "an object", value);
}

/** Reads a list. */
export function readList(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalidData(path, "a list", value);
}

/** Reads a text of at most `maxLength` UTF-16 units. */
export function readText(value: unknown, path: string, maxLength = 100_000): string {
  if (typeof value !== "string") throw invalidData(path, "a text", value);
  if (value.length > maxLength) throw invalidData(path, `at most ${maxLength} characters`, value);
  return value;
}

/** Reads a finite number. */
export function readNumber(value: unknown, path: string): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw invalidData(path, "a number", value);
}

/** Reads `true` or `false`. */
export function readBoolean(value: unknown, path: string): boolean {
  if (typeof value === "boolean") return value;
  throw invalidData(path, "true or false", value);
}

/** Reads a value that may be absent: `null` and `undefined` become `undefined`. */
export function optional<T>(
  value: unknown,
  path: string,
  read: (value: unknown, path: string) => T,
): T | undefined {
  return value === null || value === undefined ? undefined : read(value, path);
}

import { ComfydockError } from "../base/mod.ts";
import { pyprojectErrors } from "./errors.ts";

/** A value that TOML can hold; a `Date` stands for all its dates and times. */
export type TomlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | readonly TomlValue[]
  | TomlTable;

/** A table; a field that is `undefined` counts as absent. */
export interface TomlTable {
  readonly [key: string]: TomlValue | undefined;
}

const MAX_DEPTH = 100;
const INT64_LIMIT = 2n ** 63n;

/** Tells whether a value is a table. */
export function isTable(value: unknown): value is TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !(value instanceof Date);
}

/** Tells whether a value is an array. */
export function isArray(value: unknown): value is readonly TomlValue[] {
  return Array.isArray(value);
}

/** Tells whether a value is an array of at least one table and of nothing else. */
export function isTableArray(value: unknown): value is readonly TomlTable[] {
  return Array.isArray(value) && value.length > 0 && value.every(isTable);
}

/**
 * Checks that TOML can hold a value, and drops its `undefined` fields.
 *
 * @param value What a caller wants to write.
 * @param path Where it stands, for messages.
 * @throws `MANIFEST_EDIT_FAILED`
 */
export function normalizeValue(value: unknown, path: readonly (string | number)[]): TomlValue {
  if (path.length > MAX_DEPTH) throw unwritable(path, "it is nested too deeply");
  if (typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw unwritable(path, "the text is no valid Unicode");
    return value;
  }
  if (typeof value === "bigint") {
    if (value >= INT64_LIMIT || value < -INT64_LIMIT) throw unwritable(path, "it exceeds 64 bits");
    return value;
  }
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw unwritable(path, "the date is invalid");
    return value;
  }
  if (Array.isArray(value)) return value.map((item, at) => normalizeValue(item, [...path, at]));
  if (isTable(value)) return normalizeTable(value, path);
  throw unwritable(path, `TOML has no ${value === null ? "null" : typeof value}`);
}

/** Like {@linkcode normalizeValue}, for a table. */
export function normalizeTable(table: object, path: readonly (string | number)[] = []): TomlTable {
  const result: Record<string, TomlValue> = Object.create(null);
  for (const [key, field] of Object.entries(table)) {
    if (!key.isWellFormed()) throw unwritable(path, "a key is no valid Unicode");
    if (field !== undefined) result[key] = normalizeValue(field, [...path, key]);
  }
  return result;
}

function unwritable(path: readonly (string | number)[], why: string): ComfydockError {
  const field = path.join(".");
  return new ComfydockError(
    pyprojectErrors.MANIFEST_EDIT_FAILED,
    `Cannot write the field "${field}" as TOML: ${why}`,
    { details: { field } },
  );
}

/** Tells whether two values are the same in TOML, whatever the order of keys. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (left instanceof Date && right instanceof Date) {
    return left.toISOString() === right.toISOString();
  }
  if (isArray(left) && isArray(right)) {
    return left.length === right.length &&
      left.every((item, index) => sameValue(item, right[index]));
  }
  if (isTable(left) && isTable(right)) {
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key]));
  }
  return sameInteger(left, right);
}

// The parser gives a number for what fits one exactly, whichever of the two a caller has used.
function sameInteger(left: unknown, right: unknown): boolean {
  if (typeof left === "bigint" && typeof right === "number") return sameInteger(right, left);
  return typeof left === "number" && typeof right === "bigint" && Number.isInteger(left) &&
    !Object.is(left, -0) && BigInt(left) === right;
}

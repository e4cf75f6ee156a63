import { invalidData, type JsonRecord, readRecord } from "../../base/mod.ts";

/** Whether a value is an object with keys. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list, or nothing where there is none; other values are left to those that must be read. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, or nothing. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** An id: the editor numbers, the API format names. */
export function idOf(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "string" ? `${value}` : undefined;
}

/** Two numbers, as a list or as `{"0": x, "1": y}`, which older editors wrote. */
export function pairOf(value: unknown): readonly [number, number] | undefined {
  const [first, second] = Array.isArray(value)
    ? value
    : isRecord(value)
    ? [value["0"], value["1"]]
    : [];
  return typeof first === "number" && typeof second === "number" ? [first, second] : undefined;
}

/**
 * Nodes as a list, or as an object by id.
 *
 * @throws `DATA_INVALID` for anything else
 */
export function entriesOf(
  value: unknown,
  path: string,
): readonly (readonly [string | number, JsonRecord])[] {
  const entries = Array.isArray(value)
    ? [...value.entries()]
    : isRecord(value)
    ? Object.entries(value)
    : undefined;
  if (!entries) throw invalidData(path, "a list of nodes", value);
  return entries.map(([key, item]) => {
    const place = typeof key === "number" ? `${path}[${key}]` : `${path}.${key}`;
    return [key, readRecord(item, place)] as const;
  });
}

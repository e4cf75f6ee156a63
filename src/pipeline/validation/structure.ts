import type { JsonRecord } from "../../base/mod.ts";
import { type FindingSink, keyPath } from "./findings.ts";

/** The kinds of value that a published field may have. */
export type FieldKind = "text" | "number" | "count" | "boolean" | "texts" | "record" | "list";

/** Tells whether a value has a kind; `count` is a whole number from 0. */
export function hasKind(value: unknown, kind: FieldKind): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "count":
      return Number.isSafeInteger(value) && Number(value) >= 0;
    case "boolean":
      return typeof value === "boolean";
    case "texts":
      return Array.isArray(value) && value.every((item) => typeof item === "string");
    case "list":
      return Array.isArray(value);
    case "record":
      return typeof value === "object" && value !== null && !Array.isArray(value);
  }
}

/** Reports anything but an object, and gives back objects. */
export function asRecord(value: unknown, path: string, sink: FindingSink): JsonRecord | undefined {
  if (hasKind(value, "record")) return value as JsonRecord;
  sink("error", "STRUCTURE", path, `Expected an object, found ${nameOf(value)}`);
  return undefined;
}

/**
 * Reports a field of the wrong kind, or a required one that is absent.
 *
 * @returns True when the field is there and has the kind.
 */
export function checkField(
  record: JsonRecord,
  name: string,
  kind: FieldKind,
  path: string,
  sink: FindingSink,
  presence: "required" | "optional" = "optional",
): boolean {
  const value = record[name];
  if (value === undefined && presence === "optional") return false;
  if (hasKind(value, kind)) return true;
  sink(
    "error",
    "STRUCTURE",
    fieldPath(path, name),
    `Expected ${WANTED[kind]}, found ${nameOf(value)}`,
  );
  return false;
}

/** Checks several optional fields at once. */
export function checkFields(
  record: JsonRecord,
  kinds: Readonly<Record<string, FieldKind>>,
  path: string,
  sink: FindingSink,
): void {
  for (const name in kinds) {
    const value = record[name];
    if (value !== undefined) checkField(record, name, kinds[name]!, path, sink);
  }
}

const WANTED: Readonly<Record<FieldKind, string>> = {
  text: "a text",
  number: "a number",
  count: "a whole number from 0",
  boolean: "true or false",
  texts: "a list of texts",
  list: "a list",
  record: "an object",
};

function fieldPath(path: string, name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : keyPath(path, name);
}

function nameOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  if (typeof value === "object") return "an object";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

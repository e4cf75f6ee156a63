import type { JsonRecord } from "../../base/mod.ts";
import type { JsonPath } from "../../workflows/json/mod.ts";
import type { Finding } from "../findings/mod.ts";
import { type JsonDocument, wrongShape } from "./json_document.ts";

/** Tells whether a value is an object. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One object of a document whose fields are read one by one; what has the wrong type becomes a finding. */
export class ObjectReader {
  /**
   * Starts to read an object.
   *
   * @param document Where the object stands.
   * @param raw Its fields.
   * @param at Its path.
   * @param findings Where findings go.
   */
  constructor(
    readonly document: JsonDocument,
    readonly raw: JsonRecord,
    readonly at: JsonPath,
    readonly findings: Finding[],
  ) {}

  /** A text, or nothing. */
  text(field: string): string | undefined {
    return this.#take(field, "a text", (value) => typeof value === "string" ? value : undefined);
  }

  /** A finite number, or nothing. */
  number(field: string): number | undefined {
    return this.#take(field, "a number", (value) => typeof value === "number" ? value : undefined);
  }

  /** `true` or `false`, or nothing. */
  flag(field: string): boolean | undefined {
    return this.#take(
      field,
      "true or false",
      (value) => typeof value === "boolean" ? value : undefined,
    );
  }

  /** A list of texts; empty when it is absent. */
  texts(field: string): readonly string[] {
    return this.list(field).flatMap((item, at) => {
      if (typeof item === "string") return [item];
      this.#wrong([...this.at, field, at], "a text");
      return [];
    });
  }

  /** A list; empty when it is absent. */
  list(field: string): readonly unknown[] {
    return this.#take(field, "a list", (value) => Array.isArray(value) ? value : undefined) ?? [];
  }

  /** The objects of a list; empty when it is absent. */
  objects(field: string): readonly ObjectReader[] {
    return this.list(field).flatMap((item, at) => {
      const path = [...this.at, field, at];
      if (isRecord(item)) return [new ObjectReader(this.document, item, path, this.findings)];
      this.#wrong(path, "an object");
      return [];
    });
  }

  /** An object, or nothing. */
  below(field: string): ObjectReader | undefined {
    const raw = this.#take(field, "an object", (value) => isRecord(value) ? value : undefined);
    return raw && new ObjectReader(this.document, raw, [...this.at, field], this.findings);
  }

  /** A text that must be there; when it is not, a finding and an empty text. */
  required(field: string): string {
    if (!Object.hasOwn(this.raw, field)) this.#wrong(this.at, `an object with "${field}"`);
    return this.text(field) ?? "";
  }

  #take<Value>(
    field: string,
    wanted: string,
    read: (value: unknown) => Value | undefined,
  ): Value | undefined {
    const given = Object.hasOwn(this.raw, field) ? this.raw[field] : undefined;
    if (given === undefined) return undefined;
    const value = read(given);
    if (value === undefined) this.#wrong([...this.at, field], wanted);
    return value;
  }

  #wrong(path: JsonPath, wanted: string): void {
    this.findings.push(wrongShape(this.document, path, wanted));
  }
}

/** A reader of the object at the root of a document, or nothing and a finding. */
export function readRootObject(
  document: JsonDocument,
  findings: Finding[],
): ObjectReader | undefined {
  if (isRecord(document.value)) return new ObjectReader(document, document.value, [], findings);
  findings.push(wrongShape(document, [], "an object"));
  return undefined;
}

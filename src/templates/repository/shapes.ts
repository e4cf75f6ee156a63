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
    const given = this.raw[field];
    if (given === undefined || typeof given === "string") return given;
    return this.#wrong([...this.at, field], "a text");
  }

  /** A finite number, or nothing. */
  number(field: string): number | undefined {
    const given = this.raw[field];
    if (given === undefined || typeof given === "number") return given;
    return this.#wrong([...this.at, field], "a number");
  }

  /** `true` or `false`, or nothing. */
  flag(field: string): boolean | undefined {
    const given = this.raw[field];
    if (given === undefined || typeof given === "boolean") return given;
    return this.#wrong([...this.at, field], "true or false");
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
    const given = this.raw[field];
    if (Array.isArray(given)) return given;
    if (given !== undefined) this.#wrong([...this.at, field], "a list");
    return [];
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
    const given = this.raw[field];
    if (given === undefined) return undefined;
    const at = [...this.at, field];
    return isRecord(given)
      ? new ObjectReader(this.document, given, at, this.findings)
      : this.#wrong(at, "an object");
  }

  /** A text that must be there; when it is not, a finding and an empty text. */
  required(field: string): string {
    if (!Object.hasOwn(this.raw, field)) this.#wrong(this.at, `an object with "${field}"`);
    return this.text(field) ?? "";
  }

  #wrong(path: JsonPath, wanted: string): undefined {
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

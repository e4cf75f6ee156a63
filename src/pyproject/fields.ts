import { invalidData, readText } from "../base/mod.ts";
import { isTable, type TomlTable } from "./toml_value.ts";

const MAX_ENTRIES = 20_000;
const MAX_TEXT = 10_000;

/** One table of a manifest that is being checked, with the path of its fields for messages. */
export class FieldReader {
  /**
   * @param table The fields.
   * @param path Such as `pyproject.toml: tool.comfydock`.
   */
  constructor(readonly table: TomlTable, readonly path: string) {}

  /** The path of a field, for messages. */
  pathOf(field: string): string {
    const part = /^[A-Za-z0-9_-]+$/.test(field) ? field : JSON.stringify(field);
    return this.path.endsWith(" ") ? this.path + part : `${this.path}.${part}`;
  }

  /** A text that must be there. */
  text(field: string): string {
    return readText(this.get(field), this.pathOf(field), MAX_TEXT);
  }

  /** A text that may be absent. */
  optionalText(field: string): string | undefined {
    return this.get(field) === undefined ? undefined : this.text(field);
  }

  /** A text, or a number that people wrote without quotes. */
  identifier(field: string): string | undefined {
    const value = this.get(field);
    return typeof value === "number" || typeof value === "bigint"
      ? String(value)
      : this.optionalText(field);
  }

  /** One of a few texts, or absent. */
  choice<Choice extends string>(field: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.get(field);
    if (value === undefined) return undefined;
    const choice = choices.find((one) => one === value);
    if (choice !== undefined) return choice;
    throw invalidData(this.pathOf(field), `one of ${choices.join(", ")}`, value);
  }

  /** `true`, `false`, or what stands for absence. */
  flag(field: string, absent: boolean): boolean {
    const value = this.get(field) ?? absent;
    if (typeof value === "boolean") return value;
    throw invalidData(this.pathOf(field), "true or false", value);
  }

  /** A whole number of at least 0, or absent. */
  count(field: string): number | undefined {
    const value = this.get(field);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw invalidData(this.pathOf(field), "a whole number of at least 0", value);
  }

  /** A list; empty when it is absent. */
  list(field: string): readonly unknown[] {
    const value = this.get(field) ?? [];
    if (!Array.isArray(value)) throw invalidData(this.pathOf(field), "a list", value);
    if (value.length <= MAX_ENTRIES) return value;
    throw invalidData(this.pathOf(field), `at most ${MAX_ENTRIES} items`, value);
  }

  /** A list of texts; empty when it is absent. */
  texts(field: string): readonly string[] {
    const path = this.pathOf(field);
    return this.list(field).map((item, at) => readText(item, `${path}[${at}]`, MAX_TEXT));
  }

  /** A table below this one; empty when it is absent. */
  below(field: string): FieldReader {
    return readTable(this.get(field) ?? {}, this.pathOf(field));
  }

  /** The names of the fields. */
  keys(): readonly string[] {
    const keys = Object.keys(this.table);
    if (keys.length <= MAX_ENTRIES) return keys;
    throw invalidData(this.path, `at most ${MAX_ENTRIES} entries`, this.table);
  }

  /** Every field that is a table, read one by one; the result has no prototype, so that any key is safe. */
  each<Entry>(read: (fields: FieldReader, key: string) => Entry): Record<string, Entry> {
    const entries: Record<string, Entry> = Object.create(null);
    for (const key of this.keys()) entries[key] = read(this.below(key), key);
    return entries;
  }

  /** The unchecked value of a field. */
  get(field: string): unknown {
    return Object.hasOwn(this.table, field) ? this.table[field] : undefined;
  }
}

/** Reads a table. */
export function readTable(value: unknown, path: string): FieldReader {
  if (isTable(value)) return new FieldReader(value, path);
  throw invalidData(path, "a table", value);
}

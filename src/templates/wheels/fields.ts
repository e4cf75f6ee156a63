import { isArray, type TomlValue } from "../../pyproject/mod.ts";

/** A field that is text; nothing for any other. */
export function textOf(value: TomlValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The texts of a field that is a list; none for any other. */
export function textsOf(value: TomlValue | undefined): readonly string[] {
  return (isArray(value) ? value : []).filter((one) => typeof one === "string");
}

import { parse, TomlError } from "smol-toml";
import { baseErrors, ComfydockError } from "./errors.ts";
import type { JsonRecord } from "./reader.ts";

/**
 * Parses TOML 1.0.
 *
 * @param text The TOML.
 * @param name What error messages call it: the path of a file.
 * @returns Tables as objects; dates stay date objects, integers beyond 2^53 become `bigint`s.
 * @throws `DATA_INVALID` with line and column.
 */
export function parseToml(text: string, name: string): JsonRecord {
  try {
    return parse(text, { integersAsBigInt: "asNeeded" });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { line, column } = error;
    // The first line says what is wrong; the rest repeats the source.
    const why = error.message.split("\n")[0]!.replace(/^Invalid TOML document: /, "");
    throw new ComfydockError(
      baseErrors.DATA_INVALID,
      `Cannot read "${name}" as TOML at line ${line}, column ${column}: ${why}`,
      { details: { name, line, column }, cause: error },
    );
  }
}

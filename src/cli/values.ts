import { ComfydockError, nearest } from "../base/mod.ts";
import { cliErrors } from "./errors.ts";
import { quote, shorten } from "./quote.ts";
import type { OptionDefinition } from "./types.ts";

/** Where a text came from, as error messages name it. */
export interface ValueSource {
  readonly kind: "option" | "variable";
  /** Such as `--rate` or `COMFYDOCK_JSON`. */
  readonly name: string;
}

const TRUE = new Set(["1", "true", "yes", "on"]);
const FALSE = new Set(["0", "false", "no", "off", ""]);

/**
 * Reads the text of one option, from the command line or from its environment variable.
 *
 * @param option Its definition.
 * @param text The text as given.
 * @param source For error messages.
 * @throws `OPTION_VALUE_INVALID`, `OPTION_VALUE_MISSING`, `VARIABLE_INVALID`
 */
export function readValue(option: OptionDefinition, text: string, source: ValueSource): unknown {
  switch (option.kind) {
    case "boolean":
      return readSwitch(text, source);
    case "count":
      return readCount(text, source);
    case "number":
    case "integer":
      return readNumber(option, text, source);
    case "choice":
      return readChoice(option.choices ?? [], text, source);
    case "list":
      return source.kind === "variable"
        ? text.split(",").map((part) => part.trim()).filter((part) => part !== "")
        : text;
    case "text":
      if (text === "") throw invalid(source, text, "a text that is not empty");
      return text;
  }
}

function readSwitch(text: string, source: ValueSource): boolean {
  const word = text.trim().toLowerCase();
  if (TRUE.has(word)) return true;
  if (FALSE.has(word)) return false;
  throw invalid(source, text, "true or false");
}

function readCount(text: string, source: ValueSource): number {
  const word = text.trim().toLowerCase();
  if (/^\d{1,2}$/.test(word)) return Number(word);
  return readSwitch(text, source) ? 1 : 0;
}

function readNumber(option: OptionDefinition, text: string, source: ValueSource): number {
  const pattern = option.kind === "integer" ? /^[+-]?\d+$/ : /^[+-]?(\d+(\.\d*)?|\.\d+)$/;
  const value = Number(text);
  const [low, high] = option.range ?? [-Infinity, Infinity];
  if (pattern.test(text.trim()) && value >= low && value <= high) return value;
  const what = option.kind === "integer" ? "a whole number" : "a number";
  const bounds = high === Infinity
    ? (low === -Infinity ? "" : ` of at least ${low}`)
    : ` from ${low} to ${high}`;
  throw invalid(source, text, `${what}${bounds}`);
}

function readChoice(choices: readonly string[], text: string, source: ValueSource): string {
  const found = choices.find((choice) => choice.toLowerCase() === text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw invalid(source, text, `one of ${choices.join(", ")}`, nearest(text, choices));
}

function invalid(source: ValueSource, text: string, wanted: string, near?: string): ComfydockError {
  const isOption = source.kind === "option";
  return new ComfydockError(
    isOption ? cliErrors.OPTION_VALUE_INVALID : cliErrors.VARIABLE_INVALID,
    `Cannot use ${quote(text)} for ${
      isOption ? "option" : "the environment variable"
    } ${source.name}: expected ${wanted}`,
    {
      hint: near === undefined
        ? (isOption
          ? `Give ${source.name} ${wanted}`
          : `Set ${source.name} to ${wanted}, or unset it`)
        : `Did you mean ${isOption ? `\`${source.name} ${near}\`` : `\`${source.name}=${near}\``}?`,
      details: {
        [isOption ? "option" : "variable"]: source.name,
        value: shorten(text),
        expected: wanted,
      },
    },
  );
}

import {
  buildApplication,
  buildCommand,
  type FlagParametersForType,
  run,
  text_en,
  UnsatisfiedFlagError,
} from "@stricli/core";
import { ComfydockError } from "../base/mod.ts";
import { cliErrors } from "./errors.ts";
import { unknownOption } from "./locate.ts";
import type { OptionDefinition, OptionDefinitions } from "./types.ts";

/** The texts that stood on a command line, not yet read. */
export interface Scanned {
  /** By option name: the texts given, or one empty text for each time a switch stood there. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  readonly args: readonly string[];
}

type Flags = Readonly<Record<string, readonly string[]>>;

const mute = { write: () => {} };

/**
 * Sorts the words behind a command into options and arguments.
 *
 * @param words Words behind the command, up to `--`.
 * @param options Every option that may stand there, by long name.
 * @param command Words of the command, for hints.
 * @throws `OPTION_UNKNOWN`, `OPTION_REPEATED`, `OPTION_VALUE_MISSING`, `OPTION_VALUE_INVALID`
 */
export async function scan(
  words: readonly string[],
  options: OptionDefinitions,
  command: readonly string[],
): Promise<Scanned> {
  const spread = words.map((word) => checkShape(word, options, command));
  let failure: unknown;
  let scanned: Scanned | undefined;
  const application = buildApplication(
    buildCommand<Flags, string[]>({
      docs: { brief: "" },
      parameters: {
        // Switches are counted, values collected; the type knows only one kind for names it cannot list.
        flags: mapFlags(options) as FlagParametersForType<Flags>,
        aliases: Object.fromEntries(
          Object.entries(options).flatMap(([name, { short }]) => short ? [[short, name]] : []),
        ),
        positional: { kind: "array", parameter: { brief: "", parse: String } },
      },
      func(flags: Readonly<Record<string, number | readonly string[]>>, ...args) {
        const given = Object.entries(flags).map(([name, value]): [string, readonly string[]] => [
          name,
          typeof value === "number" ? Array<string>(value).fill("") : value ?? [],
        ]);
        scanned = { given: new Map(given.filter(([, texts]) => texts.length > 0)), args };
      },
    }),
    {
      name: "comfydock",
      localization: {
        text: {
          ...text_en,
          exceptionWhileParsingArguments(error) {
            failure ??= error;
            return "";
          },
        },
      },
    },
    {},
  );
  await run(application, spread, { process: { stdout: mute, stderr: mute } });
  if (scanned === undefined) throw usageError(failure);
  for (const [name, texts] of scanned.given) {
    const { kind } = options[name]!;
    if (texts.length > 1 && kind !== "list" && !isSwitch(options[name]!)) {
      throw new ComfydockError(cliErrors.OPTION_REPEATED, `Option --${name} was given twice`, {
        hint: `Give --${name} once`,
        details: { option: `--${name}`, values: texts },
      });
    }
  }
  return scanned;
}

function mapFlags(options: OptionDefinitions) {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      isSwitch(option) ? { kind: "counter" as const, brief: "" } : {
        kind: "parsed" as const,
        brief: "",
        parse: String,
        variadic: true as const,
        default: [],
      },
    ]),
  );
}

function isSwitch({ kind }: OptionDefinition): boolean {
  return kind === "boolean" || kind === "count";
}

/** Refuses what the scanner would take for an argument, and writes `-wDIR` as `-w=DIR`. */
function checkShape(
  word: string,
  options: OptionDefinitions,
  command: readonly string[],
): string {
  if (!/^-[^\d.]/.test(word)) return word;
  const byShort = (letter: string) =>
    Object.entries(options).find(([, { short }]) => short === letter);
  const long = /^--([^=]*)(=?)(.*)$/s.exec(word);
  if (long) {
    const [, name = "", equals = "", value = ""] = long;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw unknownOption(word, options, command);
    if (equals !== "") checkValue(`--${name}`, option, value);
    return word;
  }
  const first = byShort(word[1]!);
  if (first && !isSwitch(first[1]) && word.length > 2) {
    const value = word.slice(word[2] === "=" ? 3 : 2);
    checkValue(word.slice(0, 2), first[1], value);
    return `-${word[1]}=${value}`;
  }
  const stranger = [...word.slice(1)].find((letter) => byShort(letter) === undefined);
  if (stranger !== undefined) throw unknownOption(`-${stranger}`, options, command);
  return word;
}

function checkValue(name: string, option: OptionDefinition, value: string): void {
  if (isSwitch(option)) {
    throw new ComfydockError(cliErrors.OPTION_VALUE_INVALID, `Option ${name} takes no value`, {
      hint: `Write ${name} alone, or leave it out`,
      details: { option: name, value },
    });
  }
  if (value === "") throw missingValue(name);
}

function missingValue(name: string): ComfydockError {
  return new ComfydockError(cliErrors.OPTION_VALUE_MISSING, `Option ${name} needs a value`, {
    hint: `Write the value behind it, such as \`${name}=VALUE\``,
    details: { option: name },
  });
}

function usageError(failure: unknown): unknown {
  return failure instanceof UnsatisfiedFlagError
    ? missingValue(`--${failure.externalFlagName}`)
    : failure;
}

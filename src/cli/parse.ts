import { ComfydockError, nearest } from "../base/mod.ts";
import { cliErrors } from "./errors.ts";
import { answeredOptions, dryRunOption, globalOptions } from "./globals.ts";
import { scan, type Scanned } from "./scan.ts";
import { quote, shorten } from "./quote.ts";
import type {
  ArgumentDefinition,
  CommandDefinition,
  CommandInput,
  OptionDefinition,
  OptionDefinitions,
  OptionValues,
} from "./types.ts";
import { readValue } from "./values.ts";

/** Environment variables as they were at the start. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The values of the global options. */
export type GlobalValues = OptionValues<typeof globalOptions>;

/** A command line read to its end. */
export interface Parsed {
  readonly input: CommandInput;
  readonly globals: GlobalValues;
}

/** All options of a command that help, completion and the parser know, save the global ones. */
export function ownOptions(command: CommandDefinition): OptionDefinitions {
  return { ...command.options, ...(command.changes ? dryRunOption : {}) };
}

/**
 * Reads the words behind a command into its typed input.
 *
 * @param command Its definition.
 * @param tokens Words up to `--`, global options included.
 * @param rest Words behind `--`.
 * @param env Gives values that the command line does not.
 * @throws A usage error that names the option, argument or variable at fault.
 */
export async function parseCommand(
  command: CommandDefinition,
  tokens: readonly string[],
  rest: readonly string[],
  env: Environment,
): Promise<Parsed> {
  const own = ownOptions(command);
  const known = { ...globalOptions, ...answeredOptions, ...own };
  const { words, bare } = takeBare(tokens, command);
  const scanned = await scan(words, known, command.path);
  const globals = readGlobals(scanned, env, own);
  const values = readOptions(own, scanned, env, command.path);
  const passed = command.rest ? rest : [];
  const args = command.rest ? scanned.args : [...scanned.args, ...rest];
  checkArguments(command, args);
  const { dryRun, ...options } = { ...values, ...bare };
  return {
    input: {
      options: "dry-run" in (command.options ?? {}) ? { ...values, ...bare } : options,
      args,
      rest: passed,
      dryRun: dryRun === true,
    },
    globals,
  };
}

/** Takes out the options that stand without the value which they have elsewhere. */
function takeBare(
  tokens: readonly string[],
  { bare = [] }: CommandDefinition,
): { words: readonly string[]; bare: Readonly<Record<string, boolean>> } {
  const isBare = (word: string, at: number) =>
    bare.some((name) => word === `--${name}`) && (tokens[at + 1] ?? "-").startsWith("-");
  return {
    words: tokens.filter((word, at) => !isBare(word, at)),
    bare: Object.fromEntries(
      bare.map((
        name,
      ) => [camelCase(name), tokens.some((word, at) => word === `--${name}` && isBare(word, at))]),
    ),
  };
}

/** Reads the global options; one that the command itself declares is the command's. */
export function readGlobals(
  scanned: Scanned,
  env: Environment,
  own: OptionDefinitions,
): GlobalValues {
  const given = new Map([...scanned.given].filter(([name]) => !Object.hasOwn(own, name)));
  return readOptions(globalOptions, { ...scanned, given }, env) as GlobalValues;
}

function readOptions(
  options: OptionDefinitions,
  { given }: Scanned,
  env: Environment,
  command: readonly string[] = [],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      camelCase(name),
      readOption(name, option, given.get(name), env, command),
    ]),
  );
}

function readOption(
  name: string,
  option: OptionDefinition,
  texts: readonly string[] | undefined,
  env: Environment,
  command: readonly string[],
): unknown {
  const source = { kind: "option", name: `--${name}` } as const;
  if (texts !== undefined) {
    if (option.kind === "boolean") return true;
    if (option.kind === "count") return texts.length;
    if (option.kind === "list") return texts;
    return readValue(option, texts[0]!, source);
  }
  const variable = option.env === undefined ? "" : env[option.env] ?? "";
  if (variable !== "") return readValue(option, variable, { kind: "variable", name: option.env! });
  if (option.default !== undefined) return option.default;
  if (option.required) throw missingOption(name, option, command);
  if (option.kind === "list") return [];
  return option.kind === "boolean" ? false : option.kind === "count" ? 0 : undefined;
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_match, letter) => letter.toUpperCase());
}

function missingOption(
  name: string,
  option: OptionDefinition,
  command: readonly string[],
): ComfydockError {
  const written = `--${name} ${option.value ?? "VALUE"}`;
  return new ComfydockError(
    cliErrors.OPTION_MISSING,
    `Option --${name} is missing: ${option.brief}`,
    {
      hint: option.env === undefined
        ? `Run \`${["comfydock", ...command, written].join(" ")}\``
        : `Give \`${written}\`, or set ${option.env}`,
      details: { option: `--${name}` },
    },
  );
}

function checkArguments(command: CommandDefinition, args: readonly string[]): void {
  const definitions = command.arguments ?? [];
  const missing = definitions.find(({ required }, index) => required && index >= args.length);
  const help = `Run \`${["comfydock", ...command.path, "--help"].join(" ")}\` to see its arguments`;
  if (missing) {
    throw new ComfydockError(
      cliErrors.ARGUMENT_MISSING,
      `Argument ${missing.name} is missing: ${missing.brief}`,
      { hint: help, details: { argument: missing.name } },
    );
  }
  if (args.length > definitions.length && !definitions.at(-1)?.many) {
    const extra = args[definitions.length]!;
    throw new ComfydockError(cliErrors.ARGUMENT_UNEXPECTED, `Unexpected argument ${quote(extra)}`, {
      hint: help,
      details: { argument: shorten(extra) },
    });
  }
  args.forEach((value, index) =>
    checkChoice(definitions[Math.min(index, definitions.length - 1)]!, value)
  );
}

function checkChoice({ name, choices }: ArgumentDefinition, value: string): void {
  if (choices === undefined || choices.includes(value)) return;
  const near = nearest(value, choices);
  throw new ComfydockError(
    cliErrors.ARGUMENT_INVALID,
    `Cannot use ${quote(value)} for argument ${name}: expected one of ${choices.join(", ")}`,
    {
      hint: near === undefined ? `Give one of ${choices.join(", ")}` : `Did you mean \`${near}\`?`,
      details: { argument: name, value: shorten(value), expected: choices },
    },
  );
}

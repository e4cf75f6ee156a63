import { ComfydockError, nearest } from "../base/mod.ts";
import { cliErrors } from "./errors.ts";
import { answeredOptions, globalOptions } from "./globals.ts";
import { quote, shorten } from "./quote.ts";
import { nearestPath } from "./suggest.ts";
import type { CommandDefinition, GroupDefinition, OptionDefinition } from "./types.ts";

/** What a command line asks for, before the command's own options are read. */
export type Located =
  | { readonly kind: "help"; readonly target: GroupDefinition | CommandDefinition }
  | {
    readonly kind: "command";
    readonly command: CommandDefinition;
    /** Global options that stood before the command's last word, then all that stood behind it. */
    readonly tokens: readonly string[];
    /** What stood behind `--`. */
    readonly rest: readonly string[];
  };

/** A usage error that knows which words of the command line were right. */
export interface LocateFailure {
  readonly kind: "failure";
  readonly error: ComfydockError;
  /** The deepest group or command that was reached. */
  readonly target: GroupDefinition | CommandDefinition;
}

/** Tells a group from a command. */
export function isGroup(node: GroupDefinition | CommandDefinition): node is GroupDefinition {
  return "commands" in node;
}

/** The groups and the shown commands directly below a group, in the order of their declaration. */
export function childrenOf(group: GroupDefinition): (GroupDefinition | CommandDefinition)[] {
  return [...group.commands.filter(({ hidden }) => !hidden), ...(group.groups ?? [])];
}

/** The paths of all shown commands and groups below a group. */
export function allPaths(group: GroupDefinition): (readonly string[])[] {
  return childrenOf(group).flatMap((
    node,
  ) => [node.path, ...(isGroup(node) ? allPaths(node) : [])]);
}

/** Splits a command line at the first `--`. */
export function splitAtDashes(
  argv: readonly string[],
): { words: readonly string[]; rest: readonly string[] } {
  const dashes = argv.indexOf("--");
  return dashes < 0
    ? { words: argv, rest: [] }
    : { words: argv.slice(0, dashes), rest: argv.slice(dashes + 1) };
}

/** The child of a group with this name; a hidden command is found too. */
export function childNamed(
  group: GroupDefinition,
  name: string,
): GroupDefinition | CommandDefinition | undefined {
  return [...group.commands, ...(group.groups ?? [])].find(({ path }) => path.at(-1) === name);
}

/**
 * Finds the command that a command line names; global options may stand between its words.
 *
 * @param argv Words behind the program's name.
 * @param root All commands.
 */
export function locate(argv: readonly string[], root: GroupDefinition): Located | LocateFailure {
  const { words, rest } = splitAtDashes(argv);
  const wantsHelp = words.includes("--help") || words.includes("-h");
  const globals: string[] = [];
  let group = root;
  const found = (command: CommandDefinition, behind: readonly string[]): Located =>
    wantsHelp
      ? { kind: "help", target: command }
      : { kind: "command", command, tokens: [...globals, ...behind], rest };
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (!word.startsWith("-") || word === "-") {
      const child = childNamed(group, word);
      if (child === undefined) {
        if (group === root && word === "help") return locate(helpOf(words, at), root);
        if (group.index?.arguments) return found(group.index, words.slice(at));
        return {
          kind: "failure",
          target: group,
          error: unknownCommand(words.slice(at), group, root),
        };
      }
      if (!isGroup(child)) return found(child, words.slice(at + 1));
      group = child;
    } else if (group === root && (word === "--version" || word === "-V")) {
      const others = [...words.slice(0, at), ...words.slice(at + 1)];
      return locate(["version", ...others], root);
    } else if (word !== "--help" && word !== "-h") {
      const taken = globalTokens(words, at);
      if (taken === 0) {
        if (group.index) return found(group.index, words.slice(at));
        if (wantsHelp) continue;
        return { kind: "failure", target: group, error: unknownOption(word, {}) };
      }
      globals.push(...words.slice(at, at + taken));
      at += taken - 1;
    }
  }
  if (wantsHelp) return { kind: "help", target: group };
  if (group.index) return found(group.index, []);
  return { kind: "failure", target: group, error: missingCommand(group) };
}

/** `help create` is `create --help`. */
function helpOf(words: readonly string[], at: number): readonly string[] {
  return [...words.slice(0, at), ...words.slice(at + 1), "--help"];
}

/** How many words a global option at this place takes up: 0 when it is none. */
function globalTokens(words: readonly string[], at: number): number {
  const word = words[at]!;
  const [name] = word.split("=", 1);
  const option = globalNamed(name!);
  if (option) {
    const takesValue = option.kind !== "boolean" && option.kind !== "count";
    return takesValue && !word.includes("=") && at + 1 < words.length ? 2 : 1;
  }
  const letters = /^-([A-Za-z]{2,})$/.exec(word)?.[1];
  return letters && [...letters].every((letter) => globalNamed(`-${letter}`)) ? 1 : 0;
}

function globalNamed(name: string): OptionDefinition | undefined {
  return Object.entries<OptionDefinition>(globalOptions)
    .find(([long, { short }]) => name === `--${long}` || (short && name === `-${short}`))?.[1];
}

/**
 * The error for an option that neither the command nor the tool has.
 *
 * @param word As typed, such as `--jsno` or `-x`.
 * @param own The command's own options.
 * @param command Words of the command, for the hint.
 */
export function unknownOption(
  word: string,
  own: Readonly<Record<string, OptionDefinition>>,
  command: readonly string[] = [],
): ComfydockError {
  const name = word.split("=", 1)[0]!;
  const names = Object.keys({ ...own, ...globalOptions, ...answeredOptions });
  const near = name.startsWith("--") ? nearest(name.slice(2), names) : undefined;
  const where = command.length === 0 ? "" : ` for \`comfydock ${command.join(" ")}\``;
  return new ComfydockError(cliErrors.OPTION_UNKNOWN, `Unknown option ${quote(name)}${where}`, {
    hint: near === undefined
      ? `Run \`${["comfydock", ...command, "--help"].join(" ")}\` to see its options`
      : `Did you mean \`--${near}\`?`,
    details: { option: shorten(name), ...(near === undefined ? {} : { suggestion: `--${near}` }) },
  });
}

function unknownCommand(
  typed: readonly string[],
  group: GroupDefinition,
  root: GroupDefinition,
): ComfydockError {
  const words = typed.slice(0, 3).filter((word) => !word.startsWith("-"));
  const near = nearestPath(words, group.path, allPaths(root));
  const asked = [...group.path, shorten(words[0]!)].join(" ");
  const suggestion = near && ["comfydock", ...near].join(" ");
  return new ComfydockError(cliErrors.COMMAND_UNKNOWN, `Unknown command "${asked}"`, {
    hint: suggestion === undefined
      ? `Run \`${["comfydock", ...group.path, "--help"].join(" ")}\` to see the commands`
      : `Did you mean \`${suggestion}\`?`,
    details: { command: asked, ...(suggestion === undefined ? {} : { suggestion }) },
  });
}

function missingCommand(group: GroupDefinition): ComfydockError {
  const name = ["comfydock", ...group.path].join(" ");
  const names = childrenOf(group).map(({ path }) => path.at(-1));
  return new ComfydockError(
    cliErrors.COMMAND_MISSING,
    `Expected a command behind \`${name}\`: ${names.join(", ")}`,
    { hint: `Run \`${name} --help\` to see what each does`, details: { commands: names } },
  );
}

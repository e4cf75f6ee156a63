import { globalOptions } from "./globals.ts";
import { childNamed, childrenOf, isGroup } from "./locate.ts";
import { ownOptions } from "./parse.ts";
import type {
  CommandDefinition,
  GroupDefinition,
  OptionDefinition,
  OptionDefinitions,
} from "./types.ts";

/** One way to go on with a command line. */
export interface Proposal {
  readonly value: string;
  readonly brief: string;
}

/** Where a command line stands after some of its words. */
interface Standing {
  readonly node: GroupDefinition | CommandDefinition;
  /** Names of the options that were given. */
  readonly given: ReadonlySet<string>;
  /** How many arguments stood behind the command. */
  readonly argumentCount: number;
  /** The option whose value comes next. */
  readonly awaiting?: OptionDefinition;
  readonly behindDashes: boolean;
}

/**
 * Proposes how the last word of a command line may go on.
 *
 * @param words Words behind the program's name; the last one is being typed and may be empty.
 * @param root All commands.
 * @returns Nothing where only the shell can know, such as for file names.
 */
export function proposeCompletions(words: readonly string[], root: GroupDefinition): Proposal[] {
  const partial = words.at(-1) ?? "";
  const standing = walk(words.slice(0, -1), root);
  return proposals(standing, partial).filter(({ value }) => value.startsWith(partial));
}

function proposals(
  { node, given, argumentCount, awaiting, behindDashes }: Standing,
  partial: string,
): Proposal[] {
  if (behindDashes) return [];
  if (awaiting) return valuesOf(awaiting);
  const options = optionsOf(node);
  if (partial.startsWith("-")) {
    const [name] = partial.split("=", 1);
    const option = partial.includes("=") && optionNamed(name!, options);
    if (option) {
      return valuesOf(option).map(({ value, brief }) => ({ value: `${name}=${value}`, brief }));
    }
    return Object.entries<{ kind: OptionDefinition["kind"]; brief: string }>({
      ...options,
      help: { kind: "boolean", brief: "Show this help" },
    })
      .filter(([long, { kind }]) => kind === "list" || kind === "count" || !given.has(long))
      .map(([long, { brief }]) => ({ value: `--${long}`, brief }));
  }
  if (isGroup(node)) {
    return childrenOf(node).map(({ path, brief }) => ({ value: path.at(-1)!, brief }));
  }
  const definitions = node.arguments ?? [];
  const argument = definitions[argumentCount] ??
    (definitions.at(-1)?.many ? definitions.at(-1) : undefined);
  return (argument?.choices ?? []).map((value) => ({ value, brief: argument!.brief }));
}

function walk(words: readonly string[], root: GroupDefinition): Standing {
  let node: GroupDefinition | CommandDefinition = root;
  let argumentCount = 0;
  let awaiting: OptionDefinition | undefined;
  const given = new Set<string>();
  for (const word of words) {
    if (awaiting) {
      awaiting = undefined;
    } else if (word === "--") {
      return { node, given, argumentCount, behindDashes: true };
    } else if (word.startsWith("-") && word !== "-") {
      const [name] = word.split("=", 1);
      const options = optionsOf(node);
      const option = optionNamed(name!, options);
      const long = Object.keys(options).find((key) => options[key] === option);
      if (long !== undefined) given.add(long);
      const takesValue = option && option.kind !== "boolean" && option.kind !== "count";
      if (takesValue && !word.includes("=")) awaiting = option;
    } else if (isGroup(node)) {
      const child = childNamed(node, word);
      if (child) node = child;
      else if (node.index) {
        node = node.index;
        argumentCount++;
      } else return { node, given, argumentCount, behindDashes: true };
    } else argumentCount++;
  }
  return { node, given, argumentCount, awaiting, behindDashes: false };
}

function optionsOf(node: GroupDefinition | CommandDefinition): OptionDefinitions {
  const command = isGroup(node) ? node.index : node;
  return { ...(command ? ownOptions(command) : {}), ...globalOptions };
}

function optionNamed(name: string, options: OptionDefinitions): OptionDefinition | undefined {
  return Object.entries(options)
    .find(([long, { short }]) => name === `--${long}` || (short && name === `-${short}`))?.[1];
}

function valuesOf(option: OptionDefinition): Proposal[] {
  return (option.choices ?? []).map((value) => ({ value, brief: option.brief }));
}

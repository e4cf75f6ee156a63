import type { LogLevel } from "../base/mod.ts";
import type { Ask, Outcome, ProgressMode, Style } from "../output/mod.ts";
import type { Session } from "../session/mod.ts";

/** The options that every command takes, after flags, environment variables and defaults were joined. */
export interface GlobalOptions {
  /** `-w`, `COMFYDOCK_HOME`. */
  readonly workspace: string;
  /** `-e`, `COMFYDOCK_ENV`; absent means the active one. */
  readonly env?: string;
  readonly json: boolean;
  readonly yes: boolean;
  /** False when stdin is no terminal, `CI` is set, or `-y`, `--non-interactive` or `--json` was given. */
  readonly interactive: boolean;
  readonly offline: boolean;
  readonly quiet: boolean;
  /** How many `-v` were given. */
  readonly verbose: number;
  readonly logLevel: LogLevel;
  /** Whether each stream may carry colours. */
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
  readonly progress: ProgressMode;
}

/** The world as a command sees it. */
export interface CommandContext extends Session {
  readonly options: GlobalOptions;
  /** Questions to people; where nobody can be asked they fail and name the flag that answers. */
  readonly ask: Ask;
  /**
   * Gives out a record of something that is followed, before the command ends: its lines for people, with `--json` one
   * line of JSON.
   *
   * @returns False when nobody reads any more, so that the command may end.
   */
  follow(record: unknown, lines: readonly string[]): boolean;
  /** Adds a line to the envelope's warnings and tells people at once. */
  warn(code: string, message: string): void;
}

/** A parameter that is given by name; a `boolean` is false unless it is given. */
export interface OptionDefinition {
  readonly kind: "text" | "number" | "integer" | "boolean" | "choice" | "list" | "count";
  readonly brief: string;
  /** Placeholder in help, such as `FILE`. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly default?: string | number;
  /** One letter. */
  readonly short?: string;
  /** Environment variable that gives the value when the flag is absent; a list is split at commas. */
  readonly env?: string;
  readonly required?: boolean;
  /** Lower and upper bound of a number, both allowed. */
  readonly range?: readonly [number, number];
}

/** Options by long name without dashes, in kebab-case. */
export type OptionDefinitions = Readonly<Record<string, OptionDefinition>>;

/** A parameter that is given by position. */
export interface ArgumentDefinition {
  readonly name: string;
  readonly brief: string;
  readonly required?: boolean;
  /** The last argument may take many. */
  readonly many?: boolean;
  /** Values for completion and for checking. */
  readonly choices?: readonly string[];
}

/** A kebab-case name in camelCase. */
export type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** What the value of one option may be. */
export type ValueOf<Option extends OptionDefinition> = Option["kind"] extends "boolean" ? boolean
  : Option["kind"] extends "count" ? number
  : Option["kind"] extends "list" ? readonly string[]
  : Given<
    Option,
    Option["kind"] extends "number" | "integer" ? number
      : Option extends { readonly choices: readonly (infer Value)[] } ? Value
      : string
  >;

/** The value, or nothing where an option may be absent. */
export type Given<Option extends OptionDefinition, Value> = Option extends
  { readonly required: true } | { readonly default: string | number } ? Value : Value | undefined;

/** The values of options, by their camelCase names. */
export type OptionValues<Options extends OptionDefinitions> = {
  readonly [Name in keyof Options & string as Camel<Name>]: ValueOf<Options[Name]>;
};

/** What the parser hands to a command. */
export interface CommandInput<Values = Readonly<Record<string, unknown>>> {
  /** Options by their camelCase name. */
  readonly options: Values;
  /** Arguments in order. */
  readonly args: readonly string[];
  /** What stood behind `--`, for commands that pass it on. */
  readonly rest: readonly string[];
  /** `--dry-run` of a command that changes something. */
  readonly dryRun: boolean;
}

/** The input of a command whose options are declared `as const satisfies OptionDefinitions`. */
export type InputOf<Options extends OptionDefinitions> = CommandInput<OptionValues<Options>>;

/** The part of a command that is loaded only when it runs: a module with `run` and `view`. */
export interface CommandBody<Data = unknown> {
  /** Does the work and returns its value; it prints nothing itself. */
  run(input: CommandInput, context: CommandContext): Promise<Outcome<Data>>;
  /** Turns the value into lines for people. */
  view(data: Data, style: Style): readonly string[];
}

/** A command line that shows how something is used. */
export interface Example {
  readonly command: string;
  readonly brief: string;
}

/** A command as data: help, completion, the parser and the reference are made from it. */
export interface CommandDefinition {
  /** Words of the command, such as `["registry", "update"]`. */
  readonly path: readonly string[];
  readonly brief: string;
  /** Further sentences of the help. */
  readonly description?: string;
  readonly arguments?: readonly ArgumentDefinition[];
  readonly options?: OptionDefinitions;
  /** Set when words behind `--` are passed on; otherwise they are arguments. */
  readonly rest?: { readonly name: string; readonly brief: string };
  readonly examples: readonly Example[];
  /** Changes something: gets `--dry-run`. */
  readonly changes?: boolean;
  /** Global options that may also stand here without their value; then they are switches among `options`. */
  readonly bare?: readonly string[];
  /** Left out of help and completion. */
  readonly hidden?: boolean;
  readonly load: () => Promise<CommandBody>;
}

/** Commands that stand under one word. */
export interface GroupDefinition {
  /** Words of the group, such as `["registry"]`; empty for the root. */
  readonly path: readonly string[];
  readonly brief: string;
  readonly description?: string;
  readonly examples: readonly Example[];
  readonly commands: readonly CommandDefinition[];
  readonly groups?: readonly GroupDefinition[];
  /** What runs when the group's word stands alone or only with options, such as `registry snapshot`. */
  readonly index?: CommandDefinition;
}

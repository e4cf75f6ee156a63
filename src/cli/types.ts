import type { Clock, LogLevel, Reporter } from "../base/mod.ts";
import type { HttpClient } from "../http/mod.ts";
import type { Outcome, View } from "../output/mod.ts";

/** The options that every command takes, after flags, environment variables and defaults were joined. */
export interface GlobalOptions {
  /** `-w`, `COMFYDOCK_HOME`. */
  readonly workspace: string;
  /** `-e`, `COMFYDOCK_ENV`; absent means the active one. */
  readonly env?: string;
  readonly json: boolean;
  readonly yes: boolean;
  /** False when stdin is no terminal, `CI` is set, or `-y` or `--non-interactive` was given. */
  readonly interactive: boolean;
  readonly offline: boolean;
  readonly quiet: boolean;
  /** How many `-v` were given. */
  readonly verbose: number;
  readonly logLevel: LogLevel;
  readonly color: boolean;
  readonly progress: "bar" | "lines" | "json" | "none";
}

/** Settings of the HTTP client that a command asks for. */
export interface HttpSettings {
  /** Requests a second at most. */
  readonly rate?: number;
  readonly concurrency?: number;
  /** How many requests may go out in all. */
  readonly requestBudget?: number;
}

/** The world as a command sees it. */
export interface CommandContext {
  readonly options: GlobalOptions;
  readonly report: Reporter;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Environment variables, read once. */
  readonly env: Readonly<Record<string, string | undefined>>;
  http(settings?: HttpSettings): Promise<HttpClient>;
  /** Adds a line to the envelope's warnings and tells people at once. */
  warn(code: string, message: string): void;
}

/** A parameter that is given by name. */
export interface OptionDefinition {
  readonly kind: "text" | "number" | "boolean" | "choice" | "list" | "count";
  readonly brief: string;
  /** Placeholder in help, such as `FILE`. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly default?: string | number | boolean;
  /** One letter. */
  readonly short?: string;
  /** Environment variable that gives the value when the flag is absent. */
  readonly env?: string;
  readonly required?: boolean;
  /** Lower and upper bound of a number, both allowed. */
  readonly range?: readonly [number, number];
}

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

/** What the parser hands to a command: options by their camelCase name, arguments in order. */
export interface CommandInput {
  readonly options: Readonly<Record<string, unknown>>;
  readonly args: readonly string[];
  /** What stood behind `--`. */
  readonly rest: readonly string[];
}

/** The part of a command that is loaded only when it runs. */
export interface CommandBody<Data = unknown> {
  run(input: CommandInput, context: CommandContext): Promise<Outcome<Data>>;
  readonly view: View<Data>;
}

/** A command as data: help, completion, the parser and the reference are made from it. */
export interface CommandDefinition {
  /** Words of the command, such as `["registry", "update"]`. */
  readonly path: readonly string[];
  readonly brief: string;
  /** Further sentences of the help. */
  readonly description?: string;
  readonly arguments?: readonly ArgumentDefinition[];
  /** By long name without dashes, in kebab-case. */
  readonly options?: Readonly<Record<string, OptionDefinition>>;
  readonly examples: readonly { readonly command: string; readonly brief: string }[];
  /** Changes something: gets `--dry-run`. */
  readonly changes?: boolean;
  readonly load: () => Promise<CommandBody>;
}

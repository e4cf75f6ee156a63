import { redact } from "../base/mod.ts";

/** A command line as a value; only a {@linkcode CommandRunner} executes it, without a shell. */
export interface CommandSpec {
  /** Name on PATH, or an absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  /** The arguments that tell people what is done, where constant ones would hide it. */
  readonly shown?: readonly string[];
  /** Directory to run in. */
  readonly cwd?: string;
  /** Set on top of the runner's environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Sent to standard input, which is empty otherwise. */
  readonly stdin?: string;
}

/** Freezes a command line. */
export function command(spec: CommandSpec): CommandSpec {
  return Object.freeze({
    ...spec,
    args: Object.freeze([...spec.args]),
    ...(spec.env && { env: Object.freeze({ ...spec.env }) }),
  });
}

/** A command line as people would type it, without secrets. */
export function describeCommand({ program, args, shown }: CommandSpec): string {
  return redact([program, ...(shown ?? args)].map(quote).join(" "));
}

function quote(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

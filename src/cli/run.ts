import { baseErrors, ComfydockError, ExitCode, interrupted } from "../base/mod.ts";
import {
  createDisplay,
  createStyle,
  type Outcome,
  type ProgressMode,
  type Warning,
} from "../output/mod.ts";
import { createContext } from "./context.ts";
import { earlyGlobals } from "./early_globals.ts";
import { type Ending, printEnding } from "./ending.ts";
import { cliErrors } from "./errors.ts";
import { renderHelp } from "./help.ts";
import type { Host } from "./host.ts";
import { locate, type Located, type LocateFailure } from "./locate.ts";
import { parseCommand } from "./parse.ts";
import { resolveGlobals } from "./resolve_globals.ts";
import type {
  CommandBody,
  CommandDefinition,
  CommandInput,
  GlobalOptions,
  GroupDefinition,
} from "./types.ts";

/**
 * Runs one command line from its words to its exit code; everything that is printed is printed here.
 *
 * @param argv Words behind the program's name.
 * @param host The process.
 * @param root All commands.
 * @returns The exit code of the command-line contract.
 */
export async function runCli(
  argv: readonly string[],
  host: Host,
  root: GroupDefinition,
): Promise<number> {
  const startedAt = host.clock.now();
  const early = earlyGlobals(argv, host);
  const located = locate(argv, root);
  const { ending, options } = located.kind === "command"
    ? await runCommand(located, host, early)
    : { ending: answer(located, early, host), options: early };
  return printEnding(ending, options, host, host.clock.now() - startedAt);
}

/** What needs no command: help, and what was not understood. */
function answer(
  located: Exclude<Located, { kind: "command" }> | LocateFailure,
  { color }: GlobalOptions,
  host: Host,
): Ending {
  const { columns } = host.size();
  switch (located.kind) {
    case "help": {
      const { target } = located;
      const help = renderHelp(target, createStyle(false)).join("\n");
      return {
        command: target.path,
        data: { help },
        view: () => renderHelp(target, createStyle(color.stdout, columns)),
        warnings: [],
      };
    }
    case "failure": {
      const { target, error } = located;
      const missing = error.code === cliErrors.COMMAND_MISSING.code;
      const help = () => renderHelp(target, createStyle(color.stderr, columns));
      return { command: target.path, error, warnings: [], preface: missing ? help : undefined };
    }
  }
}

/** Reads the command's options, runs it, and turns whatever happens into an ending. */
async function runCommand(
  { command, tokens, rest }: Located & { kind: "command" },
  host: Host,
  early: GlobalOptions,
): Promise<{ ending: Ending; options: GlobalOptions }> {
  try {
    const { input, globals } = await parseCommand(command, tokens, rest, host.env);
    const options = resolveGlobals(globals, host);
    return { ending: await runBody(command, input, options, host), options };
  } catch (error) {
    const ending = { command: command.path, error: toOurs(error, command), warnings: [] };
    return { ending, options: early };
  }
}

async function runBody(
  command: CommandDefinition,
  input: CommandInput,
  options: GlobalOptions,
  host: Host,
): Promise<Ending> {
  const { stderr: stream, clock: { now } } = host;
  const mode: ProgressMode = options.progress;
  const display = createDisplay({ mode, stream, size: () => host.size(), now });
  const controller = new AbortController();
  const { signal } = controller;
  const run = createContext(command, options, host, display, signal);
  const fault = Promise.withResolvers<never>();
  const forget = [
    host.onFault(fault.reject),
    host.onInterrupt(() => {
      if (!signal.aborted) return controller.abort(interrupted());
      display.close();
      host.end(ExitCode.interrupted);
    }),
  ];
  let ending: Ending;
  try {
    const body = await command.load();
    const outcome = await Promise.race([body.run(input, run.context), fault.promise]);
    outcome.warnings?.forEach(run.warn);
    ending = endOf(outcome, command, body, run.warnings(), signal);
  } catch (error) {
    const ours = signal.aborted ? stopped(error) : toOurs(error, command);
    ending = { command: command.path, error: ours, warnings: run.warnings() };
  } finally {
    display.close();
    forget.forEach((stop) => stop());
  }
  return ending;
}

function endOf(
  outcome: Outcome,
  command: CommandDefinition,
  body: CommandBody,
  warnings: readonly Warning[],
  signal: AbortSignal,
): Ending {
  const exit = outcome.exit ?? outcome.error?.exit ?? ExitCode.ok;
  const cutOff = signal.aborted && !outcome.ownExit;
  const isRegular = cutOff && outcome.endless && exit === ExitCode.ok;
  const name = ["comfydock", ...command.path].join(" ");
  const failed = exit === ExitCode.ok
    ? undefined
    : new ComfydockError(cliErrors.CHECK_FAILED, `\`${name}\` found errors`);
  return {
    command: command.path,
    data: outcome.data ?? null,
    view: (style) => body.view(outcome.data, style),
    error: isRegular ? undefined : cutOff ? interrupted(signal) : outcome.error ?? failed,
    // The view has told people already what a check found.
    errorIsShown: outcome.error === undefined && !cutOff,
    exit: cutOff ? ExitCode.interrupted : exit,
    warnings,
  };
}

/** After Ctrl-C every failure is its consequence; what else went wrong stays visible as the cause. */
function stopped(error: unknown): ComfydockError {
  if (error instanceof ComfydockError && error.code === baseErrors.INTERRUPTED.code) return error;
  const isAbort = error instanceof DOMException && error.name === "AbortError";
  return new ComfydockError(baseErrors.INTERRUPTED, "Interrupted", isAbort ? {} : { cause: error });
}

function toOurs(error: unknown, command: CommandDefinition): ComfydockError {
  if (error instanceof ComfydockError) return error;
  const name = ["comfydock", ...command.path].join(" ");
  const message = error instanceof Error ? error.message : String(error);
  return new ComfydockError(baseErrors.INTERNAL, `Unexpected failure in \`${name}\`: ${message}`, {
    hint: "Run the same command with -vv to see where it happened",
    cause: error,
  });
}
